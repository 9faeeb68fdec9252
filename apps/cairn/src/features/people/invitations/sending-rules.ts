import { nearestWord } from '@cairn/formats/nearest-word';
import { type Problem, problem } from '@cairn/kernel/problem';
import {
  dateIn,
  formatInstant,
  type Instant,
  type PlainDate,
  startOfDay,
  type ZoneName,
} from '@cairn/kernel/time';
import { fillFacts, inSeries, summitDays } from '../../summits/facts.ts';
import type { SummitDefinition } from '../../summits/schema.ts';
import { agreementOf } from '../agreement/agreement-rules.ts';
import { type InvitationState, isOverdue, nextInvitationState } from './invitation-rules.ts';

/** What a batch of mails is for. */
export const PURPOSES = ['invitation', 'reminder'] as const;
export type Purpose = (typeof PURPOSES)[number];

/** What the mails of a batch say, with placeholders for what differs from one to the next. */
export interface MailText {
  readonly subject: string;
  readonly body: string;
}

/** What stands in the place of each placeholder. */
export const PLACEHOLDERS = ['name', 'summit', 'dates', 'link', 'expires'] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];
export type Filling = Readonly<Record<Placeholder, string>>;

const IN_BRACES = /\{([^{}\n]{0,40})\}/g;

/** Everything that keeps a text from being sent, at the field where it stands. */
export function textProblems({ subject, body }: MailText): Problem[] {
  const problems = [...unknownIn('subject', subject), ...unknownIn('body', body)];
  if (subject.trim() === '') {
    problems.push(problem('no-subject', 'Write a subject.', { path: 'subject' }));
  }
  if (!body.includes('{link}')) {
    const sentence =
      'Put {link} where the personal link should stand; without it nobody can answer.';
    problems.push(problem('no-link', sentence, { path: 'body' }));
  }
  if (subject.includes('{link}')) {
    const sentence =
      'Keep {link} out of the subject: subjects are shown where others can read them.';
    problems.push(problem('link-in-subject', sentence, { path: 'subject' }));
  }
  return problems;
}

function unknownIn(path: 'subject' | 'body', text: string): Problem[] {
  const known = PLACEHOLDERS.map((name) => `{${name}}`).join(', ');
  const unknown = [...text.matchAll(IN_BRACES)]
    .map((match) => match[1] ?? '')
    .filter((name) => !PLACEHOLDERS.some((placeholder) => placeholder === name));
  return [...new Set(unknown)].map((name) => {
    const near = nearestWord(name, PLACEHOLDERS);
    const guess = near === undefined ? '' : ` Did you mean {${near}}?`;
    const sentence = `{${name}} stands for nothing; use ${known}, or leave the braces out.${guess}`;
    return problem('unknown-placeholder', sentence, { path });
  });
}

/** The mail to one person. What is filled in is not looked at again, so a name may hold braces. */
export function fillText({ subject, body }: MailText, filling: Filling): MailText {
  const fill = (text: string): string =>
    text.replace(IN_BRACES, (whole, name: string) => {
      const placeholder = PLACEHOLDERS.find((known) => known === name);
      return placeholder === undefined ? whole : filling[placeholder];
    });
  return { subject: fill(subject), body: fill(body) };
}

/** The last minute of a day in a zone. */
export const endOfDay = (date: PlainDate, zone: ZoneName): Instant =>
  startOfDay(date.add({ days: 1 }), zone).subtract({ minutes: 1 });

/** Until when an invitation sent now can be answered: the end of the day so many days from today. */
export const answerUntil = (now: Instant, withinDays: number, zone: ZoneName): Instant =>
  endOfDay(dateIn(now, zone).add({ days: withinDays }), zone);

/** What a mail of this summit says in the place of each placeholder. */
export const fillingFor = (
  definition: SummitDefinition,
  to: { readonly name: string; readonly link: string; readonly expiresAt: Instant },
  zone: ZoneName,
): Filling => ({
  name: to.name,
  summit: definition.title,
  dates: fillFacts('{dates}', definition),
  link: to.link,
  expires: formatInstant(to.expiresAt, zone),
});

/** The text that a batch begins with, made from the summit's own words. */
export function defaultText(definition: SummitDefinition, purpose: Purpose): MailText {
  const { days, nights } = summitDays(definition);
  const hosts = inSeries(definition.hosts.map(({ name }) => name));
  const signature = [...definition.authors, definition.organisation].join('\n');
  const personal = 'The link is yours alone; please do not pass it on.';
  if (purpose === 'reminder') {
    return {
      subject: 'Will you come to the {summit}?',
      body: paragraphs(
        'Dear {name},',
        'we invited you to the {summit}, {dates}, and have not heard from you yet. Please tell us, until {expires}, whether you will come, are not sure yet, or cannot:',
        '{link}',
        `${personal} It replaces the one in our last mail.`,
        signature,
      ),
    };
  }
  return {
    subject: 'Invitation to the {summit}',
    body: paragraphs(
      'Dear {name},',
      `you are invited to the {summit}, {dates}, hosted by ${hosts} in ${definition.venue.city}: ${days} days of work and ${nights} nights.`,
      fillFacts(definition.funding.text, definition),
      'This is what we ask of everybody who comes:',
      agreementOf(definition).text,
      'Please answer until {expires} on your own page:',
      '{link}',
      personal,
      signature,
    ),
  };
}

const paragraphs = (...parts: readonly string[]): string =>
  `${parts
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join('\n\n')}\n`;

/** An invitation as the rules of sending see it. */
export interface Sendable {
  readonly state: InvitationState;
  readonly expiresAt: Instant | undefined;
}

/** Why a mail of this purpose cannot go to this invitation now; undefined when it can. */
export function whyNotSent(
  purpose: Purpose,
  invitation: Sendable,
  now: Instant,
): Problem | undefined {
  if (purpose === 'invitation') {
    const next = nextInvitationState(invitation, 'send', now);
    return next.ok ? undefined : next.error;
  }
  if (isOverdue(invitation, now) || invitation.state === 'expired') {
    return problem('invitation-expired', 'This invitation has expired; send it anew.');
  }
  if (invitation.state === 'sent' || invitation.state === 'opened') return undefined;
  return problem('not-waiting', 'This person has answered, or was not asked; no reminder is due.');
}

/** How many of the summit's reminders lie behind an invitation that was sent then. */
export const remindersPassed = (
  sentAt: Instant,
  remindAfterDays: readonly number[],
  now: Instant,
): number =>
  remindAfterDays.filter(
    (days) => now.epochMilliseconds >= sentAt.epochMilliseconds + days * 86_400_000,
  ).length;
