import { setImmediate as pause } from 'node:timers/promises';
import { expectZone } from '@cairn/kernel/time';
import { bestFixedTime, countKeeping } from '@cairn/timetable/meeting-fixed-time';
import type { MeetingTimesResult } from '@cairn/timetable/meeting-times';
import { searchMeetingTimes } from '@cairn/timetable/meeting-times';
import { formatFixedTime } from '@cairn/timetable/meeting-words';
import { z } from 'zod';
import { type Actor, jobActor } from '../../../platform/db/command.ts';
import type { Services } from '../../../platform/http/env.ts';
import type { Task } from '../../../platform/jobs/tasks.ts';
import { organiserOf } from '../../people/rights.ts';
import { summitById } from '../../summits/queries.ts';
import { fingerprintOf, problemFor, type TimesProblem } from './problem-rules.ts';
import { keepResult, noteProgress } from './times-commands.ts';
import { askedPeople, type SearchResult, searchForJob } from './times-queries.ts';
import { BUDGETS } from './wishes-rules.ts';

const payloadSchema = z.object({ search: z.string() });

/** Milliseconds of work before everybody else has a turn. */
const SLICE_MS = 25;
/** Milliseconds between two notes of how far it is. */
const NOTED_MS = 1000;

/**
 * The task of `TIME_SEARCH_JOB`. It works in slices, so that the process goes on answering, and
 * stops when the search was cancelled. The search counts its work and not the time: however it is
 * cut, the same wishes and seed find the same times. A worker that dies is repeated from the start.
 */
export const timeSearchTask =
  (services: Services): Task =>
  async (payload, attempt) => {
    const { search: id } = payloadSchema.parse(payload);
    const { db, clock } = services;
    const note = (progress?: Parameters<typeof noteProgress>[2]) =>
      db.transaction().execute((tx) => noteProgress(tx, id, progress));
    if (!(await note())) return;
    const search = await searchForJob(db, id);
    if (search === undefined) return;
    const actor = (): Actor => jobActor(clock.now(), search.createdBy);
    const keep = (result: SearchResult | 'failed') =>
      db.transaction().execute((tx) => keepResult(tx, actor(), search, result));
    try {
      const summit = await summitById(db, search.summitId);
      const { wishes } = search;
      // The job acts for the organisers of the summit, who may have changed since it was asked for.
      const operator = { personId: undefined, isAdministrator: true } as const;
      const organiser = await organiserOf(db, summit.id, operator);
      if (organiser === undefined) throw new Error('the operator may organise');
      const { known } = await askedPeople(db, organiser, wishes.whom, clock.now());
      const zone = expectZone(summit.definition.zone);
      const problem = problemFor(wishes, summit.definition, zone, known);
      const run = searchMeetingTimes(problem.problem, {
        seed: wishes.seed,
        budget: BUDGETS[wishes.effort],
      });
      let sliceBegan = performance.now();
      let notedAt = sliceBegan;
      for (;;) {
        const { done, value } = run.next();
        if (done) {
          await keep(resultOf(problem, value, zone));
          return;
        }
        const now = performance.now();
        if (now - sliceBegan < SLICE_MS) continue;
        if (now - notedAt > NOTED_MS) {
          const { iterations, phase, best } = value;
          const enough = countKeeping(problem.problem, best.times);
          if (!(await note({ iterations, phase, enough }))) return;
          notedAt = performance.now();
        }
        await pause();
        sliceBegan = performance.now();
      }
    } catch (error) {
      if (attempt.isLast) await keep('failed');
      throw error;
    }
  };

function resultOf(
  times: TimesProblem,
  { best, bound, isOptimal, provenLevels, iterations }: MeetingTimesResult,
  zone: ReturnType<typeof expectZone>,
): SearchResult {
  const { problem, calls, tracks } = times;
  const proof = {
    isOptimal,
    provenLevels,
    iterations,
    known: problem.people.length,
    fingerprint: fingerprintOf(times),
    ...(bound === undefined ? {} : { bound }),
  };
  if (best === undefined) return proof;
  const fixed = bestFixedTime(problem, zone);
  return {
    ...proof,
    values: best.values,
    found: {
      calls: calls.map(({ key }, index) => ({
        key,
        start: problem.slots[best.times[index] ?? -1]?.start ?? 0,
        tracks: (best.placement[index] ?? []).map((track) => tracks[track]?.key ?? ''),
      })),
    },
    keeping: countKeeping(problem, best.times),
    ...(fixed === undefined
      ? {}
      : {
          fixed: {
            words: formatFixedTime(fixed.fixed),
            keeping: countKeeping(problem, fixed.times),
          },
        }),
  };
}
