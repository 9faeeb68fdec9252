import { sql } from 'kysely';
import type { z } from 'zod';
import type { Tx } from '../../../platform/db/database.ts';
import { applyFact, holdPlan } from './apply-commands.ts';
import { withdrawMissing } from './apply-comment-commands.ts';
import type { Applying } from './apply-context.ts';
import { markGone } from './apply-gone-commands.ts';
import { applyLabels } from './apply-label-commands.ts';
import { applyReactions } from './apply-reaction-commands.ts';
import type { RemoteFact } from './delivery-rules.ts';
import type { DueKind } from './due-commands.ts';
import { applyEarly, forgetEarly } from './early-commands.ts';
import type { Asked, Reading } from './read-task.ts';
import {
  commentSchema,
  issueSchema,
  lineSchema,
  pullSchema,
  reactionSchema,
  reviewSchema,
} from './remote-schema.ts';

type Stopped = Exclude<Asked, { ok: true }>['error'];

interface Due {
  readonly what: DueKind;
  readonly remoteId: number;
}

/** What single things are asked for first: others hang on them. */
const ORDER: readonly DueKind[] = [
  'labels',
  'thread',
  'pull',
  'comments',
  'comment',
  'thread-reactions',
  'comment-reactions',
  'line-reactions',
];

/** Asks for every single thing that is due, until none is. */
export async function readDue(reading: Reading): Promise<Stopped | undefined> {
  for (;;) {
    const due = await nextDue(reading);
    if (due === undefined) return undefined;
    const stopped = await readOne(reading, due);
    if (stopped !== undefined) return stopped;
  }
}

const nextDue = ({ services, plan }: Reading): Promise<Due | undefined> =>
  services.db
    .selectFrom('githubDue')
    .select(['what', 'remoteId'])
    .where('summitId', '=', plan.summitId)
    .orderBy(sql`array_position(${[...ORDER]}::text[], what)`)
    .orderBy('remoteId')
    .limit(1)
    .executeTakeFirst();

/** Does something with what was asked, in the transaction in which it is due no more. */
const settle = (
  { services, plan }: Reading,
  { what, remoteId }: Due,
  act: (applying: Applying) => Promise<void>,
): Promise<void> =>
  services.db.transaction().execute(async (tx: Tx) => {
    const applying: Applying = {
      tx,
      services,
      plan,
      source: 'asked',
      now: services.clock.now(),
    };
    await holdPlan(applying);
    // First, so that what is applied may ask for it again.
    await tx
      .deleteFrom('githubDue')
      .where('summitId', '=', plan.summitId)
      .where('what', '=', what)
      .where('remoteId', '=', remoteId)
      .execute();
    await act(applying);
    await applyEarly(applying);
  });

async function readOne(reading: Reading, due: Due): Promise<Stopped | undefined> {
  const { what, remoteId } = due;
  switch (what) {
    case 'labels':
      return readAll(reading, due, '/labels', (applying, labels) => applyLabels(applying, labels));
    case 'thread':
      return readIssue(reading, due);
    case 'comment':
      return readThing(reading, due, `/issues/comments/${remoteId}`, commentSchema, (comment) => [
        { is: 'comment', comment, isGone: false },
      ]);
    case 'comments':
      return readComments(reading, due);
    case 'pull':
      return readPull(reading, due);
    case 'thread-reactions':
      return readReactions(reading, due, `/issues/${remoteId}/reactions`);
    case 'comment-reactions':
      return readReactions(reading, due, `/issues/comments/${remoteId}/reactions`);
    case 'line-reactions':
      return readReactions(reading, due, `/pulls/comments/${remoteId}/reactions`);
  }
}

async function readIssue(reading: Reading, due: Due): Promise<Stopped | undefined> {
  const { owner, name } = reading.plan;
  const answer = await reading.ask(`/issues/${due.remoteId}`);
  if (!answer.ok) return answer.error.kind === 'missing' ? forget(reading, due) : answer.error;
  const [thread] = readable(issueSchema, [answer.value.data]);
  // GitHub leads on to where an issue was moved to; there it is another repository's.
  const home = `/${owner}/${name}/`.toLowerCase();
  const isHere = thread?.number === due.remoteId && thread.url.toLowerCase().includes(home);
  if (thread === undefined || !isHere) return forget(reading, due);
  await settle(reading, due, (applying) => applyFact(applying, { is: 'thread', thread }));
  return undefined;
}

