/** A small summit of two seats, as somebody might write it: in Kathmandu, four months after the demo's spring. */
const SECOND_SUMMIT = `cairn: summit/1
slug: kathmandu_2023
title: Kathmandu Summit
full_title: The First Kathmandu Summit
series:
  key: kathmandu_summit
  title: Kathmandu Summit
  edition: 1
announced: 2023-04-06
summary: A small summit, for two who come and others who wait.
authors: [Ines Okafor]
organisation: Scientific Python
hosts:
  - name: Kathmandu University
venue:
  name: The library
  city: Dhulikhel
  country: Nepal
zone: Asia/Kathmandu # no whole hour from anywhere

dates:
  arrival: 2023-09-03
  start: 2023-09-04
  end: 2023-09-08
  departure: 2023-09-09

seats:
  planned: 2
  ceiling: 3

invitations:
  answer_within_days: 14
  offer_within_days: 5
  remind_after_days: [7]

funding:
  covers: [travel, lodging]
  text: We pay {covers}.

communities:
  - { key: numpy, name: NumPy }

agreement:
  text: We promise to prepare, and to come.
  obligations:
    - key: planning_meetings
      text: take part in two of the three planning meetings
      rule: { kind: attend, meetings: 2, of: 3 }
    - key: presence
      text: attend the summit in person
      rule: { kind: present }

planning_meetings:
  minutes: 60
  list:
    - { key: may, title: May meeting, starts: 2023-05-15T16:00 }
    - { key: june, title: June meeting, starts: 2023-06-19T16:00 }
    - { key: july, title: July meeting, month: 2023-07 }
`;

/** Three slips of the pen, and the words that mend each. */
export const MISTAKES = [
  { wrong: 'full_titel:', right: 'full_title:' },
  { wrong: 'zone: Asia/Kathmando', right: 'zone: Asia/Kathmandu' },
  { wrong: '  planned: two', right: '  planned: 2' },
] as const;

/** The file with its mistakes. */
export const SUMMIT_WITH_MISTAKES = MISTAKES.reduce(
  (text, { wrong, right }) => text.replace(right, wrong),
  SECOND_SUMMIT,
);

/** The line of a text, from 1, on which these words stand. */
export const lineOf = (text: string, words: string): number =>
  text.slice(0, text.indexOf(words)).split('\n').length;
