import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { ordinal } from '@cairn/kernel/words';
import {
  type GroupPerson,
  type GroupRule,
  type GroupRuleKind,
  type GroupsProblem,
  type Interest,
  type InterestLevel,
  STANDING_GROUP_RULES,
  type Topic,
} from './model.ts';

/**
 * A problem whose keys are numbers. People and topics are in the order of their keys, whatever order
 * they were given in: nothing that follows can favour who was written first.
 */
export interface IndexedGroups {
  readonly problem: GroupsProblem;
  readonly people: readonly IndexedGroupPerson[];
  readonly topics: readonly IndexedTopic[];
  readonly rules: readonly IndexedGroupRule[];
  /** What each value of `GroupValues` is, in words. */
  readonly values: readonly GroupValue[];
  /** The worst rank that anybody has given. */
  readonly worstRank: number;
  readonly personOf: ReadonlyMap<string, number>;
  readonly topicOf: ReadonlyMap<string, number>;
}

export interface IndexedGroupPerson {
  readonly person: GroupPerson;
  /** By topic: 1 for the first wish; topics that are wished alike share a rank. */
  readonly rank: ReadonlyMap<number, number>;
  /** By topic: the weight of the interest, and what they would do. */
  readonly weight: ReadonlyMap<number, number>;
  readonly wouldLead: ReadonlySet<number>;
  readonly refuses: ReadonlySet<number>;
  readonly pinned: number | undefined;
  readonly projects: readonly string[];
  readonly isOut: boolean;
}

export interface IndexedTopic {
  readonly topic: Topic;
  readonly least: number;
  readonly most: number;
  readonly groups: number;
  readonly leads: readonly number[];
  readonly needed: readonly number[];
  readonly mustRun: boolean;
  /** Whoever leads it, or would, and takes part. */
  readonly leading: ReadonlySet<number>;
}

export interface IndexedGroupRule {
  readonly rule: GroupRule;
  readonly kind: GroupRuleKind;
  /** Where its value is; of `wishes` the first of its values. */
  readonly at: number;
  readonly weight: number;
  readonly people: readonly number[];
  readonly from: ReadonlyMap<number, number>;
}

export interface GroupValue {
  readonly level: number;
  readonly name: string;
}

/** More would not be told apart by anybody, and would not fit into memory either. */
const MOST = { people: 100_000, topics: 2_000, groups: 100, levels: 32, size: 1_000_000 } as const;
/** All pairs of them are looked at. */
const MOST_PAIRS_WITH = 200;

