import { expectOk } from '@cairn/kernel/result';
import { parseZone, Temporal } from '@cairn/kernel/time';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CADENCES, PROPOSED_CHOICE, reasonFor, toldUntil } from './digest-rules.ts';

const zone = expectOk(parseZone('Asia/Kathmandu'));
const berlin = expectOk(parseZone('Europe/Berlin'));
const at = (text: string) => Temporal.Instant.from(text);
const nothing = { isOwn: false, isMentioned: false, takesPart: false, watches: undefined };

describe('who is told', () => {
  test('is never told of their own deeds', () => {
    expect(reasonFor(PROPOSED_CHOICE, { ...nothing, isOwn: true, isMentioned: true })).toBe(
      undefined,
    );
  });

  test('hears of mentions first, then of what they take part in, and of all else only if they want it', () => {
    expect(reasonFor(PROPOSED_CHOICE, { ...nothing, isMentioned: true, takesPart: true })).toBe(
      'mentions',
    );
    expect(reasonFor(PROPOSED_CHOICE, { ...nothing, takesPart: true })).toBe('taking_part');
    expect(reasonFor(PROPOSED_CHOICE, nothing)).toBe(undefined);
    expect(reasonFor({ ...PROPOSED_CHOICE, everything: 'weekly' }, nothing)).toBe('everything');
  });

  test('hears of what they watch, and of what they do not only when they are mentioned', () => {
    expect(reasonFor(PROPOSED_CHOICE, { ...nothing, watches: true })).toBe('taking_part');
    const off = { ...nothing, takesPart: true, watches: false };
    expect(reasonFor({ ...PROPOSED_CHOICE, everything: 'daily' }, off)).toBe(undefined);
    expect(reasonFor(PROPOSED_CHOICE, { ...off, isMentioned: true })).toBe('mentions');
  });

  test('is told for the next reason where the first is wanted never', () => {
    const choice = { ...PROPOSED_CHOICE, mentions: 'never' as const };
    expect(reasonFor(choice, { ...nothing, isMentioned: true, takesPart: true })).toBe(
      'taking_part',
    );
    expect(reasonFor(choice, { ...nothing, isMentioned: true })).toBe(undefined);
  });
});

describe('what is told now', () => {
  const choice = { hour: 8, weekday: 1 };
  test('is what happened before the hour struck on the reader’s wall', () => {
    // 8:00 in Kathmandu is 2:15 UTC.
    expect(toldUntil('daily', choice, zone, at('2023-03-01T02:14:59Z'))).toEqual(
      at('2023-02-28T02:15:00Z'),
    );
    expect(toldUntil('daily', choice, zone, at('2023-03-01T02:15:00Z'))).toEqual(
      at('2023-03-01T02:15:00Z'),
    );
    expect(toldUntil('weekly', choice, zone, at('2023-03-01T12:00:00Z'))).toEqual(
      at('2023-02-27T02:15:00Z'),
    );
    expect(toldUntil('never', choice, zone, at('2023-03-01T12:00:00Z'))).toBe(undefined);
  });

  test('stays at the hour of the wall when the clocks are changed', () => {
    expect(toldUntil('daily', choice, berlin, at('2023-03-25T12:00:00Z'))).toEqual(
      at('2023-03-25T07:00:00Z'),
    );
    expect(toldUntil('daily', choice, berlin, at('2023-03-26T12:00:00Z'))).toEqual(
      at('2023-03-26T06:00:00Z'),
    );
  });

  test('never goes back, never lies ahead, and lies at most a day or a week behind', () => {
    const minute = fc.integer({ min: 28_000_000, max: 28_600_000 });
    fc.assert(
      fc.property(
        minute,
        fc.nat(20_000),
        fc.integer({ min: 0, max: 23 }),
        fc.integer({ min: 1, max: 7 }),
        fc.constantFrom(...CADENCES),
        fc.constantFrom(zone, berlin),
        (start, later, hour, weekday, cadence, where) => {
          const told = (m: number) =>
            toldUntil(
              cadence,
              { hour, weekday },
              where,
              Temporal.Instant.fromEpochMilliseconds(m * 60_000),
            );
          const [one, two] = [told(start), told(start + later)];
          expect(one === undefined).toBe(cadence === 'never');
          if (one === undefined || two === undefined) return;
          expect(Temporal.Instant.compare(one, two)).toBeLessThanOrEqual(0);
          const behind = start - one.epochMilliseconds / 60_000;
          expect(behind).toBeGreaterThanOrEqual(0);
          expect(behind).toBeLessThanOrEqual((cadence === 'weekly' ? 7 : 1) * 1440 + 60);
        },
      ),
    );
  });
});
