import type { MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { AppEnv } from './env.ts';

const CHANGES_NOTHING = new Set(['GET', 'HEAD', 'OPTIONS']);

/** What a request says about the page that it was sent from. */
export interface SentFrom {
  readonly method: string;
  readonly origin: string | undefined;
  /** Fetch Metadata: `same-origin`, `same-site`, `cross-site` or `none`. */
  readonly site: string | undefined;
}

/**
 * Whether a request may change something: not when another site's page sent it with our visitor's
 * cookies (CSRF). Every browser names the sending page of a form in `Origin`; a request with neither
 * that nor Fetch Metadata comes from a program, and SameSite keeps our cookies from foreign pages
 * besides. The origin is compared with the public address, because behind TLS the request's own is
 * another.
 */
export function mayChange(url: string, sent: SentFrom): boolean {
  if (CHANGES_NOTHING.has(sent.method)) return true;
  if (sent.origin !== undefined) return ownOrigins(url).includes(sent.origin);
  return sent.site === undefined || sent.site === 'same-origin' || sent.site === 'none';
}

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** The origin of an address; on this machine's own, its other names too, since people type either. */
function ownOrigins(address: string): string[] {
  const url = new URL(address);
  if (!LOOPBACK.includes(url.hostname)) return [url.origin];
  return LOOPBACK.map((host) => `${url.protocol}//${host}${url.port === '' ? '' : `:${url.port}`}`);
}

/** Refuses changes that another site's page asks for. */
export const ownPagesOnly = (url: string): MiddlewareHandler<AppEnv> =>
  createMiddleware(async (c, next) => {
    const sent = {
      method: c.req.method,
      origin: c.req.header('origin'),
      site: c.req.header('sec-fetch-site'),
    };
    if (!mayChange(url, sent)) {
      return c.text(
        `This was sent from a page of ${sent.origin ?? 'another site'}, and Cairn lives at ${url}. Open ${url} and do it there.\n`,
        403,
      );
    }
    await next();
    return undefined;
  });