/** Turns keys into numbers; refuses with everything that does not fit together. */
export function indexGroups(given: GroupsProblem): Result<IndexedGroups, readonly Problem[]> {
  const problems: Problem[] = [];
  const wrong: Wrong = (code, path, sentence) => problems.push(problem(code, sentence, { path }));
  for (const what of ['people', 'topics'] as const) {
    if (given[what].length <= MOST[what]) continue;
    wrong('too-many', what, `Give at most ${MOST[what]} ${what} instead of ${given[what].length}.`);
  }
  if (given.people.length * given.topics.length > 20_000_000) {
    wrong('too-many', 'topics', 'Form groups of fewer people or from fewer topics at a time.');
  }
  if (problems.length > 0) return fail(problems);
  const people = new Keys(given.people, 'people', wrong);
  const topics = new Keys(given.topics, 'topics', wrong);

  const indexedTopics = topics.inOrder.map(({ thing: topic, path }): IndexedTopic => {
    const { least = 2, most = Math.max(10, least), groups = 1 } = topic;
    checkNumber(least, 1, `${path}.least`, wrong);
    checkNumber(most, 1, `${path}.most`, wrong);
    checkNumber(groups, 1, `${path}.groups`, wrong, MOST.groups);
    if (most < least) {
      wrong(
        'most-under-least',
        `${path}.most`,
        `Write ${least} or more, the least, instead of ${most}.`,
      );
    }
    const { different = 0, least: each = {} } = topic.mix ?? {};
    checkNumber(different, 0, `${path}.mix.different`, wrong);
    for (const [project, count] of Object.entries(each)) {
      checkNumber(count, 0, `${path}.mix.least.${project}`, wrong);
    }
    return {
      topic,
      least,
      most,
      groups,
      leads: distinct(people.all(topic.leads ?? [], `${path}.leads`)),
      needed: distinct(people.all(topic.needed ?? [], `${path}.needed`)),
      mustRun: topic.mustRun ?? false,
      leading: new Set(),
    };
  });
  const indexedPeople = people.inOrder.map(({ thing: person, path }): IndexedGroupPerson => {
    const interests = interestsOf(person, given.weights ?? USUAL_WEIGHTS, topics, path, wrong);
    return {
      person,
      ...interests,
      refuses: new Set(topics.all(person.refuses ?? [], `${path}.refuses`)),
      pinned: person.pinned === undefined ? undefined : topics.one(person.pinned, `${path}.pinned`),
      projects: [...new Set(person.projects)],
      isOut: person.isOut ?? false,
    };
  });
  const worstRank = indexedPeople.reduce(
    (worst, { rank }) => [...rank.values()].reduce((most, each) => Math.max(most, each), worst),
    1,
  );
  const listed = given.rules ?? [];
  const kinds = new Set(listed.map(({ kind }) => kind));
  checkRules(listed, wrong);
  const all: readonly GroupRule[] = [
    ...STANDING_GROUP_RULES.filter(({ kind }) => !kinds.has(kind)),
    ...listed,
  ];
  if (problems.length > 0) return fail(problems);
  const { values, at } = valuesOf(all, worstRank);
  const rules = all.map((rule, index): IndexedGroupRule => {
    const path = `rules[${index - (all.length - listed.length)}]`;
    const from = Object.entries(rule.kind === 'unmoved' ? rule.from : {}).map(
      ([person, topic]) =>
        [
          people.one(person, `${path}.from`) ?? -1,
          topics.one(topic, `${path}.from.${person}`) ?? -1,
        ] as const,
    );
    return {
      rule,
      kind: rule.kind,
      at: at(rule.level),
      weight: rule.weight ?? 1,
      people: 'people' in rule ? distinct(people.all(rule.people, `${path}.people`)) : [],
      from: new Map(from),
    };
  });
  if (problems.length > 0) return fail(problems);
  return ok({
    problem: given,
    people: indexedPeople,
    topics: indexedTopics.map((topic, number) => ({
      ...topic,
      leading: new Set(
        [...indexedPeople.entries()].flatMap(([person, { wouldLead, isOut }]) =>
          !isOut && (wouldLead.has(number) || topic.leads.includes(person)) ? [person] : [],
        ),
      ),
    })),
    rules,
    values,
    worstRank,
    personOf: people.numbers,
    topicOf: topics.numbers,
  });
}

const USUAL_WEIGHTS: Readonly<Record<InterestLevel, number>> = { lead: 3, work: 2, learn: 1 };

type Wrong = (code: string, path: string, sentence: string) => void;

const distinct = (numbers: readonly number[]): number[] =>
  [...new Set(numbers)].sort((one, other) => one - other);

function interestsOf(
  person: GroupPerson,
  usual: Readonly<Record<InterestLevel, number>>,
  topics: Keys<Topic>,
  path: string,
  wrong: Wrong,
): Pick<IndexedGroupPerson, 'rank' | 'weight' | 'wouldLead'> {
  const weight = new Map<number, number>();
  const wouldLead = new Set<number>();
  const rank = new Map<number, number>();
  for (const [key, interest] of Object.entries(person.interest ?? {})) {
    const topic = topics.one(key, `${path}.interest`);
    if (topic === undefined) continue;
    const { level, weight: own } = asInterest(interest);
    const value = own ?? usual[level ?? 'work'];
    checkNumber(value, 1, `${path}.interest.${key}`, wrong);
    weight.set(topic, value);
    if (level === 'lead') wouldLead.add(topic);
  }
  let last = 0;
  for (const alike of person.ranks ?? []) {
    const keys = typeof alike === 'string' ? [alike] : alike;
    const found = topics.all(keys, `${path}.ranks`).filter((topic) => !rank.has(topic));
    if (found.length > 0) last += 1;
    for (const topic of found) rank.set(topic, last);
  }
  const rest = [...weight].filter(([topic]) => !rank.has(topic));
  const weights = [...new Set(rest.map(([, value]) => value))].sort((one, other) => other - one);
  for (const [topic, value] of rest) rank.set(topic, last + weights.indexOf(value) + 1);
  return { rank, weight, wouldLead };
}

function asInterest(interest: Interest): { level?: InterestLevel; weight?: number } {
  if (typeof interest === 'number') return { weight: interest };
  return typeof interest === 'string' ? { level: interest } : interest;
}

/** Kinds of which there may be several rules, each about others. */
const SEVERAL: readonly GroupRuleKind[] = ['together', 'apart', 'unmoved'];