async function readThing<T>(
  reading: Reading,
  due: Due,
  path: string,
  schema: z.ZodType<T>,
  facts: (read: T) => readonly RemoteFact[],
): Promise<Stopped | undefined> {
  const answer = await reading.ask(path);
  if (!answer.ok) return answer.error.kind === 'missing' ? forget(reading, due) : answer.error;
  const read = schema.safeParse(answer.value.data);
  await settle(reading, due, async (applying) => {
    if (read.success) for (const fact of facts(read.data)) await applyFact(applying, fact);
  });
  return undefined;
}

/** What is not there any more is asked for no longer; an issue of ours that is gone there is closed. */
async function forget(reading: Reading, due: Due): Promise<undefined> {
  await settle(reading, due, async (applying) => {
    if (due.what === 'thread' || due.what === 'pull') {
      await markGone(applying, due.remoteId, applying.now.toString());
      await forgetEarly(applying, due.remoteId);
    }
    if (due.what === 'comment') await withdrawMissing(applying, [due.remoteId]);
  });
  return undefined;
}

/** All pages of a list, or why not. */
async function pages(reading: Reading, path: string): Promise<unknown[] | Stopped> {
  const found: unknown[] = [];
  for (let page: number | undefined = 1; page !== undefined; ) {
    const answer: Asked = await reading.ask(path, { per_page: 100, page });
    if (!answer.ok) return answer.error;
    if (Array.isArray(answer.value.data)) found.push(...answer.value.data);
    page = answer.value.nextPage;
  }
  return found;
}

async function readAll(
  reading: Reading,
  due: Due,
  path: string,
  apply: (applying: Applying, found: readonly unknown[]) => Promise<void>,
): Promise<Stopped | undefined> {
  const found = await pages(reading, path);
  if (!Array.isArray(found)) return found.kind === 'missing' ? forget(reading, due) : found;
  await settle(reading, due, (applying) => apply(applying, found));
  return undefined;
}

/** Reads as much as its schema knows, and leaves out what is not as GitHub describes it. */
const readable = <T>(schema: z.ZodType<T>, all: readonly unknown[]): T[] =>
  all.flatMap((each) => {
    const read = schema.safeParse(each);
    return read.success ? [read.data] : [];
  });

async function readComments(reading: Reading, due: Due): Promise<Stopped | undefined> {
  const { services, plan } = reading;
  // Known before the list is asked for: what is made meanwhile is not missing from it.
  const known = await services.db
    .selectFrom('githubLink')
    .select('remoteId')
    .where('summitId', '=', plan.summitId)
    .where('kind', '=', 'comment')
    .where('remoteNumber', '=', due.remoteId)
    .where('goneAt', 'is', null)
    .execute();
  return readAll(reading, due, `/issues/${due.remoteId}/comments`, async (applying, found) => {
    const comments = readable(commentSchema, found);
    for (const comment of comments) {
      await applyFact(applying, { is: 'comment', comment, isGone: false });
    }
    const there = new Set(comments.map(({ id }) => id));
    await withdrawMissing(
      applying,
      known.map(({ remoteId }) => remoteId).filter((id) => !there.has(id)),
    );
  });
}

/** A pull request as it is now, its reviews, and what was said on its lines. */
async function readPull(reading: Reading, due: Due): Promise<Stopped | undefined> {
  const path = `/pulls/${due.remoteId}`;
  const pull = await reading.ask(path);
  if (!pull.ok) return pull.error.kind === 'missing' ? forget(reading, due) : pull.error;
  const reviews = await pages(reading, `${path}/reviews`);
  if (!Array.isArray(reviews)) return reviews;
  const lines = await pages(reading, `${path}/comments`);
  if (!Array.isArray(lines)) return lines;
  await settle(reading, due, async (applying) => {
    for (const thread of readable(pullSchema, [pull.value.data])) {
      await applyFact(applying, { is: 'thread', thread });
    }
    for (const review of readable(reviewSchema, reviews)) {
      await applyFact(applying, { is: 'review', number: due.remoteId, review });
    }
    // Answers after what they answer.
    const said = readable(lineSchema, lines).sort((one, other) => one.id - other.id);
    for (const line of said) await applyFact(applying, { is: 'line', line, isGone: false });
  });
  return undefined;
}

const readReactions = (reading: Reading, due: Due, path: string): Promise<Stopped | undefined> =>
  readAll(reading, due, path, (applying, found) =>
    applyReactions(applying, due.what, due.remoteId, readable(reactionSchema, found)),
  );
