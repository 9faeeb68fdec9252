import { counted, listed } from '@cairn/kernel/words';
import { isClosed } from '../frame/closure-rules.ts';
import {
  type Contradiction,
  type ContradictionFacts,
  nameOf,
} from '../frame/contradiction-rules.ts';
import { type Room, type Slot, type Stretch, slotsOf } from '../frame/frame-rules.ts';
import { lengthWords } from '../frame/frame-words-rules.ts';
import { isThere } from '../presence/presence-rules.ts';
import { boundTo, minutesThere, startsOf } from './bound-rules.ts';
import { roundedUp, type Session } from './session-rules.ts';

/** Sessions that no place, room or time of the frame suits, each by itself and all together. */
export function sessionContradictions(facts: ContradictionFacts): Contradiction[] {
  const { frame, sessions } = facts;
  if (frame.days.length === 0) return [];
  const starts = new Map<number, readonly Stretch[]>();
  const startsFor = (minutes: number): readonly Stretch[] => {
    const known = starts.get(minutes) ?? startsOf(frame, minutes);
    starts.set(minutes, known);
    return known;
  };
  const own = sessions.filter(({ kind }) => kind !== 'open');
  return [
    ...own.flatMap((session) => [
      ...strangersIn(facts, session),
      ...lengthOf(facts, session, startsFor(session.minutes)),
      ...peopleOf(facts, session, startsFor(session.minutes)),
      ...roomOf(facts, session),
    ]),
    ...loadsOf(facts, own),
  ];
}

const say = (
  code: string,
  { id }: Session,
  sentence: string,
  about: readonly string[] = [],
): Contradiction => ({ code, sentence, at: `sessions/${id}`, about: [id, ...about] });

function strangersIn(facts: ContradictionFacts, session: Session): Contradiction[] {
  const { title, leads, needed, groupKey } = session;
  const gone = [...leads, ...needed].filter((id) => !facts.people.has(id));
  return [
    ...gone.map((id) => {
      const part = leads.includes(id) ? 'leads' : 'is needed in';
      const sentence = `${nameOf(facts, id)} ${part} “${title}”, and does not come.`;
      return say('person-not-coming', session, sentence, [id]);
    }),
    ...(groupKey !== null && facts.groups.size > 0 && !facts.groups.has(groupKey)
      ? [say('group-gone', session, `The group of “${title}” is none of this week’s groups.`)]
      : []),
  ];
}

function lengthOf(
  { frame }: ContradictionFacts,
  session: Session,
  starts: readonly Stretch[],
): Contradiction[] {
  const { title, minutes } = session;
  const length = lengthWords(minutes);
  if (starts.length === 0) {
    const sentence = `“${title}” takes ${length}, longer than any time between blocks; shorten it, or move a block.`;
    return [say('session-too-long', session, sentence)];
  }
  if (minutes === roundedUp(minutes, frame.slotMinutes)) return [];
  const sentence = `“${title}” takes ${length}, which is not a number of whole slots of ${lengthWords(frame.slotMinutes)}.`;
  return [say('session-not-in-slots', session, sentence)];
}

/** Who must be there is never there at one time for long enough. */
function peopleOf(
  facts: ContradictionFacts,
  session: Session,
  starts: readonly Stretch[],
): Contradiction[] {
  if (starts.length === 0) return [];
  const { presence, groups, people } = facts;
  const { title, minutes } = session;
  const bound = boundTo(session, groups).filter((id) => people.has(id));
  const there = bound.map((id) => ({
    id,
    starts: starts.filter((start) => isThere(presence.get(id), start)),
  }));
  const never = there.filter((each) => each.starts.length === 0);
  if (never.length > 0) {
    return never.map(({ id }) => {
      const sentence = `${nameOf(facts, id)} must be in “${title}” (${lengthWords(minutes)}), and is never there that long.`;
      return say('person-away', session, sentence, [id]);
    });
  }
  const isTogether = starts.some((start) => there.every((each) => each.starts.includes(start)));
  if (bound.length === 0 || isTogether) return [];
  const apart = there.filter((each) => each.starts.length < starts.length);
  const names = listed(apart.map(({ id }) => nameOf(facts, id)));
  const sentence = `“${title}” (${lengthWords(minutes)}) needs ${names}, and they are never all there for that long.`;
  return [
    say(
      'people-never-together',
      session,
      sentence,
      apart.map(({ id }) => id),
    ),
  ];
}

