import type { Instant } from '@cairn/kernel/time';
import type { Reader } from '../../../platform/db/database.ts';
import { isId } from '../../../platform/db/id.ts';
import type { Organiser } from '../../people/rights.ts';
import type { Summit } from '../../summits/queries.ts';
import { frameOf } from '../../timetable/frame/frame-queries.ts';
import { groupsOfWeek } from '../../timetable/groups/current-queries.ts';
import { sessionPeople } from '../../timetable/sessions/people-queries.ts';
import { sessionsOf } from '../../timetable/sessions/session-queries.ts';
import type { ImportFacts } from './import-rules.ts';
import { countsSchema, type ImportCounts, type Rest, restSchema } from './import-schema.ts';

/** What an import meets; undefined while the timetable has no days. */
export async function importFacts(
  db: Reader,
  { summitId }: Organiser,
  summit: Pick<Summit, 'definition'>,
): Promise<ImportFacts | undefined> {
  const frame = await frameOf(db, { id: summitId, definition: summit.definition });
  if (frame === undefined) return undefined;
  return {
    frame,
    sessions: await sessionsOf(db, summitId),
    people: await sessionPeople(db, summitId),
    groups: [...(await groupsOfWeek(db, summitId)).values()],
  };
}

/** Something that was imported. */
export interface TimetableImport {
  readonly id: string;
  readonly kind: 'schedule' | 'sessions' | 'rooms';
  readonly fileName: string;
  /** The draft of what had a place, while it is not discarded. */
  readonly draft: { readonly id: string; readonly name: string } | undefined;
  readonly counts: ImportCounts;
  /** What was not understood and is not done with. */
  readonly rest: readonly Rest[];
  /** The first row of the table in which it can be corrected. */
  readonly header: string;
  readonly importedAt: Instant;
}

/** What was imported into a timetable, the newest first. */
export async function timetableImports(
  db: Reader,
  { summitId }: Organiser,
): Promise<TimetableImport[]> {
  const rows = await db
    .selectFrom('timetableImport')
    .leftJoin('timetableDraft', (join) =>
      join
        .onRef('timetableDraft.id', '=', 'timetableImport.draftId')
        .on('timetableDraft.discardedAt', 'is', null),
    )
    .select(['timetableImport.id', 'kind', 'fileName', 'counts', 'rest', 'header', 'importedAt'])
    .select(['timetableDraft.id as draftId', 'timetableDraft.name as draftName'])
    .where('timetableImport.summitId', '=', summitId)
    .orderBy('importedAt', 'desc')
    .orderBy('timetableImport.id')
    .limit(200)
    .execute();
  return rows.map(({ draftId, draftName, counts, rest, ...row }) => ({
    ...row,
    draft: draftId === null ? undefined : { id: draftId, name: draftName ?? '' },
    counts: countsSchema.parse(counts),
    rest: restSchema.parse(rest),
  }));
}

/** One import; undefined where there is none of that id. */
export async function timetableImport(
  db: Reader,
  organiser: Organiser,
  id: string,
): Promise<TimetableImport | undefined> {
  if (!isId(id)) return undefined;
  return (await timetableImports(db, organiser)).find((each) => each.id === id);
}
