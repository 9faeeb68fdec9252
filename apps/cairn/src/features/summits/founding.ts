import type { Branded } from '@cairn/kernel/id';
import { createMiddleware } from 'hono/factory';
import type { Reader } from '../../platform/db/database.ts';
import type { AppEnv, SignedIn } from '../../platform/http/env.ts';

/** Proof that somebody may found a summit. */
export type Founder = Branded<{ readonly personId: string }, 'Founder'>;

/** Proves that someone may found a summit: administrators, and whoever organises one already. */
export async function founderOf(
  db: Reader,
  signedIn: Pick<SignedIn, 'personId' | 'isAdministrator'> | undefined,
): Promise<Founder | undefined> {
  if (signedIn === undefined) return undefined;
  const organises =
    signedIn.isAdministrator ||
    (await db
      .selectFrom('role')
      .select('summitId')
      .where('personId', '=', signedIn.personId)
      .where('role', '=', 'organiser')
      .limit(1)
      .executeTakeFirst()) !== undefined;
  return organises ? ({ personId: signedIn.personId } as Founder) : undefined; // minted here only
}

/** Lets founders in; sends those who have not signed in to do so, and answers 404 to everyone else. */
export const foundersOnly = createMiddleware<AppEnv>(async (c, next) => {
  const { services, visitor } = c.var;
  if (visitor.signedIn === undefined) {
    return c.redirect(`/sign-in?to=${encodeURIComponent(c.req.path)}`, 303);
  }
  if ((await founderOf(services.db, visitor.signedIn)) === undefined) return c.notFound();
  await next();
  return undefined;
});
