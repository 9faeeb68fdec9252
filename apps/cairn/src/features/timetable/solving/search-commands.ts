import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, queueJob, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { isId } from '../../../platform/db/id.ts';
import { publish } from '../../../platform/live/publish.ts';
import type { Organiser } from '../../people/rights.ts';
import { lockSummit } from '../../summits/queries.ts';
import { createDraft } from '../drafts/draft-commands.ts';
import type { Made } from '../drafts/made-schema.ts';
import type { Placement } from '../drafts/placement-rules.ts';
import { baseOf, searchOf } from './search-queries.ts';
import type { From, SearchProgress, SearchResult } from './search-schema.ts';

/** The job that searches. */
export const TIMETABLE_SEARCH_JOB = 'timetable-search';

/** What those who wait for a search listen to. */
export const searchChannel = (id: string): string => `timetable-search:${id}`;

interface NewSearch {
  readonly kind: 'find' | 'repair';
  readonly seed: number;
  readonly seconds: number;
  readonly from: From;
  readonly measure?: 'sessions' | 'people';
  /** Moves for each proposal instead of seconds: the same on every machine. */
  readonly iterations?: number;
}

/**
 * Begins a search, which a job does in a thread of its own; one at a time in a summit. Event
 * `timetable.searched` with kind and seed.
 */
export async function beginSearch(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  { kind, seed, seconds, from, measure = 'people', iterations }: NewSearch,
): Promise<Result<{ readonly id: string }, Problem>> {
  await lockSummit(tx, summitId);
  const ready = await isReady(tx, summitId, kind, from);
  if (!ready.ok) return ready;
  const { id } = await tx
    .insertInto('timetableSearch')
    .values({
      summitId,
      kind,
      seed,
      seconds,
      wishes: JSON.stringify({
        from,
        measure,
        ...(iterations === undefined ? {} : { iterations }),
      }),
      askedBy: actor.personId ?? null,
      askedAt: actor.now,
      endedAt: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await queueJob(tx, TIMETABLE_SEARCH_JOB, { search: id }, `${TIMETABLE_SEARCH_JOB}:${id}`);
  await recordEvent(tx, actor, {
    kind: 'timetable.searched',
    summitId,
    data: { search: id, kind, seed },
  });
  return ok({ id });
}

async function isReady(
  tx: Tx,
  summitId: string,
  kind: 'find' | 'repair',
  from: From,
): Promise<Result<void, Problem>> {
  const running = await tx
    .selectFrom('timetableSearch')
    .select('id')
    .where('summitId', '=', summitId)
    .where('state', 'in', ['queued', 'running'])
    .executeTakeFirst();
  if (running !== undefined) {
    const sentence = 'A search is under way already; wait for it, or cancel it.';
    return fail(problem('search-under-way', sentence));
  }
  const count = async (table: 'timetableDay' | 'timetableRoom' | 'timetableSession') =>
    (
      await tx
        .selectFrom(table)
        .select('summitId')
        .where('summitId', '=', summitId)
        .limit(1)
        .execute()
    ).length;
  if ((await count('timetableDay')) === 0 || (await count('timetableRoom')) === 0) {
    return fail(problem('no-frame', 'Say first which days and rooms there are.'));
  }
  if ((await count('timetableSession')) === 0) {
    return fail(problem('no-sessions', 'Make sessions first; there is nothing to place.'));
  }
  if (from === 'none' ? kind === 'repair' : (await baseOf(tx, summitId, from)) === undefined) {
    const sentence =
      from === 'release'
        ? 'Nothing was released yet; choose a draft.'
        : 'This draft is not there any more; choose another one.';
    return fail(problem('no-base', sentence, { path: 'from' }));
  }
  return ok(undefined);
}

/** Ends a search that is not over. Event `timetable.search_cancelled`. */
export async function cancelSearch(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  { id }: { readonly id: string },
): Promise<Result<void, Problem>> {
  const cancelled = isId(id)
    ? await tx
        .updateTable('timetableSearch')
        .set({ state: 'cancelled', endedAt: actor.now })
        .where('id', '=', id)
        .where('summitId', '=', summitId)
        .where('state', 'in', ['queued', 'running'])
        .executeTakeFirst()
    : undefined;
  if (cancelled === undefined || cancelled.numUpdatedRows === 0n) {
    return fail(problem('search-over', 'This search is over already.'));
  }
  await recordEvent(tx, actor, {
    kind: 'timetable.search_cancelled',
    summitId,
    data: { search: id },
  });
  await publish(tx, searchChannel(id));
  return ok(undefined);
}

/** Notes that a job works on a search, and how far it is; false when nobody wants it any more. */
export async function noteProgress(
  tx: Tx,
  id: string,
  progress: SearchProgress | undefined,
): Promise<boolean> {
  const noted = await tx
    .updateTable('timetableSearch')
    .set({ state: 'running' })
    .$if(progress !== undefined, (query) => query.set({ progress: JSON.stringify(progress) }))
    .where('id', '=', id)
    .where('state', 'in', ['queued', 'running'])
    .executeTakeFirst();
  await publish(tx, searchChannel(id));
  return noted.numUpdatedRows === 1n;
}

/** A draft that a search found. */
export interface FoundDraft {
  readonly name: string;
  readonly made: Made;
  readonly placements: readonly Placement[];
}

/**
 * Keeps what a search found, and makes its drafts, best first; nothing where it was cancelled
 * meanwhile. Event `timetable.found` beside those of the drafts.
 */
export async function keepResult(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  id: string,
  found:
    | { readonly drafts: readonly FoundDraft[]; readonly result: Omit<SearchResult, 'drafts'> }
    | 'failed',
): Promise<Result<void, Problem>> {
  const kept = await tx
    .updateTable('timetableSearch')
    .set({ state: found === 'failed' ? 'failed' : 'done', endedAt: actor.now })
    .where('id', '=', id)
    .where('state', 'in', ['queued', 'running'])
    .executeTakeFirst();
  if (kept.numUpdatedRows === 0n) return ok(undefined);
  const drafts: string[] = [];
  if (found !== 'failed') {
    for (const draft of found.drafts) {
      const made = await createDraft(tx, actor, organiser, { ...draft, origin: 'search' });
      if (!made.ok) return made;
      drafts.push(made.value.id);
    }
    await tx
      .updateTable('timetableSearch')
      .set({ result: JSON.stringify({ ...found.result, drafts }) })
      .where('id', '=', id)
      .execute();
  }
  await recordEvent(tx, actor, {
    kind: 'timetable.found',
    summitId: organiser.summitId,
    data: { search: id, drafts, failed: found === 'failed' },
  });
  await publish(tx, searchChannel(id));
  return ok(undefined);
}

/** Makes a draft of one of the ways to mend that a repair offers. Event `draft.created`. */
export async function makeOfferDraft(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  { id, offer, name }: { readonly id: string; readonly offer: number; readonly name: string },
): Promise<Result<{ readonly id: string }, Problem>> {
  const search = await searchOf(tx, organiser, id);
  const chosen = search?.result?.offers[offer];
  if (search === undefined || chosen === undefined) {
    return fail(problem('no-offer', 'This way to mend it is not there; look for a repair again.'));
  }
  const { from, measure } = search.wishes;
  return createDraft(tx, actor, organiser, {
    name,
    origin: 'repair',
    placements: chosen.placements,
    made: {
      search: id,
      seed: search.seed,
      from,
      measure,
      cost: chosen.cost,
      fingerprint: search.result?.fingerprint ?? '',
    },
  });
}
