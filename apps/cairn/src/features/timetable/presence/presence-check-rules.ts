import type { Contradiction, ContradictionFacts } from '../frame/contradiction-rules.ts';
import { dayWords } from '../frame/frame-words-rules.ts';

/** Presences that miss the summit. */
export function presenceContradictions({
  frame,
  people,
  presence,
}: ContradictionFacts): Contradiction[] {
  const [first, last] = [frame.days.at(0), frame.days.at(-1)];
  if (first === undefined || last === undefined) return [];
  return [...presence.values()].flatMap(({ personId, arrivesOn, leavesOn }) => {
    const name = people.get(personId);
    if (name === undefined) return [];
    const at = `presence?who=${personId}`;
    const about = [personId];
    if (arrivesOn !== null && arrivesOn > last.date) {
      const sentence = `${name} arrives on ${dayWords(arrivesOn)}, after the last day (${dayWords(last.date)}).`;
      return [{ code: 'arrives-too-late', sentence, at, about }];
    }
    if (leavesOn !== null && leavesOn < first.date) {
      const sentence = `${name} leaves on ${dayWords(leavesOn)}, before the first day (${dayWords(first.date)}).`;
      return [{ code: 'leaves-too-early', sentence, at, about }];
    }
    return [];
  });
}
