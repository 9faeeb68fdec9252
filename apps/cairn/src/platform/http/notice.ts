import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { AppContext } from './env.ts';

const COOKIE = 'cairn_notice';

/** Goes on to a page after a change (303), which then says once what happened. */
export function seeOther(c: AppContext, path: string, notice?: string): Response {
  if (notice !== undefined) {
    setCookie(c, COOKIE, encodeURIComponent(notice), {
      httpOnly: true,
      sameSite: 'Lax',
      path: '/',
      maxAge: 60,
      secure: c.var.services.url.startsWith('https:'),
    });
  }
  return c.redirect(path, 303);
}

/** Takes the notice that a redirect left, if any. */
export function takeNotice(c: AppContext): string | undefined {
  const kept = getCookie(c, COOKIE);
  if (kept === undefined) return undefined;
  deleteCookie(c, COOKIE, { path: '/' });
  try {
    return decodeURIComponent(kept);
  } catch {
    return undefined;
  }
}
