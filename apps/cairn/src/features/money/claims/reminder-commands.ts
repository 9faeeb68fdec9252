import type { Problem } from '@cairn/kernel/problem';
import { ok, type Result } from '@cairn/kernel/result';
import { dateIn, daysBetween, expectZone, type Instant, parseDate } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import { type SqlBool, sql } from 'kysely';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { notify } from '../../people/invitations/notify-commands.ts';
import type { Treasurer } from '../../people/rights.ts';
import type { Summit } from '../../summits/queries.ts';
import { worldFor } from './assess-queries.ts';
import { decidersOf } from './claim-mail-commands.ts';
import { loadClaims, stepsOf } from './claim-queries.ts';
import { type Claim, type ClaimState, claimName, isOpenToOwner } from './claim-rules.ts';
import { lineOf } from './claim-world-rules.ts';
import { deadlineOf } from './deadline-rules.ts';
import { reminderDaysOf } from './reminder-queries.ts';
import { type Reminder, type ReminderDays, reminderDue } from './reminder-rules.ts';

/** Says after how many days a summit reminds of claims. Event `claim.reminders_set`. */
export async function setReminderDays(
  tx: Tx,
  actor: Actor,
  { summitId }: Treasurer,
  days: ReminderDays,
): Promise<Result<void, Problem>> {
  const row = { ...days, waitingDays: [...days.waitingDays] };
  await tx
    .insertInto('claimReminder')
    .values({ summitId, ...row })
    .onConflict((conflict) => conflict.column('summitId').doUpdateSet(row))
    .execute();
  await recordEvent(tx, actor, { kind: 'claim.reminders_set', summitId });
  return ok(undefined);
}

/** States in which somebody is waited for. */
const REMINDED: readonly ClaimState[] = ['draft', 'returned', 'submitted', 'second_look', 'sent'];

/** Reminds of the claims of a summit that somebody waits for. Says of how many. */
export async function remindOfClaims(tx: Tx, actor: Actor, summit: Summit): Promise<number> {
  const days = await reminderDaysOf(tx, summit.id);
  await tx
    .selectFrom('claim')
    .select('id')
    .where('summitId', '=', summit.id)
    .where('state', 'in', [...REMINDED])
    .orderBy('id')
    .forUpdate()
    .execute();
  const claims = await loadClaims(
    tx,
    summit.id,
    sql<SqlBool>`claim.state = any(${[...REMINDED]}::text[])`,
  );
  let reminded = 0;
  for (const claim of claims) {
    const since = (await stepsOf(tx, claim)).at(-1)?.at ?? claim.createdAt;
    const left = await daysLeft(tx, summit, claim, actor.now);
    const due = reminderDue(claim, since, days, actor.now, left);
    if (due === undefined) continue;
    await tell(tx, actor, summit, claim, due);
    await tx
      .updateTable('claim')
      .set({ remindedAt: actor.now })
      .where('id', '=', claim.id)
      .execute();
    reminded += 1;
  }
  return reminded;
}

/** How many days its owner has until the deadline of a claim that is still theirs. */
async function daysLeft(
  tx: Tx,
  { definition }: Summit,
  claim: Claim,
  now: Instant,
): Promise<number | undefined> {
  if (!isOpenToOwner(claim) || claim.items.length === 0) return undefined;
  const world = await worldFor(tx, claim, now);
  const lines = claim.items.flatMap((item) => lineOf(item, world).line ?? []);
  const day = parseDate(deadlineOf(lines, world)?.on ?? '');
  return day.ok ? daysBetween(dateIn(now, expectZone(definition.zone)), day.value) : undefined;
}

/** Which claim waits, and never what became of it: organisers can read mails. */
const waitsWords = (name: string, days: number) => ({
  subject: `${name} waits for you`,
  body: `Your claim ${name} has waited for you for ${counted(days, 'day')}. Nothing of it is lost: its page says what is next.`,
});

const OWNER_WORDS = {
  draft: waitsWords,
  returned: waitsWords,
  deadline: (name: string, days: number) => ({
    subject: `${name} is due ${days === 0 ? 'today' : `in ${counted(days, 'day')}`}`,
    body: `Claim ${name} is not submitted yet, and its deadline is ${days === 0 ? 'today' : `in ${counted(days, 'day')}`}. Its page says which rule sets it.`,
  }),
} as const;

const TREASURER_WORDS = {
  waiting: (name: string, days: number) => ({
    subject: `${name} has waited for ${counted(days, 'day')}`,
    body: `Claim ${name} has waited for a treasurer for ${counted(days, 'day')}. Its owner sees that, too. Please look at it, or return it with a question.`,
  }),
  unpaid: (name: string, days: number) => ({
    subject: `${name} is not paid after ${counted(days, 'day')}`,
    body: `Claim ${name} was sent to the payer ${counted(days, 'day')} ago, and nobody recorded that all of it is paid. Please ask the payer, or record the payment.`,
  }),
} as const;

async function tell(
  tx: Tx,
  actor: Actor,
  { id: summitId, slug }: Summit,
  claim: Claim,
  due: Reminder,
): Promise<void> {
  const name = claimName(claim.number);
  const key = `claim:${claim.id}:remind:${claim.revision}:${due.days}`;
  if (due.to === 'treasurers') {
    for (const personId of await decidersOf(tx, claim)) {
      await notify(tx, actor, {
        summitId,
        personId,
        key: `${key}:${personId}`,
        ...TREASURER_WORDS[due.why](name, due.days),
        page: `/s/${slug}/treasury/claims/${claim.number}`,
      });
    }
    return;
  }
  const personId = claim.personId ?? claim.enteredBy;
  if (personId === null) return;
  await notify(tx, actor, {
    summitId,
    personId,
    key: `${key}:${due.why}`,
    ...OWNER_WORDS[due.why](name, due.days),
    page: `/s/${slug}/money/claims/${claim.number}`,
  });
}
