import { parseArgs } from 'node:util';
import { problem } from '@cairn/kernel/problem';
import { PlaceExplaining } from '@cairn/timetable/groups/explain-place';
import {
  formGroups,
  type GroupsFound,
  USUAL_GROUPS_BUDGET,
} from '@cairn/timetable/groups/form-groups';
import type { IndexedGroups } from '@cairn/timetable/groups/index-groups';
import { personName, shortageInWords, topicName } from '@cairn/timetable/groups/statement';
import { EXIT } from './command.ts';
import { readJson } from './json-file.ts';
import { couldNot, printJson } from './output.ts';
import { readText } from './text-file.ts';
import { askedGroups, groupsSchema } from './timetable-groups-file.ts';

/**
 * `cairn timetable groups FILE`: bad news is that a rule is broken that must hold, or that somebody is
 * in no group or in a topic for which they did not wish.
 */
export async function timetableGroups(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      json: { type: 'boolean', default: false },
      seed: { type: 'string', default: '1' },
      budget: { type: 'string', default: String(USUAL_GROUPS_BUDGET) },
      person: { type: 'string', multiple: true, default: [] },
    },
    allowPositionals: true,
  });
  const { json, person: asked } = values;
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) {
    const sentence = 'Name one file: cairn timetable groups groups.json';
    return couldNot([problem('usage', sentence)], json);
  }
  if (![values.seed, values.budget].every((text) => /^\d{1,15}$/.test(text))) {
    return couldNot([problem('usage', '--seed and --budget take a whole number.')], json);
  }
  const text = await readText(file);
  if (!text.ok) return couldNot([text.error], json);
  const read = readJson(groupsSchema, text.value, file);
  if (!read.ok) return couldNot(read.error, json);
  const indexed = askedGroups(read.value, file);
  if (!indexed.ok) return couldNot(indexed.error, json);
  const unknown = asked.filter((key) => !indexed.value.personOf.has(key));
  if (unknown.length > 0) {
    const sentence = `There is no person “${unknown.join('”, “')}” in ${file}; write a key of one.`;
    return couldNot([problem('usage', sentence)], json);
  }
  const options = { seed: Number(values.seed), budget: Number(values.budget) };
  const found = formGroups(indexed.value, options);
  const keys = indexed.value.problem.people.map(({ key }) => key);
  if (json) printJson(asDocument(indexed.value, found, asked.length > 0 ? asked : keys, options));
  else process.stdout.write(asText(indexed.value, found, asked));
  return isGood(indexed.value, found) ? EXIT.done : EXIT.badNews;
}

function isGood({ rules }: IndexedGroups, { values }: GroupsFound): boolean {
  const bad = rules.filter(({ kind }) => kind === 'placed' || kind === 'chosen');
  return values[0] === 0 && bad.every(({ at }) => values[at] === 0);
}

function asDocument(
  indexed: IndexedGroups,
  found: GroupsFound,
  people: readonly string[],
  { budget }: { readonly budget: number },
): unknown {
  const explaining = new PlaceExplaining(indexed, found);
  return {
    ok: isGood(indexed, found),
    groups: found.groups,
    unplaced: found.unplaced,
    dropped: found.dropped,
    values: indexed.values.map(({ name, level }, at) => ({
      ...{ name, level, value: found.values[at], bound: found.bound[at] },
    })),
    isOptimal: found.isOptimal,
    provenValues: found.provenValues,
    statement: found.statement,
    shortages: found.shortages.map((shortage) => ({
      ...shortage,
      explanation: shortageInWords(indexed, found, shortage),
    })),
    each: people.map((key) => {
      const { topic, sentences, trades } = explaining.person(key);
      const about = indexed.people[indexed.personOf.get(key) ?? -1];
      const rank = topic === undefined ? undefined : about?.rank.get(topic);
      return {
        person: key,
        ...(topic === undefined ? {} : { topic: indexed.topics[topic]?.topic.key }),
        ...(rank === undefined ? {} : { rank }),
        trades: trades.map(({ other, topic: there, before, after }) => ({
          with: indexed.people[other]?.person.key,
          topic: indexed.topics[there]?.topic.key,
          ...(before === undefined ? {} : { before }),
          ...(after === undefined ? {} : { after }),
        })),
        explanation: sentences,
      };
    }),
    iterations: found.iterations,
    seed: found.seed,
    budget,
  };
}

function asText(indexed: IndexedGroups, found: GroupsFound, asked: readonly string[]): string {
  const explaining = new PlaceExplaining(indexed, found);
  return [
    ...found.groups.map(
      ({ topic, people }) =>
        `${topicName(indexed, topic)} (${people.length}): ${people.map((key) => personName(indexed, key)).join(', ')}`,
    ),
    '',
    ...found.statement,
    ...(asked.length === 0 ? [] : ['']),
    ...asked.flatMap((key) => explaining.person(key).sentences),
    '',
  ].join('\n');
}
