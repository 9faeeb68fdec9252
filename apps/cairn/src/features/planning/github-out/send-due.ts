import { ok, type Result } from '@cairn/kernel/result';
import type { Instant } from '@cairn/kernel/time';
import type { Remote } from '../../../platform/git/remote.ts';
import { siteUrl } from '../../../platform/github/access.ts';
import type { GithubRefusal } from '../../../platform/github/answer.ts';
import type { Services } from '../../../platform/http/env.ts';
import { summitById } from '../../summits/queries.ts';
import type { Due } from './due-rules.ts';
import { fetchHeads } from './heads-commands.ts';
import { mirrorMain } from './mirror-commands.ts';
import { namesOf } from './name-queries.ts';
import { sendComment } from './send-comment.ts';
import { sendReactions } from './send-reactions.ts';
import { sendRequests } from './send-requests.ts';
import { sendReview } from './send-review.ts';
import { type RemoteOf, sendThread } from './send-thread.ts';
import { outcomeOf, SENT, type Sending, type SendOutcome } from './sending.ts';

interface DueRow extends Due {
  readonly askedAt: Instant;
  readonly tries: number;
  readonly beganAt: Instant | null;
}

/** How long something is left alone after it failed so many times, in seconds: from a minute to six hours. */
const pauseAfter = (tries: number): number => Math.min(60 * 2 ** Math.min(tries, 9), 6 * 3600);

/**
 * Tells GitHub what is due of a plan, in the order in which it hangs together. Gives the seconds after
 * which to go on, where something is left; undefined where nothing is, or nothing can be.
 */
export async function sendDue(services: Services, summitId: string): Promise<number | undefined> {
  const sending = await openSending(services, summitId);
  if (sending === undefined) return undefined;
  await sending.github.learnOwnAccount();
  const remoteOf = remoteFor(sending);
  for (;;) {
    const row = await nextDue(services, summitId);
    if (row === undefined) return secondsToNext(services, summitId);
    await begun(services, summitId, row);
    const outcome = await sendOne(
      { ...sending, names: await namesOf(services, sending) },
      row,
      remoteOf,
    );
    await settle(services, summitId, row, outcome);
    if (outcome.kind === 'later' && outcome.until !== undefined) {
      return Math.max(1, Math.ceil((outcome.until.epochMilliseconds - Date.now()) / 1000));
    }
  }
}

async function openSending(
  services: Services,
  summitId: string,
): Promise<(Omit<Sending, 'names'> & { readonly name: string }) | undefined> {
  const { db, github } = services;
  const settings = await db
    .selectFrom('githubSettings')
    .select(['owner', 'name', 'defaultBranch', 'topicLabel', 'sends'])
    .where('summitId', '=', summitId)
    .executeTakeFirst();
  if (github === undefined || settings?.sends !== true) return undefined;
  const summit = await summitById(db, summitId);
  return {
    services,
    github,
    summitId,
    home: `${services.url}/s/${summit.slug}`,
    owner: settings.owner,
    name: settings.name,
    repo: `/repos/${settings.owner}/${settings.name}`,
    defaultBranch: settings.defaultBranch ?? 'main',
    topicLabel: settings.topicLabel,
  };
}

/** Where Git finds the repository, and what opens it; asked for when it is first needed. */
const remoteFor =
  ({ github, owner, name }: { readonly name: string } & Omit<Sending, 'names'>): RemoteOf =>
  async (): Promise<Result<Remote, GithubRefusal>> => {
    const password = await github.gitPassword(`${owner}/${name}`);
    if (!password.ok) return password;
    const url = `${siteUrl(github.apiUrl)}/${owner}/${name}.git`;
    // GitHub takes any name beside a token; this is the one of its documentation for Apps.
    return ok({ url, user: 'x-access-token', password: password.value });
  };

async function sendOne(
  sending: Sending,
  { what, localId, beganAt }: DueRow,
  remoteOf: RemoteOf,
): Promise<SendOutcome> {
  const wasBegun = beganAt !== null;
  switch (what) {
    case 'main':
    case 'heads': {
      const remote = await remoteOf();
      if (!remote.ok) return outcomeOf(remote.error);
      const { services, summitId, defaultBranch } = sending;
      const done =
        what === 'main'
          ? await mirrorMain(services, summitId, remote.value, defaultBranch)
          : await fetchHeads(services, summitId, remote.value);
      if (done.kind === 'done') return SENT;
      return done.kind === 'unreachable'
        ? { ...done, kind: 'later', until: undefined }
        : { ...done, kind: 'refused' };
    }
    case 'thread':
      return sendThread(sending, Number(localId), wasBegun, remoteOf);
    case 'comment':
      return sendComment(sending, localId, wasBegun);
    case 'review':
      return sendReview(sending, localId, wasBegun);
    case 'reactions':
      return sendReactions(sending, localId);
    case 'requests':
      return sendRequests(sending, Number(localId));
    default:
      return what satisfies never;
  }
}

const dueRows = ({ db }: Services, summitId: string) =>
  db
    .selectFrom('githubOut')
    .select(['what', 'localId', 'askedAt', 'tries', 'beganAt'])
    .where('summitId', '=', summitId);

/** What is to be told now; what failed lately waits without holding up others. */
const nextDue = (services: Services, summitId: string): Promise<DueRow | undefined> =>
  dueRows(services, summitId)
    .where(({ eb, or }) =>
      or([eb('notBefore', 'is', null), eb('notBefore', '<=', services.clock.now())]),
    )
    .orderBy('rank')
    .orderBy('askedAt')
    .orderBy('localId')
    .limit(1)
    .executeTakeFirst();

async function secondsToNext(services: Services, summitId: string): Promise<number | undefined> {
  const next = await services.db
    .selectFrom('githubOut')
    .select('notBefore')
    .where('summitId', '=', summitId)
    .orderBy('notBefore')
    .limit(1)
    .executeTakeFirst();
  if (next?.notBefore == null) return undefined;
  return Math.max(1, Math.ceil(services.clock.now().until(next.notBefore).total('seconds')));
}

const at = ({ db }: Services, summitId: string, { what, localId }: Due) =>
  db
    .updateTable('githubOut')
    .where('summitId', '=', summitId)
    .where('what', '=', what)
    .where('localId', '=', localId);

/** Whatever dies from here on leaves behind that it was at it. */
async function begun(services: Services, summitId: string, row: DueRow): Promise<void> {
  if (row.beganAt === null) {
    await at(services, summitId, row).set({ beganAt: services.clock.now() }).execute();
  }
}

async function settle(
  services: Services,
  summitId: string,
  row: DueRow,
  outcome: SendOutcome,
): Promise<void> {
  if (outcome.kind === 'done') {
    // Asked for again meanwhile: it stays.
    await services.db
      .deleteFrom('githubOut')
      .where('summitId', '=', summitId)
      .where('what', '=', row.what)
      .where('localId', '=', row.localId)
      .where('askedAt', '=', row.askedAt)
      .execute();
    return;
  }
  const pause = pauseAfter(row.tries);
  await at(services, summitId, row)
    .set({
      tries: row.tries + 1,
      trouble: outcome.said,
      notBefore: services.clock.now().add({ seconds: pause }),
    })
    .execute();
}
