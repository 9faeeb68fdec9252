import { parentPort, workerData } from 'node:worker_threads';
import { expectOk } from '@cairn/kernel/result';
import { whatHelps } from '@cairn/timetable/explain/what-helps';
import { whyNot } from '@cairn/timetable/explain/why-not';
import { whyInfeasible } from '@cairn/timetable/proof/conflict';
import { loadHighs } from '@cairn/timetable/proof/load-highs';
import { proveTimetable } from '@cairn/timetable/proof/prove';
import { withKept } from '@cairn/timetable/repair/after-change';
import { exactRepair } from '@cairn/timetable/repair/exact-repair';
import { repairTimetable } from '@cairn/timetable/repair/repair';
import { repairInSentences } from '@cairn/timetable/repair/words';
import { solveTimetable } from '@cairn/timetable/search/solve';
import { type IndexedInstance, indexInstance } from '@cairn/timetable/sessions/index-instance';
import type { Timetable } from '@cairn/timetable/sessions/model';
import type {
  FindTask,
  RepairTask,
  ThreadMessage,
  ThreadTask,
  WhyNotTask,
} from './thread-tasks.ts';

// The code of a thread: hard work for one task, told message by message, so that what was found
// stays found when the thread is ended.

const say = (message: ThreadMessage): void => parentPort?.postMessage(message);

const BETWEEN_PROGRESS_MS = 250;
/** How long it is looked for what would help, which is extra. */
const HELP_MS = 5000;
const HELP_MOVES = 3000;
const EXACT_SECONDS = 5;

const plain = ({ slot, room }: Timetable) => ({ slot: Array.from(slot), room: Array.from(room) });

async function find({ seed, milliseconds, iterations, proofSeconds, variants }: FindTask) {
  const found: { aim: string; indexed: IndexedInstance; timetable: Timetable; hard: number }[] = [];
  let said = Number.NEGATIVE_INFINITY;
  for (const { aim, instance, from } of variants) {
    const indexed = expectOk(indexInstance(instance));
    const solved = await solveTimetable(indexed, {
      seed,
      ...(milliseconds === undefined ? {} : { milliseconds: milliseconds / variants.length }),
      ...(iterations === undefined ? {} : { iterations }),
      ...(from === undefined ? {} : { from }),
      now: () => performance.now(),
      onProgress: ({ iteration, iterations: of, values }) => {
        if (performance.now() - said < BETWEEN_PROGRESS_MS) return;
        said = performance.now();
        say({ kind: 'progress', stage: aim, done: iteration, of, values });
      },
    });
    const { timetable, values } = solved;
    found.push({ aim, indexed, timetable, hard: values[0] ?? 0 });
    say({
      kind: 'found',
      found: { aim, ...plain(timetable), values, iterations: solved.iterations },
    });
  }
  const broken = found.find(({ hard }) => hard > 0);
  if (broken !== undefined) {
    say({ kind: 'progress', stage: 'conflict', done: 0, of: 0, values: [] });
    const { status, sentences } = await whyInfeasible(broken.indexed, loadHighs);
    if (status !== 'possible') say({ kind: 'conflict', sentences });
  }
  for (const { aim, indexed, timetable, hard } of found) {
    if (hard > 0) continue;
    say({ kind: 'progress', stage: 'proof', done: 0, of: 0, values: [] });
    await prove(aim, indexed, timetable, proofSeconds);
  }
}

/** Proves what was found; where the proof comes upon something better, that takes its place. */
async function prove(
  aim: string,
  indexed: IndexedInstance,
  timetable: Timetable,
  seconds: number,
): Promise<void> {
  const first = await proveTimetable(indexed, timetable, { highs: loadHighs, seconds });
  let proof = first;
  if (first.better !== undefined) {
    const { timetable: other, values } = first.better;
    say({ kind: 'found', found: { aim, ...plain(other), values: [...values], iterations: 0 } });
    proof = await proveTimetable(indexed, other, { highs: loadHighs, seconds });
  }
  const { verdict, levels, sentences } = proof;
  const bounds = levels.map(({ bound }) => bound);
  say({ kind: 'proof', proof: { aim, verdict, bounds, sentences } });
}

async function repair({ instance, previous, seed, measure, pinned, past }: RepairTask) {
  const indexed = expectOk(indexInstance(instance));
  say({ kind: 'progress', stage: 'repair', done: 0, of: 0, values: [] });
  const exact = exactRepair(await loadHighs(), EXACT_SECONDS);
  const found = await repairTimetable(indexed, previous, { seed, measure, pinned, past, exact });
  const finite = (value: number) => (Number.isFinite(value) ? value : null);
  say({
    kind: 'repair',
    repair: {
      verdict: found.verdict,
      least: finite(found.least),
      atLeast: finite(found.atLeast),
      isProven: found.isProven,
      sentences: repairInSentences(indexed, found, measure),
      offers: found.offers.map(({ more, timetable, values, cost, isBest }) => ({
        ...{ more, values: [...values], cost, isBest },
        ...plain(timetable),
      })),
    },
  });
  if (found.verdict !== 'impossible') return;
  say({ kind: 'progress', stage: 'conflict', done: 0, of: 0, values: [] });
  const { sentences } = await whyInfeasible(
    withKept(indexed, previous, { pinned, past }),
    loadHighs,
  );
  say({ kind: 'conflict', sentences });
}

async function explain({ instance, timetable, session, slot, room, pinned, past }: WhyNotTask) {
  const indexed = expectOk(indexInstance(instance));
  const answer = await whyNot(indexed, timetable, session, slot, {
    pinned,
    past,
    ...(room === undefined ? {} : { room }),
  });
  say({
    kind: 'why-not',
    whyNot: {
      sentences: answer.sentences,
      best: answer.best === undefined ? null : plain(answer.best.timetable),
    },
  });
  const until = performance.now() + HELP_MS;
  const { helps, values } = await whatHelps(indexed, timetable, {
    iterations: HELP_MOVES,
    isCancelled: () => performance.now() > until,
  });
  say({
    kind: 'helps',
    helps: helps.slice(0, 5).map(({ relaxation: { what }, values: better }) => ({
      what: what.charAt(0).toUpperCase() + what.slice(1),
      change: values.map((value, level) => (better[level] ?? 0) - value),
    })),
  });
}

const task = workerData as ThreadTask;
if (task.kind === 'find') await find(task);
else if (task.kind === 'repair') await repair(task);
else await explain(task);
