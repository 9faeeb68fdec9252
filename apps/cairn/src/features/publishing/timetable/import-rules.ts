/** What an import would do with a timetable as it stands: rooms, sessions, blocks, and a draft of places. */
import { expectZone, Temporal, type ZoneName } from '@cairn/kernel/time';
import type { Block, BlockKind, Frame, Room } from '../../timetable/frame/frame-rules.ts';
import { BLOCK_KINDS, minutesOf, timeAt } from '../../timetable/frame/frame-rules.ts';
import type { Session } from '../../timetable/sessions/session-rules.ts';
import type { Rest } from './import-schema.ts';

export interface AskedRoom extends Omit<Room, 'id' | 'key'> {}

export interface AskedSession {
  readonly where: string;
  readonly raw: string;
  /** Its id where it came from; ours, if it came from here. */
  readonly id: string | undefined;
  readonly title: string;
  /** Undefined where the file does not say. */
  readonly minutes: number | undefined;
  /** On the clock of the file: in its zone, or else the summit's. */
  readonly at:
    | { readonly date: string; readonly starts: string; readonly zone?: string }
    | undefined;
  /** The same as a moment, where the file has an offset. */
  readonly moment: string | undefined;
  readonly room: string;
  readonly kind: 'work' | 'open' | BlockKind;
  readonly track: string;
  /** The key of a group, or its title. */
  readonly group: string;
  readonly topic: number | null;
  /** Names. */
  readonly leads: readonly string[];
  readonly needed: readonly string[];
  readonly needs: readonly string[];
  readonly size: number | null;
  readonly isOptional: boolean;
  readonly text: string;
}

/** A file as it was read. */
export interface AskedImport {
  readonly kind: 'schedule' | 'sessions' | 'rooms';
  readonly rooms: readonly AskedRoom[];
  readonly sessions: readonly AskedSession[];
  readonly rest: readonly Rest[];
  /** The first row of the table in which what is left can be corrected. */
  readonly header: string;
}

/** What an import meets. */
export interface ImportFacts {
  readonly frame: Frame;
  readonly sessions: readonly Session[];
  readonly people: readonly { readonly id: string; readonly name: string }[];
  readonly groups: readonly { readonly key: string; readonly title: string }[];
}

export interface PlannedRoom extends AskedRoom {
  /** The room that is there already; it stays as it is. */
  readonly knownId: string | null;
}

export interface PlannedSession {
  readonly where: string;
  /** The session that is there already; it stays as it is, and only its place is taken. */
  readonly knownId: string | null;
  readonly values: Omit<Session, 'id' | 'kind'> & { readonly kind: 'work' | 'plenary' };
  /** Its room by name; empty for none. */
  readonly place: { readonly date: string; readonly starts: string; readonly room: string } | null;
}

export interface PlannedBlock extends Omit<Block, 'id' | 'roomId'> {
  readonly isKnown: boolean;
  /** One of the rooms, by name; elsewhere it is in `place`. */
  readonly room: string;
}

export interface ImportPlan {
  readonly rooms: readonly PlannedRoom[];
  readonly sessions: readonly PlannedSession[];
  readonly blocks: readonly PlannedBlock[];
  readonly rest: readonly Rest[];
}

// Made once: it compares twenty times as fast as text that is asked to compare itself.
const collator = new Intl.Collator('en', { sensitivity: 'accent' });

/** What is the same name to people. */
export const sameName = (one: string, other: string): boolean => collator.compare(one, other) === 0;

