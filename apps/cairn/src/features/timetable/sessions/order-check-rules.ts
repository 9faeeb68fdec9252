import { listed } from '@cairn/kernel/words';
import type { Contradiction, ContradictionFacts } from '../frame/contradiction-rules.ts';
import { slotsOf } from '../frame/frame-rules.ts';
import type { SessionRule, SessionRuleKind } from './session-rules.ts';
import { ruleWords } from './session-words-rules.ts';

/** Kinds that two sessions cannot both follow. */
const AGAINST: readonly (readonly [SessionRuleKind, SessionRuleKind])[] = [
  ['together', 'apart'],
  ['together', 'before'],
  ['together', 'consecutive'],
  ['together', 'other-day'],
  ['together', 'same-room'],
  ['same-day', 'other-day'],
  ['consecutive', 'other-day'],
];

/** Rules between sessions that cannot all hold, or that speak of what is gone. */
export function orderContradictions(facts: ContradictionFacts): Contradiction[] {
  const hard = facts.rules.filter(({ isHard }) => isHard);
  return [...pairsAgainst(facts, hard), ...circles(facts, hard), ...goneIn(facts)];
}

const titleOf = ({ sessions }: ContradictionFacts, id: string): string =>
  `“${sessions.find((session) => session.id === id)?.title ?? 'a session that is gone'}”`;

function pairsAgainst(facts: ContradictionFacts, rules: readonly SessionRule[]): Contradiction[] {
  const isAgainst = (one: SessionRuleKind, other: SessionRuleKind): boolean =>
    AGAINST.some(([a, b]) => (a === one && b === other) || (a === other && b === one));
  return rules.flatMap((one, index) =>
    rules.slice(index + 1).flatMap((other): Contradiction[] => {
      const both = one.sessions.filter((id) => other.sessions.includes(id));
      if (both.length < 2 || !isAgainst(one.kind, other.kind)) return [];
      const names = listed(both.map((id) => titleOf(facts, id)));
      const sentence = `${names} are to be ${ruleWords(one.kind)}, and also ${ruleWords(other.kind)}; drop one of the rules.`;
      return [
        {
          code: 'rules-against',
          sentence,
          at: `sessions/rules/${other.id}`,
          about: [one.id, other.id, ...both],
        },
      ];
    }),
  );
}

/** Sessions that come before themselves: one circle is told for each session that closes one. */
function circles(facts: ContradictionFacts, rules: readonly SessionRule[]): Contradiction[] {
  const next = new Map<string, { readonly to: string; readonly rule: string }[]>();
  for (const { id, kind, sessions } of rules) {
    if (kind !== 'before' && kind !== 'consecutive') continue;
    for (const [index, from] of sessions.entries()) {
      const to = sessions[index + 1];
      if (to !== undefined) next.set(from, [...(next.get(from) ?? []), { to, rule: id }]);
    }
  }
  const done = new Set<string>();
  const found: Contradiction[] = [];
  const visit = (session: string, path: readonly string[]): void => {
    const at = path.indexOf(session);
    if (at >= 0) {
      const circle = path.slice(at);
      const names = [...circle, session].map((id) => titleOf(facts, id)).join(' before ');
      const rule = next.get(circle.at(-1) ?? '')?.find(({ to }) => to === session)?.rule ?? '';
      found.push({
        code: 'order-in-circle',
        sentence: `${names}: this order goes round in a circle; drop one of the rules.`,
        at: `sessions/rules/${rule}`,
        about: circle,
      });
      return;
    }
    if (done.has(session)) return;
    for (const { to } of next.get(session) ?? []) visit(to, [...path, session]);
    done.add(session);
  };
  for (const session of next.keys()) visit(session, []);
  return found;
}

/** Wishes for times at which no slot begins any more, and for rooms that are gone. */
function goneIn(facts: ContradictionFacts): Contradiction[] {
  const slots = new Set(slotsOf(facts.frame).map(({ key }) => key));
  const rooms = new Set(facts.frame.rooms.map(({ id }) => id));
  return facts.rules.flatMap(({ id, kind, at, wish, sessions }): Contradiction[] => {
    const known = kind === 'slot-wish' ? slots : kind === 'room-wish' ? rooms : undefined;
    if (known === undefined || wish !== 'in' || at.some((place) => known.has(place))) return [];
    const what = kind === 'slot-wish' ? 'a time at which no slot begins' : 'a room that is gone';
    const names = listed(sessions.map((session) => titleOf(facts, session)));
    const sentence = `${names} may only be at ${what}; change the rule.`;
    const where = `sessions/rules/${id}`;
    return [{ code: 'wish-for-gone', sentence, at: where, about: [id, ...sessions] }];
  });
}
