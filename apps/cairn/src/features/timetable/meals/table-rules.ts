import { type Random, seededRandom } from '@cairn/kernel/random';
import { counted } from '@cairn/kernel/words';
import { type Diner, neededTables, seatMost, suits, type Table } from './seat-rules.ts';

/** Who is to sit where, and what is known of them. */
export interface SeatingAsked {
  readonly diners: readonly Diner[];
  readonly tables: readonly Table[];
  /** Put there by hand: table by person. */
  readonly kept: ReadonlyMap<string, string>;
  /** How often two people sat at one table on other days, by `pairKey`. */
  readonly before: ReadonlyMap<string, number>;
  /** Draws the lots; the same asked with the same seed gives the same. */
  readonly seed: number;
}

/** Why somebody has no table. */
export type Unseated = 'diet' | 'access' | 'seats';

export interface Seating {
  /** The tables that are used. */
  readonly tables: readonly Table[];
  /** Table by person. */
  readonly at: ReadonlyMap<string, string>;
  readonly unseated: ReadonlyMap<string, Unseated>;
  /** What came of it, in sentences; those who organise read them. */
  readonly statement: readonly string[];
}

/** Two people, whichever is named first. */
export const pairKey = (one: string, other: string): string =>
  one < other ? `${one} ${other}` : `${other} ${one}`;

/**
 * Seats people at tables. First of all as many as can be, each where they can eat; then at few tables, with as many
 * people at each; then so that who sits together is of different projects and has not sat together before. How
 * familiar a table is to somebody counts squared, so that nobody has to sit among their own for the sake of others.
 */
export function seatPeople(asked: SeatingAsked): Seating {
  const tables = neededTables(asked.diners, asked.tables, asked.kept);
  const first = seatMost(asked.diners, tables, asked.kept);
  const seated = asked.diners.filter(({ id }) => first.has(id));
  const familiar = familiarity(seated, asked.before);
  const at = mix(asked, tables, seated, first, familiar);
  const unseated = new Map(
    asked.diners
      .filter(({ id }) => !first.has(id))
      .map((diner) => [diner.id, whyUnseated(diner, asked.tables)]),
  );
  return { tables, at, unseated, statement: statementOf(asked, tables, seated, at, unseated) };
}

function whyUnseated(diner: Diner, tables: readonly Table[]): Unseated {
  if (tables.some((table) => suits(table, diner))) return 'seats';
  const anyway = { ...diner, needsAccess: false };
  return tables.some((table) => suits(table, anyway)) ? 'access' : 'diet';
}

const shareProject = (one: Diner, other: Diner): boolean =>
  one.communities.some((community) => other.communities.includes(community));

/** How familiar any two are, as a square table: of one project 1, and 2 for each time they sat together. */
function familiarity(seated: readonly Diner[], before: SeatingAsked['before']): Uint8Array {
  const count = seated.length;
  const familiar = new Uint8Array(count * count);
  for (const [i, one] of seated.entries()) {
    for (const [j, other] of seated.entries()) {
      if (i === j) continue;
      const met = before.get(pairKey(one.id, other.id)) ?? 0;
      familiar[i * count + j] = Math.min(255, (shareProject(one, other) ? 1 : 0) + 2 * met);
    }
  }
  return familiar;
}

/** Tries for each person; a summit of forty takes some hundredths of a second. */
const TRIES = 600;
const MOST_TRIES = 60_000;
/** An uneven table is as bad as somebody who knows two of those beside them. */
const UNEVEN = 4;
/** Nobody sits alone where it can be helped. */
const ALONE = 100;

/** Moves and swaps from a first seating, colder and colder; gives the best that was found. */
function mix(
  { tables: all, kept, seed }: SeatingAsked,
  tables: readonly Table[],
  seated: readonly Diner[],
  first: ReadonlyMap<string, string>,
  familiar: Uint8Array,
): Map<string, string> {
  const random = seededRandom(seed);
  const index = new Map(tables.map(({ key }, at) => [key, at]));
  const where = seated.map(({ id }) => index.get(first.get(id) ?? '') ?? 0);
  const fits = seated.map((diner) => tables.map((table) => suits(table, diner)));
  const movable = seated.flatMap(({ id }, person) => (kept.has(id) ? [] : [person]));
  const people = tables.map((_, table) =>
    where.flatMap((at, person) => (at === table ? [person] : [])),
  );
  const even = seated.length / Math.max(1, tables.length);
  const cost = (table: number): number =>
    tableCost(people[table] ?? [], even, seated.length, familiar);
  const put = (person: number, table: number): void => {
    const from = people[where[person] ?? 0] ?? [];
    from.splice(from.indexOf(person), 1);
    people[table]?.push(person);
    where[person] = table;
  };
  let now = tables.reduce((sum, _, table) => sum + cost(table), 0);
  let best = { cost: now, where: [...where] };
  const tries =
    movable.length < 1 || tables.length < 2 || all.length === 0
      ? 0
      : Math.min(MOST_TRIES, TRIES * movable.length);
  for (let tried = 0; tried < tries && best.cost > 0; tried++) {
    const heat = 6 * 0.01 ** (tried / tries);
    const person = pick(movable, random);
    const to = Math.floor(random() * tables.length);
    const from = where[person] ?? 0;
    if (to === from || fits[person]?.[to] !== true) continue;
    const hasRoom = (people[to]?.length ?? 0) < (tables[to]?.seats ?? 0);
    const others = (people[to] ?? []).filter(
      (each) => fits[each]?.[from] === true && !kept.has(seated[each]?.id ?? ''),
    );
    const swaps = !hasRoom || random() < 0.7;
    if (swaps && others.length === 0) continue;
    const other = swaps ? pick(others, random) : undefined;
    const was = cost(from) + cost(to);
    put(person, to);
    if (other !== undefined) put(other, from);
    const change = cost(from) + cost(to) - was;
    if (change <= 0 || random() < Math.exp(-change / heat)) {
      now += change;
      if (now < best.cost - 1e-9) best = { cost: now, where: [...where] };
      continue;
    }
    put(person, from);
    if (other !== undefined) put(other, to);
  }
  return new Map(seated.map(({ id }, person) => [id, tables[best.where[person] ?? 0]?.key ?? '']));
}

