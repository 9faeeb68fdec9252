import type { SavedRoom } from '../features/timetable/frame/room-commands.ts';
import type { Presence } from '../features/timetable/presence/presence-rules.ts';
import type { WorklogWords } from '../features/work/worklog/worklog-rules.ts';

/** The rooms of the institute, the largest first. */
export const ROOMS: readonly SavedRoom[] = [
  {
    ...{ name: 'Seminar Room', capacity: 48, link: null },
    features: ['screen', 'video', 'whiteboard'],
    directions: 'Sixth floor, straight ahead from the lift. Step-free.',
  },
  {
    ...{ name: 'Olympic Room', capacity: 12, link: null },
    features: ['screen', 'video'],
    directions: 'Sixth floor, left of the lift, second door. Step-free.',
  },
  {
    ...{ name: 'Cascade Room', capacity: 12, link: null },
    features: ['screen', 'whiteboard'],
    directions: 'Sixth floor, left of the lift, at the end of the corridor. Step-free.',
  },
  {
    ...{ name: 'Baker Room', capacity: 10, link: null },
    features: ['whiteboard'],
    directions: 'Fifth floor, right of the lift. Step-free.',
  },
  {
    ...{ name: 'Adams Room', capacity: 10, link: null },
    features: ['screen'],
    directions: 'Fifth floor, opposite the kitchen. Step-free.',
  },
  {
    ...{ name: 'Reading Room', capacity: 8, link: null },
    features: ['quiet'],
    directions: 'Fifth floor, behind the stairs; staff of the institute work next door. Step-free.',
  },
];

/** Who said when they are there; nobody else is taken for absent. */
export const STAYS: readonly (Partial<Omit<Presence, 'personId'>> & { readonly name: string })[] = [
  { name: 'Samir Haddad', arrivesOn: '2023-05-22', arrivesAt: '13:00', note: 'By the night train' },
  { name: 'Zanele Mthembu', arrivesOn: '2023-05-23' },
  { name: 'Kenji Morikawa', leavesOn: '2023-05-25', leavesAt: '12:30' },
  { name: 'Ngozi Eze', leavesOn: '2023-05-26', leavesAt: '14:00' },
  { name: 'Henrik Vestergaard', isRemote: true, note: 'My visa did not come in time' },
];

/** What people put into free space in the week. */
export const OPEN_SESSIONS = [
  {
    ...{ at: '2023-05-22T13:40', by: 'Chiara Bellandi', title: 'Reading the array standard aloud' },
    ...{ date: '2023-05-22', starts: '16:00', minutes: 60 },
    text: 'Bring the paragraph that you did not understand.',
  },
  {
    ...{ at: '2023-05-23T10:10', by: 'Amara Diallo', title: 'First pull requests, one for each' },
    ...{ date: '2023-05-24', starts: '13:30', minutes: 60 },
    text: '',
  },
  {
    ...{ at: '2023-05-24T09:20', by: 'Aditi Raghunathan', title: 'A theme for small projects' },
    ...{ date: '2023-05-25', starts: '16:00', minutes: 60 },
    text: 'Came up at breakfast. An hour, with a projector.',
  },
] as const;

const words = (did: string, links: string, blocked: string, next: string): WorklogWords => ({
  ...{ did, links, blocked, next },
});

/** What groups wrote at the end of the first days, by their place in the list of groups. */
export const WORKLOG: readonly {
  readonly at: string;
  readonly date: string;
  readonly nth: number;
  readonly words: WorklogWords;
}[] = [
  {
    ...{ at: '2023-05-22T17:05', date: '2023-05-22', nth: 0 },
    words: words(
      'Listed what breaks when `spmatrix` goes: eleven places in NetworkX, four in scikit-learn.',
      'https://github.com/scipy/scipy/pull/18530',
      'Nobody here may merge into NetworkX before Thursday.',
      'Write the first page of the guide.',
    ),
  },
  {
    ...{ at: '2023-05-22T17:10', date: '2023-05-22', nth: 1 },
    words: words(
      'Moved one package to the shared template; editable installs work on two of three systems.',
      '',
      'A machine with Windows.',
      'The second package.',
    ),
  },
  {
    ...{ at: '2023-05-23T17:00', date: '2023-05-23', nth: 0 },
    words: words(
      'The guide has its first page, read by three who were not in the room.',
      '',
      '',
      'One-dimensional indexing.',
    ),
  },
  {
    ...{ at: '2023-05-23T17:12', date: '2023-05-23', nth: 2 },
    words: words(
      'Agreed on the four checks that every project can keep, and on the six that differ for a reason.',
      '',
      'We need somebody who reads the texts of the domain stacks.',
      'Show it to them on Wednesday.',
    ),
  },
];
