import { expectOk } from '@cairn/kernel/result';
import { recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { isMarkedByUs } from '../github-out/mark-queries.ts';
import { ownMarkIn } from '../github-out/text-rules.ts';
import { replaceThread } from '../threads/edit-commands.ts';
import { noteHappening } from '../threads/happening-commands.ts';
import { closeThread, reopenThread, setLabels } from '../threads/state-commands.ts';
import { openThread, type ThreadPlace } from '../threads/thread-commands.ts';
import { type Applying, inThread, somebodyDid, whoDid } from './apply-context.ts';
import { markGone } from './apply-gone-commands.ts';
import { applyTopic, becomeTopic, isTopic, LONGEST, openTopic } from './apply-topic-commands.ts';
import type { RemoteFact } from './delivery-rules.ts';
import { askFor } from './due-commands.ts';
import { asInstant, isEcho, keepLink, knownState, type Link, linkOf } from './link-commands.ts';
import type { RemoteThread } from './remote-schema.ts';
import {
  changedFields,
  fingerprintOf,
  judged,
  readFingerprint,
  writeFingerprint,
} from './state-rules.ts';
import { asLocalText } from './text-queries.ts';
import { fittingBody, fittingLabels, fittingTitle } from './title-rules.ts';

const fieldsOf = (thread: RemoteThread): Record<string, string> => ({
  title: thread.title,
  body: thread.body,
  state: `${thread.state} ${thread.reason === 'reopened' ? '' : (thread.reason ?? '')}`,
  labels: [...thread.labels].sort().join('\n'),
  locked: String(thread.isLocked),
});

/**
 * Brings an issue to the state that GitHub told, if that is not older than what is known; of a new one
 * a thread is made. Fields that did not change there leave alone what was changed here.
 */
export async function applyIssue(applying: Applying, issue: RemoteThread): Promise<void> {
  const { tx, plan, source, now } = applying;
  const { summitId } = plan;
  const link = await linkOf(tx, summitId, 'thread', issue.number);
  if (link?.goneAt != null) return;
  const told = {
    at: Date.parse(issue.updatedAt),
    fingerprint: writeFingerprint(fingerprintOf(fieldsOf(issue))),
  };
  const verdict = judged(knownState(link), told, source);
  const isDoubtful = verdict === 'doubtful-newer' || verdict === 'doubtful-older';
  if (isDoubtful) await askFor(tx, summitId, 'thread', issue.number, now);
  await askForRest(applying, issue);
  if (verdict === 'same' || verdict === 'older' || verdict === 'doubtful-older') return;
  const number =
    link?.number ?? (await ownThread(applying, issue)) ?? (await open(applying, issue));
  const place = { summitId, number };
  const before = readFingerprint(link?.digest ?? '');
  if (link?.number != null && !isEcho(link, issue.updatedAt)) {
    await inThread(applying, place, () => change(applying, place, link, before, issue));
  }
  await keepLink(tx, summitId, 'thread', issue.number, {
    number,
    url: issue.url,
    remoteAt: asInstant(issue.updatedAt),
    digest: told.fingerprint,
    base: issue.body,
  });
}

/** How many comments issues have here, for a transaction that was told many of them at once. */
const counted = new WeakMap<Tx, ReadonlyMap<number, number>>();

/** Counts the comments of all issues that are told at once with one query; none of them brings any. */
export async function countCommentsAhead(
  tx: Tx,
  summitId: string,
  facts: readonly RemoteFact[],
): Promise<void> {
  const numbers = facts.flatMap((fact) => (fact.is === 'thread' ? [fact.thread.number] : []));
  if (numbers.length === 0) return;
  const counts = await countComments(tx, summitId, numbers);
  counted.set(tx, new Map(numbers.map((number) => [number, counts.get(number) ?? 0])));
}

async function countComments(
  tx: Tx,
  summitId: string,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  const rows = await tx
    .selectFrom('githubLink')
    .select((eb) => ['remoteNumber', eb.fn.countAll<number>().as('count')])
    .where('summitId', '=', summitId)
    .where('kind', '=', 'comment')
    .where('remoteNumber', 'in', numbers)
    .where('goneAt', 'is', null)
    .groupBy('remoteNumber')
    .execute();
  return new Map(rows.map(({ remoteNumber, count }) => [remoteNumber ?? 0, count]));
}

/** Comments and reactions say nothing when they go away; that there are fewer tells it. */
async function askForRest({ tx, plan, source, now }: Applying, issue: RemoteThread): Promise<void> {
  const { summitId } = plan;
  if (source !== 'asked') return;
  if (issue.comments !== undefined) {
    const count =
      counted.get(tx)?.get(issue.number) ??
      (await countComments(tx, summitId, [issue.number])).get(issue.number) ??
      0;
    if (count > issue.comments) await askFor(tx, summitId, 'comments', issue.number, now);
  }
  if (issue.reactions !== undefined && issue.reactions > 0) {
    await askFor(tx, summitId, 'thread-reactions', issue.number, now);
  }
}

/** One of ours that is heard of before it was noted that it was made there. */
export async function ownThread(
  { tx, plan }: Applying,
  { number: remoteNumber, body, url, user, isPull }: RemoteThread,
): Promise<number | undefined> {
  const mark = ownMarkIn(body);
  if (mark?.kind !== 'thread' || !/^\d{1,9}$/.test(mark.id)) return undefined;
  const { summitId } = plan;
  const own = await tx
    .selectFrom('planThread')
    .select(['number', 'authorId'])
    .where('summitId', '=', summitId)
    .where('number', '=', Number(mark.id))
    .where('kind', isPull ? '=' : '!=', 'proposal')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('githubLink')
            .select('githubLink.remoteId')
            .whereRef('githubLink.summitId', '=', 'planThread.summitId')
            .whereRef('githubLink.number', '=', 'planThread.number')
            .where('githubLink.kind', '=', 'thread'),
        ),
      ),
    )
    .executeTakeFirst();
  if (own === undefined) return undefined;
  const { authorId } = own;
  const marked = { summitId, mark, authorId, ourselves: plan.ourselves };
  if (!(await isMarkedByUs(tx, user, marked))) return undefined;
  await keepLink(tx, summitId, 'thread', remoteNumber, {
    number: own.number,
    origin: 'cairn',
    url,
  });
  return own.number;
}

