import type { Reader } from '../../../platform/db/database.ts';
import type { Self } from '../../people/rights.ts';
import type { SaidWishes } from './said-rules.ts';
import { HABITS } from './stay-rules.ts';

/** Whom one would share with and whom not: one's own, and nobody else's. */
export async function ownWishes(
  db: Reader,
  { summitId, personId }: Self,
): Promise<Pick<SaidWishes, 'with' | 'notWith'>> {
  const rows = await db
    .selectFrom('roomWish')
    .select(['otherId', 'wish'])
    .where('summitId', '=', summitId)
    .where('personId', '=', personId)
    .orderBy('otherId')
    .execute();
  const of = (wish: 'with' | 'not_with') =>
    rows.filter((row) => row.wish === wish).map(({ otherId }) => otherId);
  return { with: of('with'), notWith: of('not_with') };
}

/**
 * Everybody's wishes and habits, for the search for rooms. What comes of them may be shown, they may not: nothing
 * that is made of this goes to a page, a mail, an event or the API but who sleeps where.
 */
export async function wishesForSearch(
  db: Reader,
  summitId: string,
): Promise<ReadonlyMap<string, SaidWishes>> {
  const [wishes, stays] = await Promise.all([
    db
      .selectFrom('roomWish')
      .select(['personId', 'otherId', 'wish'])
      .where('summitId', '=', summitId)
      .orderBy('otherId')
      .execute(),
    db.selectFrom('stay').select(['personId', 'habits']).where('summitId', '=', summitId).execute(),
  ]);
  return new Map(
    stays.map(({ personId, habits }) => {
      const of = (wish: 'with' | 'not_with') =>
        wishes
          .filter((row) => row.personId === personId && row.wish === wish)
          .map(({ otherId }) => otherId);
      const own = HABITS.filter((habit) => habits.includes(habit));
      return [personId, { habits: own, with: of('with'), notWith: of('not_with') }];
    }),
  );
}
