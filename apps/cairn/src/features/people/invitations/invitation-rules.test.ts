import { type Instant, Temporal } from '@cairn/kernel/time';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  awaitsAnswer,
  INVITATION_STATES,
  type InvitationAction,
  type InvitationState,
  isOverdue,
  nextInvitationState,
  reminderIsDue,
  spreadOverCommunities,
} from './invitation-rules.ts';

const NOW = Temporal.Instant.from('2023-02-01T12:00:00Z');
const inDays = (days: number): Instant => NOW.add({ hours: 24 * days });

const ACTIONS = [
  'send',
  'open',
  'accept',
  'say-unsure',
  'decline',
  'expire',
  'withdraw',
] as const satisfies InvitationAction[];

/** Where each action leads from each state while there is time; a dot where it is refused. */
const TABLE = `
            send  open   accept    say-unsure  decline   expire  withdraw
drafted     sent  .      .         .           .         .       withdrawn
sent        .     opened accepted  unsure      declined  .       withdrawn
opened      .     .      accepted  unsure      declined  .       withdrawn
accepted    .     .      .         .           declined  .       withdrawn
unsure      .     .      accepted  .           declined  .       withdrawn
declined    sent  .      accepted  .           .         .       .
expired     sent  .      .         .           .         .       .
withdrawn   sent  .      .         .           .         .       .
`;

const cells = TABLE.trim()
  .split('\n')
  .slice(1)
  .flatMap((line) => {
    const [state, ...after] = line.trim().split(/\s+/);
    return ACTIONS.map((action, index) => [state, action, after[index]] as const);
  });

const outcome = (state: InvitationState, action: InvitationAction, expiresAt: Instant): string => {
  const next = nextInvitationState({ state, expiresAt }, action, NOW);
  return next.ok ? next.value : '.';
};

const stateOf = (name: string | undefined): InvitationState => {
  const state = INVITATION_STATES.find((known) => known === name);
  if (state === undefined) throw new Error(`the table names no state ${name}`);
  return state;
};

const anyState = fc.constantFrom(...INVITATION_STATES);
const anyAction = fc.constantFrom(...ACTIONS);

describe('an invitation', () => {
  test.each(cells)('that is %s: %s leads to %s', (state, action, after) => {
    expect(outcome(stateOf(state), action, inDays(1))).toBe(after);
  });

  test('whose time is over is expired for everybody, noticed or not', () => {
    fc.assert(
      fc.property(anyState.filter(awaitsAnswer), anyAction, (state, action) => {
        const overdue = outcome(state, action, NOW);
        if (action === 'expire') expect(overdue).toBe('expired');
        else expect(overdue).toBe(outcome('expired', action, NOW));
      }),
    );
  });

  test('never leads from an answer back to waiting but by being sent anew', () => {
    fc.assert(
      fc.property(anyState, fc.array(anyAction), (start, actions) => {
        let state = start;
        for (const action of actions) {
          const next = nextInvitationState({ state, expiresAt: inDays(1) }, action, NOW);
          if (!next.ok) continue;
          if (awaitsAnswer(next.value) && !awaitsAnswer(state)) expect(action).toBe('send');
          state = next.value;
        }
      }),
    );
  });

  test('that cannot do something says so in a sentence', () => {
    fc.assert(
      fc.property(anyState, anyAction, (state, action) => {
        const next = nextInvitationState({ state, expiresAt: inDays(1) }, action, NOW);
        if (!next.ok) expect(next.error.sentence).toMatch(/^[A-Z].*\.$/);
      }),
    );
  });

  test('without an expiry never runs out', () => {
    expect(isOverdue({ state: 'sent', expiresAt: undefined }, inDays(10_000))).toBe(false);
  });
});

describe('a reminder', () => {
  const due = (state: InvitationState, reminders: number, now: Instant, days = [14, 7]): boolean =>
    reminderIsDue({ state, sentAt: NOW, reminders }, days, now);

  test.each([
    ['sent', 0, 6, false],
    ['sent', 0, 7, true],
    ['opened', 0, 7, true],
    ['sent', 1, 13, false],
    ['sent', 1, 14, true],
    ['sent', 2, 300, false],
    ['unsure', 0, 7, false],
    ['accepted', 0, 7, false],
    ['drafted', 0, 7, false],
  ] as const)('to an invitation %s after %i reminders on day %i: %s', (state, sent, day, is) => {
    expect(due(state, sent, inDays(day))).toBe(is);
  });

  test('comes at most as often as the summit says, however long one waits', () => {
    const days = fc.array(fc.integer({ min: 1, max: 365 }), { maxLength: 10 });
    fc.assert(
      fc.property(days, fc.array(fc.integer({ min: 0, max: 100 })), (after, steps) => {
        let reminders = 0;
        let day = 0;
        for (const step of steps) {
          day += step;
          if (due('sent', reminders, inDays(day), after)) reminders += 1;
        }
        expect(reminders).toBeLessThanOrEqual(after.filter((each) => each <= day).length);
      }),
    );
  });
});

describe('the spread over communities', () => {
  const person = fc.record({
    communities: fc.uniqueArray(fc.constantFrom<string>('a', 'b', 'c'), { maxLength: 3 }),
    state: anyState,
  });

  test('counts everybody once in each of their communities', () => {
    fc.assert(
      fc.property(fc.array(person), (people) => {
        const spread = spreadOverCommunities(['a', 'b', 'c', 'd'], people);
        for (const community of ['a', 'b', 'c', 'd']) {
          for (const state of INVITATION_STATES) {
            const expected = people.filter(
              (each) => each.state === state && each.communities.includes(community),
            ).length;
            expect(spread.get(community)?.[state]).toBe(expected);
          }
        }
      }),
    );
  });

  test('shows a community that the definition no longer names as well', () => {
    const spread = spreadOverCommunities([], [{ communities: ['old'], state: 'accepted' }]);
    expect(spread.get('old')?.accepted).toBe(1);
  });
});
