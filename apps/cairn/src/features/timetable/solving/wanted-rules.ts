import type * as library from '@cairn/timetable/sessions/model';
import type { Slot } from '../frame/frame-rules.ts';
import type { SessionRule } from '../sessions/session-rules.ts';
import type { TimetableFacts } from './facts-rules.ts';
import type { InstanceOptions, LevelName } from './instance-rules.ts';

/** What must hold and what is wished, as rules of the library; a rule about sessions that are gone is left out. */
export function rulesOf(
  facts: TimetableFacts,
  {
    slots,
    roomKeys,
  }: { readonly slots: readonly Slot[]; readonly roomKeys: ReadonlyMap<string, string> },
  { unmovedFrom }: InstanceOptions,
  levels: readonly LevelName[],
): library.Rule[] {
  const level = (name: LevelName) => levels.indexOf(name);
  const ids = new Set(facts.sessions.map(({ id }) => id));
  const keys = new Set(slots.map(({ key }) => key));
  const wishes = level('wishes');
  const byGroup = [
    ...Map.groupBy(
      facts.sessions.filter(({ groupKey }) => groupKey !== null),
      ({ groupKey }) => groupKey,
    ).values(),
  ].filter((some) => some.length > 1);
  return [
    { kind: 'track-clash', level: wishes },
    ...facts.rules.flatMap((rule) => ruleIn(rule, ids, keys, roomKeys, rule.isHard ? 0 : wishes)),
    { kind: 'worst-off', level: level('worst') },
    { kind: 'interest', level: level('interest') },
    ...byGroup.flatMap((some): library.Rule[] => {
      const sessions = some.map(({ id }) => id);
      const days = Math.min(sessions.length, facts.frame.days.length);
      return [
        { kind: 'same-room', level: level('steady'), sessions },
        { kind: 'spread', level: level('steady'), sessions, days },
      ];
    }),
    ...(unmovedFrom === undefined
      ? []
      : [
          {
            kind: 'unmoved' as const,
            level: level('moved'),
            from: Object.fromEntries(
              unmovedFrom
                .filter(
                  ({ sessionId, date, starts }) =>
                    ids.has(sessionId) && keys.has(`${date}T${starts}`),
                )
                .map(({ sessionId, date, starts, roomId }) => [
                  sessionId,
                  {
                    slot: `${date}T${starts}`,
                    ...(roomKeys.has(roomId ?? '')
                      ? { room: roomKeys.get(roomId ?? '') ?? '' }
                      : {}),
                  },
                ]),
            ),
          },
        ]),
  ];
}

function ruleIn(
  { kind, sessions: named, at, wish, isHard: _ }: SessionRule,
  ids: ReadonlySet<string>,
  keys: ReadonlySet<string>,
  roomKeys: ReadonlyMap<string, string>,
  level: number,
): library.Rule[] {
  const sessions = [...new Set(named)].filter((id) => ids.has(id));
  if (kind === 'slot-wish') {
    if (sessions.length === 0) return [];
    const slots = [...new Set(at)].filter((key) => keys.has(key));
    return [{ kind, level, sessions, slots, wish: wish ?? 'in' }];
  }
  if (kind === 'room-wish') {
    if (sessions.length === 0) return [];
    return [
      {
        kind,
        level,
        sessions,
        rooms: [...new Set(at)].flatMap((room) => roomKeys.get(room) ?? []),
        wish: wish ?? 'in',
      },
    ];
  }
  return sessions.length < 2 ? [] : [{ kind, level, sessions }];
}
