import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { listed } from '@cairn/kernel/words';
import { namesOf } from '@cairn/timetable/explain/names';
import { FILE_FORMATS } from '@cairn/timetable/files/formats';
import { placesOf } from '@cairn/timetable/files/places';
import { whyInfeasible } from '@cairn/timetable/proof/conflict';
import { loadHighs } from '@cairn/timetable/proof/load-highs';
import { withKept } from '@cairn/timetable/repair/after-change';
import { readEarlierTimetable } from '@cairn/timetable/repair/earlier-timetable';
import { exactRepair } from '@cairn/timetable/repair/exact-repair';
import {
  type ExactRepair,
  type Offer,
  type Repair,
  repairTimetable,
} from '@cairn/timetable/repair/repair';
import { offerInSentences, repairInSentences } from '@cairn/timetable/repair/words';
import { type IndexedInstance, indexInstance } from '@cairn/timetable/sessions/index-instance';
import type { Timetable } from '@cairn/timetable/sessions/model';
import { EXIT, say } from './command.ts';
import { couldNot, printJson } from './output.ts';
import { messageOf, readText } from './text-file.ts';
import { readTimetableInput, readTimetableOf, type TimetableInput } from './timetable-input.ts';
import { numberOfKey } from './timetable-keys.ts';
import { allOf, notOver, oneFile, wholeOption } from './timetable-options.ts';

/** `cairn timetable repair FILE --solution FILE`: bad news is that not all can be mended. */
export async function timetableRepair(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      json: { type: 'boolean', default: false },
      format: { type: 'string' },
      solution: { type: 'string' },
      pin: { type: 'string', multiple: true },
      past: { type: 'string' },
      measure: { type: 'string', default: 'sessions' },
      'free-rooms': { type: 'boolean', default: false },
      more: { type: 'string', default: '0,2,5' },
      seed: { type: 'string' },
      iterations: { type: 'string' },
      seconds: { type: 'string' },
      output: { type: 'string' },
    },
    allowPositionals: true,
  });
  const { json } = values;
  const usage = 'cairn timetable repair changed.json --solution timetable.json';
  const options = allOf({
    file: oneFile(positionals, usage),
    seed: wholeOption('seed', values.seed, 0, 0xffff_ffff),
    iterations: wholeOption('iterations', values.iterations, 0, 1e9),
    seconds: wholeOption('seconds', values.seconds, 1, 1e6),
    more: wholeNumbers('more', values.more),
  });
  if (!options.ok) return couldNot(options.error, json);
  const measure = (['sessions', 'people'] as const).find((each) => each === values.measure);
  if (measure === undefined) {
    const sentence = `--measure takes sessions or people, not “${values.measure}”.`;
    return couldNot([problem('usage', sentence)], json);
  }
  const spared = notOver([options.value.file], { output: values.output });
  if (!spared.ok) return couldNot(spared.error, json);
  const input = await readTimetableInput(options.value.file, values.format);
  if (!input.ok) return couldNot(input.error, json);
  const earlier = await readEarlier(input.value, values.solution);
  if (!earlier.ok) return couldNot(earlier.error, json);
  const { indexed, timetable, gone } = earlier.value;
  const kept = allOf({
    pinned: allKeys('session', values.pin ?? [], indexed.instance.sessions),
    past: values.past === undefined ? ok(-1) : numberOfKey('slot', values.past, indexed.slots),
  });
  if (!kept.ok) return couldNot(kept.error, json);
  for (const sentence of gone) say(sentence);
  const keeping = {
    pinned: kept.value.pinned,
    past: Array.from({ length: kept.value.past + 1 }, (_, slot) => slot),
  };
  const seconds = options.value.seconds ?? 10;
  const { seed = 1, iterations = 50_000, more } = options.value;
  const repair = await repairTimetable(indexed, timetable, {
    measure,
    countsRooms: !values['free-rooms'],
    ...keeping,
    more,
    seed,
    iterations,
    exact: withHighs(seconds),
  });
  const why = repair.verdict === 'impossible' ? await whyNone(indexed, timetable, keeping) : [];
  const isGood = repair.verdict === 'repaired' && repair.left.length === 0;
  const { output } = values;
  const [offer] = repair.offers;
  const isWritten =
    output === undefined || offer === undefined || (await written(output, input.value, offer));
  if (json) printJson(documentOf(indexed, repair, measure, isGood, why));
  else process.stdout.write(textOf(indexed, repair, measure, why));
  if (!isWritten) return EXIT.couldNot;
  return isGood ? EXIT.done : EXIT.badNews;
}

/** The changed instance with the timetable from before the change, and what the one does not know any more. */
async function readEarlier(
  input: TimetableInput,
  solution: string | undefined,
): Promise<
  Result<{ indexed: IndexedInstance; timetable: Timetable; gone: readonly string[] }, Problem[]>
