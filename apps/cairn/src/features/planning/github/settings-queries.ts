import type { Instant } from '@cairn/kernel/time';
import type { Reader } from '../../../platform/db/database.ts';
import type { GithubClient, OwnAccount } from '../../../platform/github/client.ts';

/** The repository that a plan is kept in step with. */
export interface GithubPlan {
  readonly summitId: string;
  readonly owner: string;
  readonly name: string;
  /** GitHub's number of it; null until it was reached. */
  readonly repositoryId: number | null;
  /** Issues with this label are topics. */
  readonly topicLabel: string;
  readonly connectedAt: Instant;
  /** Why it could not be reached last; null where it could. */
  readonly trouble: string | null;
  readonly reachedAt: Instant | null;
  readonly lastDeliveryAt: Instant | null;
  readonly rateLimit: number | null;
  readonly rateLeft: number | null;
  readonly rateResetsAt: Instant | null;
  readonly limitedUntil: Instant | null;
}

/** The same with what is known of GitHub itself. */
export interface Connected extends GithubPlan {
  readonly apiUrl: string;
  /** The account under which Cairn itself writes there; undefined while GitHub has not said it. */
  readonly ourselves: OwnAccount | undefined;
}

const plans = (db: Reader) =>
  db
    .selectFrom('githubSettings')
    .select([
      'summitId',
      'owner',
      'name',
      'repositoryId',
      'topicLabel',
      'connectedAt',
      'trouble',
      'reachedAt',
      'lastDeliveryAt',
      'rateLimit',
      'rateLeft',
      'rateResetsAt',
      'limitedUntil',
    ]);

/** The repository of a summit's plan; undefined where it has none. */
export const githubOf = (db: Reader, summitId: string): Promise<GithubPlan | undefined> =>
  plans(db).where('summitId', '=', summitId).executeTakeFirst();

/** Every plan that is kept in step with a repository. */
export const githubPlans = (db: Reader): Promise<GithubPlan[]> =>
  plans(db).orderBy('summitId').execute();

export const connected = (
  plan: GithubPlan,
  { apiUrl, ownAccount }: Pick<GithubClient, 'apiUrl' | 'ownAccount'>,
): Connected => ({ ...plan, apiUrl, ourselves: ownAccount });

/** How far one list of the repository was read. */
export interface ReadingState {
  readonly stream: 'issues' | 'comments' | 'line-comments';
  /** Whatever was changed there before was read. */
  readonly since: Instant | null;
  readonly passBeganAt: Instant | null;
  readonly page: number;
  readonly seen: number;
  /** How many there may be, as was said when this pass began. */
  readonly expected: number | null;
  readonly etag: string | null;
  /** When its end was last reached. */
  readonly readAt: Instant | null;
}

export const readingsOf = (db: Reader, summitId: string): Promise<ReadingState[]> =>
  db
    .selectFrom('githubReading')
    .select(['stream', 'since', 'passBeganAt', 'page', 'seen', 'expected', 'etag', 'readAt'])
    .where('summitId', '=', summitId)
    .execute();

/** What is on its way, and what was not understood. */
export interface GithubCounts {
  readonly waiting: number;
  readonly failed: number;
  readonly kept: number;
  readonly due: number;
  readonly linked: number;
}

export async function githubCounts(db: Reader, summitId: string): Promise<GithubCounts> {
  const [deliveries, due, linked] = await Promise.all([
    db
      .selectFrom('githubDelivery')
      .select(['state', (eb) => eb.fn.countAll<number>().as('count')])
      .where('summitId', '=', summitId)
      .groupBy('state')
      .execute(),
    db
      .selectFrom('githubDue')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('summitId', '=', summitId)
      .executeTakeFirstOrThrow(),
    db
      .selectFrom('githubLink')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('summitId', '=', summitId)
      .where('goneAt', 'is', null)
      .executeTakeFirstOrThrow(),
  ]);
  const of = (state: string): number => deliveries.find((row) => row.state === state)?.count ?? 0;
  return {
    waiting: of('waiting') + of('early'),
    failed: of('failed'),
    kept: of('kept'),
    due: due.count,
    linked: linked.count,
  };
}

/** Kinds of events that were kept and not understood, with how many of each. */
export const keptEvents = (
  db: Reader,
  summitId: string,
): Promise<{ event: string; why: string; count: number }[]> =>
  db
    .selectFrom('githubDelivery')
    .select(['event', 'why', (eb) => eb.fn.countAll<number>().as('count')])
    .where('summitId', '=', summitId)
    .where('state', 'in', ['kept', 'failed'])
    .groupBy(['event', 'why'])
    .orderBy('event')
    .execute();