/** What an import would do. Pure: the same file on the same timetable does the same. */
export function importPlan(asked: AskedImport, facts: ImportFacts): ImportPlan {
  const { frame } = facts;
  const rest: Rest[] = [...asked.rest];
  const note = ({ where, raw }: AskedSession, sentence: string, isTaken = true): void =>
    void rest.push({ where, raw, sentence, isTaken });
  const blockIds = new Set(frame.blocks.map(({ id }) => id));
  const openIds = new Set(facts.sessions.filter(({ kind }) => kind === 'open').map(({ id }) => id));
  const {
    block = [],
    open = [],
    session: wanted = [],
  } = Object.groupBy(asked.sessions, (each) => {
    const id = each.id ?? '';
    if (openIds.has(id)) return 'open';
    return isBlockKind(each.kind) || blockIds.has(id) ? 'block' : 'session';
  });
  for (const each of open) note(each, 'It is in open space here, and stays where it is.');
  const blocks = block.flatMap((each) => plannedBlock(each, facts, note) ?? []);
  const known = knownSessions(wanted, facts.sessions);
  const sessions = wanted.map((each): PlannedSession => {
    const knownId = known.get(each) ?? null;
    return {
      where: each.where,
      knownId,
      values: valuesOf(each, facts, knownId === null ? note : () => undefined),
      place: placeOf(each, frame, note),
    };
  });
  const used = [
    ...new Set([
      ...sessions.flatMap(({ place }) => (place === null ? [] : [place.room])),
      ...blocks.map(({ room }) => room),
    ]),
  ];
  return { rooms: plannedRooms(asked, frame, used), sessions, blocks, rest };
}

/** Plenaries are sessions here: a block that spans everything is made by hand. */
const isBlockKind = (kind: AskedSession['kind']): boolean =>
  kind !== 'plenary' && BLOCK_KINDS.some((each) => each === kind);

/** Rooms of the file's list, and those that only sessions name. */
function plannedRooms(
  { rooms, kind }: AskedImport,
  frame: Frame,
  used: readonly string[],
): PlannedRoom[] {
  const plain = { capacity: null, features: [], directions: '', link: null };
  // Places that are no rooms stand in a schedule's list too; what nothing is in is not taken for one.
  const listed =
    kind === 'rooms'
      ? rooms
      : rooms.filter(
          ({ name, capacity }) => capacity !== null || used.some((each) => sameName(each, name)),
        );
  const all = [
    ...listed,
    ...used.filter((name) => name !== '').map((name) => ({ name, ...plain })),
  ];
  return all
    .filter(({ name }, index) => all.findIndex((each) => sameName(each.name, name)) === index)
    .map((room) => ({ ...room, knownId: roomNamed(frame, room.name)?.id ?? null }));
}

const roomNamed = (frame: Frame, name: string): Room | undefined =>
  frame.rooms.find((room) => sameName(room.name, name) || room.key === name);

/** Sessions that are there already: by their id, else by their title, each once. */
function knownSessions(
  wanted: readonly AskedSession[],
  sessions: readonly Session[],
): ReadonlyMap<AskedSession, string> {
  const free = new Map(
    sessions.filter(({ kind }) => kind !== 'open').map((each) => [each.id, each]),
  );
  const known = new Map<AskedSession, string>();
  const take = (asked: AskedSession, id: string | undefined): void => {
    if (id === undefined || known.has(asked)) return;
    known.set(asked, id);
    free.delete(id);
  };
  for (const asked of wanted) if (free.has(asked.id ?? '')) take(asked, asked.id);
  for (const asked of wanted) {
    take(asked, [...free.values()].find(({ title }) => title === asked.title)?.id);
  }
  return known;
}

type Note = (asked: AskedSession, sentence: string, isTaken?: boolean) => void;

