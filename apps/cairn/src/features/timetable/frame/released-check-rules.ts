import { counted, listed } from '@cairn/kernel/words';
import type { PlacedSession } from '../release/content-schema.ts';
import type { Contradiction, ContradictionFacts } from './contradiction-rules.ts';
import { overlaps } from './frame-rules.ts';
import { stretchWords } from './frame-words-rules.ts';

/** Blocks and closures that lie over sessions of the timetable that holds. */
export function releasedContradictions({ frame, released }: ContradictionFacts): Contradiction[] {
  if (released === undefined) return [];
  const over = frame.blocks.flatMap((block): Contradiction[] => {
    const under = released.filter((session) => overlaps(session, block));
    if (under.length === 0) return [];
    const sentence = `“${block.title}” (${stretchWords(block)}) lies over ${whichSessions(under)}.`;
    return [
      { code: 'block-over-sessions', sentence, at: `frame/blocks/${block.id}`, about: [block.id] },
    ];
  });
  const closed = frame.closures.flatMap((closure): Contradiction[] => {
    const { roomId } = closure;
    const name = frame.rooms.find(({ id }) => id === roomId)?.name;
    const inIt = released.filter((each) => each.roomId === roomId && overlaps(each, closure));
    if (inIt.length === 0 || name === undefined) return [];
    const sentence = `“${name}” is closed (${stretchWords(closure)}), and has ${whichSessions(inIt)} then.`;
    return [
      { code: 'closed-over-sessions', sentence, at: `frame/rooms/${roomId}`, about: [roomId] },
    ];
  });
  return [...over, ...closed];
}

const MOST_NAMED = 2;

function whichSessions(sessions: readonly PlacedSession[]): string {
  const titles = sessions.slice(0, MOST_NAMED).map(({ title }) => `“${title}”`);
  const more = sessions.length - titles.length;
  const all = more > 0 ? [...titles, `${more} more`] : titles;
  return `${counted(sessions.length, 'session')} of the timetable that holds: ${listed(all)}`;
}
