import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { dateIn, daysBetween, parseDate } from '@cairn/kernel/time';
import type { Actor } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Summit } from '../../summits/queries.ts';
import { type DecisionDocument, writeDecision } from '../documents/decision-rules.ts';
import { readPlanDocument } from '../documents/document-rules.ts';
import {
  commitToMain,
  lockMain,
  mainMoved,
  type PlanServices,
} from '../repository/main-commands.ts';
import { handleOf } from '../threads/handle-commands.ts';
import type { Member } from '../threads/member-rights.ts';
import { noPlan } from '../threads/thread-commands.ts';
import { type Decision, decisionAt, lastDayOfWindow, windowRule } from './decision-queries.ts';
import {
  type DecisionParts,
  decisionPath,
  decisionText,
  stateLine,
  substanceOf,
  withStateLine,
} from './record-rules.ts';
import { lastDayAnew, lastDayOf } from './window-rules.ts';

type PlannedSummit = Pick<Summit, 'id' | 'definition'>;

/** A decision as it was made somewhere, to be recorded. */
export interface NewDecision extends DecisionParts {
  readonly title: string;
  /** The day on which it was made, as `2023-05-24`. */
  readonly made: string;
  readonly where: string;
  /** Ids of those who were there. */
  readonly people: readonly string[];
  /** Numbers of the topics that it is about. */
  readonly topics: readonly number[];
}

/**
 * Records a decision: a document on main that says that it is provisional, and a window for those who
 * were not in the room. Whoever comes may record one. Events `plan.moved`, `thread.opened` and
 * `decision.made`.
 */
export async function recordDecision(
  tx: Tx,
  services: PlanServices,
  actor: Actor,
  summit: PlannedSummit,
  { self }: Member,
  decision: NewDecision,
): Promise<Result<{ readonly number: number }, Problem>> {
  if ((await lockMain(tx, summit.id)) === undefined) return fail(noPlan());
  const { windowDays, zone } = await windowRule(tx, summit);
  const made = parseDate(decision.made);
  if (!made.ok) return fail({ ...made.error, place: { path: 'made' } });
  if (daysBetween(dateIn(actor.now, zone), made.value) > 0) {
    const sentence = 'A decision is recorded once it is made; enter a day that is not to come.';
    return fail(problem('not-made-yet', sentence, { path: 'made' }));
  }
  const topics = await pathsOfTopics(tx, summit.id, decision.topics);
  if (!topics.ok) return topics;
  const deciders: string[] = [];
  for (const personId of new Set(decision.people)) deciders.push(await handleOf(tx, personId));
  const lastDay = lastDayOf(actor.now, windowDays, zone);
  const path = decisionPath(decision.made, decision.title, await takenPaths(tx, summit.id));
  const document: DecisionDocument = {
    title: decision.title.trim(),
    state: 'provisional',
    made: decision.made,
    where: decision.where.trim(),
    closes: lastDay.toString(),
    deciders: deciders.sort(),
    topics: topics.value,
    text: withStateLine(decisionText(decision), stateLine('provisional', lastDay, zone, undefined)),
  };
  const content = writeDecision(undefined, document);
  const sound = soundDocument(path, content);
  if (!sound.ok) return sound;
  const moved = await commitToMain(tx, services, actor, self.summitId, {
    changes: [{ path, content }],
    message: `Record a decision: ${document.title}\n\nMade ${document.where === '' ? '' : `${document.where}, `}on ${document.made}; provisional until the end of ${document.closes}.`,
  });
  if (!moved.ok) return moved;
  const { number } = await tx
    .selectFrom('planDecision')
    .select('number')
    .where('summitId', '=', summit.id)
    .where('path', '=', path)
    .executeTakeFirstOrThrow();
  return ok({ number });
}

async function takenPaths(tx: Tx, summitId: string): Promise<ReadonlySet<string>> {
  const [documents, decisions] = [
    await tx
      .selectFrom('planDocument')
      .select('path')
      .where('summitId', '=', summitId)
      .where('kind', '=', 'decision')
      .execute(),
    await tx.selectFrom('planDecision').select('path').where('summitId', '=', summitId).execute(),
  ];
  return new Set([...documents, ...decisions].map(({ path }) => path));
}

