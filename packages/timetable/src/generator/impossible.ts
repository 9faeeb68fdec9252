import type { Instance, Session } from '../sessions/model.ts';
import { Draw } from './draw.ts';
import { type PlantedSummit, plantedSummit, type SummitShape } from './summit.ts';

/** Ways in which what must hold cannot all hold. */
export const IMPOSSIBLE_KINDS = [
  'lead-away',
  'track-too-long',
  'feature-too-rare',
  'order-in-a-circle',
] as const;

export type ImpossibleKind = (typeof IMPOSSIBLE_KINDS)[number];

/** An instance that nobody can satisfy, and why. */
export interface ImpossibleSummit {
  readonly instance: Instance;
  /** The sessions that cannot all have a place as the rules want it. */
  readonly sessions: readonly string[];
  /** The cause, which is the only one: without it a timetable is known. */
  readonly sentence: string;
  readonly without: PlantedSummit;
}

/**
 * A possible summit that is made impossible in one known way: somebody leads a session more than the
 * slots in which they are there; a track has a session more than there are slots; a feature that one
 * room has is needed by a session more than the slots in which it is open; three sessions are each
 * before the next, in a circle. It has more sessions than slots, and three slots or more.
 */
export function impossibleSummit(shape: SummitShape, kind: ImpossibleKind): ImpossibleSummit {
  if (shape.sessions <= shape.slots || shape.slots < 3) {
    throw new RangeError('an impossible summit has three slots and more sessions than slots');
  }
  const without = plantedSummit(shape);
  const cause = causeOf(without, kind, new Draw(shape.seed));
  return { ...cause, without };
}

function causeOf(
  { instance, planted }: PlantedSummit,
  kind: ImpossibleKind,
  draw: Draw,
): Omit<ImpossibleSummit, 'without'> {
  const { slots, rooms, sessions } = instance;
  const numbers = draw.shuffled([...sessions.keys()]);
  /** One session of each slot that the planted timetable uses: it uses all, having more sessions. */
  const oneOfEach = numbers.filter(
    (session, at) =>
      numbers.findIndex((each) => planted.slot[each] === planted.slot[session]) === at,
  );
  const withChange = (chosen: readonly number[], change: (session: Session) => Session) => ({
    sessions: chosen.map((number) => sessions[number]?.key ?? ''),
    instance: {
      ...instance,
      sessions: sessions.map((each, number) => (chosen.includes(number) ? change(each) : each)),
    },
  });
  switch (kind) {
    case 'lead-away': {
      const chosen = oneOfEach.slice(0, 3);
      const there = chosen.slice(1).map((number) => planted.slot[number] ?? -1);
      const away = slots.flatMap(({ key }, slot) => (there.includes(slot) ? [] : [key]));
      const changed = withChange(chosen, (each) => ({
        ...each,
        leads: [...(each.leads ?? []), 'somebody busy'],
      }));
      const people = [...instance.people, { key: 'somebody busy', away }];
      return {
        ...changed,
        instance: { ...changed.instance, people },
        sentence: 'somebody busy leads 3 sessions and is there in 2 slots.',
      };
    }
    case 'track-too-long': {
      const [more = 0] = numbers.filter((number) => !oneOfEach.includes(number));
      const changed = withChange([...oneOfEach, more], (each) => ({
        ...each,
        tracks: [...(each.tracks ?? []), 'a long track'],
      }));
      const sentence = `a long track has ${slots.length + 1} sessions, one at a time, and there are ${slots.length} slots.`;
      return { ...changed, sentence };
    }
    case 'feature-too-rare': {
      // Of the largest room, which is open most often.
      const open = slots.length - (rooms[0]?.closed?.length ?? 0);
      const own = numbers.filter((number) => planted.room[number] === 0);
      const others = numbers.filter((number) => !own.includes(number));
      const chosen = [...own, ...others].slice(0, open + 1);
      const changed = withChange(chosen, (each) => ({
        ...each,
        needs: [...(each.needs ?? []), 'organ'],
      }));
      const equipped = rooms.map((room, at) =>
        at === 0 ? { ...room, features: ['organ'] } : room,
      );
      return {
        ...changed,
        instance: { ...changed.instance, rooms: equipped },
        sentence: `${open + 1} sessions need an organ, which only ${rooms[0]?.key} has, open in ${open} slots.`,
      };
    }
    case 'order-in-a-circle': {
      const circle = oneOfEach.slice(0, 3).map((number) => sessions[number]?.key ?? '');
      const order = circle.map((key, at) => ({
        kind: 'before' as const,
        level: 0,
        sessions: [key, circle[(at + 1) % circle.length] ?? ''],
      }));
      return {
        instance: { ...instance, rules: [...instance.rules, ...order] },
        sessions: circle,
        sentence: `${circle.join(' is before ')} is before ${circle[0]}.`,
      };
    }
  }
}
