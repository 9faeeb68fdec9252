import type { Assumed } from './assumed.ts';

/** Who gets something from each session, in one list; those of a session stand beside each other. */
export interface Audience {
  /** By session where its people begin; one more than there are sessions. */
  readonly first: Int32Array;
  readonly person: Int32Array;
  readonly weight: Float64Array;
  /** 1 where the person must be in the session if it runs, whatever else does. */
  readonly isBound: Uint8Array;
}

/** The audience of every session among the people who are there. */
export function audienceOf(assumed: Assumed, isThere: Uint8Array): Audience {
  const { sessions, people } = assumed.indexed;
  // Where somebody may have to be in two sessions at a time, having to be in one says nothing.
  const isLocking = assumed.holds('person-twice');
  const audience = sessions.map((): [number, number, number][] => []);
  for (const [person, { interest, bound }] of people.entries()) {
    if (isThere[person] === 0 || interest.size === 0) continue;
    const must = new Set(isLocking ? bound : []);
    for (const [session, weight] of interest) {
      if (!must.has(session)) audience[session]?.push([person, weight, 0]);
    }
    for (const session of must) audience[session]?.push([person, interest.get(session) ?? 0, 1]);
  }
  const first = new Int32Array(sessions.length + 1);
  for (const [session, of] of audience.entries()) {
    first[session + 1] = (first[session] ?? 0) + of.length;
  }
  const all = audience.flat();
  return {
    first,
    person: Int32Array.from(all, ([person]) => person),
    weight: Float64Array.from(all, ([, weight]) => weight),
    isBound: Uint8Array.from(all, ([, , isBound]) => isBound),
  };
}
