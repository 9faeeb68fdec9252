import { listed } from '@cairn/kernel/words';
import { roomingFaults, type Sleeper, type SleepRoom } from './rooming-rules.ts';

/** What does not hold any more of who sleeps where, in sentences for organisers: nothing of any wish. */
export function faultWords(
  sleepers: readonly Sleeper[],
  rooms: readonly SleepRoom[],
  places: ReadonlyMap<string, { readonly roomId: string | null }>,
  names: ReadonlyMap<string, string>,
): readonly string[] {
  const who = (ids: readonly string[]): string => listed(ids.map((id) => names.get(id) ?? ''));
  const where = new Map([...places].map(([id, { roomId }]) => [id, roomId]));
  const fresh = sleepers.filter(({ id }) => !places.has(id)).map(({ id }) => id);
  return [
    ...roomingFaults(sleepers, rooms, where).flatMap(({ kind, people }) => {
      if (kind === 'beds') return [`There are more people than beds with ${who(people)}.`];
      if (kind === 'steps') return [`${who(people)} needs a room without steps.`];
      // What speaks against it otherwise was said in confidence.
      return kind === 'share' ? [`${who(people)} cannot share a room by what they said.`] : [];
    }),
    ...(fresh.length === 0 ? [] : [`Not in it yet: ${who(fresh)}. Propose anew.`]),
  ];
}
