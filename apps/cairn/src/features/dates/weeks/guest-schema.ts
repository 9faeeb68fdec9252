import type { Typed } from '../../../platform/http/form.ts';
import type { GuestWord } from './guest-commands.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const listOf = (typed: Typed, name: string): readonly string[] => {
  const value = typed[name] ?? [];
  return typeof value === 'string' ? [value] : value;
};

/** What the list of people says of each person that it showed; all others stay as they are. */
export function readGuestWords(typed: Typed): GuestWord[] {
  const asked = new Set(listOf(typed, 'asked[]'));
  const needed = new Set(listOf(typed, 'needed[]'));
  return listOf(typed, 'shown[]')
    .filter((personId) => UUID.test(personId))
    .map((personId) => {
      const weight = Number(typed[`weight.${personId}`]);
      return {
        personId,
        isAsked: asked.has(personId),
        isNeeded: needed.has(personId),
        weight: Number.isInteger(weight) && weight >= 1 && weight <= 9 ? weight : 1,
      };
    });
}
