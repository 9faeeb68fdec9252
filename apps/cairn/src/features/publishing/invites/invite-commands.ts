import type { Problem } from '@cairn/kernel/problem';
import { ok, type Result } from '@cairn/kernel/result';
import { expectZone, type Instant, parseZone, type ZoneName } from '@cairn/kernel/time';
import { sql } from 'kysely';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { recordEvents } from '../../../platform/db/record-events.ts';
import { hashSecret, newSecret } from '../../../platform/http/secret.ts';
import { cancelMails } from '../../../platform/mail/change.ts';
import { queueMail } from '../../../platform/mail/queue.ts';
import type { Organiser } from '../../people/rights.ts';
import { fillFacts } from '../../summits/facts.ts';
import { lockSummit, type Summit } from '../../summits/queries.ts';
import { refreshCalendar } from '../calendar-commands.ts';
import { type AnswerOrNone, answerTo } from './answer-rules.ts';
import { inviteMail } from './invite-mail-rules.ts';
import { type Addressee, addresseesOf } from './invite-people-queries.ts';
import { keptAnswer } from './invite-queries.ts';
import { invitationText } from './invite-request-rules.ts';
import { type DueInvite, sendAt } from './invite-rules.ts';
import { dueInvites } from './told-queries.ts';

/** Whom mails come from and where links lead. */
export interface InviteSource {
  readonly url: string;
  readonly mailFrom: string;
}

/**
 * Notes that something may have changed for those who are invited: once it has settled, the sweep
 * tells them. Harmless when repeated; of a draft nobody is told anything.
 */
export async function noteDue(tx: Tx, now: Instant, summitIds: readonly string[]): Promise<void> {
  for (const id of summitIds) {
    const known = await tx
      .selectFrom('calendarDue')
      .select('firstAt')
      .where('summitId', '=', id)
      .forUpdate()
      .executeTakeFirst();
    const firstAt = known?.firstAt ?? now;
    await tx
      .insertInto('calendarDue')
      .columns(['summitId', 'firstAt', 'sendAt'])
      .expression((eb) =>
        eb
          .selectFrom('summit')
          .select([
            'summit.id',
            sql.val(firstAt).as('firstAt'),
            sql.val(sendAt(now, firstAt)).as('sendAt'),
          ])
          .where('summit.id', '=', id)
          .where('summit.state', '=', 'announced'),
      )
      .onConflict((conflict) =>
        conflict.column('summitId').doUpdateSet((row) => ({ sendAt: row.ref('excluded.sendAt') })),
      )
      .execute();
  }
}

/** An organiser does not want to wait: what is due is told with the next sweep. */
export async function sendWithoutWaiting(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
): Promise<Result<void, Problem>> {
  await noteDue(tx, actor.now, [summitId]);
  await tx
    .updateTable('calendarDue')
    .set({ sendAt: actor.now })
    .where('summitId', '=', summitId)
    .execute();
  await recordEvent(tx, actor, { kind: 'calendar.telling_hastened', summitId });
  return ok(undefined);
}

/**
 * Sends what is due, at most so many mails, and says how many are left. The calendar is stored first,
 * so that no SEQUENCE is ever told twice with another meaning. Each mail is queued under a key of its
 * invitation and SEQUENCE, and withdraws the one before it where that has not gone out yet.
 */
export async function sendDueInvites(
  tx: Tx,
  actor: Actor,
  summitId: string,
  source: InviteSource,
  most: number,
): Promise<number> {
  await refreshCalendar(tx, actor, summitId, source);
  const summit = await lockSummit(tx, summitId);
  const due = await dueInvites(tx, summit, source, actor.now);
  const batch = due.slice(0, most);
  const people = await addresseesOf(tx, [...new Set(batch.map(({ personId }) => personId))]);
  for (const each of batch) {
    const person = people.get(each.personId);
    if (person !== undefined) await send(tx, actor, { summit, source }, each, person);
  }
  await recordEvents(
    tx,
    actor,
    batch.map(({ personId, entry, method, sequence }) => ({
      kind: 'calendar.told',
      summitId,
      personId,
      data: { entry: entry.key, method, sequence },
    })),
  );
  const left = due.length - batch.length;
  if (left === 0) await tx.deleteFrom('calendarDue').where('summitId', '=', summitId).execute();
  return left;
}

/** The row of somebody's invitation to an entry, made where there is none, and locked. */
export async function lockInvite(
  tx: Tx,
  to: { readonly summitId: string; readonly key: string; readonly personId: string },
) {
  await tx
    .insertInto('calendarInvite')
    .values(to)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return tx
    .selectFrom('calendarInvite')
    .select(['id', 'answer', 'answeredTime', 'answeredSequence', 'answeredStamp'])
    .where('summitId', '=', to.summitId)
    .where('key', '=', to.key)
    .where('personId', '=', to.personId)
    .forUpdate()
    .executeTakeFirstOrThrow();
}

const mailKey = (inviteId: string, sequence: number): string => `calendar:${inviteId}:${sequence}`;

async function send(
  tx: Tx,
  { now }: Actor,
  { summit, source }: { readonly summit: Summit; readonly source: InviteSource },
  due: DueInvite,
  person: Addressee,
): Promise<void> {
  const { entry, method, sequence } = due;
  const invite = await lockInvite(tx, {
    summitId: summit.id,
    key: entry.key,
    personId: person.personId,
  });
  const earlier = await tx
    .selectFrom('calendarTold')
    .select('sequence')
    .where('inviteId', '=', invite.id)
    .execute();
  await cancelMails(
    tx,
    earlier.map((told) => mailKey(invite.id, told.sequence)),
  );
  const secret = newSecret();
  await tx
    .insertInto('calendarTold')
    .values({
      inviteId: invite.id,
      sequence,
      method,
      uid: entry.uid,
      entrySequence: entry.sequence,
      content: JSON.stringify(entry.content),
      at: now,
      tokenHash: hashSecret(secret),
    })
    .execute();
  const title = fillFacts(summit.definition.title, summit.definition);
  const summitZone = expectZone(summit.definition.zone);
  const answer: AnswerOrNone = answerTo(keptAnswer(invite), entry.content.time);
  const page = `${source.url}/s/${summit.slug}`;
  await queueMail(tx, {
    ...inviteMail(due, {
      name: person.name,
      zone: zoneOf(person, summitZone),
      summitZone,
      summitTitle: title,
      link: `${source.url}/r/${secret}`,
    }),
    key: mailKey(invite.id, sequence),
    summitId: summit.id,
    personId: person.personId,
    recipient: person.address,
    attachments: [
      {
        filename: method === 'REQUEST' ? 'invite.ics' : 'cancel.ics',
        contentType: `text/calendar; charset=utf-8; method=${method}`,
        content: invitationText(due, {
          now,
          page,
          answer,
          organizer: { mailFrom: source.mailFrom, title },
          attendee: person,
        }),
        method,
      },
    ],
    now,
  });
}

/** Somebody's own zone; one that this machine has forgotten is nobody's. */
function zoneOf({ zone }: Addressee, otherwise: ZoneName): ZoneName {
  const own = zone === null ? undefined : parseZone(zone);
  return own?.ok === true ? own.value : otherwise;
}
