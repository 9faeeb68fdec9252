import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { missedBy, missedWords } from './missed-rules.ts';
import { isThere, type Presence, presenceProblems } from './presence-rules.ts';
import { presenceAsTyped, readPresence, shownAs } from './presence-schema.ts';

const whole: Presence = {
  personId: 'ada',
  arrivesOn: null,
  arrivesAt: null,
  leavesOn: null,
  leavesAt: null,
  isRemote: false,
  note: '',
};
const at = (date: string, starts: string, ends: string) => ({ date, starts, ends });

const day = fc.constantFrom('2023-05-22', '2023-05-23', '2023-05-24');
const time = fc.constantFrom('00:00', '09:30', '14:00', '23:59');
const presence = fc
  .record({
    arrivesOn: fc.option(day),
    arrivesAt: fc.option(time),
    leavesOn: fc.option(day),
    leavesAt: fc.option(time),
    isRemote: fc.boolean(),
    note: fc.constantFrom('', 'By the night train'),
  })
  .map((said) => ({ ...said, personId: 'ada' }));

describe('somebody', () => {
  test('who said nothing is there', () => {
    expect(isThere(undefined, at('2023-05-22', '09:00', '10:00'))).toBe(true);
  });

  test('is there from arrival to departure, and for the whole of something only', () => {
    const said = {
      ...whole,
      arrivesOn: '2023-05-22',
      arrivesAt: '10:00',
      leavesOn: '2023-05-24',
    };
    expect(isThere(said, at('2023-05-22', '09:30', '10:30'))).toBe(false);
    expect(isThere(said, at('2023-05-22', '10:00', '10:30'))).toBe(true);
    expect(isThere(said, at('2023-05-24', '16:00', '17:30'))).toBe(true);
    expect(isThere(said, at('2023-05-25', '09:00', '09:30'))).toBe(false);
  });

  test('who said something that can be is there at some time', () => {
    fc.assert(
      fc.property(presence, (said) => {
        fc.pre(presenceProblems(said).length === 0);
        const minutes = ['2023-05-21', '2023-05-22', '2023-05-23', '2023-05-24'].flatMap((date) =>
          ['00:00', '09:30', '14:00', '23:58', '23:59'].map((starts) => at(date, starts, starts)),
        );
        expect(minutes.some((minute) => isThere(said, minute))).toBe(true);
      }),
    );
  });

  test('reads back what a form said', () => {
    fc.assert(
      fc.property(presence, (said) => {
        fc.pre(presenceProblems(said).length === 0);
        const { personId: _, ...fields } = said;
        const typed = presenceAsTyped(said, '_x');
        expect(readPresence(typed, '_x')).toEqual({ ok: true, value: fields });
        expect(shownAs(said)).not.toBe('');
      }),
    );
  });

  test('is told at the field what cannot be', () => {
    const typed = { arrives_on_x: '2023-05-24', leaves_on_x: '2023-05-22' };
    const read = readPresence(typed, '_x');
    expect(read.ok ? [] : read.error.map(({ place }) => place.path)).toEqual(['leaves_on_x']);
    const wrong = readPresence({ arrives_on: 'Monday', arrives_at: '25:00' });
    expect(wrong.ok ? [] : wrong.error.map(({ place }) => place.path)).toEqual([
      'arrives_on',
      'arrives_at',
    ]);
  });

  test('is told what of the released timetable they miss, and of their own sessions only', () => {
    const block = {
      id: 'b',
      ...at('2023-05-26', '17:00', '17:30'),
      kind: 'closing' as const,
      title: 'Closing round',
      meal: null,
      isProvided: false,
      roomId: null,
      place: '',
      text: '',
    };
    const session = (id: string, people: string[]) => ({
      id,
      kind: 'work' as const,
      title: id,
      text: '',
      topicNumber: null,
      groupKey: null,
      track: '',
      ...at('2023-05-26', '14:00', '15:30'),
      roomId: null,
      leads: [],
      people,
    });
    const said = { ...whole, leavesOn: '2023-05-26', leavesAt: '15:00' };
    const sessions = [session('Mine', ['ada']), session('Theirs', ['ben'])];
    expect(missedWords(missedBy(said, { blocks: [block] }, sessions))).toEqual([
      'You would be away during “Mine” (Friday, 14:00–15:30).',
      'You would be away during “Closing round” (Friday, 17:00–17:30).',
    ]);
  });
});
