import {
  type SummitDefinition,
  type SummitDefinitionInput,
  summitDefinitionSchema,
} from '../apps/cairn/src/features/summits/schema.ts';

/** A small summit in Seattle, 22 to 26 May 2023, with three meetings and all four kinds of promise. */
export function promisedSummit(changes: Partial<SummitDefinitionInput> = {}): SummitDefinition {
  return summitDefinitionSchema.parse({
    cairn: 'summit/1',
    slug: 'promised_2023',
    title: 'Promised Summit',
    series: { key: 'promised', title: 'Promised', edition: 1 },
    announced: '2023-01-11',
    summary: 'A summit.',
    authors: ['An Author'],
    organisation: 'An organisation',
    hosts: [{ name: 'A host' }],
    venue: { name: 'A hall', city: 'Seattle', country: 'United States of America' },
    zone: 'America/Los_Angeles',
    dates: {
      arrival: '2023-05-21',
      start: '2023-05-22',
      end: '2023-05-26',
      departure: '2023-05-27',
    },
    seats: { planned: 40, ceiling: 50 },
    funding: { covers: ['travel'] },
    agreement: {
      text: 'We promise.',
      obligations: [
        {
          key: 'planning_meetings',
          text: 'take part in two of the three planning meetings',
          rule: { kind: 'attend', meetings: 2, of: 3 },
        },
        {
          key: 'work_plan',
          text: 'contribute to the work plan and review it',
          rule: { kind: 'contribute', contributions: 1, reviews: 1 },
        },
        { key: 'presence', text: 'attend the summit in person', rule: { kind: 'present' } },
        {
          key: 'follow_up',
          text: 'take part for months afterwards',
          rule: { kind: 'follow_up', months: 4, updates: 1 },
        },
      ],
    },
    planning_meetings: {
      minutes: 60,
      list: [
        { key: 'february', title: 'February meeting', starts: '2023-02-27T09:00' },
        { key: 'march', title: 'March meeting', starts: '2023-03-27T09:00' },
        { key: 'april', title: 'April meeting', month: '2023-04' },
      ],
    },
    ...changes,
  });
}