async function pathsOfTopics(
  tx: Tx,
  summitId: string,
  numbers: readonly number[],
): Promise<Result<string[], Problem>> {
  if (numbers.length === 0) return ok([]);
  const rows = await tx
    .selectFrom('planTopic')
    .select(['number', 'path'])
    .where('summitId', '=', summitId)
    .where('number', 'in', [...numbers])
    .orderBy('number')
    .execute();
  const missing = numbers.find((number) => !rows.some((row) => row.number === number));
  if (missing === undefined) return ok(rows.map(({ path }) => path));
  const sentence = `There is no topic #${missing} in this plan; choose from the list.`;
  return fail(problem('no-such-topic', sentence, { path: 'topics' }));
}

/** A document that the plan's own check accepts. */
function soundDocument(path: string, content: string): Result<void, Problem> {
  const [wrong] = readPlanDocument(path, content)?.problems ?? [];
  return wrong === undefined
    ? ok(undefined)
    : fail(problem(wrong.code, wrong.sentence, { path: 'decided' }));
}

/** A new text for a decision. */
export interface NewText {
  readonly number: number;
  readonly title: string;
  /** Markdown, without the line that says how it stands. */
  readonly text: string;
  /** The name that Git gives to the content of the document that was changed. */
  readonly blob: string;
}

/** Whether somebody may write a decision anew at once: whoever was there, and organisers. */
export const mayRevise = ({ document }: Pick<Decision, 'document'>, handle: string | undefined) =>
  handle !== undefined && document?.deciders.includes(handle.toLowerCase()) === true;

/**
 * Writes a decision anew, by whoever was there or an organiser; everybody else proposes a change of
 * its document. A change of its substance makes it provisional for a whole window. Events `plan.moved`
 * and `decision.revised`.
 */
export async function reviseDecision(
  tx: Tx,
  services: PlanServices,
  actor: Actor,
  summit: PlannedSummit,
  { self, organiser }: Member,
  { number, title, text, blob }: NewText,
): Promise<Result<{ readonly hasChanged: boolean }, Problem>> {
  if ((await lockMain(tx, summit.id)) === undefined) return fail(noPlan());
  const decision = await decisionAt(tx, { summitId: summit.id, number });
  const { document } = decision ?? {};
  if (decision === undefined || document === undefined) return fail(noDecision(number));
  const handle = await handleOf(tx, self.personId);
  if (organiser === undefined && !mayRevise(decision, handle)) {
    const sentence =
      'Only who was there and organisers write a decision anew; propose a change of its document instead.';
    return fail(problem('not-a-decider', sentence));
  }
  if (document.blob !== blob) return fail(mainMoved());
  const { windowDays, zone } = await windowRule(tx, summit);
  const before = decision.state === 'provisional' ? lastDayOfWindow(decision, zone) : undefined;
  const lastDay = lastDayAnew(before, actor.now, windowDays, zone);
  const { source } = document;
  const asWritten = writeDecision(source, {
    ...document,
    title: title.trim(),
    text: withStateLine(text, firstLineOf(document.text)),
  });
  if (asWritten === source) return ok({ hasChanged: false });
  const isSame = substanceOf(document) === substanceOf({ title: title.trim(), text });
  const anew = writeDecision(source, {
    ...document,
    title: title.trim(),
    state: 'provisional',
    closes: lastDay.toString(),
    text: withStateLine(text, stateLine('provisional', lastDay, zone, undefined)),
  });
  const content = isSame ? asWritten : anew;
  const sound = soundDocument(decision.path, content);
  if (!sound.ok) return sound;
  const told = isSame ? '' : `\n\nProvisional until the end of ${lastDay.toString()}.`;
  const moved = await commitToMain(tx, services, actor, summit.id, {
    changes: [{ path: decision.path, content }],
    message: `${isSame ? 'Tidy the words of' : 'Write anew'} a decision: ${title.trim()}${told}`,
  });
  return moved.ok ? ok({ hasChanged: true }) : moved;
}

const firstLineOf = (text: string): string => text.split('\n', 1)[0] ?? '';

export const noDecision = (number: number): Problem =>
  problem(
    'no-such-decision',
    `There is no decision #${number} in this plan; look for it in the list.`,
  );
