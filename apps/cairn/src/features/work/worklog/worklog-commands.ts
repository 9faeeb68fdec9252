import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { publish } from '../../../platform/live/publish.ts';
import type { Organiser, Self } from '../../people/rights.ts';
import type { Summit } from '../../summits/queries.ts';
import { frameOf } from '../../timetable/frame/frame-queries.ts';
import { wallNow } from '../../timetable/open-space/space-rules.ts';
import { worklogSubjects } from './worklog-queries.ts';
import {
  isEmpty,
  isSame,
  keyOf,
  LONGEST_PART,
  mergeWords,
  NO_WORDS,
  WORKLOG_FIELDS,
  type WorklogPlace,
  type WorklogWords,
  wordsFrom,
  wordsIn,
  worklogChannel,
  writesIn,
} from './worklog-rules.ts';

/** What somebody writes of a day, and what they had before them. */
export interface WorklogSave {
  readonly words: WorklogWords;
  /** The revision that they changed; 0 where nobody had written yet. */
  readonly base: number;
  /** The same for a save that is sent again, with the same or later words. */
  readonly clientKey: string | undefined;
}

/** What came of it. */
export interface WrittenEntry {
  readonly id: string;
  readonly revision: number;
  /** With everybody's changes. */
  readonly words: WorklogWords;
  readonly hasChanged: boolean;
  /** Others wrote since the writer's base; their words are in it. */
  readonly isMerged: boolean;
  /** Places that both changed. */
  readonly joins: number;
}

type Of = Pick<Summit, 'id' | 'definition'>;
type Where = { readonly date: string; readonly place: WorklogPlace };

/**
 * Writes what a group or a session did on a day, merged with what others wrote since: a save is never
 * refused for that, and no word is lost. A save that is sent twice counts once. For those who are in
 * the group; of a session for all who come. Event `worklog.written`, where something changed.
 */
export async function writeWorklogEntry(
  tx: Tx,
  actor: Actor,
  self: Self,
  summit: Of,
  where: Where,
  save: WorklogSave,
): Promise<Result<WrittenEntry, Problem>> {
  const subjects = await worklogSubjects(tx, self, where.date);
  const subject = subjects.find(({ place }) => keyOf(place) === keyOf(where.place));
  if (subject !== undefined && !writesIn(subject, self.personId)) {
    const sentence = `Only those who are in “${subject.title}” that day write its entry; tell one of them, or an organiser.`;
    return fail(problem('not-in-the-group', sentence));
  }
  return write(tx, actor, summit, where, save, subject !== undefined);
}

/** The same by an organiser, for any group and session. */
export async function writeAnyWorklogEntry(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  summit: Of,
  where: Where,
  save: WorklogSave,
): Promise<Result<WrittenEntry, Problem>> {
  const subjects = await worklogSubjects(tx, organiser, where.date);
  const isKnown = subjects.some(({ place }) => keyOf(place) === keyOf(where.place));
  return write(tx, actor, summit, where, save, isKnown);
}

async function write(
  tx: Tx,
  actor: Actor,
  summit: Of,
  { date, place }: Where,
  save: WorklogSave,
  isKnown: boolean,
): Promise<Result<WrittenEntry, Problem>> {
  const frame = await frameOf(tx, summit);
  if (frame === undefined || !frame.days.some((day) => day.date === date)) {
    return fail(problem('no-such-day', 'This is none of the days of the summit.'));
  }
  if (date > wallNow(actor.now, frame.zone).date) {
    const sentence = 'This day has not come yet; write under “next” of today what you plan for it.';
    return fail(problem('not-yet', sentence));
  }
  const mine = wordsFrom((field) => save.words[field].replace(/\r\n?/g, '\n').trimEnd());
  const long = tooLong(mine, 'This');
  if (long !== undefined) return fail(long);
  const entry = await lockEntry(tx, actor, summit.id, { date, place }, isKnown && !isEmpty(mine));
  if (!entry.ok) return isEmpty(mine) && isKnown ? fail(nothingSaid()) : entry;
  const from = await baseOf(tx, entry.value, save);
  if (!from.ok) return from;
  const theirs = wordsIn(entry.value);
  const { words, joins } = mergeWords(from.value, mine, theirs);
  const longer = tooLong(words, 'Together with what others wrote, this');
  if (longer !== undefined && !isShorter(words, theirs)) return fail(longer);
  const common = { id: entry.value.id, words, joins, isMerged: !isSame(words, mine) };
  if (isSame(words, theirs)) {
    return ok({ ...common, revision: entry.value.revision, hasChanged: false });
  }
  const revision = entry.value.revision + 1;
  await tx
    .insertInto('worklogRevision')
    .values({
      ...{ entryId: entry.value.id, revision, ...words, at: actor.now },
      sent: isSame(words, mine) ? null : JSON.stringify(mine),
      clientKey: save.clientKey ?? null,
      byPerson: actor.personId ?? null,
    })
    .execute();
  await tx
    .updateTable('worklogEntry')
    .set({ ...words, revision, writtenBy: actor.personId ?? null, writtenAt: actor.now })
    .where('id', '=', entry.value.id)
    .execute();
  await recordEvent(tx, actor, {
    kind: 'worklog.written',
    summitId: summit.id,
    data: { entry: entry.value.id, revision },
  });
  await publish(tx, worklogChannel(summit.id, date), { revision });
  return ok({ ...common, revision, hasChanged: true });
}

