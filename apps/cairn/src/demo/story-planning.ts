import { tickStep } from '../features/dates/plan-commands.ts';
import { placeTracks } from '../features/meetings/series/series-commands.ts';
import { excusePromise } from '../features/people/promises/excuse-commands.ts';
import { pacific, type Stage, type Step } from './stage.ts';

/** Planning meetings, when each got its time, and who leads which track in it. */
const MEETINGS = [
  {
    key: 'february',
    starts: '2023-02-27T09:00',
    fixed: '2023-02-13T10:00',
    tracks: { packaging: 'Hyun-woo Baek', docs: 'Linnea Ahlgren' },
  },
  {
    key: 'march',
    starts: '2023-03-27T09:00',
    fixed: '2023-03-06T10:00',
    tracks: {
      benchmarks: 'Ngozi Eze',
      specs: 'Aditi Raghunathan',
      sparse: 'Chiara Bellandi',
    },
  },
  {
    key: 'april',
    starts: '2023-04-24T09:00',
    fixed: '2023-04-03T10:00',
    tracks: { community: 'Tomás Lindqvist', packaging: 'Hyun-woo Baek' },
  },
] as const;

/** What the organisers tick off the phase plan, and when; the topics came late. */
const STEPS_DONE = [
  { at: '2023-01-16T12:00', phase: 'invitation', step: 'announce' },
  { at: '2023-01-18T12:00', phase: 'invitation', step: 'invite' },
  { at: '2023-02-24T12:00', phase: 'invitation', step: 'confirm' },
  { at: '2023-04-12T12:00', phase: 'planning', step: 'topics' },
  { at: '2023-05-12T12:00', phase: 'planning', step: 'work_plan' },
  { at: '2023-05-18T12:00', phase: 'planning', step: 'timetable' },
  { at: '2023-07-09T12:00', phase: 'implementation', step: 'report' },
] as const;

/** February to May: three planning meetings. */
export const planningSteps = (stage: Stage): Step[] => [
  ...MEETINGS.flatMap((meeting) => [
    { at: pacific(meeting.fixed), run: () => fixMeeting(stage, meeting) },
    {
      at: pacific(`${meeting.starts.slice(0, 10)}T10:30`),
      run: () => attend(stage, meeting.key),
    },
  ]),
  { at: pacific('2023-04-27T10:00'), run: () => excuse(stage) },
  ...STEPS_DONE.map(({ at, phase, step }) => ({
    at: pacific(at),
    run: () => tick(stage, phase, step),
  })),
];

/** The organiser gives a planning meeting its time, its tracks, and who leads them. */
async function fixMeeting(
  stage: Stage,
  { key, starts, tracks }: (typeof MEETINGS)[number],
): Promise<void> {
  const organiser = await stage.organiser();
  const leads = Object.fromEntries(
    Object.entries(tracks).map(([track, name]) => [track, stage.playerNamed(name).id]),
  );
  await stage.do((tx) =>
    placeTracks(tx, stage.actor(), organiser, [
      { meeting: key, starts, tracks: Object.keys(tracks), leads },
    ]),
  );
}

async function attend(stage: Stage, key: string): Promise<void> {
  for (const player of await stage.seated()) {
    if (!player.role.meetings.includes(key)) continue;
    const subject = `meeting:${key}`;
    await stage.record(player, { kind: 'attendance', subject, source: 'organiser' });
  }
}

async function tick(stage: Stage, phase: string, step: string): Promise<void> {
  const organiser = await stage.organiser();
  await stage.do((tx) => tickStep(tx, stage.actor(), organiser, { phase, step, done: true }));
}

async function excuse(stage: Stage): Promise<void> {
  const { id } = stage.playerNamed('Dmitri Halonen');
  const organiser = await stage.organiser();
  await stage.do((tx) =>
    excusePromise(tx, stage.actor(), organiser, {
      personId: id,
      obligation: 'planning_meetings',
      reason: 'In hospital in spring; has read the notes of all three meetings since.',
    }),
  );
}
