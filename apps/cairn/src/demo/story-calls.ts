import { addCalendar } from '../features/meetings/calls/call-commands.ts';
import { followCalendars } from '../features/meetings/calls/subscription-commands.ts';
import { selfIn } from '../features/people/rights.ts';
import { pacific, type Stage, type Step } from './stage.ts';

/** What goes on after the summit; the first of these runs out in August, as real ones did. */
const CALENDARS = {
  sparse: `name: Sparse arrays working group
timezone: America/New_York
events:
  - summary: Sparse arrays work session
    description: |
      Notes: https://notes.example.org/sparse
    begin: 2023-06-12 14:00:00
    duration: { minutes: 60 }
    url: https://video.example.org/sparse
    repeat: { interval: { days: 14 }, until: 2023-08-28 00:00:00 }
`,
  cross_project: `name: Calls across projects
timezone: America/Los_Angeles
events:
  # Every first Tuesday; in Europe it is the evening.
  - summary: Release managers’ call
    description: |
      Who releases what in the next quarter.
      Notes: https://notes.example.org/releases
    begin: 2023-06-06 09:00:00
    duration: { minutes: 45 }
    url: https://video.example.org/releases
    ics: RRULE:FREQ=MONTHLY;BYDAY=1TU
  - summary: Documentation call
    begin: 2023-06-20 22:00:00
    timezone: Asia/Kolkata
    duration: { minutes: 60 }
    url: https://video.example.org/docs
    ics: RRULE:FREQ=MONTHLY;BYDAY=3TU
`,
} as const;

/** The end of May: the calls that go on are written down, and people follow some. */
export const callSteps = (stage: Stage): Step[] => [
  { at: pacific('2023-05-30T10:00'), run: () => addCalendars(stage) },
  { at: pacific('2023-06-01T10:00'), run: () => follow(stage) },
];

async function addCalendars(stage: Stage): Promise<void> {
  const organiser = await stage.organiser();
  for (const [key, source] of Object.entries(CALENDARS)) {
    await stage.do((tx) =>
      addCalendar(tx, stage.actor(), organiser, { key, source }, stage.services.url),
    );
  }
}

async function follow(stage: Stage): Promise<void> {
  for (const { id, role } of await stage.seated()) {
    const keys = [
      ...(role.tracks.includes('sparse') ? ['sparse'] : []),
      ...(role.tracks.includes('docs') ? ['cross_project'] : []),
    ];
    if (keys.length === 0) continue;
    const self = selfIn(stage.summitId, { personId: id });
    await stage.do((tx) => followCalendars(tx, stage.actor(id), self, keys));
  }
}
