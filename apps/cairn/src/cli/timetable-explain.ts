import { parseArgs } from 'node:util';
import { problem } from '@cairn/kernel/problem';
import { ok } from '@cairn/kernel/result';
import {
  type Difference,
  differenceInSentences,
  differenceOf,
} from '@cairn/timetable/explain/difference';
import { whatHelps } from '@cairn/timetable/explain/what-helps';
import { whyHere } from '@cairn/timetable/explain/why-here';
import { whyNot } from '@cairn/timetable/explain/why-not';
import { differenceInWords, sentenceOf } from '@cairn/timetable/explain/words';
import { placesOf } from '@cairn/timetable/files/places';
import { checkTimetable, type RuleBreak } from '@cairn/timetable/sessions/checker';
import type { IndexedInstance } from '@cairn/timetable/sessions/index-instance';
import type { Timetable } from '@cairn/timetable/sessions/model';
import { EXIT, say } from './command.ts';
import { couldNot, printJson } from './output.ts';
import { readTimetableInput, readTimetableOf } from './timetable-input.ts';
import { numberOfKey } from './timetable-keys.ts';
import { allOf, oneFile, wholeOption } from './timetable-options.ts';

/** What is said, and what programs get. */
interface Answer {
  readonly sentences: readonly string[];
  readonly document: Readonly<Record<string, unknown>>;
  readonly isGood: boolean;
}

interface Effort {
  readonly seed: number;
  readonly iterations: number;
}

/**
 * `cairn timetable explain FILE`: a session’s place, another place for it (bad news is that no
 * timetable has it there), what would help most, or how another timetable differs.
 */
export async function timetableExplain(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      json: { type: 'boolean', default: false },
      format: { type: 'string' },
      solution: { type: 'string' },
      session: { type: 'string' },
      slot: { type: 'string' },
      room: { type: 'string' },
      'what-helps': { type: 'boolean', default: false },
      compare: { type: 'string' },
      seed: { type: 'string' },
      iterations: { type: 'string' },
    },
    allowPositionals: true,
  });
  const { json } = values;
  const usage = 'cairn timetable explain summit.json --solution timetable.json --session KEY';
  const options = allOf({
    file: oneFile(positionals, usage),
    seed: wholeOption('seed', values.seed, 0, 0xffff_ffff),
    iterations: wholeOption('iterations', values.iterations, 0, 1e9),
  });
  if (!options.ok) return couldNot(options.error, json);
  const asked = [values.session !== undefined, values['what-helps'], values.compare !== undefined];
  if (asked.filter(Boolean).length !== 1) {
    const sentence = 'Ask one thing: --session KEY, --what-helps, or --compare FILE.';
    return couldNot([problem('usage', sentence)], json);
  }
  if (values.room !== undefined && values.slot === undefined) {
    return couldNot([problem('usage', '--room goes with --slot: name the slot, too.')], json);
  }
  const input = await readTimetableInput(options.value.file, values.format);
  if (!input.ok) return couldNot(input.error, json);
  const read = await readTimetableOf(input.value, values.solution);
  if (!read.ok) return couldNot(read.error, json);
  const { indexed } = input.value;
  const { instance } = indexed;
  const timetable = read.value;
  const effort = { seed: options.value.seed ?? 1, iterations: options.value.iterations ?? 20_000 };
  let answer: Answer;
  if (values.compare !== undefined) {
    const other = await readTimetableOf(input.value, values.compare);
    if (!other.ok) return couldNot(other.error, json);
    answer = compared(indexed, timetable, other.value);
  } else if (values.session === undefined) {
    answer = await helped(indexed, timetable, effort);
  } else {
    const keys = allOf({
      session: numberOfKey('session', values.session, instance.sessions),
      slot: values.slot === undefined ? ok(-1) : numberOfKey('slot', values.slot, instance.slots),
      room: values.room === undefined ? ok(-1) : numberOfKey('room', values.room, instance.rooms),
    });
    if (!keys.ok) return couldNot(keys.error, json);
    const { session, slot, room } = keys.value;
    answer =
      slot < 0
        ? here(indexed, timetable, session)
        : await notThere(indexed, timetable, session, { slot, room, ...effort });
  }
  if (json) printJson({ ok: answer.isGood, ...answer.document, sentences: answer.sentences });
  else process.stdout.write(`${answer.sentences.join('\n')}\n`);
  return answer.isGood ? EXIT.done : EXIT.badNews;
}

