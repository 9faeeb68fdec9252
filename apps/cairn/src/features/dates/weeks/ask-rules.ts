import {
  expectZone,
  formatDateSpan,
  formatInstant,
  type PlainDate,
  type ZoneName,
} from '@cairn/kernel/time';
import { inWords } from '../../summits/facts.ts';
import type { SummitDefinition } from '../../summits/schema.ts';
import { closingOf, type Poll } from './poll-rules.ts';

/** What one mail of the poll says. */
export interface PollMail {
  readonly subject: string;
  readonly body: string;
}

/** Whom a mail of the poll is to, and by which link they answer. */
export interface Addressee {
  readonly name: string;
  readonly link: string;
  /** Their own zone, if they have said; the summit's otherwise. */
  readonly zone: ZoneName | undefined;
}

const paragraphs = (...parts: readonly string[]): string =>
  `${parts
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join('\n\n')}\n`;

const signature = ({ authors, organisation }: SummitDefinition): string =>
  [...authors, organisation].join('\n');

const PERSONAL =
  'The link is yours alone, needs no account, and can be used as often as you like; please do not pass it on.';

/** Until when one can answer, on the addressee's wall. */
function deadlineWords(definition: SummitDefinition, poll: Poll, { zone }: Addressee): string {
  if (poll.closesOn === undefined) return '';
  const last = closingOf(poll.closesOn, definition).subtract({ minutes: 1 });
  return formatInstant(last, zone ?? expectZone(definition.zone));
}

/** What is looked for: `five days in Seattle between 1 February – 30 June 2023`. */
const soughtWords = (definition: SummitDefinition, poll: Poll): string =>
  `${inWords(poll.days)} ${poll.days === 1 ? 'day' : 'days'} in ${definition.venue.city}, within ${formatDateSpan(poll.from, poll.until)}`;

/** The mail that asks. */
export const askingMail = (definition: SummitDefinition, poll: Poll, to: Addressee): PollMail => ({
  subject: `Which week for the ${definition.title}?`,
  body: paragraphs(
    `Dear ${to.name},`,
    `we are looking for the week of the ${definition.title}: ${soughtWords(definition, poll)}.`,
    poll.intro,
    `Please tell us for each week whether you can come (yes, if need be, no), until ${deadlineWords(definition, poll, to)}:`,
    to.link,
    PERSONAL,
    signature(definition),
  ),
});

/** The mail to those who have said nothing yet. */
export const remindingMail = (
  definition: SummitDefinition,
  poll: Poll,
  to: Addressee,
): PollMail => ({
  subject: `The week of the ${definition.title}: we miss your answer`,
  body: paragraphs(
    `Dear ${to.name},`,
    `we asked you which weeks suit you for the ${definition.title} and have no answer from you yet. Silence is not counted as a yes. The poll closes on ${deadlineWords(definition, poll, to)}:`,
    to.link,
    `${PERSONAL} The link in our earlier mail is valid as well.`,
    signature(definition),
  ),
});

/** The mail to somebody who said no to the week that was chosen. */
export const concernMail = (
  definition: SummitDefinition,
  week: { readonly start: PlainDate; readonly end: PlainDate },
  to: Addressee,
): PollMail => ({
  subject: `${definition.title}: the week that was chosen does not suit you`,
  body: paragraphs(
    `Dear ${to.name},`,
    `the ${definition.title} will be on ${formatDateSpan(week.start, week.end)}. You told us that you cannot come in that week, and we are sorry that no week was found that suits everybody.`,
    'Please tell us what you want to do: come all the same, come for a part of it, give your seat back, or talk with us:',
    to.link,
    PERSONAL,
    signature(definition),
  ),
});
