import { fail, ok, type Result } from '@cairn/kernel/result';
import {
  pushRef,
  type Remote,
  type RemoteOutcome,
  refThere,
} from '../../../platform/git/remote.ts';
import type { GithubAnswer, GithubRefusal } from '../../../platform/github/answer.ts';
import { issueSchema, pullSchema, type RemoteThread } from '../github/remote-schema.ts';
import { isVersion } from '../proposals/proposal-queries.ts';
import { hearThread } from './hear-thread.ts';
import { foundThread } from './made-queries.ts';
import { type SaidThread, saidThread } from './said-queries.ts';
import { sendAs } from './send-as.ts';
import { notYet, outcomeOf, SENT, type Sending, type SendOutcome } from './sending.ts';
import { renamed, undressed } from './text-rules.ts';
import { keepMade } from './twin-commands.ts';
import { threadTwin } from './twin-queries.ts';

/** How to reach the repository there with Git. */
export type RemoteOf = () => Promise<Result<Remote, GithubRefusal>>;

/**
 * Tells GitHub a thread as it is now: as an issue or a pull request that is made where there is none, and
 * whose title, text, labels and state are then changed where they differ.
 */
export async function sendThread(
  sending: Sending,
  number: number,
  mayBeMade: boolean,
  remoteOf: RemoteOf,
): Promise<SendOutcome> {
  const { db } = sending.services;
  const thread = await saidThread(db, sending.summitId, number);
  if (thread === undefined) return SENT;
  const link = await threadTwin(db, sending.summitId, number);
  if (link?.goneAt != null) return SENT;
  if (thread.proposal?.state === 'open' && link?.origin !== 'github') {
    const pushed = await pushBranch(sending, number, thread.proposal, remoteOf);
    if (pushed.kind !== 'done') return pushed;
  }
  if (link !== undefined) return change(sending, thread, number, link.remoteId);
  const found = mayBeMade
    ? await foundThread(sending, { id: String(number), authorId: thread.authorId })
    : ok(undefined);
  if (!found.ok) return outcomeOf(found.error);
  const made = found.value === undefined ? await make(sending, thread, number) : ok(found.value);
  if (!made.ok) return outcomeOf(made.error);
  if (made.value === undefined) return SENT;
  await keep(sending, number, made.value);
  return change(sending, thread, number, made.value.number);
}

const keep = ({ services, summitId }: Sending, number: number, there: RemoteThread) =>
  keepMade(services.db, summitId, {
    kind: 'thread',
    remoteId: there.number,
    remoteNumber: there.number,
    number,
    url: there.url,
    remoteAt: there.updatedAt,
    base: there.body,
  });

/**
 * A proposal’s branch goes first: a pull request without one cannot be. Names of branches are anybody’s
 * here, so one that is there is written over only where it is this proposal’s: never the branch that
 * main is mirrored to, and nothing that people put there themselves.
 */
async function pushBranch(
  { services, summitId, defaultBranch }: Sending,
  number: number,
  { branch, head }: NonNullable<SaidThread['proposal']>,
  remoteOf: RemoteOf,
): Promise<SendOutcome> {
  const repository = services.git.plan(summitId);
  if ((await repository.resolve(`${head}^{commit}`)) === undefined) {
    return notYet('its last commit has not come from GitHub yet');
  }
  const remote = await remoteOf();
  if (!remote.ok) return outcomeOf(remote.error);
  const ref = `refs/heads/${branch}`;
  const there = await refThere(repository, remote.value, ref);
  if (there.kind !== 'done') return asOutcome(there);
  if (there.at === head) return SENT;
  const isItsOwn =
    there.at === undefined || (await isVersion(services.db, { summitId, number }, there.at));
  if (branch === defaultBranch || !isItsOwn) {
    const said = `a branch named ${branch} is on GitHub already and is not this proposal’s`;
    return { kind: 'refused', said };
  }
  return asOutcome(await pushRef(repository, remote.value, head, ref, there.at ?? ''));
}

const asOutcome = (outcome: RemoteOutcome): SendOutcome => {
  if (outcome.kind === 'done') return SENT;
  return outcome.kind === 'unreachable'
    ? notYet(outcome.said)
    : { kind: 'refused', said: outcome.said };
};

async function make(
  sending: Sending,
  thread: SaidThread,
  number: number,
): Promise<Result<RemoteThread | undefined, GithubRefusal>> {
  const { repo, defaultBranch } = sending;
  const { proposal, title } = thread;
  if (proposal !== undefined && proposal.state !== 'open') return ok(undefined);
  const answer = await sendAs(sending, saidBy(sending, thread, number), (body) =>
    proposal === undefined
      ? {
          method: 'POST',
          path: `${repo}/issues`,
          body: { title, body, labels: labelsOf(sending, thread) },
        }
      : {
          method: 'POST',
          path: `${repo}/pulls`,
          body: { title, body, head: proposal.branch, base: defaultBranch },
        },
  );
  return threadIn(answer, proposal !== undefined);
}

