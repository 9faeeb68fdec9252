import { isForAll } from '../frame/frame-rules.ts';
import { changesBetween, isMoved } from './change-rules.ts';
import type { PlacedSession, ReleasedBlock, TimetableContent } from './content-schema.ts';

/** Where and when something is, in the summit's zone. */
export interface Where {
  readonly date: string;
  readonly starts: string;
  readonly ends: string;
  /** Room or place in words; none where it is not known. */
  readonly place: string;
}

/**
 * What a release changes for one person. `joins` and `leaves`: the session stays where it is, and they
 * are expected in it from now on, or no longer.
 */
export interface OwnChange {
  readonly kind: 'added' | 'moved' | 'dropped' | 'joins' | 'leaves';
  readonly title: string;
  readonly from: Where | undefined;
  readonly to: Where | undefined;
}

/** What somebody put into their own agenda (`goes`), or left out of it. */
export interface Mark {
  readonly sessionId: string;
  readonly personId: string;
  readonly goes: boolean;
}

/** What a release changes: for each person whom it moves, and for all alike. */
export interface MovedPeople {
  /** In the order of the week. Nobody is in it for whom nothing changes. */
  readonly byPerson: ReadonlyMap<string, readonly OwnChange[]>;
  /** What is for all who come: plenaries, check-ins and closings that moved. None at the first release. */
  readonly everybody: readonly OwnChange[];
}

/**
 * Who is moved by a release, and how: the people expected in a session that is at another time, in
 * another room, new or dropped, and whoever put it into their agenda. Who left it out of their agenda
 * is not moved by it, unless they lead it. Whoever comes into a group or out of it was told of that
 * when the group was set, so of the group's sessions they hear only if these move.
 */
export function movedPeople(
  before: TimetableContent | undefined,
  after: TimetableContent,
  marks: readonly Mark[] = [],
): MovedPeople {
  const byPerson = new Map<string, OwnChange[]>();
  const tell = (people: Iterable<string>, change: OwnChange): void => {
    for (const person of people) {
      byPerson.set(person, [...(byPerson.get(person) ?? []), change]);
    }
  };
  const concerned = concernedBy(marks);
  const everybody: OwnChange[] = [];
  const { sessions, blocks } = changesBetween(before, after);
  const ofSession = (was: PlacedSession | undefined, is: PlacedSession | undefined) => ({
    title: (is ?? was)?.title ?? '',
    from: was && before && whereOf(before, was),
    to: is && whereOf(after, is),
  });
  const inBoth = new Map(before?.sessions.map((session) => [session.id, session]));
  for (const { kind, before: was, after: is } of sessions) {
    const session = is ?? was;
    if (kind === 'changed' || session === undefined) continue;
    const change = { kind, ...ofSession(was, is) };
    if (session.kind === 'plenary' && before !== undefined) everybody.push(change);
    else if (kind !== 'moved') tell(concerned(session), change);
  }
  for (const is of after.sessions) {
    const was = inBoth.get(is.id);
    if (was === undefined || is.kind === 'plenary') continue;
    const [then, now] = [concerned(was), concerned(is)];
    const moves = isMoved(was, is);
    if (moves) tell(now.intersection(then), { kind: 'moved', ...ofSession(was, is) });
    // Of its group a person heard when it was set; but nobody told them yet where this is.
    if (moves || is.groupKey === null) {
      tell(now.difference(then), { kind: 'joins', ...ofSession(undefined, is) });
    }
    if (was.groupKey === null) {
      tell(then.difference(now), { kind: 'leaves', ...ofSession(was, undefined) });
    }
  }
  if (before !== undefined) {
    for (const { kind, before: was, after: is } of blocks) {
      const block = is ?? was;
      if (kind === 'changed' || block === undefined || !isForAll(block.kind)) continue;
      everybody.push({
        kind,
        title: block.title,
        from: was && whereOf(before, was),
        to: is && whereOf(after, is),
      });
    }
  }
  return {
    byPerson: new Map([...byPerson].map(([person, changes]) => [person, changes.sort(inOrder)])),
    everybody: everybody.sort(inOrder),
  };
}

/** Those who mean to be in a session. */
function concernedBy(marks: readonly Mark[]): (session: PlacedSession) => Set<string> {
  const bySession = Map.groupBy(marks, ({ sessionId }) => sessionId);
  return ({ id, leads, people }) => {
    const own = bySession.get(id) ?? [];
    const out = new Set(own.filter(({ goes }) => !goes).map(({ personId }) => personId));
    const going = own.filter(({ goes }) => goes).map(({ personId }) => personId);
    return new Set([...leads, ...people.filter((person) => !out.has(person)), ...going]);
  };
}

function whereOf(
  { rooms }: TimetableContent,
  { date, starts, ends, roomId, ...thing }: PlacedSession | ReleasedBlock,
): Where {
  const room = rooms.find(({ id }) => id === roomId)?.name;
  return { date, starts, ends, place: room ?? ('place' in thing ? thing.place : '') };
}

/** By when it is from now on; what is dropped stands where it was. */
const inOrder = (one: OwnChange, other: OwnChange): number =>
  momentOf(one).localeCompare(momentOf(other)) || one.title.localeCompare(other.title);

const momentOf = ({ from, to }: OwnChange): string => {
  const where = to ?? from;
  return `${where?.date}T${where?.starts}`;
};
