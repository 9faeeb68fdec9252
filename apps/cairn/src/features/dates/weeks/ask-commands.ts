import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { expectZone, type PlainDate } from '@cairn/kernel/time';
import { type Actor, queueJob, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { keepMail, queueMail } from '../../../platform/mail/queue.ts';
import type { Organiser } from '../../people/rights.ts';
import type { Summit } from '../../summits/queries.ts';
import { hasAnswered } from './answer-rules.ts';
import { type Addressee, askingMail, type PollMail, remindingMail } from './ask-rules.ts';
import { insertLink } from './guest-commands.ts';
import { type Guest, guestsOf } from './guest-queries.ts';
import { lockedPoll } from './poll-lock-commands.ts';
import { weeksOfPoll } from './poll-queries.ts';
import { type Poll, takesAnswers, todayAt } from './poll-rules.ts';
import { offered, type Week } from './week-rules.ts';

/** The address of the installation, for links in mails. */
type Url = string;

/** Somebody a mail of the poll goes to. */
export type Recipient = Pick<Guest, 'personId' | 'name' | 'zone'>;

/**
 * Sends one mail of the poll with a link of its own. Earlier links stay valid. Somebody known by a
 * handle only gets a mail that is kept for the organiser to pass on.
 */
export async function sendWithLink(
  tx: Tx,
  actor: Actor,
  { summitId, url }: { readonly summitId: string; readonly url: Url },
  to: Recipient,
  write: (to: Addressee) => PollMail,
): Promise<void> {
  const { id, secret } = await insertLink(tx, actor, summitId, to.personId);
  const zone = to.zone === undefined ? undefined : expectZone(to.zone);
  const mail = {
    ...write({ name: to.name, link: `${url}/w/${secret}`, zone }),
    key: `weeks:${id}`,
    summitId,
    personId: to.personId,
    now: actor.now,
  };
  const known = await tx
    .selectFrom('personIdentity')
    .select(['kind', 'value'])
    .where('personId', '=', to.personId)
    // `email` comes before `github`.
    .orderBy('kind')
    .orderBy('isPrimary', 'desc')
    .orderBy('value')
    .executeTakeFirst();
  if (known?.kind === 'email') await queueMail(tx, { ...mail, recipient: known.value });
  else
    await keepMail(tx, {
      ...mail,
      recipient: known === undefined ? to.name : `@${known.value} on GitHub`,
    });
}

/** Who a mail would go to now: asked and open for it. */
export const toAsk = (guests: readonly Guest[]): Guest[] =>
  guests.filter(({ askedAt, disownedAt }) => askedAt === undefined && disownedAt === undefined);

/** Those who were asked and have not answered one week that is offered. */
export const toRemind = (guests: readonly Guest[], weeks: readonly Week[]): Guest[] =>
  guests.filter(
    (guest) =>
      guest.askedAt !== undefined &&
      guest.disownedAt === undefined &&
      !hasAnswered(guest, offered(weeks)),
  );

/** An open poll with those whom it asks, locked so that nobody gets the same mail twice. */
async function openForMail(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
): Promise<
  Result<{ summit: Summit; poll: Poll; guests: Guest[]; weeks: Week[]; today: PlainDate }, Problem>
> {
  const locked = await lockedPoll(tx, organiser);
  if (!locked.ok) return locked;
  const { summit, poll } = locked.value;
  const today = todayAt(summit.definition, actor.now);
  if (!takesAnswers(poll, today)) {
    return fail(
      problem('poll-not-open', 'The poll is not open, so nobody could answer; open it first.'),
    );
  }
  const guests = await guestsOf(tx, organiser);
  return ok({ summit, poll, guests, weeks: await weeksOfPoll(tx, poll, today), today });
}

/** Writes to everybody who has not been asked yet. Returns how many mails that are. */
export async function askPeople(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  url: Url,
): Promise<Result<number, Problem>> {
  const open = await openForMail(tx, actor, organiser);
  if (!open.ok) return open;
  const due = toAsk(open.value.guests);
  await writeAll(tx, actor, { ...open.value, url, doing: 'ask' }, due);
  return ok(due.length);
}

/** Reminds those who were asked and have said nothing. Returns how many mails that are. */
export async function remindPeople(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  url: Url,
): Promise<Result<number, Problem>> {
  const open = await openForMail(tx, actor, organiser);
  if (!open.ok) return open;
  const { guests, weeks } = open.value;
  const due = toRemind(guests, weeks);
  await writeAll(tx, actor, { ...open.value, url, doing: 'remind' }, due);
  return ok(due.length);
}

/** What tells that somebody was written to. */
export const EVENT_OF = { ask: 'weeks.asked', remind: 'weeks.reminded' } as const;

/** The job that writes to some people of a poll. */
export const WEEK_MAIL_JOB = 'week-mails';

/** So many mails are written in one transaction; more would hold up whoever answers meanwhile. */
const AT_ONCE = 50;

interface Writing {
  readonly summit: Summit;
  readonly poll: Poll;
  readonly url: Url;
  readonly doing: 'ask' | 'remind';
}

/**
 * Notes that people are written to, and does so: at once where they are few, and by jobs where they
 * are many. The caller holds the poll's row and has found who is due, so nobody is due twice.
 */
export async function writeAll(
  tx: Tx,
  actor: Actor,
  writing: Writing,
  due: readonly Recipient[],
): Promise<void> {
  if (due.length === 0) return;
  const { summit, doing } = writing;
  const people = due.map(({ personId }) => personId);
  await tx
    .updateTable('weekGuest')
    .set(doing === 'ask' ? { askedAt: actor.now } : { remindedAt: actor.now })
    .where('summitId', '=', summit.id)
    .where('personId', 'in', people)
    .execute();
  if (due.length <= AT_ONCE) return writeNow(tx, actor, writing, due);
  for (let from = 0; from < people.length; from += AT_ONCE) {
    await queueJob(tx, WEEK_MAIL_JOB, {
      summit: summit.id,
      doing,
      by: actor.personId ?? null,
      people: people.slice(from, from + AT_ONCE),
      since: actor.now.toString(),
    });
  }
}

/** Writes the mails, each with a link of its own. */
export async function writeNow(
  tx: Tx,
  actor: Actor,
  { summit, poll, url, doing }: Writing,
  due: readonly Recipient[],
): Promise<void> {
  const words = doing === 'ask' ? askingMail : remindingMail;
  for (const guest of due) {
    await sendWithLink(tx, actor, { summitId: summit.id, url }, guest, (to) =>
      words(summit.definition, poll, to),
    );
    await recordEvent(tx, actor, {
      kind: EVENT_OF[doing],
      summitId: summit.id,
      personId: guest.personId,
    });
  }
}
