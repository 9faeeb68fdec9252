import { counted } from '@cairn/kernel/words';
import type { IndexedRule } from '../sessions/index-instance.ts';
import type { Assumed } from './assumed.ts';
import { nameOf, type Share, titles } from './bound.ts';
import { Flow } from './flow.ts';

/** What one rule about some sessions costs at least, from counting them and the slots they may have. */
export function countingShare(assumed: Assumed, rule: IndexedRule): Share | undefined {
  const { indexed } = assumed;
  const share = (cases: number, sentence: string): Share | undefined =>
    cases > 0
      ? { rules: [rule], value: cases * rule.weight, source: 'counting', sentence }
      : undefined;
  switch (rule.rule.kind) {
    case 'spread': {
      const days = new Set(
        rule.sessions.flatMap((session) =>
          assumed.starts(session).map((slot) => indexed.dayOf[slot]),
        ),
      );
      const most = Math.min(new Set(rule.sessions).size, days.size);
      return share(
        rule.rule.days - most,
        `${titles(indexed, rule.sessions)} can be on ${counted(most, 'day')} at most.`,
      );
    }
    case 'compact': {
      const [only, ...others] = new Set(rule.sessions);
      const isAlone = only !== undefined && others.length === 0 && assumed.isPlaced(only);
      return share(Number(isAlone), `${titles(indexed, rule.sessions)} has nothing beside it.`);
    }
    case 'attends': {
      const { least } = rule.rule;
      const short = rule.people.filter((person) => mostAttended(assumed, rule, person) < least);
      const names = short.slice(0, 5).map((person) => nameOf(indexed, person));
      return share(
        short.length,
        `Too few slots are left for ${names.join(', ')}${short.length > 5 ? ' and others' : ''}.`,
      );
    }
    default:
      return undefined;
  }
}

/** The most of a rule's sessions that somebody can be in: a matching of sessions to their slots. */
function mostAttended(assumed: Assumed, rule: IndexedRule, person: number): number {
  const { indexed } = assumed;
  const away = indexed.people[person]?.away ?? new Set();
  const sessions = [...new Set(rule.sessions)];
  const slots = indexed.slots.length;
  const source = sessions.length + slots;
  const flow = new Flow(source + 2);
  for (const [index, session] of sessions.entries()) {
    flow.arc(source, index, 1, 0);
    for (const start of assumed.starts(session)) {
      if (!away.has(start)) flow.arc(index, sessions.length + start, 1, 0);
    }
  }
  for (let slot = 0; slot < slots; slot++) flow.arc(sessions.length + slot, source + 1, 1, 0);
  return flow.send(source, source + 1, sessions.length).amount;
}
