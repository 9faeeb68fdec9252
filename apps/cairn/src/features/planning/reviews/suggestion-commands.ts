import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import type { Actor } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { type Organiser, organisesIn, type Self } from '../../people/rights.ts';
import { addVersion } from '../proposals/version-commands.ts';
import { lockMain, type PlanServices } from '../repository/main-commands.ts';
import { cairnSignature, signatureOf } from '../repository/signature-queries.ts';
import { noThread } from '../threads/thread-commands.ts';
import { placesOf } from './difference-queries.ts';
import { lineCommentIn, noLineComment } from './line-commands.ts';
import { lockReviewed } from './reviewed-queries.ts';
import { suggestionIn, withSuggestion } from './suggestion-rules.ts';

/**
 * Makes a new version of a proposal in which the lines of a remark are what it suggests. The author of
 * the proposal and organisers may, while all of those lines stand in the last version as they were. The
 * remark is settled by it, and its writer is named in the commit. Event `proposal.versioned`.
 */
export async function applySuggestion(
  tx: Tx,
  services: PlanServices,
  actor: Actor,
  { summitId, personId }: Self | Organiser,
  { number, comment }: { readonly number: number; readonly comment: string },
): Promise<Result<{ readonly version: number }, Problem>> {
  // Main first, as everything does that makes a version.
  await lockMain(tx, summitId);
  const proposal = await lockReviewed(tx, { summitId, number });
  if (proposal === undefined) return fail(noThread(number));
  const found = await lineCommentIn(tx, proposal, comment);
  const lines = found?.side === 'new' ? suggestionIn(found.body) : undefined;
  if (found === undefined) return fail(noLineComment());
  if (lines === undefined) {
    return fail(problem('no-suggestion', 'This remark suggests no lines of the new text.'));
  }
  const isTheirs = personId === undefined || personId === proposal.authorId;
  if (!isTheirs && !(await organisesIn(tx, summitId, personId))) {
    const sentence = 'A suggestion is applied by the author of the proposal; ask them.';
    return fail(problem('not-yours', sentence));
  }
  if (proposal.state !== 'open' || found.appliedIn !== null) {
    return fail(problem('applied-before', 'It was applied already, or the proposal is not open.'));
  }
  const repository = services.git.plan(summitId);
  const { head, base } = proposal.latest;
  const remark = { anchor: found };
  const shown = { from: base, to: head };
  const place = (await placesOf(repository, proposal, shown, [remark])).get(remark);
  const height = found.line - (found.firstLine ?? found.line);
  if (place?.side !== 'new' || place.line - (place.firstLine ?? place.line) !== height) {
    const sentence =
      'The lines have changed since this was suggested; make the change yourself, and settle the remark.';
    return fail(problem('lines-changed', sentence));
  }
  const text = (await repository.textAt(head, place.path)) ?? '';
  const content = withSuggestion(text, place, lines);
  if (content === text) {
    return fail(problem('nothing-changes', 'The lines say that already; settle the remark.'));
  }
  const cairn = cairnSignature(services.url, actor.now);
  const commit = await repository.commit({
    parents: [head],
    changes: [{ path: place.path, content }],
    author:
      actor.personId === undefined
        ? cairn
        : await signatureOf(tx, services.url, actor.personId, actor.now),
    committer: cairn,
    message: `Apply a suggestion to ${place.path.replace(/\s+/g, ' ')}\n${await thanks(tx, services, actor, found.authorId)}`,
  });
  const versioned = await addVersion(tx, services, actor, { summitId, number }, { head: commit });
  if (!versioned.ok) return versioned;
  await tx
    .updateTable('planLineComment')
    .set({
      appliedIn: versioned.value.version,
      resolvedAt: actor.now,
      resolvedBy: personId ?? null,
    })
    .where('commentId', '=', comment)
    .execute();
  return ok({ version: versioned.value.version });
}

/** The line of a commit's message that names whoever suggested it, where that was somebody else. */
async function thanks(
  tx: Tx,
  { url }: PlanServices,
  actor: Actor,
  authorId: string | null,
): Promise<string> {
  if (authorId === null || authorId === actor.personId) return '';
  const { name, email } = await signatureOf(tx, url, authorId, actor.now);
  return `\nCo-authored-by: ${name.replace(/[<>\r\n]/g, ' ')} <${email}>\n`;
}