function here(indexed: IndexedInstance, timetable: Timetable, session: number): Answer {
  const { place, isPinned, free, blocked, difference, sentences } = whyHere(
    indexed,
    timetable,
    session,
  );
  const where = (each: { slot: number; room: number }) => placeInKeys(indexed, each);
  return {
    sentences,
    isGood: true,
    document: {
      session: indexed.instance.sessions[session]?.key,
      place: where(place),
      pinned: isPinned,
      free: free.map((each) => ({ ...where(each), change: each.change })),
      blocked: blocked.map((each) => ({
        ...where(each),
        change: each.change,
        because: each.breaks.map((broken) => sentenceOf(indexed, broken)),
      })),
      ...(difference === undefined ? {} : { difference: differenceInKeys(indexed, difference) }),
    },
  };
}

async function notThere(
  indexed: IndexedInstance,
  timetable: Timetable,
  session: number,
  { slot, room, ...effort }: Effort & { readonly slot: number; readonly room: number },
): Promise<Answer> {
  const options = { ...effort, ...(room < 0 ? {} : { room }) };
  const { place, gained, difference, repair, best, sentences } = await whyNot(
    indexed,
    timetable,
    session,
    slot,
    options,
  );
  const left = repair?.left ?? [];
  return {
    sentences,
    isGood: place === undefined || (best !== undefined && left.length === 0),
    document: {
      session: indexed.instance.sessions[session]?.key,
      ...(place && { place: placeInKeys(indexed, place), change: place.change }),
      breaks: gained.map((each) => breakInKeys(indexed, each)),
      ...(difference && { difference: differenceInKeys(indexed, difference) }),
      ...(repair && {
        others: {
          verdict: repair.verdict,
          least: Number.isFinite(repair.least) ? repair.least : null,
          proven: repair.isProven,
        },
      }),
      ...(best && {
        best: {
          values: best.values,
          difference: differenceInKeys(indexed, best.difference),
          timetable: placesOf(indexed.instance, best.timetable),
        },
      }),
    },
  };
}

async function helped(
  indexed: IndexedInstance,
  timetable: Timetable,
  effort: Effort,
): Promise<Answer> {
  const found = await whatHelps(indexed, timetable, {
    ...effort,
    onProgress: (done, of) => {
      if (done % 20 === 0) say(`${done} of ${of} measured.`);
    },
  });
  const none = `None of ${found.of} single changes was found to help.`;
  return {
    sentences: found.helps.length === 0 ? [none] : found.helps.map(({ sentence }) => sentence),
    isGood: true,
    document: {
      values: found.values,
      measured: found.measured,
      helps: found.helps.map(({ relaxation, values, sentence }) => ({
        kind: relaxation.kind,
        what: relaxation.what,
        values,
        sentence,
      })),
    },
  };
}

function compared(indexed: IndexedInstance, one: Timetable, other: Timetable): Answer {
  const difference = differenceOf(indexed, one, other);
  const [before, after] = [one, other].map((each) => checkTimetable(indexed, each).values);
  const change = differenceInWords(indexed, before ?? [], after ?? []);
  return {
    sentences: [`The second: ${change}.`, ...differenceInSentences(indexed, difference)],
    isGood: true,
    document: { values: [before, after], difference: differenceInKeys(indexed, difference) },
  };
}

const placeInKeys = (
  { instance }: IndexedInstance,
  { slot, room }: { readonly slot: number; readonly room: number },
) => ({
  slot: instance.slots[slot]?.key ?? null,
  room: instance.rooms[room]?.key ?? null,
});

function breakInKeys(indexed: IndexedInstance, broken: RuleBreak) {
  const { instance } = indexed;
  return {
    rule: broken.rule.kind,
    level: broken.rule.level,
    cost: broken.cost * broken.rule.weight,
    sentence: sentenceOf(indexed, broken),
    sessions: broken.sessions.map((session) => instance.sessions[session]?.key),
    people: broken.people.map((person) => instance.people[person]?.key),
  };
}

function differenceInKeys(indexed: IndexedInstance, { sessions, people }: Difference) {
  const { instance } = indexed;
  const keys = (numbers: readonly number[]) =>
    numbers.map((session) => instance.sessions[session]?.key);
  return {
    sessions: sessions.map(({ session, from, to }) => ({
      session: instance.sessions[session]?.key,
      from: placeInKeys(indexed, from),
      to: placeInKeys(indexed, to),
    })),
    people: people.map(({ person, loss, loses, gains, mustMove }) => ({
      person: instance.people[person]?.key,
      loss,
      loses: keys(loses),
      gains: keys(gains),
      must_move: keys(mustMove),
    })),
  };
}
