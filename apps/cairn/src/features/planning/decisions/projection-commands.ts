import { createHash } from 'node:crypto';
import { parseDate, startOfDay } from '@cairn/kernel/time';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { type DecisionDocument, readDecision } from '../documents/decision-rules.ts';
import { kindOfPath } from '../documents/kind-rules.ts';
import type { MainProjection } from '../repository/main-commands.ts';
import { replaceThread } from '../threads/edit-commands.ts';
import { noteHappening } from '../threads/happening-commands.ts';
import { closeThread, reopenThread } from '../threads/state-commands.ts';
import { LONGEST_TITLE, openThread } from '../threads/thread-commands.ts';
import { lastDayOfWindow, type WindowRule, windowRuleOf } from './decision-queries.ts';
import { substanceOf } from './record-rules.ts';
import { closingOf, lastDayAnew } from './window-rules.ts';

/** A short name of what a document decides. */
const nameOf = (document: DecisionDocument): string =>
  createHash('sha256').update(substanceOf(document)).digest('base64url');

/**
 * Ties decisions on main to their numbers. A document that is new opens a thread and a whole window,
 * whatever it says of its own state: nobody decides for others by writing “ratified” into a file. One
 * whose text changed is provisional again, for a whole window from now. Events `decision.made`, and
 * `decision.revised`.
 */
export const projectDecisions: MainProjection = async (tx, _services, actor, summitId, changes) => {
  const theirs = changes.filter(({ path }) => kindOfPath(path) === 'decision');
  if (theirs.length === 0) return;
  const rule = await windowRuleOf(tx, summitId);
  const gone = await rowsAt(
    tx,
    summitId,
    theirs.filter(({ document }) => document === undefined).map(({ path }) => path),
  );
  for (const { path, document } of theirs) {
    if (document === undefined) continue;
    const said = readDecision(document);
    const [row] = await rowsAt(tx, summitId, [path]);
    if (row !== undefined) {
      await changed(tx, actor, summitId, row, said, rule);
      continue;
    }
    // A file that was given another name is the same decision.
    const moved = gone.findIndex(({ substance }) => substance === nameOf(said));
    const [same] = moved < 0 ? [] : gone.splice(moved, 1);
    if (same === undefined) await made(tx, actor, summitId, path, said, rule);
    else await placed(tx, summitId, same.number, path);
  }
  for (const { number, path } of gone) {
    await noteHappening(tx, actor, { summitId, number }, { kind: 'document-gone', data: { path } });
    await closeThread(tx, actor, { summitId, number });
  }
};

interface Row {
  readonly number: number;
  readonly path: string;
  readonly state: 'provisional' | 'ratified' | 'reopened';
  readonly closesAt: Actor['now'];
  readonly substance: string;
}

async function rowsAt(tx: Tx, summitId: string, paths: readonly string[]): Promise<Row[]> {
  if (paths.length === 0) return [];
  return tx
    .selectFrom('planDecision')
    .select(['number', 'path', 'state', 'closesAt', 'substance'])
    .where('summitId', '=', summitId)
    .where('path', 'in', paths)
    .forUpdate()
    .execute();
}

const placed = (tx: Tx, summitId: string, number: number, path: string) =>
  tx
    .updateTable('planDecision')
    .set({ path })
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .execute();

const titleOf = ({ title }: DecisionDocument, path: string): string =>
  title.slice(0, LONGEST_TITLE).trim() || path;

/** The day until which a document asks to be commented on; undefined where it says none. */
function askedDay({ closes }: DecisionDocument) {
  const day = parseDate(closes);
  return day.ok ? day.value : undefined;
}

async function made(
  tx: Tx,
  actor: Actor,
  summitId: string,
  path: string,
  said: DecisionDocument,
  { windowDays, zone }: WindowRule,
): Promise<void> {
  const opened = await openThread(tx, actor, {
    summitId,
    kind: 'decision',
    title: titleOf(said, path),
    body: '',
  });
  if (!opened.ok) throw new Error(`a decision has no thread: ${opened.error.sentence}`);
  const { number } = opened.value;
  const day = parseDate(said.made);
  await tx
    .insertInto('planDecision')
    .values({
      summitId,
      number,
      path,
      state: 'provisional',
      madeAt: day.ok ? startOfDay(day.value, zone) : actor.now,
      openedAt: actor.now,
      closesAt: closingOf(lastDayAnew(askedDay(said), actor.now, windowDays, zone), zone),
      settledAt: null,
      substance: nameOf(said),
      toldAt: null,
      remindedAt: null,
    })
    .execute();
  await recordEvent(tx, actor, { kind: 'decision.made', summitId, data: { number } });
}

async function changed(
  tx: Tx,
  actor: Actor,
  summitId: string,
  row: Row,
  said: DecisionDocument,
  { windowDays, zone }: WindowRule,
): Promise<void> {
  const place = { summitId, number: row.number };
  await reopenThread(tx, actor, place);
  if (row.substance === nameOf(said)) return;
  await replaceThread(tx, actor, place, { title: titleOf(said, row.path), body: '' });
  const before = row.state === 'provisional' ? lastDayOfWindow(row, zone) : undefined;
  await tx
    .updateTable('planDecision')
    .set({
      state: 'provisional',
      openedAt: actor.now,
      closesAt: closingOf(lastDayAnew(before, actor.now, windowDays, zone), zone),
      settledAt: null,
      substance: nameOf(said),
      toldAt: null,
      remindedAt: null,
    })
    .where('summitId', '=', summitId)
    .where('number', '=', row.number)
    .execute();
  // The new text is the answer to what was said against the old one; whoever objected may uphold it.
  await tx
    .updateTable('planObjection')
    .set({ answeredAt: actor.now, answeredBy: null, answer: '', upheldAt: null })
    .where('summitId', '=', summitId)
    .where('number', '=', row.number)
    .where('withdrawnAt', 'is', null)
    .where((eb) => eb.or([eb('answeredAt', 'is', null), eb('upheldAt', 'is not', null)]))
    .execute();
  if (row.state !== 'provisional') {
    const data = { from: row.state, to: 'provisional' };
    await noteHappening(tx, actor, place, { kind: 'state', data });
  }
  await recordEvent(tx, actor, {
    kind: 'decision.revised',
    summitId,
    data: { number: row.number },
  });
}
