import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type IndexedGroups, indexGroups } from '@cairn/timetable/groups/index-groups';
import type { GroupPerson, GroupRule, Topic } from '@cairn/timetable/groups/model';
import { z } from 'zod';

const key = z.string().trim().min(1).max(200);
const keys = z.array(key).default([]);
const count = (least: number) => z.int().min(least).max(1_000_000);
const level = z.enum(['lead', 'work', 'learn']);

const rule = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.enum([
      ...['size', 'pinned', 'refused', 'leads', 'needed', 'placed', 'chosen', 'wishes'],
      ...['interest', 'led', 'mix'],
    ] as const),
    name: key.optional(),
    level: z.int().min(0).max(31),
    weight: z.int().min(1).max(1000).optional(),
  }),
  z.strictObject({
    kind: z.enum(['together', 'apart']),
    name: key.optional(),
    level: z.int().min(0).max(31),
    weight: z.int().min(1).max(1000).optional(),
    people: z.array(key).min(2).max(200),
  }),
]);

/** The file of `cairn timetable groups`; described in packages/timetable/README.md. */
export const groupsSchema = z.strictObject({
  title: z.string().optional(),
  people: z
    .array(
      z.strictObject({
        key: key.optional(),
        name: key,
        ranks: z.array(z.union([key, z.array(key)])).default([]),
        interest: z
          .record(
            key,
            z.union([
              level,
              count(1),
              z.strictObject({ level: level.optional(), weight: count(1).optional() }),
            ]),
          )
          .default({}),
        projects: keys,
        roles: keys,
        refuses: keys,
        pinned: key.optional(),
        takes_part: z.boolean().default(true),
      }),
    )
    .max(100_000),
  topics: z
    .array(
      z.strictObject({
        key,
        title: key.optional(),
        least: count(1).optional(),
        most: count(1).optional(),
        groups: z.int().min(1).max(100).default(1),
        leads: keys,
        needed: keys,
        must_run: z.boolean().default(false),
        mix: z
          .strictObject({
            different: count(0).optional(),
            least: z.record(key, count(0)).optional(),
          })
          .optional(),
      }),
    )
    .max(2_000),
  /** What an interest counts that states no weight. */
  weights: z.strictObject({ lead: count(1), work: count(1), learn: count(1) }).optional(),
  /** People who must be in one group, and people of whom no two may be. */
  together: z.array(z.array(key).min(2).max(200)).default([]),
  apart: z.array(z.array(key).min(2).max(200)).default([]),
  /** By person, the topic in which they were: as few as can be are moved. */
  from: z.record(key, key).optional(),
  rules: z.array(rule).default([]),
});

export type GroupsFile = z.output<typeof groupsSchema>;

/** Keys whose value is undefined are left out. */
type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };
function defined<T extends object>(given: T): Partial<Defined<T>> {
  return Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  ) as Partial<Defined<T>>; // only keys without a value were taken away
}

/** The problem that a file states; tells everything that does not fit together, by its path. */
export function askedGroups(read: GroupsFile, file: string): Result<IndexedGroups, Problem[]> {
  const people = read.people.map((person): GroupPerson => {
    const { takes_part: takesPart, key: own, pinned, interest, ...rest } = person;
    return {
      ...rest,
      key: own ?? person.name,
      isOut: !takesPart,
      ...defined({ pinned }),
      interest: Object.fromEntries(
        Object.entries(interest).map(([topic, each]) => [
          topic,
          typeof each === 'object' ? defined(each) : each,
        ]),
      ),
    };
  });
  const topics = read.topics.map((topic): Topic => {
    const { must_run: mustRun, mix, title, least, most, ...rest } = topic;
    return {
      ...rest,
      mustRun,
      ...defined({ title, least, most, mix: mix && defined(mix) }),
    };
  });
  const pairs = (['together', 'apart'] as const).flatMap((kind) =>
    read[kind].map((named): GroupRule => ({ kind, level: 0, people: named })),
  );
  const stated = read.rules.map((each) => defined(each) as GroupRule); // the schema has its kinds
  const indexed = indexGroups({
    people,
    topics,
    ...defined({ title: read.title, weights: read.weights }),
    rules: [
      ...stated,
      ...pairs,
      ...(read.from === undefined ? [] : [{ kind: 'unmoved' as const, level: 3, from: read.from }]),
    ],
  });
  if (indexed.ok) return ok(indexed.value);
  return fail(
    indexed.error.map(({ code, sentence, place }) =>
      problem(code, `${place.path}: ${sentence}`, { ...place, file }),
    ),
  );
}
