/** A change of the demo's plan that was proposed, and what became of it. */
export interface ToldProposal {
  readonly at: string;
  readonly by: string;
  readonly title: string;
  readonly why: string;
  readonly path: string;
  readonly text: string;
  /** A second version, made after the first reviews. */
  readonly anew?: { readonly at: string; readonly text: string };
  readonly reviews: readonly {
    readonly at: string;
    readonly by: string;
    readonly verdict: 'approve' | 'request_changes' | 'comment';
    readonly body: string;
    /** A remark on a line of the document. */
    readonly line?: readonly [line: number, text: string];
  }[];
  readonly merged?: { readonly at: string; readonly by: string };
}

const NIGHTLY = `---
title: Test against nightly wheels
owner: pdvoracek
last-review: 2023-03-20
status:
  scipy: adopted
  numpy: adopted
  matplotlib: adopted
  networkx: {status: differs, reason: It has no compiled code}
  astropy: not yet
---

Run the tests once a week against the nightly wheels of what you depend on. What breaks there breaks for your
users half a year later.

Begin with one job that may fail. When it fails, open an issue where the change was made, before the release.
`;

const DEPRECATIONS_FIRST = `---
title: Announce before you remove
owner: kwolska
status:
  scikit_learn: adopted
  pandas: adopted
---

Whatever is public is deprecated for one release before it goes.

The warning says what to write instead.
`;

const DEPRECATIONS = `---
title: Announce before you remove
owner: kwolska
status:
  scikit_learn: adopted
  pandas: adopted
  numpy: {status: differs, reason: Two releases instead of one}
---

Whatever is public is deprecated for at least one release before it goes; projects at the bottom of the stack
wait for two.

The warning says what to write instead, and in which release the old way ends.
`;

const GOAL = `---
title: A shared build for compiled packages
needs:
  - Every project maintains its own way to build wheels
  - New processors and new versions of Python mean the same work ten times
deliverable: One documented build that ten core projects use
who-benefits:
  - Maintainers of compiled packages
  - Users of new processors
owner: hwbaek
---

Three projects have moved to the same tool by themselves. What is missing is what each found out alone.
`;

const REVIEWING = `---
title: Answer a first contribution within a week
owner: jsantamaria
status:
  matplotlib: adopted
---

Somebody who opens their first pull request hears from a person within seven days, if only that they will hear
more later.

A robot's thanks does not count.
`;

const CODE_OF_CONDUCT = `# How we treat each other here

We are guests of the institute, and of each other.

- Say what you think of the text, not of who wrote it.
- Whoever was not in the room has their say before it holds.
- The quiet rooms are quiet.
`;

