import { isGroup } from '@cairn/formats/plain-data';
import { daysBetween, type PlainDate, parseDate } from '@cairn/kernel/time';
import { partOfForm, type TopKey } from './definition-form.ts';
import type { Group, Typing } from './form-parts.ts';
import { inputOf, typingOf } from './form-typing.ts';

const whole = (...names: TopKey[]) =>
  Object.fromEntries(names.map((name) => [name, partOfForm(name)]));

/** The few things that a new summit cannot do without; the rest is filled in later. */
export const FOUNDING_FORM: Group = {
  kind: 'group',
  parts: {
    ...whole('title'),
    slug: {
      kind: 'key',
      label: 'Address',
      from: 'title',
      hint: 'The last part of its web address: small letters, digits and _. Leave it empty and it is made from the title.',
    },
    ...whole('series', 'summary', 'authors', 'organisation', 'hosts', 'venue', 'zone'),
    dates: {
      kind: 'group',
      parts: {
        start: { kind: 'day', label: 'First day of work' },
        end: { kind: 'day', label: 'Last day of work' },
      },
    },
    seats: { kind: 'group', parts: { planned: { kind: 'number', label: 'Seats' } } },
  },
};

/** The empty form, with room for one host. */
export const emptyFounding = (): Typing =>
  typingOf(FOUNDING_FORM, { hosts: [{}], series: { edition: 1 } });

/**
 * A whole definition from the few things that were typed. What it adds is plain: arrival the day
 * before, departure the day after, and the one obligation to be there.
 */
export function foundingInput(typing: Typing, today: PlainDate): Readonly<Record<string, unknown>> {
  const typed = inputOf(FOUNDING_FORM, typing);
  const input = isGroup(typed) ? typed : {};
  const dates = isGroup(input['dates']) ? input['dates'] : {};
  const seats = isGroup(input['seats']) ? input['seats'] : {};
  const arrival = dayBeside(dates['start'], -1);
  const announced = arrival !== undefined && daysBetween(today, arrival) < 0 ? arrival : today;
  return {
    cairn: 'summit/1',
    ...input,
    announced: announced.toString(),
    dates: {
      arrival: arrival?.toString() ?? dates['start'],
      ...dates,
      departure: dayBeside(dates['end'], 1)?.toString() ?? dates['end'],
    },
    seats: { ...seats, ceiling: seats['planned'] },
    funding: { covers: [] },
    agreement: {
      text: '',
      obligations: [
        { key: 'presence', text: 'attend the whole summit in person', rule: { kind: 'present' } },
      ],
    },
    planning_meetings: { minutes: 60, list: [] },
  };
}

function dayBeside(day: unknown, days: number): PlainDate | undefined {
  const parsed = typeof day === 'string' ? parseDate(day) : undefined;
  return parsed?.ok ? parsed.value.add({ days }) : undefined;
}
