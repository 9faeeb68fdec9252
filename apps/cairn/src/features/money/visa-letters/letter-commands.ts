import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { dateIn, expectZone } from '@cairn/kernel/time';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { notify } from '../../people/invitations/notify-commands.ts';
import { isComing } from '../../people/invitations/participation-queries.ts';
import { lockPerson } from '../../people/persons/person-queries.ts';
import type { Organiser, Self } from '../../people/rights.ts';
import { organisersOf } from '../../people/roles/role-queries.ts';
import { summitById } from '../../summits/queries.ts';
import {
  letterFacts,
  letterSetting,
  lettersOf,
  ownLetters,
  type VisaLetter,
} from './letter-queries.ts';
import {
  type AskedLetter,
  type LetterSetting,
  letterContent,
  type Outcome,
} from './letter-rules.ts';

/** What is personal in a letter, taken out. */
export const CLEARED = {
  ...{ fullName: '', bornOn: null, citizenship: '', affiliation: '', consulate: '', note: '' },
  ...{ answer: '', content: null },
};

const GONE = problem('no-letter', 'This request is not open any more; look at the list again.');

/**
 * Asks for a letter, or mends a request that came back. Organisers hear that there is one, and nothing of what it
 * says. Event `visa_letter.requested`. Refused while another request waits.
 */
export async function askLetter(
  tx: Tx,
  actor: Actor,
  self: Self,
  asked: AskedLetter,
): Promise<Result<undefined, Problem>> {
  const { summitId, personId } = self;
  await lockPerson(tx, personId);
  if (!(await isComing(tx, summitId, personId))) {
    return fail(problem('does-not-come', 'Letters are written for those who come to this summit.'));
  }
  const open = (await ownLetters(tx, self)).find(
    ({ state }) => state === 'requested' || state === 'returned',
  );
  if (open?.state === 'requested') {
    const sentence =
      'You have asked already; withdraw that request first to ask for something else.';
    return fail(problem('asked-already', sentence));
  }
  if (open === undefined) {
    const row = { summitId, personId, ...asked, requestedAt: actor.now };
    const nothing = { issuedAt: null, issuedBy: null, outcome: null, outcomeAt: null };
    await tx
      .insertInto('visaLetter')
      .values({ ...row, ...nothing, clearedAt: null })
      .execute();
  } else {
    await tx
      .updateTable('visaLetter')
      .set({ ...asked, state: 'requested', requestedAt: actor.now })
      .where('id', '=', open.id)
      .execute();
  }
  const data = { again: open !== undefined };
  const event = await recordEvent(tx, actor, {
    kind: 'visa_letter.requested',
    summitId,
    personId,
    data,
  });
  const { slug, definition } = await summitById(tx, summitId);
  for (const { personId: organiser } of await organisersOf(tx, summitId)) {
    if (organiser === actor.personId) continue;
    await notify(tx, actor, {
      summitId,
      personId: organiser,
      key: `visa-letter:${event}:${organiser}`,
      subject: `Somebody asks for a visa letter: ${definition.title}`,
      body: 'A participant asks for a letter for their visa. Consulates take weeks, so the earlier it is written the better. What it is to say is on the page.',
      page: `/s/${slug}/organise/visa-letters`,
    });
  }
  return ok(undefined);
}

/** Takes a request back; what is personal in it goes at once. Event `visa_letter.withdrawn`. A letter that is issued stays. */
export async function withdrawLetter(
  tx: Tx,
  actor: Actor,
  self: Self,
  id: string,
): Promise<Result<undefined, Problem>> {
  const { numUpdatedRows } = await tx
    .updateTable('visaLetter')
    .set({ state: 'withdrawn', ...CLEARED, clearedAt: actor.now })
    .where('id', '=', id)
    .where('summitId', '=', self.summitId)
    .where('personId', '=', self.personId)
    .where('state', 'in', ['requested', 'returned'])
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return fail(GONE);
  await recordEvent(tx, actor, { kind: 'visa_letter.withdrawn', ...self, data: {} });
  return ok(undefined);
}

