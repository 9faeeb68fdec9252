import { type Instant, Temporal } from '@cairn/kernel/time';

/** The moments of its life at which the demo can be visited. */
export const MOMENTS = ['invited', 'planning', 'week', 'after'] as const;
export type Moment = (typeof MOMENTS)[number];

/** What the clock says at each moment, and what has happened by then. */
export const MOMENT_FACTS: Record<Moment, { readonly at: Instant; readonly what: string }> = {
  invited: {
    at: Temporal.Instant.from('2023-01-30T18:00:00Z'),
    what: 'The invitations are out; the first answers have come.',
  },
  planning: {
    at: Temporal.Instant.from('2023-04-05T16:00:00Z'),
    what: 'Seats are taken, two of three planning meetings are over, one seat is being offered on.',
  },
  week: {
    at: Temporal.Instant.from('2023-05-24T18:30:00Z'),
    what: 'Wednesday of the summit, in Seattle.',
  },
  after: {
    at: Temporal.Instant.from('2023-08-01T16:00:00Z'),
    what: 'Ten weeks after; the assigned tasks are under way.',
  },
};

/** Before anything of the story has happened. */
export const STORY_BEGINS = Temporal.Instant.from('2022-11-01T00:00:00Z');
