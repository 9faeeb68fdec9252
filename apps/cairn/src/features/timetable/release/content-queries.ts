import type { Reader } from '../../../platform/db/database.ts';
import type { Organiser } from '../../people/rights.ts';
import type { Summit } from '../../summits/queries.ts';
import { frameOf } from '../frame/frame-queries.ts';
import { currentGroups } from '../groups/current-queries.ts';
import { sessionsOf } from '../sessions/session-queries.ts';
import type { ContentFacts, DraftPlace } from './content-rules.ts';

/** What a release would be made of now; undefined while there is no frame. For organisers. */
export async function contentFacts(
  db: Reader,
  { summitId }: Organiser,
  summit: Pick<Summit, 'definition'>,
): Promise<ContentFacts | undefined> {
  const frame = await frameOf(db, { id: summitId, definition: summit.definition });
  if (frame === undefined) return undefined;
  const sessions = await sessionsOf(db, summitId);
  const groups = new Map<string, Awaited<ReturnType<typeof currentGroups>>>();
  for (const { date } of frame.days) groups.set(date, await currentGroups(db, summitId, date));
  return { frame, sessions, groups };
}

/** A draft that can be released. */
export interface ReleasableDraft {
  readonly id: string;
  readonly name: string;
  readonly revision: number;
  readonly placements: readonly DraftPlace[];
}

/** A draft with its places, locked where a transaction asks; undefined where there is none. For organisers. */
export async function releasableDraft(
  db: Reader,
  { summitId }: Organiser,
  draftId: string,
): Promise<ReleasableDraft | undefined> {
  const draft = await db
    .selectFrom('timetableDraft')
    .select(['id', 'name', 'revision'])
    .where('summitId', '=', summitId)
    .where('id', '=', draftId)
    .where('discardedAt', 'is', null)
    .$if(db.isTransaction, (query) => query.forShare())
    .executeTakeFirst();
  if (draft === undefined) return undefined;
  const placements = await db
    .selectFrom('draftPlacement')
    .select(['sessionId', 'date', 'starts', 'roomId'])
    .where('draftId', '=', draftId)
    .execute();
  return { ...draft, placements };
}