const saidBy = ({ home }: Sending, { authorId, name, body }: SaidThread, number: number) => ({
  personId: authorId,
  name: name === '' ? 'Somebody' : name,
  text: body,
  mark: { kind: 'thread', id: String(number) } as const,
  address: `${home}/plan/${number}`,
});

/** The kinds of threads that GitHub has no word for are told by a label. */
const labelsOf = ({ topicLabel }: Sending, { kind, labels }: SaidThread): string[] => [
  ...new Set([
    ...labels,
    ...(kind === 'topic' ? [topicLabel] : kind === 'decision' ? ['decision'] : []),
  ]),
];

function threadIn(
  answer: Result<GithubAnswer, GithubRefusal>,
  isPull: boolean,
): Result<RemoteThread, GithubRefusal> {
  if (!answer.ok) return answer;
  const read = (isPull ? pullSchema : issueSchema).safeParse(answer.value.data);
  return read.success
    ? ok(read.data)
    : fail({ kind: 'unreachable', said: 'an answer that is not as described', mayBeDone: true });
}

/** Changes what differs there, and nothing else: what people changed there meanwhile stays. */
async function change(
  sending: Sending,
  thread: SaidThread,
  number: number,
  remoteNumber: number,
): Promise<SendOutcome> {
  const { github, repo } = sending;
  const isPull = thread.proposal !== undefined;
  const path = `${repo}/${isPull ? 'pulls' : 'issues'}/${remoteNumber}`;
  const now = threadIn(await github.ask({ path }), isPull);
  if (!now.ok) return outcomeOf(now.error);
  await hearThread(sending, now.value);
  const said = (await saidThread(sending.services.db, sending.summitId, number)) ?? thread;
  const fields = differences(sending, said, now.value);
  let last = now.value;
  if (Object.keys(fields).length > 0) {
    const { body: _, ...others } = fields;
    const answer =
      fields.body === undefined
        ? await github.ask({ method: 'PATCH', path, body: others })
        : await sendAs(sending, saidBy(sending, said, number), (body) => ({
            method: 'PATCH',
            path,
            body: { ...others, body },
          }));
    const changed = threadIn(answer, isPull);
    if (!changed.ok) return outcomeOf(changed.error);
    last = changed.value;
  }
  const rest = await changeRest(sending, said, last);
  if (rest.kind === 'done') await hearThread(sending, last);
  return rest;
}

interface Fields {
  readonly title?: string;
  readonly body?: string;
  readonly state?: 'open' | 'closed';
  readonly state_reason?: string;
  readonly labels?: readonly string[];
}

function differences(sending: Sending, thread: SaidThread, there: RemoteThread): Fields {
  const isPull = thread.proposal !== undefined;
  const body = renamed(thread.body, sending.names);
  const saysOurs = undressed(there.body).replace(/\r\n?/g, '\n').trim() === body.trim();
  const labels = labelsOf(sending, thread);
  // A merged pull request closes by itself once its commits are on the branch there.
  const turns = there.state !== thread.state && thread.proposal?.state !== 'merged';
  return {
    ...(there.title === thread.title ? {} : { title: thread.title }),
    ...(saysOurs ? {} : { body }),
    ...(turns ? { state: thread.state } : {}),
    ...(turns && thread.state === 'closed' && !isPull ? { state_reason: thread.reason } : {}),
    ...(isPull || same(there.labels, labels) ? {} : { labels }),
  };
}

const same = (one: readonly string[], other: readonly string[]): boolean => {
  const key = (labels: readonly string[]) => [...labels].map((each) => each.toLowerCase()).sort();
  return key(one).join('\n') === key(other).join('\n');
};

/** Labels of a pull request and locks have addresses of their own. */
async function changeRest(
  { github, repo, ...sending }: Sending,
  thread: SaidThread,
  there: RemoteThread,
): Promise<SendOutcome> {
  const issue = `${repo}/issues/${there.number}`;
  const labels = labelsOf({ github, repo, ...sending }, thread);
  if (thread.proposal !== undefined && !same(there.labels, labels)) {
    const set = await github.ask({ method: 'PUT', path: `${issue}/labels`, body: { labels } });
    if (!set.ok) return outcomeOf(set.error);
  }
  if (there.isLocked === thread.isLocked) return SENT;
  const turned = await github.ask({
    method: thread.isLocked ? 'PUT' : 'DELETE',
    path: `${issue}/lock`,
  });
  return turned.ok ? SENT : outcomeOf(turned.error);
}
