import type { Instance, Session, Slot, Timetable } from '../sessions/model.ts';
import { Draw } from './draw.ts';

/** What happens to a summit after its timetable was made. */
export const DISRUPTION_KINDS = [
  'room-lost',
  'slot-lost',
  'person-away',
  'new-session',
  'session-longer',
] as const;

export type DisruptionKind = (typeof DISRUPTION_KINDS)[number];

/** A change, the instance after it, and what is left of its timetable. */
export interface Disruption {
  readonly kind: DisruptionKind;
  /** What happened, in words. */
  readonly sentence: string;
  readonly instance: Instance;
  /** The same places; a new session has none. It may now break what must hold. */
  readonly timetable: Timetable;
}

/**
 * Changes an instance that has a timetable, by chance, where it hurts: a room is lost in a slot in
 * which it is used, a slot is lost in which something runs, a lead is away when their session runs, a
 * session comes that nobody knew of, a session takes a slot more. Undefined if there is nothing that
 * could happen so.
 */
export function disrupted(
  instance: Instance,
  timetable: Timetable,
  kind: DisruptionKind,
  seed: number,
): Disruption | undefined {
  const draw = new Draw(seed);
  const running = instance.sessions.flatMap((session, number) => {
    const at = timetable.slot[number] ?? -1;
    const slot = instance.slots[at];
    return slot === undefined
      ? []
      : [{ session, number, slot, room: timetable.room[number] ?? -1 }];
  });
  const one = <T>(items: readonly T[]): T | undefined =>
    items.length === 0 ? undefined : draw.one(items);
  switch (kind) {
    case 'room-lost': {
      const hit = one(running.filter(({ room }) => instance.rooms[room] !== undefined));
      return hit && lostRoom(instance, timetable, hit.slot, hit.room);
    }
    case 'slot-lost': {
      const hit = one(running.filter(({ room }) => room >= 0));
      return hit && lostSlot(instance, timetable, hit.slot);
    }
    case 'person-away': {
      const hit = one(
        running.flatMap(({ slot, session }) => (session.leads ?? []).map((who) => ({ slot, who }))),
      );
      return hit && away(instance, timetable, hit.slot, hit.who);
    }
    case 'new-session': {
      const like = one(
        instance.sessions.filter((session) => (session.kind ?? 'session') === 'session'),
      );
      return like && newSession(instance, timetable, like);
    }
    case 'session-longer': {
      const hit = one(running.filter(({ session }) => session.pinned === undefined));
      return hit && longer(instance, timetable, hit.session);
    }
  }
}

function lostRoom(
  instance: Instance,
  timetable: Timetable,
  { key: slot }: Slot,
  number: number,
): Disruption {
  const rooms = instance.rooms.map((room, index) =>
    index === number ? { ...room, closed: [...new Set([...(room.closed ?? []), slot])] } : room,
  );
  const sentence = `${instance.rooms[number]?.key} is closed in ${slot}.`;
  return { kind: 'room-lost', sentence, instance: { ...instance, rooms }, timetable };
}

/** All rooms close, so that the slot stays and keys keep their meaning. */
function lostSlot(instance: Instance, timetable: Timetable, { key: slot }: Slot): Disruption {
  const rooms = instance.rooms.map((room) => ({
    ...room,
    closed: [...new Set([...(room.closed ?? []), slot])],
  }));
  const sentence = `Nothing can be in ${slot}.`;
  return { kind: 'slot-lost', sentence, instance: { ...instance, rooms }, timetable };
}

function away(
  instance: Instance,
  timetable: Timetable,
  { key: slot }: Slot,
  who: string,
): Disruption {
  const people = instance.people.map((person) =>
    person.key === who ? { ...person, away: [...new Set([...(person.away ?? []), slot])] } : person,
  );
  const sentence = `${who} is away in ${slot}.`;
  return { kind: 'person-away', sentence, instance: { ...instance, people }, timetable };
}

/** One more like another, without its leads, whom everybody likes half as much. */
function newSession(instance: Instance, timetable: Timetable, like: Session): Disruption {
  const { pinned: _, leads: __, people: ___, ...rest } = like;
  const keys = new Set(instance.sessions.map(({ key }) => key));
  let key = `${like.key} again`;
  while (keys.has(key)) key += ' again';
  const people = instance.people.map((person) => {
    const weight = person.interest?.[like.key];
    return weight === undefined
      ? person
      : { ...person, interest: { ...person.interest, [key]: Math.max(1, Math.floor(weight / 2)) } };
  });
  return {
    kind: 'new-session',
    sentence: `“${key}” is new.`,
    instance: { ...instance, people, sessions: [...instance.sessions, { ...rest, key }] },
    timetable: {
      slot: [...Array.from(timetable.slot), -1],
      room: [...Array.from(timetable.room), -1],
    },
  };
}

function longer(instance: Instance, timetable: Timetable, session: Session): Disruption {
  const length = (session.length ?? 1) + 1;
  const sessions = instance.sessions.map((each) => (each === session ? { ...each, length } : each));
  const sentence = `“${session.key}” takes ${length} slots.`;
  return { kind: 'session-longer', sentence, instance: { ...instance, sessions }, timetable };
}
