/** The `plan.yaml` with which every plan begins; whoever organises the summit changes it by a proposal. */
export const SKELETON_RULES = `# Who reviews changes to this plan, and what may be changed without a review.
# Change this file by a proposal, like any other; it holds from the moment at which it is merged.
#
#   reviewers    whose approval counts: anyone (who comes), organisers, leads (of topics),
#                or handles, such as [mira, jonas]
#   approvals    how many of them must approve
#   window-days  for how many days a change stays open to comments before it may be merged;
#                in decisions: for how many days a decision stays provisional
#   direct       who may change a document at once, without a proposal:
#                nobody, authors (whoever wrote or leads it; organisers too),
#                or anyone (who comes)

everywhere:
  reviewers: anyone
  approvals: 1
  window-days: 0
  direct: nobody

# By folder or file; what is not said here is as everywhere.
folders:
  topics:
    direct: authors
  meetings:
    direct: anyone
  decisions:
    reviewers: anyone
    approvals: 2
    window-days: 14
  practices:
    approvals: 2
    window-days: 7
  standards:
    reviewers: leads
    approvals: 2
    window-days: 14
  goals:
    reviewers: leads
    approvals: 2
  plan.yaml:
    reviewers: organisers
    approvals: 1
    window-days: 3

# What a topic must say before it comes into a state, and who moves it there:
# anyone (who comes), people (whoever brought or leads it, or is one of its people; organisers too),
# or organisers. It can be asked for a problem, goal, done-when, lead, people, projects, effort and
# first-tasks.
topic-states:
  proposed: {moved-by: people, needs: [problem]}
  planned: {moved-by: people, needs: [problem, done-when, lead]}
  active: {moved-by: people, needs: [lead]}
  done: {moved-by: people}
  dropped: {moved-by: people}
`;

export interface FolderText {
  readonly folder: string;
  readonly name: string;
  /** What the folder is for, in a sentence. */
  readonly purpose: string;
  /** How one is written, in Markdown. */
  readonly advice: string;
  /** A document to copy. */
  readonly template: string;
}

/** What each folder of a plan is for, with a document to copy. */
export const FOLDER_TEXTS: readonly FolderText[] = [
  {
    folder: 'topics',
    name: 'Topics',
    purpose:
      'Something worth doing together, one document each: the problem, the wished result, and who works on it.',
    advice: `A topic begins as an \`idea\`, and goes on as \`proposed\`, \`planned\`, \`active\` and \`done\`; or it is \`dropped\`.
A planned topic says who leads it, what it is done when, and with which tasks it begins.
\`effort\` is \`small\` (hours), \`medium\` (the days of the summit) or \`large\` (longer).`,
    template: `---
title: Sparse arrays in every library
state: idea
lead: mira
people: [jonas, ada]
projects: [scipy, scikit-learn]
effort: medium
labels: [arrays]
links:
  - https://example.org/discussion
opened: 2023-03-01
by: mira
---

## Problem

What is wrong today, and whom it hurts.

## Goal

What will be better.

## Done when

How anybody can tell that it is finished.

## First tasks

- [ ] What to do first
- [ ] What to do next
`,
  },
  {
    folder: 'meetings',
    name: 'Meeting notes',
    purpose:
      'What was said and decided in planning meetings, one document for each meeting or track of it.',
    advice: `The file's name begins with the day: \`2023-02-27-february.md\`. \`meeting\` is the key of the meeting in the
definition of the summit, \`track\` that of a track; \`people\` are those who were there and wish to be named.`,
    template: `---
title: Notes of the February planning meeting
date: 2023-02-27
meeting: february
people: [mira, jonas]
---

## Topics

## Decisions

## Action items

- [ ] @mira writes to the projects by 2023-03-10
`,
  },
  {
    folder: 'decisions',
    name: 'Decisions',
    purpose:
      'What was decided, where and by whom; provisional until those who were not in the room had their say.',
    advice: `A decision is \`provisional\` until the day on which its window closes; then it is \`ratified\`, or \`reopened\`
if somebody objected. \`topics\` are paths of the documents that it is about.`,
    template: `---
title: Publish nightly wheels from one place
state: provisional
made: 2023-05-24
where: In the room on Wednesday, and in the call
closes: 2023-06-07
deciders: [mira, jonas]
topics:
  - topics/nightly-wheels.md
---

What was decided, what spoke for it and against it, and who said so.
`,
  },
  {
    folder: 'practices',
    name: 'Practices',
    purpose:
      'How we work, chapter by chapter: the manual of best practices, and what each project makes of it.',
    advice: `\`owner\` looks after the chapter, and enters the day of the \`last-review\`. \`standard\` is the path of a
standard that it explains. \`status\` says of each project whether it has \`adopted\` the practice, \`differs\`
(with the reason) or has \`not yet\` adopted it.`,
    template: `---
title: Test against nightly wheels
owner: mira
last-review: 2023-05-22
standard: standards/nightly-wheels.md
status:
  numpy: adopted
  scipy: not yet
  networkx: {status: differs, reason: It has no compiled code}
---

What to do, why, and how to begin.
`,
  },
  {
    folder: 'standards',
    name: 'Standards',
    purpose:
      'Texts that projects endorse and adopt, in the form of the SPECs of Scientific Python.',
    advice: `The front matter is that of a SPEC: \`title\`, \`number\`, \`date\`, \`author\` (two or more from different projects
once it is published), \`is-draft\` until it is published, and \`endorsed-by\`, the core projects that decided for it.`,
    template: `---
title: "SPEC 4 — Using and Creating Nightly Wheels"
number: 4
date: 2022-12-09
author:
  - "Mira Lehto <mira@example.org>"
  - "Jonas Weber <jonas@example.org>"
is-draft: true
endorsed-by:
---

## Description

## Core Project Endorsement

## Ecosystem Adoption

## Implementation

## Notes
`,
  },
  {
    folder: 'goals',
    name: 'Goals',
    purpose:
      'What we want to reach in the coming years: needs, what will be delivered, and who benefits.',
    advice: `Goals make the strategic plan. \`needs\` says what is lacking today, \`deliverable\` what there will be, and
\`who-benefits\` for whom; \`owner\` keeps it alive.`,
    template: `---
title: A shared build system for compiled packages
needs:
  - Every project maintains its own way to build wheels
deliverable: One documented build system that ten core projects use
who-benefits:
  - Maintainers of compiled packages
  - Users of new Python versions and processors
owner: mira
---

Why now, and what it takes.
`,
  },
];

/** The issue form by which forges offer a topic; what is sent becomes an issue there, not yet a document. */
export const TOPIC_ISSUE_FORM = `name: Topic
description: Something worth doing together at the summit
title: "Topic: "
labels: [topic]
body:
  - type: textarea
    id: problem
    attributes:
      label: Problem
      description: What is wrong today, and whom does it hurt?
    validations:
      required: true
  - type: textarea
    id: goal
    attributes:
      label: Goal
      description: What will be better?
  - type: textarea
    id: done-when
    attributes:
      label: Done when
      description: How can anybody tell that it is finished?
  - type: textarea
    id: first-tasks
    attributes:
      label: First tasks
      description: A list of tasks, with a box before each
      value: "- [ ] "
  - type: input
    id: projects
    attributes:
      label: Projects
      description: Which projects does it need? Names, with commas between them.
  - type: dropdown
    id: effort
    attributes:
      label: Effort
      description: How much work is it?
      options: [small, medium, large]
`;