function valuesOf(
  asked: AskedSession,
  { frame, people, groups }: ImportFacts,
  note: Note,
): PlannedSession['values'] {
  const idsOf = (names: readonly string[]): string[] =>
    names.flatMap((name) => {
      const found = people.filter((person) => sameName(person.name, name));
      const [only] = found;
      if (found.length === 1 && only !== undefined) return [only.id];
      const why =
        found.length === 0
          ? `Nobody who comes is called “${name}”`
          : `Several who come are called “${name}”`;
      note(asked, `${why}, so this name was left; set it at the session.`);
      return [];
    });
  const group = groups.find(
    ({ key, title }) => key === asked.group || sameName(title, asked.group),
  );
  if (asked.group !== '' && group === undefined) {
    note(asked, `There is no group “${asked.group}”, so the session is nobody’s yet.`);
  }
  if (asked.minutes === undefined) {
    note(asked, `It does not say how long it lasts; it got ${frame.sessionMinutes} minutes.`);
  }
  const { title, text, topic: topicNumber, size, needs, track, isOptional, kind } = asked;
  return {
    ...{ title, text, topicNumber, size, track, isOptional },
    kind: kind === 'plenary' ? 'plenary' : 'work',
    groupKey: group?.key ?? null,
    minutes: Math.min(1440, Math.max(5, asked.minutes ?? frame.sessionMinutes)),
    needs: needs.map((feature) => feature.toLowerCase()),
    leads: idsOf(asked.leads),
    needed: idsOf(asked.needed),
  };
}

function placeOf(asked: AskedSession, frame: Frame, note: Note): PlannedSession['place'] {
  const when = localTime(asked, frame.zone);
  if (when === undefined) return null;
  const day = frame.days.find(({ date }) => date === when.date);
  if (day === undefined) {
    note(asked, `${when.date} is no day of this timetable, so it has no place yet.`);
    return null;
  }
  if (when.starts < day.starts || when.starts >= day.ends) {
    note(
      asked,
      `It begins at ${when.starts}, and ${when.date} lasts from ${day.starts} to ${day.ends}.`,
    );
  }
  if (asked.kind === 'open') {
    note(asked, 'It was in open space there; here it is a session of the draft.');
  }
  return { ...when, room: asked.room };
}

/** When it is on the summit's clock. */
function localTime(
  { at, moment }: AskedSession,
  zone: ZoneName,
): { readonly date: string; readonly starts: string } | undefined {
  if (at === undefined) return undefined;
  const instant = moment === undefined ? instantIn(at) : Temporal.Instant.from(moment);
  if (instant === undefined) return { date: at.date, starts: at.starts };
  const local = instant.toZonedDateTimeISO(zone);
  return {
    date: local.toPlainDate().toString(),
    starts: timeAt(local.hour * 60 + local.minute),
  };
}

function instantIn({ date, starts, zone }: NonNullable<AskedSession['at']>) {
  if (zone === undefined) return undefined;
  try {
    const named = expectZone(zone);
    return Temporal.PlainDateTime.from(`${date}T${starts}`).toZonedDateTime(named).toInstant();
  } catch {
    // A zone that nobody knows says nothing.
    return undefined;
  }
}

function plannedBlock(
  asked: AskedSession,
  { frame }: ImportFacts,
  note: Note,
): PlannedBlock | undefined {
  const when = localTime(asked, frame.zone);
  const kind = BLOCK_KINDS.find((each) => each === asked.kind);
  if (when === undefined || kind === undefined || asked.minutes === undefined) {
    note(asked, 'This block does not say when it is, so it was left.', false);
    return undefined;
  }
  if (frame.days.every(({ date }) => date !== when.date)) {
    note(asked, `${when.date} is no day of this timetable, so this block was left.`, false);
    return undefined;
  }
  const { date, starts } = when;
  const ends = timeAt(Math.min(24 * 60, minutesOf(starts) + asked.minutes));
  const isRoom = roomNamed(frame, asked.room) !== undefined;
  const isKnown = frame.blocks.some(
    (block) =>
      block.id === asked.id ||
      (block.date === date && block.starts === starts && block.title === asked.title),
  );
  return {
    ...{ date, starts, ends, kind, isKnown, title: asked.title, text: asked.text },
    meal: kind === 'meal' ? mealAt(starts) : null,
    isProvided: false,
    room: isRoom ? asked.room : '',
    place: isRoom ? '' : asked.room,
  };
}

/** A file does not say which meal it is; the clock does. */
const mealAt = (starts: string): Block['meal'] =>
  starts < '10:30' ? 'breakfast' : starts < '16:00' ? 'lunch' : 'dinner';
