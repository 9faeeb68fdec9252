import { isThere, type Presence } from '../presence/presence-rules.ts';
import { type Entry, isBlock, type NowTimetable, runs } from './now-rules.ts';

/** Somebody who comes, and what is known of where they could be. */
export interface Whereabouts {
  readonly id: string;
  readonly name: string;
  /** The sessions that they go to. */
  readonly own: ReadonlySet<string>;
  readonly presence: Presence | undefined;
}

/** Those who are in one place, or in none. */
export interface Gathering {
  /** What they are at; undefined for those at nothing, and those who are not there. */
  readonly entry: Entry | undefined;
  readonly kind: 'session' | 'block' | 'free' | 'away';
  readonly people: readonly {
    readonly id: string;
    readonly name: string;
    readonly isRemote: boolean;
  }[];
}

/**
 * Who is where at a moment, as far as agendas say: sessions in the order of the timetable, then what is for
 * all, then who is free and who is not there. Who goes to two sessions at once is told at both.
 */
export function gatheringsAt(
  { entries }: Pick<NowTimetable, 'entries'>,
  people: readonly Whereabouts[],
  /** The moment, and the same as day and time of day at the place. */
  { at, date, time }: { readonly at: number; readonly date: string; readonly time: string },
): Gathering[] {
  const running = entries.filter((entry) => runs(entry, at));
  const sessions = running.filter((entry) => !isBlock(entry));
  const block = running.find(isBlock);
  const there = people.filter(({ presence }) =>
    isThere(presence, { date, starts: time, ends: time }),
  );
  const busy = new Set<string>();
  const gatherings: Gathering[] = sessions.map((entry) => {
    const own = there.filter((person) => person.own.has(entry.id));
    for (const { id } of own) busy.add(id);
    return { entry, kind: 'session', people: named(own) };
  });
  const idle = there.filter(({ id }) => !busy.has(id));
  gatherings.push(
    block === undefined
      ? { entry: undefined, kind: 'free', people: named(idle) }
      : { entry: block, kind: 'block', people: named(idle) },
  );
  const away = people.filter((person) => !there.includes(person));
  gatherings.push({ entry: undefined, kind: 'away', people: named(away) });
  return gatherings.filter(({ kind, people: some }) => kind === 'session' || some.length > 0);
}

const named = (people: readonly Whereabouts[]): Gathering['people'] =>
  people.map(({ id, name, presence }) => ({ id, name, isRemote: presence?.isRemote === true }));
