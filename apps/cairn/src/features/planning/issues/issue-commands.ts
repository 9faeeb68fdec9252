import type { Problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import type { Actor } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Self } from '../../people/rights.ts';
import { readLabels } from '../threads/label-rules.ts';
import { openThread } from '../threads/thread-commands.ts';

export interface NewIssue {
  readonly title: string;
  readonly body: string;
  readonly labels: readonly string[];
}

/**
 * Opens an issue: something to talk about that is no topic. Its labels are those it begins with.
 * Event `thread.opened`.
 */
export async function openIssue(
  tx: Tx,
  actor: Actor,
  { summitId }: Self,
  { title, body, labels }: NewIssue,
): Promise<Result<{ readonly number: number }, Problem>> {
  const read = readLabels(labels);
  if (!read.ok) return fail(read.error);
  const opened = await openThread(tx, actor, { summitId, kind: 'issue', title, body });
  if (!opened.ok) return opened;
  const { number } = opened.value;
  if (read.value.length > 0) {
    await tx
      .insertInto('planLabel')
      .values(read.value.map((label) => ({ summitId, number, label })))
      .execute();
  }
  return ok({ number });
}
