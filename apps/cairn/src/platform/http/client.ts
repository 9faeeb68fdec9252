import { clientAddress, isNeighbour, networkOf } from '../auth/network.ts';
import type { AppContext } from './env.ts';

/** The network that a request came from: a /24 or /48; undefined where there is no connection (tests). */
export const networkOfRequest = (c: Pick<AppContext, 'env' | 'req'>): string | undefined =>
  networkOf(clientAddress(peerOf(c.env), c.req.header('x-forwarded-for') ?? null));

/** The same, for networks on the internet only: of a venue's own network everybody may come. */
export function outsideNetworkOf(c: Pick<AppContext, 'env' | 'req'>): string | undefined {
  const address = clientAddress(peerOf(c.env), c.req.header('x-forwarded-for') ?? null);
  return address === undefined || isNeighbour(address) ? undefined : networkOf(address);
}

/**
 * The address at the other end of the connection, which the Node server hands over as `incoming`;
 * undefined where there is no connection (tests).
 */
export function peerOf(bindings: unknown): string | undefined {
  for (const key of ['incoming', 'socket', 'remoteAddress']) {
    if (typeof bindings !== 'object' || bindings === null || !(key in bindings)) return undefined;
    bindings = Reflect.get(bindings, key);
  }
  return typeof bindings === 'string' ? bindings : undefined;
}
