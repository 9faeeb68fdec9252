import { lookup as resolve } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Global unicast of IPv6 (RFC 4291 §2.4, as IANA has allotted it so far). */
const ALLOTTED = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Whether an IP address is somebody's in the public internet: neither this machine nor its network,
 * no documentation, multicast or translation range (IANA's special-purpose registries).
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  // An IPv4 address that is written as an IPv6 one is judged as what it is.
  const parsed = ipaddr.process(address);
  if (parsed.range() !== 'unicast') return false;
  return parsed instanceof ipaddr.IPv6 ? parsed.match(ALLOTTED) : true;
}

/** The address of a URL's host when it is written as a number; Node asks no resolver for one. */
export function writtenAddress(url: URL): string | undefined {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return isIP(host) === 0 ? undefined : host;
}

/** What the resolver below says of a name that leads into a private network. */
export const PRIVATE_ADDRESS = 'CAIRN_PRIVATE_ADDRESS';

/**
 * A resolver that gives public addresses only. The connection is made to what it answered, so a name
 * that answers differently the next time gains nothing.
 */
export const lookupPublic: LookupFunction = (hostname, options, callback) => {
  resolve(hostname, { ...options, all: true }, (error, addresses) => {
    const [first] = addresses ?? [];
    if (error !== null || first === undefined) {
      callback(error ?? failed('ENOTFOUND', hostname), '');
      return;
    }
    if (!addresses.every(({ address }) => isPublicAddress(address))) {
      callback(failed(PRIVATE_ADDRESS, hostname), '');
      return;
    }
    if (options.all === true) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};

const failed = (code: string, hostname: string): NodeJS.ErrnoException =>
  Object.assign(new Error(`${code} ${hostname}`), { code });