/** Proposals in the order in which they were made. */
export const PROPOSALS: readonly ToldProposal[] = [
  {
    at: '2023-03-08T09:00',
    by: 'Pavel Dvořáček',
    title: 'A practice: test against nightly wheels',
    why: 'We agreed on it in February, and nobody wrote it down.',
    path: 'practices/nightly-wheels.md',
    text: NIGHTLY,
    reviews: [
      {
        at: '2023-03-10T14:00',
        by: 'Hyun-woo Baek',
        verdict: 'approve',
        body: 'This is what we do, and short enough to be read.',
      },
      {
        at: '2023-03-13T11:00',
        by: 'Fatima Zahra El Amrani',
        verdict: 'approve',
        body: 'We are “not yet” because our tests take three hours. I will try with a part of them.',
      },
    ],
    merged: { at: '2023-03-20T09:00', by: 'Pavel Dvořáček' },
  },
  {
    at: '2023-03-14T15:00',
    by: 'Katarzyna Wolska',
    title: 'A practice: announce before you remove',
    why: 'Twice this year a release of ours broke somebody who had seen no warning.',
    path: 'practices/deprecations.md',
    text: DEPRECATIONS_FIRST,
    anew: { at: '2023-03-21T10:00', text: DEPRECATIONS },
    reviews: [
      {
        at: '2023-03-17T09:30',
        by: 'Samir Haddad',
        verdict: 'request_changes',
        body: 'One release is too short for us. Say that it may be more.',
        line: [9, 'For NumPy it is two releases, and we will not shorten that.'],
      },
      {
        at: '2023-03-22T16:00',
        by: 'Samir Haddad',
        verdict: 'approve',
        body: 'Now it is true for us as well. Thank you.',
      },
      {
        at: '2023-03-24T12:00',
        by: 'Mateusz Kalinowski',
        verdict: 'approve',
        body: 'The last sentence is the one that helps users most.',
      },
    ],
    merged: { at: '2023-04-03T09:00', by: 'Katarzyna Wolska' },
  },
  {
    at: '2023-03-24T10:00',
    by: 'Ines Okafor',
    title: 'How we treat each other here',
    why: 'The institute asked for it, and we should have had it from the start.',
    path: 'conduct.md',
    text: CODE_OF_CONDUCT,
    reviews: [
      {
        at: '2023-03-26T18:00',
        by: 'Tomás Lindqvist',
        verdict: 'approve',
        body: 'Short, and nothing is missing that I would look for.',
      },
    ],
    merged: { at: '2023-03-27T08:00', by: 'Ines Okafor' },
  },
  {
    at: '2023-03-30T17:00',
    by: 'Hyun-woo Baek',
    title: 'A goal: a shared build for compiled packages',
    why: 'For the strategic plan. Leads of topics, please look whether the needs are yours too.',
    path: 'goals/shared-build.md',
    text: GOAL,
    reviews: [
      {
        at: '2023-04-02T09:00',
        by: 'Chiara Bellandi',
        verdict: 'approve',
        body: 'The second need is ours, word for word.',
      },
      {
        at: '2023-04-04T10:00',
        by: 'Emre Yıldırım',
        verdict: 'comment',
        body: 'Is ten a number that we believe in? Six have said that they would.',
        line: [6, 'Six said yes in March; ten would need the two that declined.'],
      },
    ],
  },
  {
    at: '2023-04-03T19:00',
    by: 'Jorge Santamaría',
    title: 'A practice: answer a first contribution within a week',
    why: 'People who hear nothing do not come back. We lost three this spring.',
    path: 'practices/first-contributions.md',
    text: REVIEWING,
    reviews: [],
  },
];

/** Decisions of the demo's plan. */
export const DECISIONS = [
  {
    at: '2023-03-13T10:00',
    by: 'Tomás Lindqvist',
    title: 'Plan in this repository, discuss in public',
    made: '2023-02-27',
    where: 'In the February call',
    decided:
      'Topics, their discussion and decisions are in this repository. Chat is for meeting each other, and decides nothing.',
    why: 'Half of us could not read the chat of last year any more.',
    alternatives: 'A forum (a third place to look into), and mail (nobody finds anything again).',
    people: ['Hyun-woo Baek', 'Linnea Ahlgren'],
    about: [],
  },
  {
    at: '2023-03-29T10:00',
    by: 'Aditi Raghunathan',
    title: 'Endorsing a SPEC promises nothing about adopting it',
    made: '2023-03-27',
    where: 'In the March call, in the track on SPECs',
    decided:
      'To endorse says that a text is good advice. To adopt says that a project follows it. Neither follows from the other.',
    why: 'Two projects would endorse at once if it meant no more than that.',
    alternatives:
      'To endorse only what one has adopted: then four SPECs would have no endorsement.',
    people: ['Katarzyna Wolska', 'Chiara Bellandi'],
    about: ['endorse-and-adopt'],
    objection: {
      at: '2023-04-03T09:00',
      by: 'Duncan McAllister',
      reason:
        'Readers will not see the difference on a badge. Decide on the badge at the same time.',
    },
  },
] as const;