const nothingSaid = (): Problem =>
  problem('nothing-said', 'Write at least one of the four: what you did is enough.', {
    path: 'did',
  });

function tooLong(words: WorklogWords, what: string): Problem | undefined {
  const field = WORKLOG_FIELDS.find((each) => words[each].length > LONGEST_PART);
  if (field === undefined) return undefined;
  const most = LONGEST_PART.toLocaleString('en-GB');
  return problem(
    'too-long',
    `${what} is longer than ${most} characters; put a part of it into a document, and link that.`,
    { path: field },
  );
}

const isShorter = (words: WorklogWords, than: WorklogWords): boolean =>
  WORKLOG_FIELDS.every(
    (field) => words[field].length <= Math.max(LONGEST_PART, than[field].length),
  );

interface LockedEntry extends WorklogWords {
  readonly id: string;
  /** 0 when it was only just made. */
  readonly revision: number;
}

/** The entry, for this transaction alone; made if there is none, and it may be. */
async function lockEntry(
  tx: Tx,
  actor: Actor,
  summitId: string,
  { date, place }: Where,
  mayMake: boolean,
): Promise<Result<LockedEntry, Problem>> {
  const { groupKey, sessionId } = place;
  if (mayMake) {
    const made = await tx
      .insertInto('worklogEntry')
      .values({
        ...{ summitId, date, groupKey, sessionId, revision: 0 },
        ...{ writtenBy: actor.personId ?? null, writtenAt: actor.now },
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst();
    if (made !== undefined) return ok({ ...NO_WORDS, id: made.id, revision: 0 });
  }
  const found = await tx
    .selectFrom('worklogEntry')
    .select(['id', 'revision', 'did', 'links', 'blocked', 'next'])
    .where('summitId', '=', summitId)
    .where('date', '=', date)
    .where('groupKey', 'is not distinct from', groupKey)
    .where('sessionId', 'is not distinct from', sessionId)
    .forUpdate()
    .executeTakeFirst();
  if (found !== undefined) return ok(found);
  const sentence =
    'There is no such group or session on this day; look at the list of those there are.';
  return fail(problem('no-such-subject', sentence));
}

/** The words that the writer's changes are counted from: what they sent with this key before, else their base. */
async function baseOf(
  tx: Tx,
  entry: LockedEntry,
  { base, clientKey }: WorklogSave,
): Promise<Result<WorklogWords, Problem>> {
  const columns = ['did', 'links', 'blocked', 'next'] as const;
  if (clientKey !== undefined) {
    const sent = await tx
      .selectFrom('worklogRevision')
      .select([...columns, 'sent'])
      .where('entryId', '=', entry.id)
      .where('clientKey', '=', clientKey)
      .orderBy('revision', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (sent !== undefined) return ok((sent.sent as WorklogWords | null) ?? wordsIn(sent)); // written by this file alone
  }
  if (base === 0) return ok(NO_WORDS);
  const found = await tx
    .selectFrom('worklogRevision')
    .select(columns)
    .where('entryId', '=', entry.id)
    .where('revision', '=', base)
    .executeTakeFirst();
  if (found !== undefined) return ok(wordsIn(found));
  const sentence = `This entry never had a revision ${base}; read it again, and send your change to what it says now.`;
  return fail(problem('unknown-revision', sentence, { path: 'base' }));
}
