import { createHash } from 'node:crypto';
import { expectZone, type Instant, type ZoneName } from '@cairn/kernel/time';
import { z } from 'zod';
import { type Actor, inTransaction, jobActor } from '../../../platform/db/command.ts';
import type { Services } from '../../../platform/http/env.ts';
import type { Task } from '../../../platform/jobs/tasks.ts';
import { runThread, threadFile } from '../../../platform/threads/run-thread.ts';
import { type Organiser, organiserOf } from '../../people/rights.ts';
import { summitById } from '../../summits/queries.ts';
import { timetableFacts } from './facts-queries.ts';
import type { TimetableFacts } from './facts-rules.ts';
import { AIM_WORDS, begunSlots, findTask, proposalsOf, variantsFor } from './find-rules.ts';
import { timetableInstance } from './instance-rules.ts';
import { offersOf, repairTask, repairWords } from './repair-rules.ts';
import { type FoundDraft, keepResult, noteProgress } from './search-commands.ts';
import { baseOf, searchForJob, type TimetableSearch } from './search-queries.ts';
import type { SearchProgress, SearchResult } from './search-schema.ts';
import type { FoundTimetable, ProofMessage, RepairMessage, ThreadMessage } from './thread-tasks.ts';

const payloadSchema = z.object({ search: z.string() });

/** Milliseconds between two notes of how far a search is, and looks at whether it was cancelled. */
const NOTED_MS = 1000;
/** What proofs may take beyond the search, for all proposals together. */
const PROOF_MS = 60_000;
const PROOF_SECONDS = 5;

/** The file of the thread that searches, mends and explains. */
export const SOLVING_THREAD = threadFile(
  new URL('./solving-worker.ts', import.meta.url),
  'timetable-solving-worker',
);

/** What facts are, in a few letters: what was proven holds while they are the same. */
export const fingerprintOf = (facts: TimetableFacts): string =>
  createHash('sha256')
    .update(JSON.stringify(timetableInstance(facts).instance))
    .digest('hex')
    .slice(0, 16);

/** The wall of the summit's zone, as slots are called: `2023-05-22T09:30`. */
export const localNow = (now: Instant, zone: ZoneName): string =>
  now.toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'minute' });

/**
 * The task of `TIMETABLE_SEARCH_JOB`. The work is done in a thread, so that the process goes on
 * answering; what it finds becomes drafts, or offers of a repair, when it is done. A worker that dies
 * is repeated from the start.
 */
export const timetableSearchTask =
  (services: Services): Task =>
  async (payload, attempt) => {
    const { search: id } = payloadSchema.parse(payload);
    const { db, clock } = services;
    const note = (progress?: SearchProgress) =>
      db.transaction().execute((tx) => noteProgress(tx, id, progress));
    if (!(await note())) return;
    const search = await searchForJob(db, id);
    if (search === undefined) return;
    const actor = (): Actor => jobActor(clock.now(), search.askedBy);
    const summit = await summitById(db, search.summitId);
    // The job acts for the organisers of the summit, who may have changed since it was asked for.
    const operator = { personId: undefined, isAdministrator: true } as const;
    const organiser = await organiserOf(db, summit.id, operator);
    if (organiser === undefined) throw new Error('the operator may organise');
    try {
      const facts = await timetableFacts(db, summit, organiser);
      if (facts === undefined) throw new Error('a search needs a frame');
      const found = await searched(services, search, facts, note);
      if (found === undefined) return;
      const kept = await inTransaction(db, (tx) => keepResult(tx, actor(), organiser, id, found));
      if (!kept.ok) throw new Error(kept.error.sentence);
    } catch (error) {
      if (attempt.isLast) await failed(services, actor(), organiser, id);
      throw error;
    }
  };

const failed = ({ db }: Services, actor: Actor, organiser: Organiser, id: string) =>
  inTransaction(db, (tx) => keepResult(tx, actor, organiser, id, 'failed'));

