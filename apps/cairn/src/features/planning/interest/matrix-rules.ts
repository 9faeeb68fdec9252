import {
  INTEREST_LEVELS,
  type InterestLevel,
  type Said,
  type SaidInterest,
} from './interest-rules.ts';

/** A topic that people can want something of. */
export interface InterestTopic {
  readonly number: number;
  readonly title: string;
  readonly state: string;
}

/** Somebody who comes, or has said something. */
export interface InterestPerson {
  readonly id: string;
  readonly name: string;
  /** Keys of the summit's communities. */
  readonly communities: readonly string[];
}

/** Everything that the matrix is drawn from. */
export interface InterestFacts {
  readonly topics: readonly InterestTopic[];
  readonly people: readonly InterestPerson[];
  readonly said: readonly SaidInterest[];
}

export const TOPIC_ORDERS = ['number', 'title', 'interest', 'least'] as const;
export type TopicOrder = (typeof TOPIC_ORDERS)[number];

/** How people are sorted: by one of these, or by what they want of the topic with a number. */
export const PEOPLE_ORDERS = ['name', 'said', 'lead'] as const;
export type PeopleOrder = (typeof PEOPLE_ORDERS)[number] | number;

export interface MatrixView {
  readonly people: PeopleOrder;
  readonly topics: TopicOrder;
  /** The key of a community; undefined for all. */
  readonly community: string | undefined;
}

export type LevelCounts = Readonly<Record<InterestLevel | 'silent', number>>;

/** What about a topic's leads wants somebody's eye. */
export type LeadStanding = 'one' | 'several' | 'nobody-leads' | 'nobody';

export interface MatrixTopic extends InterestTopic {
  /** Of the people who are shown. */
  readonly counts: LevelCounts;
  /** Of all people, whoever is shown. */
  readonly standing: LeadStanding;
}

export interface MatrixRow extends InterestPerson {
  readonly said: ReadonlyMap<number, Said>;
}

export interface InterestMatrix {
  readonly topics: readonly MatrixTopic[];
  readonly rows: readonly MatrixRow[];
  /** Those of all people who have said nothing of any topic that is shown. */
  readonly silent: readonly InterestPerson[];
}

/** People by topics, filtered and sorted. Whoever has said nothing of a topic is counted as silent. */
export function interestMatrix(
  { topics, people, said }: InterestFacts,
  view: MatrixView,
): InterestMatrix {
  const byPerson = new Map<string, Map<number, Said>>();
  const shownTopics = new Set(topics.map(({ number }) => number));
  for (const { number, personId, level, why } of said) {
    if (!shownTopics.has(number)) continue;
    const own = byPerson.get(personId) ?? new Map<number, Said>();
    byPerson.set(personId, own.set(number, { level, why }));
  }
  const all = people.map(
    (person): MatrixRow => ({ ...person, said: byPerson.get(person.id) ?? new Map() }),
  );
  const rows = all
    .filter(
      ({ communities }) => view.community === undefined || communities.includes(view.community),
    )
    .sort(peopleOrder(view.people));
  const columns = topics
    .map(
      (topic): MatrixTopic => ({
        ...topic,
        counts: countsOf(rows, topic.number),
        standing: standingOf(countsOf(all, topic.number)),
      }),
    )
    .sort(topicOrder(view.topics));
  return { topics: columns, rows, silent: all.filter(({ said: own }) => own.size === 0) };
}

/** How many of these people said what of a topic. */
export function countsOf(rows: readonly Pick<MatrixRow, 'said'>[], number: number): LevelCounts {
  const counts = { lead: 0, work: 0, learn: 0, none: 0, silent: 0 };
  for (const { said } of rows) counts[said.get(number)?.level ?? 'silent'] += 1;
  return counts;
}

/** Whether a topic has somebody who would lead it, too many who would, or nobody at all. */
export function standingOf({ lead, work, learn }: LevelCounts): LeadStanding {
  if (lead === 1) return 'one';
  if (lead > 1) return 'several';
  return work + learn === 0 ? 'nobody' : 'nobody-leads';
}

const byName = new Intl.Collator('en');

function peopleOrder(order: PeopleOrder): (a: MatrixRow, b: MatrixRow) => number {
  const rank = ({ said }: MatrixRow): number => {
    if (order === 'name') return 0;
    if (order === 'said') return said.size;
    if (order === 'lead') return -[...said.values()].filter(({ level }) => level === 'lead').length;
    const level = said.get(order)?.level;
    return level === undefined ? INTEREST_LEVELS.length : INTEREST_LEVELS.indexOf(level);
  };
  return (a, b) =>
    rank(a) - rank(b) || byName.compare(a.name, b.name) || byName.compare(a.id, b.id);
}

/** Leading weighs more than working, and working more than learning. */
const weightOf = ({ counts: { lead, work, learn } }: MatrixTopic): number =>
  3 * lead + 2 * work + learn;

function topicOrder(order: TopicOrder): (a: MatrixTopic, b: MatrixTopic) => number {
  const rank = (a: MatrixTopic, b: MatrixTopic): number => {
    if (order === 'title') return byName.compare(a.title, b.title);
    if (order === 'interest') return weightOf(b) - weightOf(a);
    if (order === 'least') return weightOf(a) - weightOf(b);
    return 0;
  };
  return (a, b) => rank(a, b) || a.number - b.number;
}

/** What the page says about leads before the matrix: by what is amiss, the numbers of topics. */
export function amissOf(
  topics: readonly MatrixTopic[],
): Readonly<Record<Exclude<LeadStanding, 'one'>, readonly MatrixTopic[]>> {
  const of = (standing: LeadStanding) => topics.filter((topic) => topic.standing === standing);
  return { several: of('several'), 'nobody-leads': of('nobody-leads'), nobody: of('nobody') };
}