async function open(applying: Applying, issue: RemoteThread): Promise<number> {
  const { tx, plan } = applying;
  const { summitId } = plan;
  const { actor, writer } = await whoDid(applying, issue.user, issue.createdAt);
  const isOfDocument = isTopic(plan, issue);
  const opened = isOfDocument ? await openTopic(applying, issue, { actor, writer }) : undefined;
  const { number } =
    opened !== undefined
      ? { number: opened }
      : expectOk(
          await openThread(tx, actor, {
            summitId,
            kind: 'issue',
            title: fittingTitle(issue.title, LONGEST),
            body: fittingBody(await asLocalText(tx, plan, issue.body), LONGEST),
            writer,
          }),
        );
  const place = { summitId, number };
  const later = somebodyDid(issue.updatedAt);
  if (issue.labels.length > 0) {
    expectOk(await setLabels(tx, later.actor, place, fittingLabels(issue.labels), later.writer));
  }
  if (!isOfDocument) await turn(applying, place, issue);
  if (issue.isLocked) await lock(applying, place, issue);
  return number;
}

async function change(
  applying: Applying,
  place: ThreadPlace,
  link: Link,
  before: Readonly<Record<string, string>>,
  issue: RemoteThread,
): Promise<void> {
  const { tx, plan } = applying;
  const now = fingerprintOf(fieldsOf(issue));
  const changed = changedFields(before, now);
  const thread = await tx
    .selectFrom('planThread')
    .select(['kind', 'title', 'body'])
    .where('summitId', '=', place.summitId)
    .where('number', '=', place.number)
    .executeTakeFirstOrThrow();
  if (thread.kind === 'topic') {
    await applyTopic(applying, place, issue, changed, link.base ?? undefined);
  } else if (thread.kind === 'issue') {
    const author = await whoDid(applying, issue.user, issue.updatedAt);
    if (isTopic(plan, issue)) {
      await becomeTopic(applying, place, issue, author);
    } else if (changed.has('title') || changed.has('body')) {
      const title = changed.has('title') ? fittingTitle(issue.title, LONGEST) : thread.title;
      const body = changed.has('body')
        ? fittingBody(await asLocalText(tx, plan, issue.body), LONGEST)
        : thread.body;
      expectOk(await replaceThread(tx, author.actor, place, { title, body }, author.writer));
    }
    if (changed.has('state') && !isTopic(plan, issue)) await turn(applying, place, issue);
  }
  const { actor, writer } = somebodyDid(issue.updatedAt);
  if (changed.has('labels')) {
    expectOk(await setLabels(tx, actor, place, fittingLabels(issue.labels), writer));
  }
  if (changed.has('locked')) await lock(applying, place, issue);
}

/** Closes or opens an issue as it is there. */
async function turn(applying: Applying, place: ThreadPlace, issue: RemoteThread): Promise<void> {
  const { tx } = applying;
  if (issue.state === 'closed') {
    const { actor, writer } = somebodyDid(issue.closedAt ?? issue.updatedAt);
    expectOk(await closeThread(tx, actor, place, writer));
    return;
  }
  const { actor, writer } = somebodyDid(issue.updatedAt);
  expectOk(await reopenThread(tx, actor, place, writer));
}

/** Only organisers lock conversations here; at GitHub those who may have done it there. */
export async function lock(
  { tx }: Applying,
  { summitId, number }: ThreadPlace,
  { isLocked, updatedAt }: RemoteThread,
): Promise<void> {
  const { actor } = somebodyDid(updatedAt);
  const changed = await tx
    .updateTable('planThread')
    .set({ lockedAt: isLocked ? actor.now : null, lockedBy: null })
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .where('lockedAt', isLocked ? 'is' : 'is not', null)
    .returning('number')
    .executeTakeFirst();
  if (changed === undefined) return;
  await noteHappening(tx, actor, { summitId, number }, { kind: isLocked ? 'locked' : 'unlocked' });
  const kind = isLocked ? 'thread.locked' : 'thread.unlocked';
  await recordEvent(tx, actor, { kind, summitId, data: { number } });
}

/**
 * An issue that was deleted there, or moved to another repository, as its last event tells it. Nothing
 * that is told of it later, however late, opens it again.
 */
export async function applyLast(applying: Applying, issue: RemoteThread): Promise<void> {
  const { tx, plan } = applying;
  const known = await linkOf(tx, plan.summitId, 'thread', issue.number);
  if (known?.number == null) await applyIssue(applying, issue);
  await markGone(applying, issue.number, issue.updatedAt);
}
