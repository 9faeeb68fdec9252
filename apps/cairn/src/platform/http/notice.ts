import { parse, serialize } from 'hono/utils/cookie';
import type { AppContext } from './env.ts';

const COOKIE = 'cairn_notice';

/** Goes on to a page after a change (303), which then says once what happened. */
export function seeOther(c: AppContext, path: string, notice?: string): Response {
  if (notice !== undefined) setNotice(c, notice, 60);
  return c.redirect(path, 303);
}

/** Takes the notice that a redirect left, if any. */
export function takeNotice(c: AppContext): string | undefined {
  const kept = parse(c.req.header('cookie') ?? '', COOKIE)[COOKIE];
  if (kept === undefined) return undefined;
  setNotice(c, '', 0);
  return kept;
}

function setNotice(c: AppContext, value: string, maxAge: number): void {
  const cookie = serialize(COOKIE, value, {
    httpOnly: true,
    sameSite: 'Lax',
    path: '/',
    maxAge,
    secure: c.var.services.url.startsWith('https:'),
  });
  c.header('set-cookie', cookie, { append: true });
}