> {
  if (input.format !== 'cairn' || solution === undefined) {
    const read = await readTimetableOf(input, solution);
    return read.ok ? ok({ indexed: input.indexed, timetable: read.value, gone: [] }) : read;
  }
  const text = await readText(solution);
  if (!text.ok) return fail([text.error]);
  const read = readEarlierTimetable(text.value, input.indexed.instance, solution);
  if (!read.ok) return read;
  const { instance, timetable, gone } = read.value;
  const indexed = indexInstance(instance);
  if (!indexed.ok) return fail([...indexed.error]);
  const sentences = Object.entries(gone)
    .filter(([, keys]) => keys.length > 0)
    .map(([what, keys]) => `Not there any more: the ${what} ${listed(keys)}.`);
  return ok({ indexed: indexed.value, timetable, gone: sentences });
}

/** A smallest set of what cannot hold together, in sentences. */
async function whyNone(
  indexed: IndexedInstance,
  previous: Timetable,
  keeping: { readonly pinned: readonly number[]; readonly past: readonly number[] },
): Promise<readonly string[]> {
  const conflict = await whyInfeasible(withKept(indexed, previous, keeping), loadHighs);
  return conflict.status === 'conflict' ? conflict.sentences : [];
}

/** Loads HiGHS only where the own search does not come to an end. */
const withHighs =
  (seconds: number): ExactRepair =>
  async (indexed, from) => {
    return exactRepair(await loadHighs(), seconds)(indexed, from);
  };

async function written(file: string, input: TimetableInput, offer: Offer): Promise<boolean> {
  const { writeTimetable } = FILE_FORMATS[input.format];
  try {
    await writeFile(file, writeTimetable(input.indexed.instance, offer.timetable, input.text));
    return true;
  } catch (error) {
    say(`${file}: This file cannot be written (${messageOf(error)}).`);
    return false;
  }
}

function textOf(
  indexed: IndexedInstance,
  repair: Repair,
  measure: 'sessions' | 'people',
  why: readonly string[],
): string {
  const names = namesOf(indexed);
  const offers = repair.offers.map((offer, at) => {
    const [first, ...moves] = offerInSentences(indexed, offer, measure, names);
    const before = repair.offers[at - 1];
    const isSame = before !== undefined && `${before.values}` === `${offer.values}`;
    const title = offer.more === 0 ? 'Fewest moves' : `Up to ${offer.more} more`;
    if (isSame) return [`${title}: nothing better was found.`];
    return [`${title}: ${first}`, ...moves.map((sentence) => `  ${sentence}`)];
  });
  const lines = [[...repairInSentences(indexed, repair, measure, names), ...why], ...offers];
  return `${lines.map((each) => each.join('\n')).join('\n\n')}\n`;
}

function documentOf(
  indexed: IndexedInstance,
  repair: Repair,
  measure: 'sessions' | 'people',
  isGood: boolean,
  why: readonly string[],
): unknown {
  const { instance } = indexed;
  const finite = (value: number) => (Number.isFinite(value) ? value : null);
  const placeOf = ({ slot, room }: { slot: number; room: number }) => ({
    slot: instance.slots[slot]?.key ?? null,
    room: instance.rooms[room]?.key ?? null,
  });
  return {
    ok: isGood,
    verdict: repair.verdict,
    measure,
    least: finite(repair.least),
    at_least: finite(repair.atLeast),
    proven: repair.isProven,
    sentences: [...repairInSentences(indexed, repair, measure), ...why],
    too_many: repair.tooMany.map((session) => instance.sessions[session]?.key),
    offers: repair.offers.map((offer) => ({
      more: offer.more,
      moved: offer.cost,
      values: offer.values,
      best: offer.isBest,
      moves: offer.moves.map(({ session, from, to }) => ({
        session: instance.sessions[session]?.key,
        from: placeOf(from),
        to: placeOf(to),
      })),
      timetable: placesOf(instance, offer.timetable),
    })),
  };
}

function allKeys(
  what: string,
  keys: readonly string[],
  things: readonly { readonly key: string }[],
): Result<number[], Problem[]> {
  const found = keys.map((key) => numberOfKey(what, key, things));
  const problems = found.flatMap((each) => (each.ok ? [] : each.error));
  return problems.length > 0
    ? fail(problems)
    : ok(found.flatMap((each) => (each.ok ? [each.value] : [])));
}

function wholeNumbers(name: string, text: string): Result<number[], Problem[]> {
  const numbers = text.split(',').map((each) => each.trim());
  if (numbers.every((each) => /^\d{1,6}$/.test(each))) {
    return ok(numbers.map(Number).sort((one, other) => one - other));
  }
  const sentence = `--${name} takes whole numbers with commas between, such as 0,2,5, not “${text}”.`;
  return fail([problem('usage', sentence)]);
}
