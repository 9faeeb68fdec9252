import { expectOk } from '@cairn/kernel/result';
import { recordEvent } from '../../../platform/db/command.ts';
import { proposalOf } from '../proposals/proposal-queries.ts';
import { shutProposal, unshutProposal } from '../proposals/state-commands.ts';
import { replaceThread } from '../threads/edit-commands.ts';
import { setLabels } from '../threads/state-commands.ts';
import { openThread, type ThreadPlace } from '../threads/thread-commands.ts';
import { type Applying, inThread, somebodyDid, whoDid } from './apply-context.ts';
import { lock, ownThread } from './apply-thread-commands.ts';
import { LONGEST } from './apply-topic-commands.ts';
import { askFor } from './due-commands.ts';
import { asInstant, isEcho, keepLink, knownState, linkOf } from './link-commands.ts';
import type { RemotePull, RemoteThread } from './remote-schema.ts';
import {
  changedFields,
  fingerprintOf,
  judged,
  readFingerprint,
  writeFingerprint,
} from './state-rules.ts';
import { asLocalText } from './text-queries.ts';
import { fittingBody, fittingLabels, fittingTitle } from './title-rules.ts';
import { keepHead } from './version-commands.ts';

const fieldsOf = (thread: RemoteThread, pull: RemotePull): Record<string, string> => ({
  title: thread.title,
  body: thread.body,
  state: `${thread.state} ${pull.mergedAt === undefined ? '' : 'merged'}`,
  labels: [...thread.labels].sort().join('\n'),
  locked: String(thread.isLocked),
  head: pull.head,
});

/** Whether all was told of a pull request, or only what it has in common with issues. */
const isWhole = (thread: RemoteThread): thread is RemoteThread & { pull: RemotePull } =>
  thread.pull !== undefined;

/**
 * Brings a pull request to the state that GitHub told. It is a proposal here: each commit that its
 * head was is a version, whether or not the commit itself has come over Git yet.
 */
export async function applyPull(applying: Applying, thread: RemoteThread): Promise<void> {
  const { tx, plan, source, now } = applying;
  const { summitId } = plan;
  const link = await linkOf(tx, summitId, 'thread', thread.number);
  if (link?.goneAt != null) return;
  if (!isWhole(thread)) {
    // Its discussion was told, not its branch; asked for if there may be news in it.
    const isNews =
      link?.remoteAt == null || link.remoteAt.epochMilliseconds < Date.parse(thread.updatedAt);
    if (isNews) await askFor(tx, summitId, 'pull', thread.number, now);
    return;
  }
  const { pull } = thread;
  const fields = fieldsOf(thread, pull);
  const told = {
    at: Date.parse(thread.updatedAt),
    fingerprint: writeFingerprint(fingerprintOf(fields)),
  };
  const verdict = judged(knownState(link), told, source);
  const isDoubtful = verdict === 'doubtful-newer' || verdict === 'doubtful-older';
  if (isDoubtful) await askFor(tx, summitId, 'pull', thread.number, now);
  const isNews = verdict === 'new' || verdict === 'newer' || verdict === 'doubtful-newer';
  // Told by an event for the first time, its reviews of before may be unknown.
  if (verdict === 'new' && source === 'told')
    await askFor(tx, summitId, 'pull', thread.number, now);
  const number =
    link?.number ??
    (await ownThread(applying, thread)) ??
    (isNews ? await openPull(applying, thread) : undefined);
  if (number === undefined) return;
  const place = { summitId, number };
  // Also what is told late is a version that there was.
  if (!(await isOurs(applying, place, pull))) {
    await keepHead(applying, place, {
      commit: pull.head,
      base: pull.base,
      at: thread.updatedAt,
      isPresent: isNews,
      by: thread.user,
    });
  }
  if (!isNews) return;
  if (link?.number != null && !isEcho(link, thread.updatedAt)) {
    const changed = changedFields(readFingerprint(link.digest), fingerprintOf(fields));
    await inThread(applying, place, () => change(applying, place, thread, changed));
  }
  await keepLink(tx, summitId, 'thread', thread.number, {
    number,
    url: thread.url,
    remoteAt: asInstant(thread.updatedAt),
    digest: told.fingerprint,
  });
}

/** A proposal of ours that went out: its versions are recorded where they were made. */
async function isOurs(
  { tx }: Applying,
  { summitId, number }: ThreadPlace,
  { head }: RemotePull,
): Promise<boolean> {
  const version = await tx
    .selectFrom('planVersion')
    .select('door')
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .where('head', '=', head)
    .executeTakeFirst();
  return version !== undefined && version.door !== 'github';
}

