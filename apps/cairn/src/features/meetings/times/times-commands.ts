import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { expectZone } from '@cairn/kernel/time';
import { type Actor, queueJob, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { notify } from '../../people/invitations/notify-commands.ts';
import { lockPerson } from '../../people/persons/person-queries.ts';
import type { Organiser, Self } from '../../people/rights.ts';
import { lockSummit, summitById } from '../../summits/queries.ts';
import { placeTracks } from '../series/series-commands.ts';
import { askingText } from './ask-rules.ts';
import type { FoundTimes } from './proposal-rules.ts';
import type { SearchProgress, SearchResult } from './times-queries.ts';
import type { SaidTrack } from './track-rules.ts';
import { type TimeWishes, wallOfMinute } from './wishes-rules.ts';

/** The job that searches. */
export const TIME_SEARCH_JOB = 'time-search';

/**
 * Says what somebody wants of the tracks, all at once; what is left out is no interest. Event
 * `tracks.said` with the numbers; saying the same again makes none.
 */
export async function sayTracks(
  tx: Tx,
  actor: Actor,
  { summitId, personId }: Self,
  said: readonly SaidTrack[],
): Promise<Result<{ readonly hasChanged: boolean }, Problem>> {
  await lockPerson(tx, personId);
  const own = () =>
    tx
      .selectFrom('trackInterest')
      .select(['track', 'level', 'why'])
      .where('summitId', '=', summitId)
      .where('personId', '=', personId)
      .orderBy('track')
      .execute();
  const before = await own();
  await tx
    .deleteFrom('trackInterest')
    .where('summitId', '=', summitId)
    .where('personId', '=', personId)
    .execute();
  if (said.length > 0) {
    await tx
      .insertInto('trackInterest')
      .values(said.map((each) => ({ summitId, personId, ...each, saidAt: actor.now })))
      .execute();
  }
  if (JSON.stringify(before) === JSON.stringify(await own())) return ok({ hasChanged: false });
  const count = (level: SaidTrack['level']) => said.filter((each) => each.level === level).length;
  await recordEvent(tx, actor, {
    kind: 'tracks.said',
    summitId,
    personId,
    data: { lead: count('lead'), work: count('work'), learn: count('learn') },
  });
  return ok({ hasChanged: true });
}

/** Begins a search for times: a job does it. Event `times.searched`. */
export async function searchTimes(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  wishes: TimeWishes,
): Promise<Result<{ readonly id: string }, Problem>> {
  const { id } = await tx
    .insertInto('timeSearch')
    .values({
      summitId,
      wishes: JSON.stringify(wishes),
      progress: null,
      result: null,
      createdBy: actor.personId ?? null,
      createdAt: actor.now,
      finishedAt: null,
      applied: null,
      appliedAt: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await queueJob(tx, TIME_SEARCH_JOB, { search: id }, `${TIME_SEARCH_JOB}:${id}`);
  await recordEvent(tx, actor, {
    kind: 'times.searched',
    summitId,
    data: { search: id, calls: wishes.calls.length, seed: wishes.seed },
  });
  return ok({ id });
}

/** Ends a search that is not over. Event `times.search_cancelled`. */
export async function cancelSearch(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  { id }: { readonly id: string },
): Promise<Result<void, Problem>> {
  const cancelled = await tx
    .updateTable('timeSearch')
    .set({ state: 'cancelled', finishedAt: actor.now })
    .where('id', '=', id)
    .where('summitId', '=', summitId)
    .where('state', 'in', ['queued', 'running'])
    .executeTakeFirst();
  if (cancelled.numUpdatedRows === 0n) {
    return fail(problem('search-over', 'This search is over already.'));
  }
  await recordEvent(tx, actor, { kind: 'times.search_cancelled', summitId, data: { search: id } });
  return ok(undefined);
}

/** Notes that a job works on a search, and how far it is; false when nobody wants it any more. */
export async function noteProgress(
  tx: Tx,
  id: string,
  progress: SearchProgress | undefined,
): Promise<boolean> {
  const noted = await tx
    .updateTable('timeSearch')
    .set({ state: 'running' })
    .$if(progress !== undefined, (query) => query.set({ progress: JSON.stringify(progress) }))
    .where('id', '=', id)
    .where('state', 'in', ['queued', 'running'])
    .executeTakeFirst();
  return noted.numUpdatedRows === 1n;
}

/** Keeps what a search found, unless it was cancelled meanwhile. Event `times.found`. */
export async function keepResult(
  tx: Tx,
  actor: Actor,
  { id, summitId }: { readonly id: string; readonly summitId: string },
  result: SearchResult | 'failed',
): Promise<void> {
  const kept = await tx
    .updateTable('timeSearch')
    .set({
      state: result === 'failed' ? 'failed' : 'done',
      result: result === 'failed' ? null : JSON.stringify(result),
      finishedAt: actor.now,
    })
    .where('id', '=', id)
    .where('state', 'in', ['queued', 'running'])
    .executeTakeFirst();
  if (kept.numUpdatedRows === 0n) return;
  const facts =
    result === 'failed'
      ? { failed: true }
      : { optimal: result.isOptimal, keeping: result.keeping ?? 0, known: result.known };
  await recordEvent(tx, actor, {
    kind: 'times.found',
    summitId,
    data: { search: id, ...facts },
  });
}

/**
 * Puts times in force: one new revision of the definition with all of them, from which calendars and
 * invitations follow. Event `times.applied`, beside the definition's own.
 */
export async function applyTimes(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  { id, times }: { readonly id: string; readonly times: FoundTimes },
): Promise<Result<void, Problem>> {
  const { summitId } = organiser;
  const { definition } = await lockSummit(tx, summitId);
  const search = await tx
    .selectFrom('timeSearch')
    .select(['state', 'wishes'])
    .where('id', '=', id)
    .where('summitId', '=', summitId)
    .forUpdate()
    .executeTakeFirst();
  if (search?.state !== 'done') {
    return fail(problem('no-times', 'This search has found no times; look at it again.'));
  }
  const wishes = search.wishes as TimeWishes;
  const zone = expectZone(definition.zone);
  const moved = times.calls.filter(({ key }) => wishes.calls.some((call) => call.key === key));
  const hasTracks = wishes.tracks.length > 0;
  const leads = new Map(wishes.tracks.flatMap(({ key, lead }) => (lead ? [[key, lead]] : [])));
  const placed = await placeTracks(
    tx,
    actor,
    organiser,
    moved.map(({ key, start, tracks }) => ({
      meeting: key,
      starts: wallOfMinute(start, zone),
      ...(hasTracks
        ? {
            tracks,
            leads: Object.fromEntries([...leads].filter(([track]) => tracks.includes(track))),
          }
        : {}),
    })),
  );
  if (!placed.ok) return placed;
  await tx
    .updateTable('timeSearch')
    .set({ applied: JSON.stringify(times), appliedAt: actor.now })
    .where('id', '=', id)
    .execute();
  await recordEvent(tx, actor, {
    kind: 'times.applied',
    summitId,
    data: { search: id, calls: moved.length },
  });
  return ok(undefined);
}

/**
 * Asks people by mail to say when they can. `click` names the asking: sent twice, it is one mail.
 * Event `availability.asked` with their number.
 */
export async function askForAvailability(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  {
    click,
    people,
  }: { readonly click: string; readonly people: readonly { id: string; name: string }[] },
): Promise<Result<{ readonly asked: number; readonly withoutAddress: number }, Problem>> {
  if (people.length === 0) {
    return fail(
      problem('nobody-to-ask', 'Everybody has said when they can; there is nobody to ask.'),
    );
  }
  const sent = async (): Promise<number> => {
    const { mails } = await tx
      .selectFrom('mail')
      .select(({ fn }) => fn.countAll<string>().as('mails'))
      .where('key', 'like', `availability:${click}:%`)
      .executeTakeFirstOrThrow();
    return Number(mails);
  };
  if ((await sent()) > 0) return ok({ asked: 0, withoutAddress: 0 });
  const { slug, definition } = await summitById(tx, summitId);
  for (const { id: personId, name } of people) {
    await notify(tx, actor, {
      summitId,
      personId,
      key: `availability:${click}:${personId}`,
      ...askingText(definition, name),
      page: `/s/${slug}/me/availability`,
    });
  }
  await recordEvent(tx, actor, {
    kind: 'availability.asked',
    summitId,
    data: { people: people.length },
  });
  // Whoever is known by a handle only gets no mail.
  const asked = await sent();
  return ok({ asked, withoutAddress: people.length - asked });
}