function roomOf(facts: ContradictionFacts, session: Session): Contradiction[] {
  const { rooms } = facts.frame;
  if (rooms.length === 0) return [];
  const { title, needs } = session;
  const remote = boundTo(session, facts.groups).filter(
    (id) => facts.presence.get(id)?.isRemote === true,
  );
  const has =
    (wanted: readonly string[]) =>
    ({ features }: Room): boolean =>
      wanted.every((feature) => features.includes(feature));
  const suited = rooms.filter(has(needs));
  if (suited.length === 0) {
    const sentence = `“${title}” needs ${listed(needs)}, and no room has ${needs.length > 1 ? 'all of it' : 'it'}.`;
    return [say('room-lacks', session, sentence)];
  }
  const joined = remote.length === 0 ? suited : suited.filter(has(['video']));
  if (joined.length === 0) {
    const names = listed(remote.map((id) => nameOf(facts, id)));
    const takes = remote.length === 1 ? 'takes' : 'take';
    const sentence = `${names} ${takes} part in “${title}” from afar, and no room that suits it has video.`;
    return [say('room-lacks-video', session, sentence, remote)];
  }
  const size = sizeOf(facts, session);
  const largest = Math.max(...joined.map(({ capacity }) => capacity ?? Number.POSITIVE_INFINITY));
  if (size <= largest) return [];
  const sentence = `“${title}” needs ${counted(size, 'place')}, and the largest room that suits it has ${largest}.`;
  return [say('rooms-too-small', session, sentence)];
}

/** Places that a session needs: those it asks for, else as many as must be there. */
function sizeOf({ groups, people, presence }: ContradictionFacts, session: Session): number {
  if (session.size !== null) return session.size;
  const group = session.groupKey === null ? undefined : groups.get(session.groupKey);
  const whom =
    session.kind === 'plenary'
      ? [...people.keys()]
      : [...boundTo(session, groups), ...(group?.people ?? [])];
  return [...new Set(whom)].filter((id) => presence.get(id)?.isRemote !== true).length;
}

/** More than there is time or room for, whatever the timetable. */
function loadsOf(facts: ContradictionFacts, sessions: readonly Session[]): Contradiction[] {
  const { frame, presence, groups, people } = facts;
  const slots = slotsOf(frame);
  const wanted = sessions.filter(({ isOptional }) => !isOptional);
  const loads = new Map<string, { minutes: number; sessions: number }>();
  for (const session of wanted) {
    for (const id of boundTo(session, groups)) {
      const load = loads.get(id) ?? { minutes: 0, sessions: 0 };
      load.minutes += session.minutes;
      load.sessions += 1;
      loads.set(id, load);
    }
  }
  const overloaded = [...loads].flatMap(([id, load]): Contradiction[] => {
    const there = minutesThere(slots, frame.slotMinutes, presence.get(id));
    if (!people.has(id) || load.minutes <= there) return [];
    const sentence = `${nameOf(facts, id)} must be in ${counted(load.sessions, 'session')} of ${lengthWords(load.minutes)} together, and is there for ${lengthWords(there)} of work.`;
    return [{ code: 'person-overloaded', sentence, at: `sessions?who=${id}`, about: [id] }];
  });
  const total = wanted.reduce((sum, { minutes }) => sum + minutes, 0);
  const room = openMinutes(facts, slots);
  if (frame.rooms.length === 0 || total <= room) return overloaded;
  const sentence = `All sessions take ${lengthWords(total)} of rooms together, and there are ${lengthWords(room)}; add rooms or days, or make some optional.`;
  return [...overloaded, { code: 'rooms-overloaded', sentence, at: 'frame', about: ['rooms'] }];
}

function openMinutes({ frame }: ContradictionFacts, slots: readonly Slot[]): number {
  const open = frame.rooms.flatMap(({ id }) =>
    slots.filter((slot) => !isClosed(frame.closures, id, slot)),
  );
  return open.length * frame.slotMinutes;
}
