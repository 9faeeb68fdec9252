import { problem } from '@cairn/kernel/problem';
import { ok } from '@cairn/kernel/result';
import { Temporal } from '@cairn/kernel/time';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { callForm, readCallForm } from './call-form-schema.ts';
import {
  type CallChange,
  type CallContent,
  callChanges,
  contentOf,
  endingOf,
  endOf,
  isToBeWarned,
  type KeptCall,
} from './call-rules.ts';
import { findings, linksOf } from './link-rules.ts';
import { readCallSource } from './source-rules.ts';

const THEN = Temporal.Instant.from('2023-01-01T12:00:00Z');
const NOW = Temporal.Instant.from('2023-02-01T12:00:00Z');

const content = (more: Partial<CallContent> = {}): CallContent => ({
  summary: 'Steering',
  start: { local: '2023-01-03T09:00:00', zone: 'America/Los_Angeles' },
  minutes: 60,
  isAllDay: false,
  rule: 'FREQ=WEEKLY',
  except: [],
  also: [],
  ...more,
});

/** Does what the changes say, as the database would. */
function applied(kept: readonly KeptCall[], changes: readonly CallChange[]): KeptCall[] {
  const rows = new Map(kept.map((call) => [call.id, call]));
  for (const change of changes) {
    if (change.kind === 'new') {
      const id = `c${rows.size}`;
      rows.set(id, {
        id,
        uid: `call.${id}`,
        position: change.position,
        content: change.content,
        runsOut: endOf(change.content),
        sequence: 0,
        lastModified: NOW,
        cancelledAt: undefined,
        warnedFor: undefined,
      });
      continue;
    }
    const { kind: _, ...row } = change;
    const old = rows.get(change.id);
    if (old !== undefined) rows.set(change.id, { ...old, ...row });
  }
  return [...rows.values()];
}
const on = (calls: readonly KeptCall[]) =>
  calls
    .filter(({ cancelledAt }) => cancelledAt === undefined)
    .toSorted((one, other) => one.position - other.position);

const anyFile = fc.array(
  fc.record({
    summary: fc.constantFrom('Steering', 'Work session', 'Triage'),
    minutes: fc.constantFrom(30, 60),
    url: fc.constantFrom('https://a.example', 'https://b.example'),
  }),
  { maxLength: 5 },
);
const anyHistory = fc
  .array(anyFile, { minLength: 1, maxLength: 4 })
  .map((files) => files.map((file) => file.map((each) => content(each))));

describe('what becomes of the calls that were told', () => {
  test('is that exactly the calls of the last file are on, in its order', () => {
    fc.assert(
      fc.property(anyHistory, (files) => {
        let kept: KeptCall[] = [];
        for (const file of files) kept = applied(kept, callChanges(kept, file, NOW));
        expect(on(kept).map((call) => call.content)).toEqual(files.at(-1));
      }),
    );
  });

  test('is nothing when the same file is read again', () => {
    fc.assert(
      fc.property(anyHistory, (files) => {
        let kept: KeptCall[] = [];
        for (const file of files) kept = applied(kept, callChanges(kept, file, NOW));
        expect(callChanges(kept, files.at(-1) ?? [], NOW)).toEqual([]);
      }),
    );
  });

  test('never takes a UID away or gives it to two, and no sequence ever falls', () => {
    fc.assert(
      fc.property(anyHistory, (files) => {
        let kept: KeptCall[] = [];
        for (const file of files) {
          const after = applied(kept, callChanges(kept, file, NOW));
          const now = new Map(after.map((call) => [call.uid, call]));
          expect(now.size).toBe(after.length);
          for (const { uid, sequence, content: before, cancelledAt } of kept) {
            const call = now.get(uid);
            expect(call).toBeDefined();
            const moved =
              call?.content.minutes !== before.minutes ||
              call.content.summary !== before.summary ||
              (call.cancelledAt === undefined) !== (cancelledAt === undefined);
            expect(call?.sequence ?? -1).toBeGreaterThanOrEqual(sequence + (moved ? 1 : 0));
          }
          kept = after;
        }
      }),
    );
  });

  test('is the same call under another name where all but its name and words stayed', () => {
    const kept = applied([], callChanges([], [content(), content({ summary: 'Triage' })], THEN));
    const changes = callChanges(
      kept,
      [content({ summary: 'Council' }), content({ summary: 'Triage' })],
      NOW,
    );
    expect(changes).toMatchObject([{ kind: 'moved', id: 'c0', sequence: 1 }]);
  });
});