async function openPull(
  applying: Applying,
  thread: RemoteThread & { pull: RemotePull },
): Promise<number> {
  const { tx, plan } = applying;
  const { summitId } = plan;
  const { pull } = thread;
  const { actor, writer } = await whoDid(applying, thread.user, thread.createdAt);
  const { number } = expectOk(
    await openThread(tx, actor, {
      summitId,
      kind: 'proposal',
      title: fittingTitle(thread.title, LONGEST),
      body: fittingBody(await asLocalText(tx, plan, thread.body), LONGEST),
      writer,
    }),
  );
  const place = { summitId, number };
  await tx
    .insertInto('planProposal')
    .values({
      summitId,
      number,
      branch: branchOf(thread.number),
      head: pull.head,
      version: 1,
      mergedAt: null,
      mergedBy: null,
      mergeCommit: null,
      mergeAskedBy: null,
    })
    .execute();
  const later = somebodyDid(thread.updatedAt);
  if (thread.labels.length > 0) {
    expectOk(await setLabels(tx, later.actor, place, fittingLabels(thread.labels), later.writer));
  }
  if (thread.isLocked) await lock(applying, place, thread);
  // What ended before it was heard of is news to nobody: no mail goes out.
  if (thread.state === 'closed') await end(applying, place, thread, pull);
  return number;
}

/** The branch under which the commits of a pull request are kept here. */
const branchOf = (remoteNumber: number): string => `github/pull-${remoteNumber}`;

async function change(
  applying: Applying,
  place: ThreadPlace,
  thread: RemoteThread & { pull: RemotePull },
  changed: ReadonlySet<string>,
): Promise<void> {
  const { tx, plan, now } = applying;
  if (changed.has('title') || changed.has('body')) {
    const known = await tx
      .selectFrom('planThread')
      .select(['title', 'body'])
      .where('summitId', '=', place.summitId)
      .where('number', '=', place.number)
      .executeTakeFirstOrThrow();
    const title = changed.has('title') ? fittingTitle(thread.title, LONGEST) : known.title;
    const body = changed.has('body')
      ? fittingBody(await asLocalText(tx, plan, thread.body), LONGEST)
      : known.body;
    const { actor, writer } = await whoDid(applying, thread.user, thread.updatedAt);
    expectOk(await replaceThread(tx, actor, place, { title, body }, writer));
  }
  const { actor, writer } = somebodyDid(thread.updatedAt);
  if (changed.has('labels')) {
    expectOk(await setLabels(tx, actor, place, fittingLabels(thread.labels), writer));
  }
  if (changed.has('locked')) await lock(applying, place, thread);
  if (!changed.has('state')) return;
  const proposal = await proposalOf(tx, place);
  if (proposal === undefined || proposal.state === 'merged') return;
  if (thread.state === 'open') {
    if (proposal.state === 'closed') await unshutProposal(tx, actor, place);
    return;
  }
  const isNews = now.since(actor.now).total('hours') < NEWS_HOURS;
  if (thread.pull.mergedAt === undefined && proposal.state === 'open' && isNews) {
    await shutProposal(tx, actor, proposal);
  } else {
    await end(applying, place, thread, thread.pull);
  }
}

/** What happened longer ago is told to nobody by mail when it is heard of. */
export const NEWS_HOURS = 24;

/** Notes that a proposal was merged or closed there. Main itself comes over Git. */
async function end(
  applying: Applying,
  { summitId, number }: ThreadPlace,
  thread: RemoteThread,
  pull: RemotePull,
): Promise<void> {
  const { tx } = applying;
  const isMerged = pull.mergedAt !== undefined;
  const at = pull.mergedAt ?? thread.closedAt ?? thread.updatedAt;
  const { actor, writer } =
    pull.mergedBy === undefined ? somebodyDid(at) : await whoDid(applying, pull.mergedBy, at);
  const ended = await tx
    .updateTable('planProposal')
    .set({
      state: isMerged ? 'merged' : 'closed',
      mergeAskedBy: null,
      ...(isMerged
        ? {
            mergedAt: actor.now,
            mergedBy: writer.personId ?? null,
            mergeCommit: pull.mergeCommit ?? null,
          }
        : {}),
    })
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .where('state', '!=', isMerged ? 'merged' : 'closed')
    .returning('number')
    .executeTakeFirst();
  if (ended === undefined) return;
  await tx
    .updateTable('planThread')
    .set({ state: 'closed', closedAt: actor.now, closedBy: writer.personId ?? null })
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .execute();
  await recordEvent(tx, actor, {
    kind: isMerged ? 'proposal.merged' : 'proposal.closed',
    summitId,
    data: isMerged ? { number, commit: pull.mergeCommit ?? '' } : { number },
  });
}
