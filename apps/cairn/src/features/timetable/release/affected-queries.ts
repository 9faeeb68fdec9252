import type { Reader } from '../../../platform/db/database.ts';
import type { Organiser } from '../../people/rights.ts';
import type { Summit } from '../../summits/queries.ts';
import { checkPlacements } from '../solving/check-rules.ts';
import { namelessFacts, timetableFacts } from '../solving/facts-queries.ts';
import type { TimetableFacts } from '../solving/facts-rules.ts';
import { type Affected, brokenSince, placementsIn, removedSince } from './affected-rules.ts';
import { type CurrentTimetable, currentTimetable } from './current-queries.ts';

/**
 * What a change since the release broke in the timetable that holds, in sentences with names and
 * reasons. For organisers, who repair it.
 */
export async function brokenNow(
  db: Reader,
  summit: Pick<Summit, 'id' | 'definition'>,
  right: Organiser,
): Promise<Affected[]> {
  const current = await currentTimetable(db, summit.id);
  const facts = current && (await timetableFacts(db, summit, right));
  return current === undefined || facts === undefined ? [] : broken(current, facts);
}

const broken = (
  { content }: Pick<CurrentTimetable, 'content'>,
  facts: TimetableFacts,
): Affected[] => [
  ...brokenSince(content, checkPlacements(facts, placementsIn(content)).breaks, facts.open),
  ...removedSince(content, facts.sessions),
];

/** Sets that are kept, one for each summit. */
const MOST_KEPT = 32;
const kept = new Map<string, { readonly as: string; readonly ids: Promise<ReadonlySet<string>> }>();

/**
 * The sessions of the timetable that holds which a change since the release affects. Public: it says
 * which, and neither why nor whom. Looked at anew after anything happened in the summit.
 */
export async function affectedSessions(
  db: Reader,
  summit: Pick<Summit, 'id' | 'definition'>,
  current: CurrentTimetable,
): Promise<ReadonlySet<string>> {
  const latest = await db
    .selectFrom('event')
    .select('id')
    .where('summitId', '=', summit.id)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  const as = `${current.version} ${current.releasedAt} ${latest?.id}`;
  const known = kept.get(summit.id);
  if (known?.as === as) return known.ids;
  // Kept before it is known: thousands who ask in the same second after a change wait for one answer.
  const ids = idsOf(db, summit, current);
  kept.delete(summit.id);
  kept.set(summit.id, { as, ids });
  ids.catch(() => kept.delete(summit.id));
  for (const oldest of kept.keys()) {
    if (kept.size <= MOST_KEPT) break;
    kept.delete(oldest);
  }
  return ids;
}

async function idsOf(
  db: Reader,
  summit: Pick<Summit, 'id' | 'definition'>,
  current: CurrentTimetable,
): Promise<ReadonlySet<string>> {
  const facts = await namelessFacts(db, summit);
  const breaks = facts === undefined ? [] : broken(current, facts);
  return new Set(breaks.flatMap(({ sessions }) => sessions));
}
