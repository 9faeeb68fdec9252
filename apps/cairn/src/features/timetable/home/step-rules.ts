import { counted } from '@cairn/kernel/words';
import type { Contradiction, ContradictionFacts } from '../frame/contradiction-rules.ts';
import { isWhole } from '../presence/presence-rules.ts';

/** How far a step of the making is. */
export type StepState = 'done' | 'begun' | 'missing';

/** A count that leads to the list of what it counts. */
export interface StepFact {
  readonly words: string;
  /** Below `/organise/timetable`. */
  readonly at: string;
}

/** One step on the way from interest to a timetable. */
export interface Step {
  readonly title: string;
  /** Below `/organise/timetable`. */
  readonly at: string;
  readonly state: StepState;
  readonly facts: readonly StepFact[];
  /** What to do next; undefined where nothing is. */
  readonly next: string | undefined;
}

/** What the steps are told from. */
export interface StepFacts {
  /** Undefined while no frame was begun. */
  readonly made: ContradictionFacts | undefined;
  readonly contradictions: readonly Contradiction[];
  readonly groupingDrafts: number;
  readonly drafts: number;
  readonly searching: number;
  readonly release: { readonly version: number; readonly name: string } | undefined;
  /** Sessions of the release that later changes affect. */
  readonly broken: number;
}

/** The steps of a timetable in the order in which it is made, each with its counts and what is missing. */
export const stepsOf = (facts: StepFacts): Step[] => [
  frameStep(facts),
  peopleStep(facts),
  groupStep(facts),
  sessionStep(facts),
  draftStep(facts),
  releaseStep(facts),
];

function frameStep({ made, contradictions }: StepFacts): Step {
  const step = { title: 'Days and rooms', at: 'frame' };
  if (made === undefined) {
    return { ...step, state: 'missing', facts: [], next: 'Begin with the days of the definition.' };
  }
  const { days, rooms, blocks, closures } = made.frame;
  const wrong = contradictions.filter(({ at }) => at.startsWith('frame')).length;
  return {
    ...step,
    state: days.length > 0 && rooms.length > 0 && wrong === 0 ? 'done' : 'begun',
    facts: [
      { words: counted(days.length, 'day'), at: 'frame#days' },
      { words: counted(blocks.length, 'block'), at: 'frame#days' },
      { words: counted(rooms.length, 'room'), at: 'frame#rooms' },
      ...(closures.length > 0
        ? [{ words: counted(closures.length, 'closed time'), at: 'frame#rooms' }]
        : []),
    ],
    next:
      rooms.length === 0
        ? 'Add the rooms.'
        : wrong > 0
          ? 'Mend what contradicts itself.'
          : undefined,
  };
}

function peopleStep({ made }: StepFacts): Step {
  const step = { title: 'Who is there', at: 'presence' };
  if (made === undefined) return { ...step, state: 'missing', facts: [], next: undefined };
  const people = [...made.people.keys()];
  const said = people.filter((id) => made.presence.has(id)).length;
  const partly = people.filter((id) => !isWhole(made.presence.get(id), made.frame.days)).length;
  const remote = people.filter((id) => made.presence.get(id)?.isRemote === true).length;
  const unsaid = people.length - said;
  return {
    ...step,
    state: people.length > 0 && unsaid === 0 ? 'done' : said > 0 ? 'begun' : 'missing',
    facts: [
      { words: `${counted(people.length, 'person comes', 'people come')}`, at: 'presence' },
      { words: `${counted(unsaid, 'has', 'have')} not said when`, at: 'presence?show=unsaid' },
      { words: `${partly} not on all days`, at: 'presence?show=partly' },
      { words: `${remote} from afar`, at: 'presence?show=remote' },
    ],
    next:
      people.length === 0
        ? 'Nobody comes yet.'
        : unsaid > 0
          ? 'Who has not said is taken to be there all the time.'
          : undefined,
  };
}

function groupStep({ made, groupingDrafts }: StepFacts): Step {
  const groups = [...(made?.groups.values() ?? [])];
  const grouped = new Set(groups.flatMap(({ people }) => people)).size;
  const left = (made?.people.size ?? 0) - grouped;
  const isSet = groups.length > 0;
  return {
    title: 'Groups',
    at: 'groups',
    state: isSet ? 'done' : groupingDrafts > 0 ? 'begun' : 'missing',
    facts: isSet
      ? [
          { words: `${counted(groups.length, 'group')} for the week`, at: 'groups' },
          {
            words: `${counted(grouped, 'person', 'people')} in them, ${left} in none`,
            at: 'groups',
          },
        ]
      : groupingDrafts > 0
        ? [{ words: `${groupingDrafts} proposed, none set`, at: 'groups' }]
        : [],
    next: isSet
      ? undefined
      : groupingDrafts > 0
        ? 'Look at the proposal and set it.'
        : 'Propose groups from what people said they care for.',
  };
}

function sessionStep({ made, contradictions }: StepFacts): Step {
  const own = (made?.sessions ?? []).filter(({ kind }) => kind !== 'open');
  const open = (made?.sessions.length ?? 0) - own.length;
  const wrong = new Set(
    contradictions.flatMap(({ about }) => own.filter(({ id }) => about.includes(id))),
  ).size;
  const without = own.filter(
    ({ leads, groupKey }) =>
      leads.length === 0 &&
      (groupKey === null || (made?.groups.get(groupKey)?.leads ?? []).length === 0),
  ).length;
  return {
    title: 'Sessions',
    at: 'sessions',
    state: own.length === 0 ? 'missing' : wrong === 0 ? 'done' : 'begun',
    facts: [
      { words: counted(own.length, 'session'), at: 'sessions' },
      { words: `${without} without a lead`, at: 'sessions?show=leadless' },
      ...(wrong > 0
        ? [{ words: `${wrong} contradict something`, at: 'sessions?show=contradicted' }]
        : []),
      ...(open > 0 ? [{ words: `${open} in open space`, at: 'sessions?show=open' }] : []),
    ],
    next:
      own.length === 0
        ? 'Make sessions for each group or planned topic.'
        : wrong > 0
          ? 'Mend what contradicts itself.'
          : undefined,
  };
}

function draftStep({ drafts, searching, release }: StepFacts): Step {
  return {
    title: 'Drafts',
    at: 'drafts',
    state: drafts > 0 ? (release === undefined ? 'begun' : 'done') : 'missing',
    facts: [
      ...(drafts > 0 ? [{ words: counted(drafts, 'draft'), at: 'drafts' }] : []),
      ...(searching > 0
        ? [{ words: counted(searching, 'search is running', 'searches are running'), at: 'drafts' }]
        : []),
    ],
    next:
      drafts > 0 || searching > 0 ? undefined : 'Let Cairn find timetables, or begin an empty one.',
  };
}

function releaseStep({ release, broken, drafts }: StepFacts): Step {
  const step = { title: 'Release', at: 'release' };
  if (release === undefined) {
    const next = drafts > 0 ? 'Release a draft; only then does anybody see it.' : undefined;
    return { ...step, state: 'missing', facts: [], next };
  }
  return {
    ...step,
    state: broken > 0 ? 'begun' : 'done',
    facts: [
      { words: `version ${release.version}, “${release.name}”`, at: 'release' },
      ...(broken > 0
        ? [{ words: `${counted(broken, 'thing')} broken by later changes`, at: 'repair' }]
        : []),
    ],
    next: broken > 0 ? 'Something changed since; repair it.' : undefined,
  };
}
