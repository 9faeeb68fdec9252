import type { Standing } from './obligation-rules.ts';

/** Each standing in words, for headings, filters and marks without more to say. */
export const STANDING_WORDS: Record<Standing, string> = {
  broken: 'broken',
  at_risk: 'at risk',
  can_miss_more: 'can miss one more',
  on_course: 'on course',
  excused: 'excused',
  kept: 'kept',
};

/** How a fact came to be known, in words. */
export const SOURCE_WORDS: Readonly<Record<string, string>> = {
  organiser: 'recorded by hand',
  csv: 'recorded from a file',
  self: 'said so themselves',
  lead: 'recorded by the track’s lead',
  recording: 'watched the recording',
  git: 'seen in the planning repository',
  github: 'seen on GitHub',
  system: 'noticed by Cairn',
};

/** A promise begins a line with a capital, whatever the agreement's list does. */
export const asHeading = (wording: string): string =>
  wording.charAt(0).toLocaleUpperCase('en') + wording.slice(1);

/** What a fact of the planning repository is about, in words; other subjects as they are. */
export function planFact(subject: string): string {
  const [kind = '', what = ''] = subject.split(':');
  switch (kind) {
    case 'thread':
      return `opened #${what} in the plan`;
    case 'proposal':
      return `proposed #${what} for the plan`;
    case 'merge':
      return `had #${what} merged into the plan`;
    case 'comment':
      return 'commented on something of others in the plan';
    case 'review':
      return 'reviewed a proposal for the plan';
    default:
      return subject;
  }
}