describe('the end of a call', () => {
  const warn = { days: 42, times: 2 };
  const kept = (more: Partial<CallContent>): KeptCall => {
    const [call] = applied([], callChanges([], [content(more)], THEN));
    if (call === undefined) throw new Error('one call was made');
    return { ...call, lastModified: THEN };
  };
  const ending = (rule: string | undefined, days = 42) => {
    const { rule: _, ...once } = content();
    const call =
      rule === undefined ? { ...kept({}), content: once, runsOut: endOf(once) } : kept({ rule });
    return endingOf(call, { ...warn, days }, NOW).kind;
  };

  test.each([
    ['FREQ=WEEKLY', 'open'],
    ['FREQ=WEEKLY;UNTIL=20231231T000000Z', 'later'],
    ['FREQ=WEEKLY;UNTIL=20230310T000000Z', 'soon'],
    ['FREQ=WEEKLY;COUNT=3', 'over'],
    ['FREQ=YEARLY;COUNT=2', 'soon'],
    [undefined, 'over'],
  ])('of %s is %s on 1 February', (rule, kind) => {
    expect(ending(rule)).toBe(kind);
  });

  test('is near by the number of times even when it is far by days', () => {
    expect(ending('FREQ=MONTHLY;COUNT=3', 0)).toBe('soon');
    expect(ending('FREQ=MONTHLY;COUNT=5', 0)).toBe('later');
  });

  test('is told once for each end, and not when it was over before anybody knew of the call', () => {
    const call = kept({ rule: 'FREQ=WEEKLY;UNTIL=20230310T000000Z' });
    expect(isToBeWarned(call, warn, NOW)).toBe(true);
    expect(isToBeWarned({ ...call, warnedFor: call.runsOut }, warn, NOW)).toBe(false);
    expect(isToBeWarned({ ...call, cancelledAt: NOW }, warn, NOW)).toBe(false);
    const over = kept({ rule: 'FREQ=WEEKLY;COUNT=3' });
    expect(isToBeWarned(over, warn, NOW)).toBe(true);
    expect(isToBeWarned({ ...over, lastModified: NOW }, warn, NOW)).toBe(false);
  });
});

describe('links', () => {
  test('are those of a call, its place and its words, each once and without the stop after it', () => {
    expect(
      linksOf(
        content({
          url: 'https://meet.example.org/a?b=c',
          location: 'Room 3',
          description:
            'Notes (https://notes.example.org/x). Join https://meet.example.org/a?b=c, http://old.example.org',
        }),
      ),
    ).toEqual(['https://meet.example.org/a?b=c', 'https://notes.example.org/x']);
  });

  test('of a name that nobody knows are broken only where another server was reached', () => {
    const refusal = (code: string) => ({ ok: false, error: problem(code, code) }) as const;
    const states = (...answers: Parameters<typeof findings>[0]) =>
      findings(answers).map(({ state }) => state);
    expect(states(refusal('unknown-host'), refusal('timeout'))).toEqual(['unknown', 'unknown']);
    expect(states(refusal('unknown-host'), ok('a page'))).toEqual(['broken', 'ok']);
    expect(states(refusal('not-found'), refusal('too-large'), refusal('forbidden'))).toEqual([
      'broken',
      'ok',
      'unknown',
    ]);
  });
});

describe('the form of a call', () => {
  const read = (yaml: string) => {
    const source = readCallSource(`name: Calls\nevents:\n${yaml}`, 'calls.yaml');
    const event = source.ok ? source.value.calendar.events[0] : undefined;
    if (event === undefined) throw new Error('the file has one event');
    return event;
  };
  const BEGIN = '  - summary: A\n    begin: 2023-01-03 09:00:00\n    duration: { minutes: 45 }\n';

  test.each([
    BEGIN,
    '  - summary: Whole days\n    begin: 2023-01-03\n    duration: { days: 3 }\n',
    `${BEGIN}    ics: RRULE:FREQ=WEEKLY;BYDAY=TU,TH;COUNT=7\n`,
    `${BEGIN}    ics: RRULE:FREQ=MONTHLY;BYDAY=1TU;INTERVAL=2\n`,
    `${BEGIN}    repeat: { interval: { days: 14 }, until: 2023-12-31 00:00:00, except_on: [2023-01-31] }\n`,
    `${BEGIN}    ics: |\n      RRULE:FREQ=WEEKLY\n      RDATE;TZID=UTC:20230104T173000\n`,
  ])('gives back what it was made from, whatever it can say: %s', (yaml) => {
    const event = read(yaml);
    const again = readCallForm(callForm(event), event);
    expect(again.ok && contentOf(again.value)).toEqual(contentOf(event));
  });

  test('means the last Tuesday where a call begins on a fifth one', () => {
    const form = { ...callForm(read(BEGIN)), day: '2023-01-31', repeats: 'monthly' };
    const event = readCallForm(form);
    expect(event.ok && event.value.recurrence.rule).toBe('FREQ=MONTHLY;BYDAY=-1TU');
  });

  test('ends with its last day on the clock of the call', () => {
    const form = {
      ...callForm(read(BEGIN)),
      zone: 'Asia/Kolkata',
      repeats: 'weekly',
      until: '2023-03-07',
    };
    const event = readCallForm(form);
    expect(event.ok && event.value.recurrence.rule).toBe('FREQ=WEEKLY;UNTIL=20230307T182959Z');
    expect(event.ok && endOf(contentOf(event.value))).toBe('2023-03-07T09:00:00');
  });
});
