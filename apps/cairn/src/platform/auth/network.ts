import { isIP } from 'node:net';

/**
 * The address that a request came from. Behind a reverse proxy the connection is the proxy's, which
 * then names its client last in X-Forwarded-For; only a neighbour (loopback or private network) is
 * believed, so that nobody on the internet chooses the address they are counted under.
 */
export function clientAddress(
  peer: string | undefined,
  forwardedFor: string | null,
): string | undefined {
  const address = peer?.replace(/^::ffff:/i, '');
  if (address !== undefined && !isNeighbour(address)) return address;
  const named = forwardedFor?.split(',').at(-1)?.trim();
  return named !== undefined && isIP(named) !== 0 ? named : address;
}

/** Whether an address is of this machine or of a private network, where a proxy or the venue stands. */
export const isNeighbour = (address: string): boolean =>
  /^(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/.test(address) ||
  /^(::1$|f[cd][0-9a-f]{2}:)/i.test(address);

/**
 * The network of an address: its /24 (IPv4) or /48 (IPv6). Enough to see where tries come from and
 * to count them together, and not the address of one household's machine.
 */
export function networkOf(address: string | undefined): string | undefined {
  if (address === undefined) return undefined;
  if (isIP(address) === 4) return `${address.split('.').slice(0, 3).join('.')}.0/24`;
  if (isIP(address) !== 6) return undefined;
  const [head = ''] = address.split('::');
  const groups = head === '' ? [] : head.split(':');
  const first = [0, 1, 2].map((index) => Number.parseInt(groups[index] ?? '0', 16).toString(16));
  return `${first.join(':')}::/48`;
}
