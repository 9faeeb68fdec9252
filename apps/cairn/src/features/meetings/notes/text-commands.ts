import { taskListItems, tickTaskListItem } from '@cairn/formats/task-list';
import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, queueJob, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { publish } from '../../../platform/live/publish.ts';
import type { Organiser, Self } from '../../people/rights.ts';
import { mergeTexts } from './merge-rules.ts';
import { writersSince } from './text-queries.ts';
import { channelOf, LONGEST_TEXT, type TextPlace } from './text-rules.ts';

/** What a writer sends: their text, and what they had before them when they began to change it. */
export interface WrittenSave {
  readonly text: string;
  readonly base: {
    /** 0 when nobody had written anything yet. */
    readonly revision: number;
    /** What an empty text began with, since that is kept nowhere else. */
    readonly template: string;
  };
  /** The same for a save that is sent again, with the same or a later text. */
  readonly saveKey: string | undefined;
}

/** What came of a save. */
export interface SavedText {
  readonly id: string;
  readonly revision: number;
  /** With everybody's changes. */
  readonly body: string;
  readonly hasChanged: boolean;
  /** Who changed the text since the writer's base; their changes are in `body`. */
  readonly others: readonly string[];
  /** Places that both changed. */
  readonly joins: number;
}

/** The job that looks at a text once nobody has written in it for a while. */
export const SETTLE_JOB = 'settle-meeting-text';
/** For so long nobody has written, then what is half said is said. In seconds. */
const SETTLES_AFTER = 60;

/**
 * Saves what somebody wrote, merged with what others saved since their base: no save is ever refused
 * for that, and no word of anybody is lost. A save sent twice is one. One event `text.saved` where
 * the text changed.
 */
export async function saveText(
  tx: Tx,
  actor: Actor,
  { summitId }: Self | Organiser,
  place: TextPlace,
  save: WrittenSave,
): Promise<Result<SavedText, Problem>> {
  const mine = save.text.replace(/\r\n?/g, '\n');
  if (mine.length > LONGEST_TEXT) return fail(tooLong('This'));
  const text = await lockText(tx, actor, summitId, place);
  const from = await baseOf(tx, text, save);
  if (!from.ok) return from;
  const { base, revision: since } = from.value;
  const theirs = text.revision === 0 ? base : text.body;
  const { text: body, joins } = mergeTexts(base, mine, theirs);
  if (body.length > LONGEST_TEXT && body.length > theirs.length) {
    return fail(tooLong('Together with what others wrote, this'));
  }
  const others =
    text.revision > since ? await writersSince(tx, text.id, since, actor.personId) : [];
  const isUnchanged = text.revision > 0 && body === text.body;
  const written = isUnchanged
    ? text
    : await addRevision(tx, actor, summitId, place, text, {
        body,
        sent: body === mine ? null : mine,
        saveKey: save.saveKey ?? null,
      });
  return ok({
    id: text.id,
    revision: written.revision,
    body: written.body,
    hasChanged: !isUnchanged,
    others,
    joins,
  });
}

/** A change that was made outside of Cairn's pages: what it began from, and what came of it. */
export interface ChangeFromElsewhere {
  readonly base: string;
  readonly text: string;
  /** A text without what does not count as different. */
  readonly tidied: (text: string) => string;
}

/**
 * Brings in a change of a text that was made elsewhere, in a plan that its notes are published in:
 * merged with what was saved since, like what somebody writes on the page, and no word is lost. Where
 * the text says the same already nothing happens. One event `text.saved` where it changed.
 */
export async function takeOverText(
  tx: Tx,
  actor: Actor,
  textId: string,
  { base, text, tidied }: ChangeFromElsewhere,
): Promise<Result<{ readonly hasChanged: boolean }, Problem>> {
  const row = await tx
    .selectFrom('meetingText')
    .select(['id', 'body', 'revision', 'summitId', 'meeting', 'track', 'kind'])
    .where('id', '=', textId)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) return ok({ hasChanged: false });
  const theirs = tidied(row.body);
  const { text: merged } = mergeTexts(base, text, theirs);
  if (merged === theirs) return ok({ hasChanged: false });
  const body = `${merged}\n`;
  if (body.length > LONGEST_TEXT)
    return fail(tooLong('Together with what came from elsewhere, this'));
  await addRevision(tx, actor, row.summitId, row, row, { body, sent: null, saveKey: null });
  return ok({ hasChanged: true });
}

const tooLong = (what: string): Problem =>
  problem(
    'text-too-long',
    `${what} is longer than ${LONGEST_TEXT.toLocaleString('en-GB')} characters; put a part of it into another text.`,
    { path: 'text' },
  );

interface LockedText {
  readonly id: string;
  readonly body: string;
  /** 0 when it was only just made. */
  readonly revision: number;
}

