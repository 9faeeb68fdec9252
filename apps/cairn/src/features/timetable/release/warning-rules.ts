import { isForAll } from '../frame/frame-rules.ts';
import { dayWords } from '../frame/frame-words-rules.ts';
import { type ClosedRoom, collisionsOf } from '../open-space/collision-rules.ts';
import type { PlacementBreak } from '../solving/check-rules.ts';
import { changesBetween } from './change-rules.ts';
import type { PlacedSession, TimetableContent } from './content-schema.ts';
import type { Tell } from './release-schema.ts';
import type { ToldPerson } from './told-rules.ts';

/** Warnings of one kind, as sentences. */
export interface WarningKind {
  readonly kind: 'broken' | 'unplaced' | 'open' | 'unheard' | 'untold' | 'costs';
  readonly heading: string;
  readonly sentences: readonly string[];
}

interface WarningFacts {
  readonly breaks: readonly PlacementBreak[];
  readonly content: TimetableContent;
  readonly before: TimetableContent | undefined;
  readonly open: readonly PlacedSession[];
  readonly closures: readonly ClosedRoom[];
  readonly told: readonly ToldPerson[];
  readonly tell: Tell;
}

/**
 * What organisers should know before they release, the worst first: kinds without a warning are left
 * out. None of them keeps a release back: organisers may know better.
 */
export function warningsOf(facts: WarningFacts): WarningKind[] {
  const { breaks, content, open, closures, told } = facts;
  const isUnplaced = ({ rule }: PlacementBreak) => rule === 'placed' || rule === 'no-room';
  const all: WarningKind[] = [
    {
      kind: 'broken',
      heading: 'What must hold and does not',
      // Of open space it is said below.
      sentences: wordsOf(
        breaks.filter(
          (each) => each.isHard && !isUnplaced(each) && each.rule !== 'open-room-closed',
        ),
      ),
    },
    {
      kind: 'unplaced',
      heading: 'Without a place or a room',
      sentences: wordsOf(breaks.filter(isUnplaced)),
    },
    {
      kind: 'open',
      heading: 'In the way of open space',
      sentences: collisionsOf(content, open, closures).map(({ sentence }) => sentence),
    },
    {
      kind: 'untold',
      heading: 'What nobody is told of',
      sentences: untold(facts),
    },
    {
      kind: 'unheard',
      heading: 'Whom no mail reaches; tell them yourself',
      sentences: told
        .filter(({ reader }) => !reader.hasAddress)
        .map(({ reader }) => `${reader.name} is known here without an e-mail address.`),
    },
    {
      kind: 'costs',
      heading: 'What it costs',
      sentences: wordsOf(breaks.filter((each) => !each.isHard && !isUnplaced(each))),
    },
  ];
  return all.filter(({ sentences }) => sentences.length > 0);
}

const wordsOf = (breaks: readonly PlacementBreak[]): string[] => [
  ...new Set(breaks.map(({ sentence }) => sentence)),
];

/** Meals, breaks and free time that changed: they move nobody, and are seen on the page only. */
function untold({ before, content, tell }: WarningFacts): string[] {
  if (before === undefined || tell !== 'moved') return [];
  return changesBetween(before, content).blocks.flatMap(({ kind, before: was, after: is }) => {
    const block = is ?? was;
    if (block === undefined || kind === 'changed' || isForAll(block.kind)) return [];
    const [day, time] = [dayWords(block.date), `${block.starts}–${block.ends}`];
    const words = {
      moved: `is now on ${day}, ${time}`,
      added: `is new on ${day}, ${time}`,
      dropped: `on ${day}, ${time}, is gone`,
    };
    return [`“${block.title}” ${words[kind]}.`];
  });
}