/** Says what the consulate decided. Event `visa_letter.outcome`. */
export async function sayOutcome(
  tx: Tx,
  actor: Actor,
  self: Self,
  { id, outcome }: { readonly id: string; readonly outcome: Outcome },
): Promise<Result<undefined, Problem>> {
  const { numUpdatedRows } = await tx
    .updateTable('visaLetter')
    .set({ outcome, outcomeAt: actor.now })
    .where('id', '=', id)
    .where('summitId', '=', self.summitId)
    .where('personId', '=', self.personId)
    .where('state', '=', 'issued')
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return fail(GONE);
  await recordEvent(tx, actor, { kind: 'visa_letter.outcome', ...self, data: { outcome } });
  return ok(undefined);
}

async function lockRequested(
  tx: Tx,
  organiser: Organiser,
  id: string,
): Promise<Result<VisaLetter & { readonly name: string }, Problem>> {
  await tx.selectFrom('visaLetter').select('id').where('id', '=', id).forUpdate().execute();
  const found = (await lettersOf(tx, organiser)).find((each) => each.id === id);
  return found?.state === 'requested' ? ok(found) : fail(GONE);
}

/** Sends a request back with words on what to change; its owner hears of it. Event `visa_letter.returned`. */
export async function returnLetter(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  { id, answer }: { readonly id: string; readonly answer: string },
): Promise<Result<undefined, Problem>> {
  const locked = await lockRequested(tx, organiser, id);
  if (!locked.ok) return locked;
  await tx
    .updateTable('visaLetter')
    .set({ state: 'returned', answer })
    .where('id', '=', id)
    .execute();
  await tell(tx, actor, organiser, locked.value, 'returned');
  return ok(undefined);
}

/**
 * Issues a letter: what it says is kept as it is now, and its owner hears that it is there. Event
 * `visa_letter.issued`.
 */
export async function issueLetter(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  { id, signedAs }: { readonly id: string; readonly signedAs: string },
): Promise<Result<undefined, Problem>> {
  const locked = await lockRequested(tx, organiser, id);
  if (!locked.ok) return locked;
  const { definition } = await summitById(tx, organiser.summitId);
  const content = letterContent(definition, locked.value, {
    setting: await letterSetting(tx, organiser.summitId),
    signedAs,
    date: dateIn(actor.now, expectZone(definition.zone)).toString(),
    ...(await letterFacts(tx, organiser, locked.value)),
  });
  await tx
    .updateTable('visaLetter')
    .set({ state: 'issued', issuedAt: actor.now, issuedBy: actor.personId ?? null, signedAs })
    .set({ content: JSON.stringify(content), answer: '' })
    .where('id', '=', id)
    .execute();
  await tell(tx, actor, organiser, locked.value, 'issued');
  return ok(undefined);
}

async function tell(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  { personId, name }: VisaLetter & { readonly name: string },
  kind: 'returned' | 'issued',
): Promise<void> {
  const facts = { kind: `visa_letter.${kind}`, summitId, personId, data: {} };
  const event = await recordEvent(tx, actor, facts);
  const { slug, definition } = await summitById(tx, summitId);
  const [subject, body] =
    kind === 'issued'
      ? [
          'Your visa letter is ready',
          'your letter for the visa is issued. The page has it as a PDF. Write the number of your passport on its line by hand, and tell us there what the consulate decides.',
        ]
      : [
          'Your visa letter needs a change',
          'before your letter for the visa can be issued, something in your request has to be changed. The page says what.',
        ];
  await notify(tx, actor, {
    summitId,
    personId,
    key: `visa-letter:${event}`,
    subject: `${subject}: ${definition.title}`,
    body: `Dear ${name},\n\n${body}`,
    page: `/s/${slug}/money/visa-letter`,
  });
}

/** Says what stands on every letter from now on. Event `visa_letter.setting`. */
export async function saveLetterSetting(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  setting: LetterSetting,
): Promise<Result<undefined, Problem>> {
  await tx
    .insertInto('letterSetting')
    .values({ summitId, ...setting })
    .onConflict((conflict) => conflict.column('summitId').doUpdateSet(setting))
    .execute();
  const data = { days: setting.daysKept };
  await recordEvent(tx, actor, { kind: 'visa_letter.setting', summitId, data });
  return ok(undefined);
}