function checkRules(rules: readonly GroupRule[], wrong: Wrong): void {
  for (const [index, rule] of rules.entries()) {
    const path = `rules[${index}]`;
    checkNumber(rule.level, 0, `${path}.level`, wrong, MOST.levels - 1);
    checkNumber(rule.weight ?? 1, 1, `${path}.weight`, wrong, 1000);
    const first = rules.findIndex(({ kind }) => kind === rule.kind);
    if (first < index && !SEVERAL.includes(rule.kind)) {
      wrong('rule-twice', path, `Keep one of the rules ${rule.kind}: it is there twice.`);
    }
    if ('people' in rule && rule.people.length > MOST_PAIRS_WITH) {
      wrong('too-many', `${path}.people`, `Name at most ${MOST_PAIRS_WITH} people in one rule.`);
    }
  }
  const kinds = new Set(rules.map(({ kind }) => kind));
  const all = [...STANDING_GROUP_RULES.filter(({ kind }) => !kinds.has(kind)), ...rules];
  const wishes = all.find(({ kind }) => kind === 'wishes');
  if (all.some((rule) => rule.level === wishes?.level && rule !== wishes)) {
    const sentence = 'Give the wishes a level of their own: they have a value for each rank.';
    wrong('wishes-alone', 'rules', sentence);
  }
}

/** The values of all levels in order; that of the wishes has one for each rank, the worst first. */
function valuesOf(
  rules: readonly GroupRule[],
  worstRank: number,
): { values: GroupValue[]; at: (level: number) => number } {
  const values: GroupValue[] = [];
  const starts = new Map<number, number>();
  const levels = [...new Set([0, ...rules.map(({ level }) => level)])].sort((a, b) => a - b);
  for (const level of levels) {
    starts.set(level, values.length);
    const here = rules.filter((rule) => rule.level === level);
    if (here.some(({ kind }) => kind === 'wishes')) {
      for (let rank = worstRank; rank > 1; rank--) {
        values.push({ level, name: `people with their ${ordinal(rank)} wish` });
      }
      continue;
    }
    const names = [...new Set(here.map(({ kind, name }) => name ?? VALUE_NAMES[kind]))];
    values.push({ level, name: level === 0 ? 'broken rules' : names.join(', ') });
  }
  return { values, at: (level) => starts.get(level) ?? 0 };
}

const VALUE_NAMES: Readonly<Record<GroupRuleKind, string>> = {
  size: 'people missing or too many in groups',
  pinned: 'people not where they were put',
  refused: 'people where they refused to be',
  leads: 'leads missing from their topic',
  needed: 'people missing who must not be missed',
  together: 'pairs not together',
  apart: 'pairs not apart',
  placed: 'people in no group',
  chosen: 'people in a topic for which they did not wish',
  unmoved: 'people moved',
  wishes: 'wishes',
  interest: 'weight of interest lost',
  led: 'groups that nobody would lead',
  mix: 'projects missing in groups',
};

function checkNumber(
  value: number,
  least: number,
  path: string,
  wrong: Wrong,
  most: number = MOST.size,
): void {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return;
  wrong('not-a-number', path, `Write a whole number, ${least} to ${most}, instead of ${value}.`);
}

/** Things in the order of their keys, with the numbers that follow from it. */
class Keys<T extends { readonly key: string }> {
  readonly numbers = new Map<string, number>();
  readonly inOrder: readonly { readonly thing: T; readonly path: string }[];
  readonly #what: string;
  readonly #wrong: Wrong;

  constructor(things: readonly T[], what: 'people' | 'topics', wrong: Wrong) {
    this.#what = what === 'people' ? 'person' : 'topic';
    this.#wrong = wrong;
    this.inOrder = things
      .map((thing, index) => ({ thing, path: `${what}[${index}]` }))
      .sort(({ thing: one }, { thing: other }) =>
        one.key < other.key ? -1 : Number(one.key > other.key),
      );
    for (const [number, { thing, path }] of this.inOrder.entries()) {
      if (this.numbers.has(thing.key)) {
        const sentence = `Give each ${this.#what} a key of its own; “${thing.key}” is there twice.`;
        wrong('key-twice', `${path}.key`, sentence);
      }
      this.numbers.set(thing.key, number);
    }
  }

  one(key: string, path: string): number | undefined {
    const number = this.numbers.get(key);
    if (number === undefined) {
      this.#wrong('unknown-key', path, `There is no ${this.#what} “${key}”; write the key of one.`);
    }
    return number;
  }

  all(keys: readonly string[], path: string): number[] {
    return keys.map((key) => this.one(key, path)).filter((number) => number !== undefined);
  }
}
