import nodeIcal, { type VEvent } from 'node-ical';
import { noteDue } from '../apps/cairn/src/features/publishing/invites/invite-commands.ts';
import { inviteSweep } from '../apps/cairn/src/features/publishing/invites/invite-sweep.ts';
import type { SummitDefinition } from '../apps/cairn/src/features/summits/schema.ts';
import type { SettableClock } from '../apps/cairn/src/platform/clock/clock.ts';
import type { Db } from '../apps/cairn/src/platform/db/database.ts';
import type { Services } from '../apps/cairn/src/platform/http/env.ts';
import { seedDefinition } from './summit.ts';

/** The seeds' meetings with the first fixed at a time, and a room. */
export function fixedFebruary(
  starts = '2023-02-27T09:00',
  link = 'https://video.example.org/room',
): Pick<SummitDefinition, 'planning_meetings'> {
  const meetings = seedDefinition().planning_meetings;
  const [, ...others] = meetings.list;
  const title = 'February planning meeting';
  const february = { key: 'february', title, starts, link, tracks: [] };
  return { planning_meetings: { ...meetings, list: [february, ...others] } };
}

/** Stores another definition, as saving it would leave it. */
export async function saveDefinition(
  db: Db,
  summit: { readonly id: string; readonly slug: string },
  change: Partial<SummitDefinition>,
): Promise<void> {
  const definition = JSON.stringify(seedDefinition({ slug: summit.slug, ...change }));
  await db
    .updateTable('summit')
    .set((eb) => ({ definition, revision: eb('revision', '+', 1) }))
    .where('id', '=', summit.id)
    .execute();
}

/** Lets a change settle, and sends what is due. */
export async function tellEverybody(
  services: Services & { readonly clock: SettableClock },
  summitId: string,
): Promise<void> {
  await services.db.transaction().execute((tx) => noteDue(tx, services.clock.now(), [summitId]));
  services.clock.set(services.clock.now().add({ minutes: 6 }));
  await inviteSweep.run(services);
}

/** A calendar mail as it lies in the queue, its request read by a second implementation. */
export interface CalendarMail {
  readonly recipient: string;
  readonly subject: string;
  readonly body: string;
  readonly state: string;
  readonly ics: string;
  readonly event: VEvent;
  /** The path of the link in it. */
  readonly link: string;
}

/** The calendar mails of a summit, in the order of writing, then by reader and entry. */
export async function calendarMails(db: Db, summitId: string): Promise<CalendarMail[]> {
  const rows = await db
    .selectFrom('mail')
    .select(['recipient', 'subject', 'body', 'state', 'attachments', 'createdAt'])
    .where('summitId', '=', summitId)
    .where('key', 'like', 'calendar:%')
    .execute();
  const mails = rows.map(({ attachments, ...mail }) => {
    const [file] = attachments as unknown as { readonly base64: string }[];
    const ics = Buffer.from(file?.base64 ?? '', 'base64').toString('utf8');
    const event = Object.values(nodeIcal.sync.parseICS(ics)).find((one) => one?.type === 'VEVENT');
    if (event?.type !== 'VEVENT') throw new Error('the mail carries no entry');
    return { ...mail, ics, event, link: /\/r\/[\w-]+/.exec(mail.body)?.[0] ?? '' };
  });
  const order = ({ createdAt, recipient, event }: (typeof mails)[number]) =>
    `${createdAt.toString()} ${recipient} ${event.uid}`;
  return mails.toSorted((a, b) => order(a).localeCompare(order(b)));
}

/** What a calendar program sends when somebody answers a request. */
export const replyTo = (
  { event, recipient }: CalendarMail,
  partstat: string,
  more: { readonly stamp?: string; readonly sequence?: number; readonly attendee?: string } = {},
): string =>
  [
    'BEGIN:VCALENDAR',
    'PRODID:-//Some program//EN',
    'VERSION:2.0',
    'METHOD:REPLY',
    'BEGIN:VEVENT',
    `UID:${event.uid}`,
    `DTSTAMP:${more.stamp ?? '20230201T130000Z'}`,
    `SEQUENCE:${more.sequence ?? event.sequence}`,
    `ATTENDEE;PARTSTAT=${partstat}:MAILTO:${more.attendee ?? recipient}`,
    'ORGANIZER:mailto:cairn@cairn.test',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n');

/** A reply as a mail. */
export const mailWith = (reply: string, from: string): string =>
  [
    `From: Somebody <${from}>`,
    'To: cairn@cairn.test',
    'Subject: Accepted: February planning meeting',
    'MIME-Version: 1.0',
    'Content-Type: multipart/alternative; boundary="b"',
    '',
    '--b',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'I have answered.',
    '--b',
    'Content-Type: text/calendar; charset=utf-8; method=REPLY',
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from(reply).toString('base64').replace(/.{76}/g, '$&\r\n'),
    '--b--',
    '',
  ].join('\r\n');