interface Heard {
  readonly found: FoundTimetable[];
  readonly proofs: ProofMessage[];
  conflict: readonly string[];
  repair: RepairMessage | undefined;
}

/** What a search finds; undefined where it was cancelled. */
async function searched(
  { db, clock }: Services,
  search: TimetableSearch,
  facts: TimetableFacts,
  note: (progress?: SearchProgress) => Promise<boolean>,
): Promise<{ drafts: FoundDraft[]; result: Omit<SearchResult, 'drafts'> } | undefined> {
  const { kind, seed, seconds, wishes } = search;
  const base = (await baseOf(db, search.summitId, wishes.from))?.placements;
  const begun = begunSlots(facts, localNow(clock.now(), expectZone(facts.frame.zone)));
  const fingerprint = fingerprintOf(facts);
  const { iterations } = wishes;
  const nothing = { conflict: [], sentences: [], offers: [], fingerprint, isCut: false };
  if (kind === 'repair') {
    const task = repairTask(facts, base ?? [], begun, { seed, measure: wishes.measure });
    const heard = await inThread(task, PROOF_MS + 1000 * seconds, note);
    if (heard === undefined) return undefined;
    const { repair, conflict, isWhole } = heard;
    if (repair === undefined && isWhole) throw new Error('a repair ended without an answer');
    return {
      drafts: [],
      result: {
        ...nothing,
        conflict: [...conflict],
        sentences:
          repair === undefined
            ? ['No way to mend it was found in time.']
            : [...repairWords(repair, wishes.measure)],
        offers: repair === undefined ? [] : offersOf(facts, base ?? [], repair),
        isCut: !isWhole,
      },
    };
  }
  const variants = variantsFor(facts, base, begun);
  const effort = iterations === undefined ? { milliseconds: 1000 * seconds } : { iterations };
  const task = findTask(variants, base, { seed, proofSeconds: PROOF_SECONDS, ...effort });
  const heard = await inThread(task, PROOF_MS + 1000 * seconds, note);
  if (heard === undefined) return undefined;
  const proposals = proposalsOf(facts, variants, base, heard.found, heard.proofs);
  return {
    drafts: proposals.map(({ aim, placements, made }) => ({
      name: `${AIM_WORDS[aim]}, seed ${seed}`,
      placements,
      made: { ...made, search: search.id, seed, from: wishes.from, fingerprint },
    })),
    result: { ...nothing, conflict: [...heard.conflict], isCut: !heard.isWhole },
  };
}

/** Does a task in a thread and notes how far it is; undefined where nobody wants it any more. */
async function inThread(
  task: unknown,
  milliseconds: number,
  note: (progress?: SearchProgress) => Promise<boolean>,
): Promise<(Heard & { readonly isWhole: boolean }) | undefined> {
  const heard: Heard = { found: [], proofs: [], conflict: [], repair: undefined };
  const controller = new AbortController();
  let progress: SearchProgress | undefined;
  let noting = Promise.resolve(true);
  const watch = setInterval(() => {
    noting = note(progress).catch(() => true);
    void noting.then((isWanted) => {
      if (!isWanted) controller.abort();
    });
  }, NOTED_MS);
  const hear = (message: ThreadMessage): void => {
    if (message.kind === 'progress') {
      const { stage, done, of, values } = message;
      progress = { stage, done, of, values: [...values] };
    } else if (message.kind === 'found') heard.found.push(message.found);
    else if (message.kind === 'proof') heard.proofs.push(message.proof);
    else if (message.kind === 'conflict') heard.conflict = message.sentences;
    else if (message.kind === 'repair') heard.repair = message.repair;
  };
  try {
    const isWhole = await runThread<ThreadMessage>(SOLVING_THREAD, {
      data: task,
      onMessage: hear,
      signal: controller.signal,
      milliseconds,
    });
    return controller.signal.aborted ? undefined : { ...heard, isWhole };
  } finally {
    clearInterval(watch);
    // No note may come after what was found.
    await noting;
  }
}