/** The text, for this transaction alone; made if there is none. */
async function lockText(
  tx: Tx,
  actor: Actor,
  summitId: string,
  { meeting, track, kind }: TextPlace,
): Promise<LockedText> {
  const made = await tx
    .insertInto('meetingText')
    .values({ summitId, meeting, track, kind, body: '', revision: 1, updatedAt: actor.now })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (made !== undefined) return { id: made.id, body: '', revision: 0 };
  return tx
    .selectFrom('meetingText')
    .select(['id', 'body', 'revision'])
    .where('summitId', '=', summitId)
    .where('meeting', '=', meeting)
    .where('track', '=', track)
    .where('kind', '=', kind)
    .forUpdate()
    .executeTakeFirstOrThrow();
}

/**
 * The text that the writer's changes are counted from: what they sent with the same key before, else
 * the state that they name.
 */
async function baseOf(
  tx: Tx,
  text: LockedText,
  { base, saveKey }: WrittenSave,
): Promise<Result<{ readonly base: string; readonly revision: number }, Problem>> {
  if (saveKey !== undefined) {
    const sent = await tx
      .selectFrom('meetingTextRevision')
      .select(['revision', 'body', 'sent'])
      .where('textId', '=', text.id)
      .where('saveKey', '=', saveKey)
      .orderBy('revision', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (sent !== undefined) return ok({ base: sent.sent ?? sent.body, revision: base.revision });
  }
  if (base.revision === 0) return ok({ base: base.template.replace(/\r\n?/g, '\n'), revision: 0 });
  const found = await tx
    .selectFrom('meetingTextRevision')
    .select('body')
    .where('textId', '=', text.id)
    .where('revision', '=', base.revision)
    .executeTakeFirst();
  if (found !== undefined) return ok({ base: found.body, revision: base.revision });
  const sentence = `This text never had a revision ${base.revision}; read it again, and send your change to what it says now.`;
  return fail(problem('unknown-revision', sentence, { path: 'base' }));
}

async function addRevision(
  tx: Tx,
  actor: Actor,
  summitId: string,
  place: TextPlace,
  text: LockedText,
  row: { readonly body: string; readonly sent: string | null; readonly saveKey: string | null },
): Promise<LockedText> {
  const revision = text.revision + 1;
  await tx
    .insertInto('meetingTextRevision')
    .values({ ...row, textId: text.id, revision, byPerson: actor.personId ?? null, at: actor.now })
    .execute();
  await tx
    .updateTable('meetingText')
    .set({ body: row.body, revision, updatedAt: actor.now })
    .where('id', '=', text.id)
    .execute();
  await recordEvent(tx, actor, {
    kind: 'text.saved',
    summitId,
    data: { text: text.id, kind: place.kind, revision },
  });
  await publish(tx, channelOf(summitId, place), { revision });
  if (place.kind === 'notes') {
    await queueJob(tx, SETTLE_JOB, { text: text.id }, `settle:${text.id}`, SETTLES_AFTER);
  }
  return { id: text.id, body: row.body, revision };
}

/** Puts an old state of a text in force again, as a new one; what came after it stays in the history. */
export async function restoreText(
  tx: Tx,
  actor: Actor,
  { summitId }: Self | Organiser,
  place: TextPlace,
  revision: number,
): Promise<Result<{ readonly hasChanged: boolean }, Problem>> {
  const text = await lockText(tx, actor, summitId, place);
  const old = await tx
    .selectFrom('meetingTextRevision')
    .select('body')
    .where('textId', '=', text.id)
    .where('revision', '=', revision)
    .executeTakeFirst();
  if (old === undefined) {
    return fail(problem('unknown-revision', `This text never had a revision ${revision}.`));
  }
  if (old.body === text.body) return ok({ hasChanged: false });
  const row = { body: old.body, sent: null, saveKey: null };
  await addRevision(tx, actor, summitId, place, text, row);
  return ok({ hasChanged: true });
}

/**
 * Ticks the point of a text that says this, or takes the tick away: the nearest to the line where it
 * stood. Nothing happens where no such point is left, or where it stands as wanted.
 */
export async function tickPoint(
  tx: Tx,
  actor: Actor,
  textId: string,
  point: { readonly text: string; readonly line: number; readonly isDone: boolean },
): Promise<Result<{ readonly hasChanged: boolean }, Problem>> {
  const row = await tx
    .selectFrom('meetingText')
    .select(['id', 'body', 'revision', 'summitId', 'meeting', 'track', 'kind'])
    .where('id', '=', textId)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) return ok({ hasChanged: false });
  const [found] = taskListItems(row.body)
    .filter(({ text }) => text === point.text)
    .sort((a, b) => Math.abs(a.line - point.line) - Math.abs(b.line - point.line));
  if (found === undefined || found.isDone === point.isDone) return ok({ hasChanged: false });
  const body = tickTaskListItem(row.body, found.line, point.isDone);
  await addRevision(tx, actor, row.summitId, row, row, { body, sent: null, saveKey: null });
  return ok({ hasChanged: true });
}
