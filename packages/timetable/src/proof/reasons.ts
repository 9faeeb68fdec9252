import {
  type IndexedInstance,
  type IndexedRule,
  type IndexedSession,
  indexInstance,
} from '../sessions/index-instance.ts';
import type { Instance, Rule, RuleKind, Session } from '../sessions/model.ts';

/** One thing that must hold, as small as it can be said; sessions, people and rooms by number. */
export type Reason =
  | {
      readonly kind: 'placed' | 'size' | 'rooms' | 'slots' | 'pinned' | 'long' | 'alone';
      readonly session: number;
    }
  | { readonly kind: 'need'; readonly session: number; readonly need: string }
  | { readonly kind: 'leads'; readonly session: number; readonly person: number }
  | { readonly kind: 'away'; readonly person: number; readonly day: number }
  | { readonly kind: 'closed'; readonly room: number; readonly day: number }
  | { readonly kind: 'track'; readonly track: string }
  /** A rule, or of one that is a list of cases those of one session or two that stand side by side. */
  | { readonly kind: 'rule'; readonly rule: IndexedRule; readonly sessions: readonly number[] };

const CHAINS: ReadonlySet<RuleKind> = new Set<RuleKind>(['before', 'consecutive']);
const BY_SESSION: ReadonlySet<RuleKind> = new Set<RuleKind>(['slot-wish', 'room-wish', 'unmoved']);
/** Rules that sessions may be needed for which need not have a place. */
const REWARDING: ReadonlySet<RuleKind> = new Set<RuleKind>([
  'spread',
  'compact',
  'attends',
  'unmoved',
]);
/** Rules for which any session may be needed. */
const LIKING: ReadonlySet<RuleKind> = new Set<RuleKind>(['interest', 'worst-off', 'day-pattern']);
/** Rules that are said by other reasons. */
const BY_FACTS: ReadonlySet<RuleKind> = new Set<RuleKind>([
  'placed',
  'runs-over',
  'room-taken',
  'room-size',
  'room-needs',
  'room-closed',
  'room-allowed',
  'slot-allowed',
  'pinned',
  'exclusive',
  'person-twice',
  'person-away',
  'track-clash',
]);

/** All that must hold (level 0), from what is easiest to do without to what is hardest. */
export function reasonsOf(indexed: IndexedInstance): Reason[] {
  const must = indexed.rules.filter(({ level }) => level === 0);
  const kinds = new Set(must.map(({ kind }) => kind));
  const { sessions, people, rooms } = indexed;
  const each = (of: (session: (typeof sessions)[number], number: number) => Reason[]): Reason[] =>
    sessions.flatMap(of);
  const when = (holds: boolean, reason: Reason): Reason[] => (holds ? [reason] : []);
  const tracks = new Set(
    must.flatMap(({ rule }) =>
      rule.kind === 'track-clash'
        ? (rule.tracks ?? sessions.flatMap((session) => session.tracks))
        : [],
    ),
  );
  return [
    ...each(({ isOptional }, session) =>
      when(kinds.has('placed') && !isOptional, { kind: 'placed', session }),
    ),
    ...each(({ bound }, session) => bound.map((person) => ({ kind: 'leads', session, person }))),
    ...each(({ size }, session) =>
      when(kinds.has('room-size') && size > 0, { kind: 'size', session }),
    ),
    ...each(({ needs }, session) =>
      kinds.has('room-needs') ? needs.map((need) => ({ kind: 'need', session, need })) : [],
    ),
    ...each(({ rooms: limited }, session) =>
      when(kinds.has('room-allowed') && limited !== undefined, { kind: 'rooms', session }),
    ),
    ...each(({ slots }, session) =>
      when(kinds.has('slot-allowed') && slots !== undefined, { kind: 'slots', session }),
    ),
    ...each(({ pinned }, session) =>
      when(kinds.has('pinned') && pinned !== undefined, { kind: 'pinned', session }),
    ),
    ...each(({ length }, session) => when(length > 1, { kind: 'long', session })),
    ...each(({ kind }, session) =>
      when(kinds.has('exclusive') && kind !== 'session', { kind: 'alone', session }),
    ),
    ...people.flatMap(({ away, bound }, person) =>
      kinds.has('person-away') && bound.length > 0
        ? daysOf(indexed, away).map((day): Reason => ({ kind: 'away', person, day }))
        : [],
    ),
    ...rooms.flatMap(({ closed }, room) =>
      kinds.has('room-closed')
        ? daysOf(indexed, closed).map((day): Reason => ({ kind: 'closed', room, day }))
        : [],
    ),
    ...[...tracks].map((track): Reason => ({ kind: 'track', track })),
    ...must.filter(({ kind }) => !BY_FACTS.has(kind)).flatMap(casesOf),
  ];
}

const daysOf = ({ dayOf }: IndexedInstance, slots: ReadonlySet<number>): number[] =>
  [...new Set([...slots].map((slot) => dayOf[slot] ?? 0))].sort((one, other) => one - other);

function casesOf(rule: IndexedRule): Reason[] {
  const reason = (sessions: readonly number[]): Reason => ({ kind: 'rule', rule, sessions });
  if (CHAINS.has(rule.kind)) {
    return rule.sessions
      .slice(1)
      .map((next, index) => reason([rule.sessions[index] ?? next, next]));
  }
  if (rule.kind === 'unmoved') return [...rule.from.keys()].map((session) => reason([session]));
  if (BY_SESSION.has(rule.kind)) return [...new Set(rule.sessions)].map((each) => reason([each]));
  return [reason(rule.sessions)];
}

