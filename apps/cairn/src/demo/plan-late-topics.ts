import type { ToldTopic } from './plan-topics.ts';

type Planned = NonNullable<ToldTopic['planned']>;

/** A topic that came in April and needed few words, with what the last planning meeting made of it. */
const late = (
  [slug, at, by, title]: readonly [string, string, string, string],
  [problem, doneWhen]: readonly [string, string],
  facts: Pick<ToldTopic, 'projects' | 'effort' | 'labels'>,
  planned: Omit<Planned, 'at'>,
): ToldTopic => ({
  ...{ slug, at, by, title, problem, doneWhen, ...facts },
  planned: { at: '2023-05-04T11:00', ...planned },
  said: [],
});

/** The topics that came after the second planning meeting, in the order in which they were proposed. */
export const LATE_TOPICS: readonly ToldTopic[] = [
  late(
    ['nightly-wheels', '2023-04-10T09:00', 'Ioana Petrescu', 'Nightly wheels in one place'],
    [
      'Everybody who tests against what comes next looks for nightly builds in four places, and two of them are full.',
      'Eight projects upload to one place, old files go by themselves, and a page says how to test against it.',
    ],
    { projects: ['numpy', 'scipy', 'pandas'], effort: 'medium', labels: ['packaging'] },
    {
      lead: 'Ioana Petrescu',
      people: ['Mateusz Kalinowski'],
      goal: 'One address, and a workflow that uploads to it.',
      firstTasks: ['write the upload workflow', 'move two projects', 'say who has the keys'],
    },
  ),
  late(
    ['array-api', '2023-04-11T10:00', 'Samir Haddad', 'Libraries on top of the array standard'],
    [
      'Our functions take NumPy arrays only. Those who compute elsewhere copy back and forth.',
      'Three modules take any array that keeps the standard, with tests on two of them.',
    ],
    { projects: ['scipy', 'scikit_learn', 'xarray'], effort: 'large', labels: ['arrays'] },
    {
      lead: 'Samir Haddad',
      people: ['Kenji Morikawa', 'Linnea Ahlgren'],
      goal: 'A way of porting a module that others can follow.',
      firstTasks: ['choose three modules', 'write down what the first one cost'],
    },
  ),
  late(
    ['type-stubs', '2023-04-12T09:20', 'Elske de Groot', 'Types that agree between projects'],
    [
      'Each of us annotates arrays in another way, so type checkers report errors where two packages meet.',
      'A shared set of names for arrays and scalars is used by two projects, and a page says when to annotate at all.',
    ],
    { projects: ['numpy', 'pandas'], effort: 'medium', labels: ['arrays', 'docs'] },
    {
      lead: 'Elske de Groot',
      people: ['Benedikt Ostermann'],
      goal: 'Fewer false alarms for those who use two of our packages.',
      firstTasks: ['collect the ten commonest false alarms'],
    },
  ),
  late(
    [
      'cross-references',
      '2023-04-12T15:00',
      'Saoirse Ní Dhomhnaill',
      'Cross-references that do not break',
    ],
    [
      'A page of ours that moves breaks links in ten other sites, and nobody is told.',
      'Twelve inventories are compared every week, and whoever moved a page is told whom it broke.',
    ],
    { projects: ['scipy', 'matplotlib', 'xarray'], effort: 'medium', labels: ['docs'] },
    {
      lead: 'Saoirse Ní Dhomhnaill',
      people: ['Beatriz Fontoura'],
      goal: 'A move is noticed before a reader does.',
      firstTasks: ['read twelve inventories', 'list what is broken today'],
    },
  ),
  late(
    ['gallery', '2023-04-13T09:40', 'Beatriz Fontoura', 'Galleries that say what they need'],
    [
      'Examples of a gallery download data, run for minutes, and break when the host moves.',
      'Each example says what it needs; data comes from one registry with checksums.',
    ],
    { projects: ['matplotlib', 'scikit_image'], effort: 'small', labels: ['docs'] },
    {
      lead: 'Beatriz Fontoura',
      people: ['Saoirse Ní Dhomhnaill'],
      goal: 'A gallery builds on a train.',
      firstTasks: ['list what is downloaded where'],
    },
  ),
  late(
    ['ci-minutes', '2023-04-14T10:10', 'Pavel Dvořáček', 'What our continuous integration costs'],
    [
      'Queues of an hour on release days. Nobody knows which jobs find anything.',
      'A report for eight projects says which jobs have failed alone in a year; two projects drop what never did.',
    ],
    { projects: ['scipy', 'pandas', 'astropy'], effort: 'medium', labels: ['testing'] },
    {
      lead: 'Pavel Dvořáček',
      people: ['Ravi Subramaniam'],
      goal: 'Half the minutes, the same bugs found.',
      firstTasks: ['export a year of runs', 'agree on what “alone” means'],
    },
  ),
  late(
    ['windows-arm', '2023-04-17T11:00', 'Mateusz Kalinowski', 'Wheels for Windows on ARM'],
    [
      'Laptops come with it, and every stack of ours stops at the first compiled package.',
      'Three base packages build there in CI, and the missing pieces have owners.',
    ],
    { projects: ['numpy', 'scipy'], effort: 'large', labels: ['packaging'] },
    {
      lead: 'Mateusz Kalinowski',
      people: ['Hyun-woo Baek'],
      goal: 'Know what is missing, and who will do it.',
      firstTasks: ['borrow a machine', 'try three builds'],
    },
  ),
  late(
    ['security-policy', '2023-04-18T09:30', 'Ngozi Eze', 'One way to report a hole'],
    [
      'Eleven of our projects say nothing of whom to tell about a security hole, and three name somebody who left.',
      'A common text, a rota of five, and every core project links to it.',
    ],
    { projects: ['numpy', 'ipython'], effort: 'small', labels: ['community'] },
    {
      lead: 'Ngozi Eze',
      people: ['Duncan McAllister'],
      goal: 'A report reaches two awake people within a day.',
      firstTasks: ['write the text', 'ask five people'],
    },
  ),
  late(
    ['first-contributors', '2023-04-19T10:00', 'Amara Diallo', 'Keeping those who come once'],
    [
      'Of sixty people with a first pull request, nine send a second.',
      'What three projects tried is written up with numbers, and two others try the best of it.',
    ],
    { projects: ['networkx', 'scikit_image'], effort: 'small', labels: ['community'] },
    {
      lead: 'Amara Diallo',
      people: ['Winifred Osei'],
      goal: 'Know what helps before more is tried.',
      firstTasks: ['count a year in three projects'],
    },
  ),
  late(
    ['governance', '2023-04-20T09:00', 'Henrik Vestergaard', 'How projects decide'],
    [
      'Seven governance texts, four of which nobody has used. New maintainers ask who decides and get three answers.',
      'A comparison of seven texts, and a short one that a small project can take as it is.',
    ],
    { projects: ['xarray', 'astropy'], effort: 'medium', labels: ['community'] },
    {
      lead: 'Henrik Vestergaard',
      people: ['Agnes Kovácsová'],
      goal: 'A text of one page that a new project can adopt.',
      firstTasks: ['read seven texts', 'ask who used theirs'],
    },
  ),
  late(
    ['random-streams', '2023-04-21T10:30', 'Dmitri Halonen', 'Random numbers in parallel'],
    [
      'Every library seeds workers in its own way, and two of them repeat themselves.',
      'A recipe with tests is in the manual, and two libraries follow it.',
    ],
    { projects: ['numpy', 'scikit_learn'], effort: 'small', labels: ['arrays'] },
    {
      lead: 'Dmitri Halonen',
      people: ['Joaquín Ferreyra'],
      goal: 'The same seed, the same result, on any number of workers.',
      firstTasks: ['show the repeats'],
    },
  ),
  late(
    ['debug-builds', '2023-04-24T11:20', 'Ravi Subramaniam', 'Finding leaks before users do'],
    [
      'Memory leaks are found by those with the longest jobs, a year later.',
      'A debug build of the stack runs weekly, and its first twenty findings have owners.',
    ],
    { projects: ['numpy', 'pandas'], effort: 'medium', labels: ['testing'] },
    {
      lead: 'Ravi Subramaniam',
      people: ['Ximena Quispe'],
      goal: 'A weekly run that somebody reads.',
      firstTasks: ['build it once by hand'],
    },
  ),
  late(
    ['units', '2023-04-25T10:00', 'Arjun Mukhopadhyay', 'Arrays that know their units'],
    [
      'Three packages put units on arrays, and none can be handed to the others.',
      'A protocol on one page, tried between two of them.',
    ],
    { projects: ['astropy', 'xarray'], effort: 'medium', labels: ['arrays'] },
    {
      lead: 'Arjun Mukhopadhyay',
      people: ['Teodora Ilieva'],
      goal: 'Hand a length from one package to another.',
      firstTasks: ['compare three designs'],
    },
  ),
  late(
    ['fundraising', '2023-04-26T09:15', 'Agnes Kovácsová', 'What we would do with money'],
    [
      'When a call for proposals opens, each project writes alone for two weeks, and half of it is the same.',
      'A shared text on needs, with numbers that a proposal can quote, reviewed by five projects.',
    ],
    { projects: ['numpy', 'matplotlib', 'ipython'], effort: 'medium', labels: ['community'] },
    {
      lead: 'Agnes Kovácsová',
      people: ['Henrik Vestergaard', 'Ines Okafor'],
      goal: 'The first chapter of a strategic plan.',
      firstTasks: ['collect what was written for the last three calls'],
    },
  ),
];
