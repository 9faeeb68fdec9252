import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { retryMail } from '../../../platform/mail/change.ts';
import type { Organiser } from '../rights.ts';
import { mailById } from './mail-queries.ts';

/** Sends a mail that failed, or that was kept while no mail server was set up. */
export async function sendAgain(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  mailId: string,
): Promise<Result<void, Problem>> {
  const mail = await mailById(tx, organiser, mailId);
  if (mail === undefined || !(await retryMail(tx, mailId))) {
    return fail(problem('mail-moved-on', 'This mail is neither kept nor failed any more.'));
  }
  await recordEvent(tx, actor, {
    kind: 'mail.retried',
    summitId: organiser.summitId,
    personId: mail.personId ?? undefined,
    data: { mail: mailId },
  });
  return ok(undefined);
}
