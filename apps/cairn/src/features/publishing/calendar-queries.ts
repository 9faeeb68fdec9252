import { type Instant, Temporal } from '@cairn/kernel/time';
import type { Reader } from '../../platform/db/database.ts';
import type { Summit } from '../summits/queries.ts';
import {
  calendarFrom,
  type EntryContent,
  entryUid,
  type KeptEntry,
  wantedEntries,
} from './calendar-rules.ts';

/** What a summit's feeds have told so far, in order of key. */
export async function keptEntries(db: Reader, summitId: string): Promise<KeptEntry[]> {
  const rows = await db
    .selectFrom('calendarEntry')
    .select(['uid', 'key', 'sequence', 'status', 'content', 'lastModified'])
    .where('summitId', '=', summitId)
    .orderBy('key')
    .execute();
  // Written by this room alone, from the same type.
  return rows.map((row) => ({ ...row, content: row.content as EntryContent }));
}

/** When what is now in force came into force: the last save, or the announcement after it. */
export async function inForceSince(db: Reader, { id, revision }: Summit): Promise<Instant> {
  const row = await db
    .selectFrom('summit')
    .leftJoin('summitRevision', (join) =>
      join
        .onRef('summitRevision.summitId', '=', 'summit.id')
        .on('summitRevision.revision', '=', revision),
    )
    .select(['summit.createdAt', 'summit.announcedAt', 'summitRevision.at'])
    .where('summit.id', '=', id)
    .executeTakeFirstOrThrow();
  const moments = [row.createdAt, row.announcedAt, row.at].filter((moment) => moment !== null);
  return moments.reduce((latest, moment) =>
    Temporal.Instant.compare(moment, latest) > 0 ? moment : latest,
  );
}

/** What a calendar is asked with: the public address names its host in new UIDs. */
export interface CalendarSource {
  /** The installation's public address. */
  readonly url: string;
}

/**
 * The calendar as it is now. Made from the definition at every reading, on top of what was told
 * before, so that a change shows at once, whether or not the job that stores it has run.
 */
export async function summitCalendar(
  db: Reader,
  summit: Summit,
  { url }: CalendarSource,
): Promise<{ readonly kept: KeptEntry[]; readonly now: KeptEntry[] }> {
  const kept = await keptEntries(db, summit.id);
  const at = await inForceSince(db, summit);
  const host = new URL(url).hostname;
  const uidOf = (key: string) => entryUid(key, summit.slug, host);
  return { kept, now: calendarFrom(kept, wantedEntries(summit.definition), { uidOf, at }) };
}
