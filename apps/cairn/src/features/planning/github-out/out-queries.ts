import type { Instant } from '@cairn/kernel/time';
import type { Reader } from '../../../platform/db/database.ts';
import type { Due } from './due-rules.ts';

/** Something that GitHub has not taken. */
export interface Stuck extends Due {
  readonly trouble: string;
  readonly tries: number;
  /** When it is tried next. */
  readonly notBefore: Instant | null;
}

/** How what goes out stands: how much is on its way, and what GitHub would not take, the oldest first. */
export interface OutStanding {
  readonly sends: boolean;
  readonly waiting: number;
  readonly stuck: readonly Stuck[];
}

const MOST_SHOWN = 20;

/** How what goes out stands; undefined where the plan is not kept in step with GitHub. */
export async function outStanding(db: Reader, summitId: string): Promise<OutStanding | undefined> {
  const settings = await db
    .selectFrom('githubSettings')
    .select('sends')
    .where('summitId', '=', summitId)
    .executeTakeFirst();
  if (settings === undefined) return undefined;
  const [{ count }, stuck] = await Promise.all([
    db
      .selectFrom('githubOut')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('summitId', '=', summitId)
      .executeTakeFirstOrThrow(),
    db
      .selectFrom('githubOut')
      .select(['what', 'localId', 'trouble', 'tries', 'notBefore'])
      .where('summitId', '=', summitId)
      .where('tries', '>', 0)
      .orderBy('askedAt')
      .limit(MOST_SHOWN)
      .execute(),
  ]);
  return { sends: settings.sends, waiting: count, stuck };
}
