import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { expectZone, formatInstant } from '@cairn/kernel/time';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Summit } from '../../summits/queries.ts';
import { notify } from '../invitations/notify-commands.ts';
import { lockSeats } from '../seats/seat-commands.ts';
import { type AgreementVersion, currentAgreement, lastAcceptance } from './agreement-queries.ts';
import { agreementOf, asksTheSame, changesBetween } from './agreement-rules.ts';

/**
 * The newest version, publishing the definition's text as version 1 where there is none yet: the
 * first to be asked is asked something.
 */
async function ensureAgreement(tx: Tx, actor: Actor, summit: Summit): Promise<AgreementVersion> {
  return (await currentAgreement(tx, summit.id)) ?? publish(tx, actor, summit, 1);
}

/**
 * Publishes the definition's present text as the next version. Whoever accepted an older one is
 * asked again, by mail and on their page, and shown the difference; their seat stays theirs.
 */
export async function publishAgreement(
  tx: Tx,
  actor: Actor,
  summitId: string,
): Promise<Result<AgreementVersion, Problem>> {
  const summit = await lockSeats(tx, summitId);
  const current = await currentAgreement(tx, summitId);
  if (current !== undefined && asksTheSame(current, agreementOf(summit.definition))) {
    return fail(
      problem(
        'agreement-unchanged',
        `Version ${current.version} already says this; change the agreement in the definition first.`,
      ),
    );
  }
  const published = await publish(tx, actor, summit, (current?.version ?? 0) + 1);
  if (current !== undefined) await askAgain(tx, actor, summit, current, published);
  return ok(published);
}

async function publish(
  tx: Tx,
  actor: Actor,
  summit: Summit,
  version: number,
): Promise<AgreementVersion> {
  const agreement = agreementOf(summit.definition);
  await tx
    .insertInto('agreementVersion')
    .values({
      summitId: summit.id,
      version,
      text: agreement.text,
      obligations: JSON.stringify(agreement.obligations),
      createdAt: actor.now,
      createdBy: actor.personId ?? null,
    })
    .execute();
  await recordEvent(tx, actor, {
    kind: 'agreement.published',
    summitId: summit.id,
    data: { version },
  });
  return { ...agreement, version, createdAt: actor.now };
}

async function askAgain(
  tx: Tx,
  actor: Actor,
  summit: Summit,
  before: AgreementVersion,
  after: AgreementVersion,
): Promise<void> {
  const people = await tx
    .selectFrom('invitation')
    .select('personId')
    .where('summitId', '=', summit.id)
    .where('state', '=', 'accepted')
    .execute();
  const difference = changesBetween(before.text, after.text)
    .map(({ kind, text }) =>
      kind === 'same' ? text : kind === 'added' ? `[+${text}+]` : `[-${text}-]`,
    )
    .join('');
  for (const { personId } of people) {
    await notify(tx, actor, {
      summitId: summit.id,
      personId,
      key: `agreement:${summit.id}:${after.version}:${personId}`,
      subject: `The agreement of ${summit.definition.title} has changed`,
      body: [
        `What you agreed to for ${summit.definition.title} has changed. Your seat stays yours; please read the new text and accept it on your page.`,
        'What came is marked [+ +], what went is marked [- -]:',
        difference,
      ].join('\n\n'),
      page: `/s/${summit.slug}/me/agreement`,
    });
  }
}

/** The words of an agreement that somebody saw when they said yes. */
export interface SeenAgreement {
  readonly version: number;
}

/**
 * Records that a person accepts the version they saw: which, when, by which sign-in; with a copy by
 * mail. Refused when a newer one was published while they read.
 */
export async function acceptAgreement(
  tx: Tx,
  actor: Actor,
  summit: Summit,
  personId: string,
  seen: SeenAgreement,
  signIn: { readonly method: string; readonly sessionId: string | undefined },
): Promise<Result<AgreementVersion, Problem>> {
  const current = await ensureAgreement(tx, actor, summit);
  if (seen.version !== current.version) {
    return fail(
      problem(
        'agreement-changed',
        'The agreement was changed while you read it; please read the new text and answer again.',
      ),
    );
  }
  await tx
    .insertInto('agreementAcceptance')
    .values({
      summitId: summit.id,
      personId,
      version: current.version,
      acceptedAt: actor.now,
      signInMethod: signIn.method,
      sessionId: signIn.sessionId ?? null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const zone = expectZone(summit.definition.zone);
  await notify(tx, actor, {
    summitId: summit.id,
    personId,
    key: `acceptance:${summit.id}:${current.version}:${personId}`,
    subject: `Your agreement for ${summit.definition.title}`,
    body: [
      `On ${formatInstant(actor.now, zone)} (${summit.definition.zone}) you accepted version ${current.version} of the agreement of ${summit.definition.title}. This is your copy:`,
      current.text,
    ].join('\n\n'),
    page: `/s/${summit.slug}/me`,
  });
  return ok(current);
}

/** Accepts a changed agreement: for those who said yes to an older version. */
export async function acceptChangedAgreement(
  tx: Tx,
  actor: Actor,
  summit: Summit,
  personId: string,
  seen: SeenAgreement,
  signIn: { readonly method: string; readonly sessionId: string | undefined },
): Promise<Result<AgreementVersion, Problem>> {
  // One at a time, so that a second press of the button finds the first one's answer.
  await lockSeats(tx, summit.id);
  const before = await lastAcceptance(tx, summit.id, personId);
  if (before === undefined) {
    return fail(
      problem('nothing-accepted', 'Answer your invitation first; the agreement is part of it.'),
    );
  }
  const current = await ensureAgreement(tx, actor, summit);
  if (before.version === current.version && seen.version === current.version) return ok(current);
  const accepted = await acceptAgreement(tx, actor, summit, personId, seen, signIn);
  if (accepted.ok) {
    await recordEvent(tx, actor, {
      kind: 'agreement.accepted',
      summitId: summit.id,
      personId,
      data: { version: accepted.value.version },
    });
  }
  return accepted;
}
