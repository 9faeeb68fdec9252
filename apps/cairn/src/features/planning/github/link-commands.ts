import { type Instant, Temporal } from '@cairn/kernel/time';
import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/database.ts';
import type { ThreadPlace } from '../threads/thread-commands.ts';
import { isOwnEcho, type KnownState } from './state-rules.ts';

export type LinkKind = 'thread' | 'comment' | 'review' | 'line-comment' | 'reaction';

/** Something that is the same here and on GitHub. */
export interface Link {
  readonly remoteId: number;
  readonly remoteNumber: number | null;
  /** The number of the thread here; null where it is only known that it is gone there. */
  readonly number: number | null;
  readonly commentId: string | null;
  readonly reviewId: string | null;
  readonly origin: 'github' | 'cairn';
  readonly remoteAt: Instant | null;
  readonly digest: string;
  readonly base: string | null;
  readonly goneAt: Instant | null;
}

/** Whoever applies what GitHub tells of a plan, or notes what was made there, does it alone, until the transaction ends. */
export const holdLinks = async (tx: Tx, summitId: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`github-links:${summitId}`}, 0))`.execute(
    tx,
  );
};

/** What a transaction that holds a plan's links has read ahead; nobody else writes any meanwhile. */
const ahead = new WeakMap<Tx, Map<string, Link | undefined>>();

const keyOf = (kind: LinkKind, remoteId: number): string => `${kind} ${remoteId}`;

/** Reads many links with one query, for a transaction that has called `holdLinks`. */
export async function readLinksAhead(
  tx: Tx,
  summitId: string,
  wanted: readonly (readonly [kind: LinkKind, remoteId: number])[],
): Promise<void> {
  const links = ahead.get(tx) ?? new Map<string, Link | undefined>();
  ahead.set(tx, links);
  const missing = wanted.filter(([kind, id]) => !links.has(keyOf(kind, id)));
  if (missing.length === 0) return;
  for (const [kind, id] of missing) links.set(keyOf(kind, id), undefined);
  const found = await rowsOf(tx, summitId)
    .where(
      sql<boolean>`(kind, remote_id) in (select * from unnest(${missing.map(([kind]) => kind)}::text[],
        ${missing.map(([, id]) => id)}::bigint[]))`,
    )
    .execute();
  for (const { kind, ...link } of found) links.set(keyOf(kind, link.remoteId), link);
}

/** What is linked to something on GitHub: an issue or pull request by its number, else by GitHub's id. */
export async function linkOf(
  tx: Tx,
  summitId: string,
  kind: LinkKind,
  remoteId: number,
): Promise<Link | undefined> {
  const links = ahead.get(tx);
  const key = keyOf(kind, remoteId);
  if (links?.has(key)) return links.get(key);
  const found = await rowsOf(tx, summitId)
    .where('kind', '=', kind)
    .where('remoteId', '=', remoteId)
    .executeTakeFirst();
  links?.set(key, found);
  return found;
}

const rowsOf = (tx: Tx, summitId: string) =>
  tx
    .selectFrom('githubLink')
    .select([
      'kind',
      'remoteId',
      'remoteNumber',
      'number',
      'commentId',
      'reviewId',
      'origin',
      'remoteAt',
      'digest',
      'base',
      'goneAt',
    ])
    .where('summitId', '=', summitId);

/** What of a link is new. */
export interface LinkState {
  readonly number?: number;
  readonly commentId?: string;
  readonly reviewId?: string;
  readonly remoteNumber?: number;
  readonly origin?: 'github' | 'cairn';
  readonly url?: string;
  readonly remoteAt?: Instant;
  readonly digest?: string;
  readonly base?: string | null;
  readonly goneAt?: Instant;
}

/** Notes that something here and something there are the same, and in which state both agreed. */
export async function keepLink(
  tx: Tx,
  summitId: string,
  kind: LinkKind,
  remoteId: number,
  state: LinkState,
): Promise<void> {
  ahead.get(tx)?.delete(keyOf(kind, remoteId));
  await tx
    .insertInto('githubLink')
    .values({
      summitId,
      kind,
      remoteId,
      remoteNumber: null,
      number: null,
      commentId: null,
      reviewId: null,
      reactionId: null,
      remoteAt: null,
      base: null,
      goneAt: null,
      origin: 'github',
      ...state,
    })
    .onConflict((conflict) =>
      conflict.columns(['summitId', 'kind', 'remoteId']).doUpdateSet({ remoteId, ...state }),
    )
    .execute();
}

/** Where the discussion of an issue or pull request is held here. */
export async function threadOfRemote(
  tx: Tx,
  summitId: string,
  remoteNumber: number,
): Promise<ThreadPlace | undefined> {
  const link = await linkOf(tx, summitId, 'thread', remoteNumber);
  return link?.number == null ? undefined : { summitId, number: link.number };
}

export const knownState = (link: Link | undefined): KnownState | undefined =>
  link && { at: link.remoteAt?.epochMilliseconds, fingerprint: link.digest };

/** Whether what was told at a moment is only what we said there ourselves. */
export const isEcho = ({ origin, remoteAt, digest }: Link, moment: string): boolean =>
  isOwnEcho({ origin, at: remoteAt?.epochMilliseconds, fingerprint: digest }, Date.parse(moment));

export const asInstant = (moment: string): Instant =>
  Temporal.Instant.fromEpochMilliseconds(Date.parse(moment));
