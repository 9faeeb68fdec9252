/** A summit in Seattle whose week and calls are still to be found, for people all around the world. */
export const SEATTLE_SUMMIT = `cairn: summit/1
slug: seattle_autumn
title: Seattle Autumn Summit
series:
  key: seattle_summit
  title: Seattle Summit
  edition: 1
announced: 2023-04-06
summary: A summit for people all around the world.
authors: [Ines Okafor]
organisation: Scientific Python
hosts:
  - name: The library
venue:
  name: The library
  city: Seattle
  country: United States of America
zone: America/Los_Angeles

dates:
  arrival: 2023-10-15
  start: 2023-10-16
  end: 2023-10-20
  departure: 2023-10-21
  status: tentative
  window: { from: 2023-10-01, until: 2023-11-30 }
  lead_months: 4

seats: { planned: 5, ceiling: 6 }

invitations:
  answer_within_days: 60
  offer_within_days: 5
  remind_after_days: [30]

funding:
  covers: [travel]

communities:
  - { key: numpy, name: NumPy }
  - { key: scipy, name: SciPy }

phases:
  - key: planning
    title: Planning
    from: { months: 4, before: start }
    until: { days: 1, before: start }
    steps:
      - { key: topics, title: Topics decided, due: { weeks: 8, before: start } }

agreement:
  text: We promise to prepare, and to come.
  obligations:
    - key: planning_meetings
      text: take part in two of the three planning meetings
      rule: { kind: attend, meetings: 2, of: 3 }

planning_meetings:
  minutes: 60
  parallel_tracks: { least: 1, most: 2 }
  tracks:
    - { key: build, title: Build systems }
    - { key: docs, title: Documentation }
    - { key: tests, title: Testing }
  list:
    - { key: june, title: June call, month: 2023-06 }
    - { key: july, title: July call, month: 2023-07 }
    - { key: august, title: August call, month: 2023-08 }
`;

/** Who is to come, and where they live. */
export const WORLD = [
  { name: 'Lena Vogt', email: 'lena@example.org', community: 'NumPy', zone: 'Europe/Berlin' },
  { name: 'Arjun Rao', email: 'arjun@example.org', community: 'NumPy', zone: 'Asia/Kolkata' },
  { name: 'Ruby Hart', email: 'ruby@example.org', community: 'SciPy', zone: 'Australia/Sydney' },
  { name: 'Bia Lima', email: 'bia@example.org', community: 'SciPy', zone: 'America/Sao_Paulo' },
] as const;
