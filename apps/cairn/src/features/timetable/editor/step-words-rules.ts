import type { Step } from '../drafts/step-rules.ts';
import type { Frame } from '../frame/frame-rules.ts';
import type { Session } from '../sessions/session-rules.ts';
import { wordsOf } from './editor-rules.ts';

type Told = Pick<Step, 'before' | 'after' | 'undoes'>;
type Placed = NonNullable<Step['after'][string]>;

const MOST_TOLD = 3;

/** What a change of a draft did, without who did it: `moved “Arrays” from … to …`. */
export function stepWords(
  frame: Pick<Frame, 'days' | 'rooms' | 'slotMinutes'>,
  sessions: readonly Pick<Session, 'id' | 'title' | 'minutes'>[],
  { before, after, undoes }: Told,
): string {
  const words = wordsOf(frame);
  const one = (id: string): string => {
    const session = sessions.find((each) => each.id === id);
    const title = `“${session?.title ?? 'a session that is gone'}”`;
    const place = (at: Placed) => words.place(at, { minutes: session?.minutes ?? 0 });
    const [from, to] = [before[id] ?? null, after[id] ?? null];
    if (to === null) return `took ${title} out`;
    if (from === null) return `put ${title} on ${place(to)}`;
    const isThere = from.date === to.date && from.starts === to.starts && from.roomId === to.roomId;
    if (isThere) return to.isPinned ? `pinned ${title}` : `released ${title}`;
    return `moved ${title} from ${place(from)} to ${place(to)}`;
  };
  const ids = Object.keys(after);
  const told = ids.slice(0, MOST_TOLD).map(one).join('; ');
  const rest = ids.length > MOST_TOLD ? `; and ${ids.length - MOST_TOLD} more` : '';
  return `${undoes === null ? '' : 'took a change back: '}${told}${rest}`;
}