/** The sessions of which a reason speaks; none for one about people, rooms or tracks. */
export function sessionsOf(reason: Reason): readonly number[] {
  if (reason.kind === 'rule') return reason.sessions;
  return 'session' in reason ? [reason.session] : [];
}

/** An instance of only some of the sessions of another. */
export interface Part {
  readonly indexed: IndexedInstance;
  /** What number each of its sessions has in the whole. */
  readonly sessions: readonly number[];
}

/**
 * The instance in which nothing else must hold than these reasons, the number of slots and rooms,
 * and that rooms and people are in one session at a time. Sessions that no reason wants to have a
 * place are not in it.
 */
export function onlyWith(whole: IndexedInstance, reasons: readonly Reason[]): Part {
  const { instance } = whole;
  const kept = new Set(
    reasons.flatMap((reason) => (reason.kind === 'rule' ? [] : [keyOf(reason)])),
  );
  const isKept = (reason: Fact) => kept.has(keyOf(reason));
  const wanted = wantedBy(whole, reasons);
  const sessions = [...whole.sessions.keys()].filter((session) => wanted.has(session));
  const sessionKeys = new Set(sessions.map((session) => whole.instance.sessions[session]?.key));
  const isLiking = reasons.some((reason) => reason.kind === 'rule' && LIKING.has(reason.rule.kind));
  const relaxed: Instance = {
    slots: instance.slots,
    ...(instance.pauseMinutes === undefined ? {} : { pauseMinutes: instance.pauseMinutes }),
    rooms: whole.rooms.map(({ room, closed }, number) => ({
      ...room,
      closed: slotKeys(whole, closed, (day) => isKept({ kind: 'closed', room: number, day })),
    })),
    people: whole.people.map(({ person, away }, number) => {
      const { interest, ...rest } = person;
      return {
        ...rest,
        ...(isLiking && interest ? { interest } : {}),
        away: slotKeys(whole, away, (day) => isKept({ kind: 'away', person: number, day })),
      };
    }),
    sessions: sessions.map((session) => sessionWith(whole, session, isKept)),
    rules: rulesWith(whole, reasons, sessionKeys),
  };
  const read = indexInstance(relaxed);
  if (!read.ok) throw new Error(`a part of an instance is none: ${JSON.stringify(read.error)}`);
  return { indexed: read.value, sessions };
}

/** Reasons that are not rules. */
type Fact = Exclude<Reason, { kind: 'rule' }>;

function wantedBy({ sessions }: IndexedInstance, reasons: readonly Reason[]): ReadonlySet<number> {
  return new Set(
    reasons.flatMap((reason) => {
      if (reason.kind === 'placed' || reason.kind === 'pinned') return [reason.session];
      if (reason.kind !== 'rule') return [];
      if (LIKING.has(reason.rule.kind)) return [...sessions.keys()];
      return REWARDING.has(reason.rule.kind) ? reason.sessions : [];
    }),
  );
}

function sessionWith(
  { sessions, people }: IndexedInstance,
  number: number,
  isKept: (reason: Fact) => boolean,
): Session {
  const each = sessions[number] as IndexedSession; // a number of the whole
  const { session, kind, bound, isOptional, takesRoom } = each;
  const has = (what: 'placed' | 'size' | 'rooms' | 'slots' | 'pinned' | 'long' | 'alone') =>
    isKept({ kind: what, session: number });
  const { slots, rooms, pinned, key, title } = session;
  return {
    key,
    ...(title === undefined ? {} : { title }),
    kind: has('alone') ? kind : 'session',
    isRoomless: !takesRoom,
    length: has('long') ? each.length : 1,
    size: has('size') ? each.size : 0,
    needs: each.needs.filter((need) => isKept({ kind: 'need', session: number, need })),
    tracks: each.tracks.filter((track) => isKept({ kind: 'track', track })),
    people: bound
      .filter((person) => isKept({ kind: 'leads', session: number, person }))
      .map((person) => people[person]?.person.key ?? ''),
    isOptional: isOptional || !has('placed'),
    ...(has('slots') && slots ? { slots } : {}),
    ...(has('rooms') && rooms ? { rooms } : {}),
    ...(has('pinned') && pinned ? { pinned } : {}),
  };
}

const slotKeys = (
  { dayOf, slots }: IndexedInstance,
  some: ReadonlySet<number>,
  keep: (day: number) => boolean,
): string[] =>
  [...some].filter((slot) => keep(dayOf[slot] ?? 0)).map((slot) => slots[slot]?.key ?? '');

function rulesWith(
  { instance, rules, sessions }: IndexedInstance,
  reasons: readonly Reason[],
  there: ReadonlySet<string | undefined>,
): Rule[] {
  const listed = new Set(instance.rules.map(({ kind }) => kind));
  const facts = rules
    .filter(({ kind }) => listed.has(kind) && BY_FACTS.has(kind))
    .map(({ rule }) => rule);
  const cases = reasons.flatMap((reason): Rule[] => {
    if (reason.kind !== 'rule') return [];
    const { rule } = reason.rule;
    const about = reason.sessions
      .map((session) => sessions[session]?.session.key ?? '')
      .filter((key) => there.has(key));
    if (rule.kind === 'unmoved') {
      const from = Object.entries(rule.from).filter(([key]) => about.includes(key));
      return [{ ...rule, from: Object.fromEntries(from) }];
    }
    return 'sessions' in rule ? [{ ...rule, sessions: about }] : [rule];
  });
  return [...facts, ...cases];
}

/** The same for reasons that say the same. */
function keyOf(reason: Fact): string {
  const { kind, session, person, room, day, need, track } = reason as Partial<
    Record<string, string | number>
  >;
  return JSON.stringify([kind, session, person, room, day, need, track]);
}
