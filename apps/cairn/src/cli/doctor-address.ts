import type { Config } from '../config.ts';
import { type Finding, finding } from './finding.ts';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '::1', '[::1]']);

/** Whether people who get a link of ours will arrive. `isSet`: CAIRN_URL was given. */
export function addressFindings(
  { url, host, port }: Pick<Config, 'url' | 'host' | 'port'>,
  isSet: boolean,
): Finding[] {
  const about = 'address';
  const { hostname, protocol, port: urlPort } = new URL(url);
  const isLocal = LOOPBACK.has(hostname);
  const listensLocally = LOOPBACK.has(host);
  if (isLocal && !listensLocally) {
    const sentence = `Cairn listens on ${host}, but links in mails begin with ${url}, which only this machine reaches; set CAIRN_URL to its public address.`;
    return [finding(about, 'bad', sentence)];
  }
  if (isLocal && port !== 0 && Number(urlPort === '' ? 80 : urlPort) !== port) {
    const sentence = `CAIRN_URL (${url}) and PORT (${port}) name two ports; make them the same, or set CAIRN_URL to the public address.`;
    return [finding(about, 'bad', sentence)];
  }
  if (isLocal) {
    const sentence = `Links begin with ${url}, so only this machine follows them; set CAIRN_URL before you invite anybody.`;
    return [finding(about, isSet ? 'ok' : 'warn', sentence)];
  }
  if (protocol !== 'https:') {
    const sentence = `CAIRN_URL (${url}) is not https: sign-ins cross the network in the clear and passkeys do not work; put a proxy with a certificate in front.`;
    return [finding(about, 'bad', sentence)];
  }
  if (!listensLocally) {
    const sentence = `Cairn listens on ${host}:${port} beside the proxy at ${url}; if the proxy runs on this machine, set HOST to 127.0.0.1.`;
    return [finding(about, 'warn', sentence)];
  }
  return [finding(about, 'ok', `Links begin with ${url}.`)];
}