const pick = (from: readonly number[], random: Random): number =>
  from[Math.floor(random() * from.length)] ?? 0;

function tableCost(
  people: readonly number[],
  even: number,
  count: number,
  familiar: Uint8Array,
): number {
  let sum = UNEVEN * Math.max(0, Math.abs(people.length - even) - 0.999) ** 2;
  if (people.length === 1 && count > 1) sum += ALONE;
  for (const one of people) {
    let known = 0;
    for (const other of people) known += familiar[one * count + other] ?? 0;
    sum += known * known;
  }
  return sum;
}

/** The fewest pairs of one project that any seating at so many tables has: each project spread evenly. */
function leastPairs(diners: readonly Diner[], tables: number): number {
  // By the first project only: then no pair is counted twice, and the bound holds for whoever is of several.
  const sizes = Map.groupBy(
    diners.filter(({ communities }) => communities.length > 0),
    ({ communities }) => communities[0],
  );
  return [...sizes.values()].reduce((sum, { length }) => {
    const [each, rest] = [Math.floor(length / tables), length % tables];
    return sum + (rest * (each + 1) * each) / 2 + ((tables - rest) * each * (each - 1)) / 2;
  }, 0);
}

function statementOf(
  { before }: SeatingAsked,
  tables: readonly Table[],
  seated: readonly Diner[],
  at: ReadonlyMap<string, string>,
  unseated: ReadonlyMap<string, Unseated>,
): string[] {
  if (seated.length === 0) return ['Nobody sits anywhere yet.', ...unseatedWords(unseated)];
  const groups = [...Map.groupBy(seated, ({ id }) => at.get(id)).values()];
  let [same, again] = [0, 0];
  let most = 0;
  for (const group of groups) {
    for (const [index, one] of group.entries()) {
      const own = group.filter((other) => other !== one && shareProject(one, other)).length;
      most = Math.max(most, own);
      for (const other of group.slice(index + 1)) {
        if (shareProject(one, other)) same += 1;
        if (before.has(pairKey(one.id, other.id))) again += 1;
      }
    }
  }
  const sizes = groups.map(({ length }) => length);
  const [least, largest] = [Math.min(...sizes), Math.max(...sizes)];
  const span = least === largest ? `${least}` : `${least} to ${largest}`;
  const bound = leastPairs(seated, groups.length);
  return [
    `${counted(seated.length, 'person sits', 'people sit')} at ${counted(groups.length, 'table')} of ${span}.`,
    same === 0
      ? 'Nobody sits with somebody of their own project.'
      : `${counted(same, 'pair sits', 'pairs sit')} at a table of one project${same <= bound ? ', and it is proven that fewer cannot be' : `; at least ${bound} cannot be helped`}. Nobody has more than ${most} of their own beside them.`,
    again === 0
      ? 'No two who sit together did so at another meal.'
      : `${counted(again, 'pair', 'pairs')} of people ${again === 1 ? 'has' : 'have'} sat together before.`,
    ...(tables.length > groups.length
      ? [`${counted(tables.length - groups.length, 'table')} stayed empty.`]
      : []),
    ...unseatedWords(unseated),
  ];
}

const WHY: Readonly<Record<Unseated, string>> = {
  diet: 'no restaurant that was chosen has what they eat',
  access: 'no restaurant that was chosen has what they eat and is reached without steps',
  seats: 'the places that suit them are full',
};

function unseatedWords(unseated: ReadonlyMap<string, Unseated>): string[] {
  return (['diet', 'access', 'seats'] as const).flatMap((why) => {
    const count = [...unseated.values()].filter((each) => each === why).length;
    return count === 0
      ? []
      : [`${counted(count, 'person has', 'people have')} no table: ${WHY[why]}.`];
  });
}
