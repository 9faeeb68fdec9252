import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import type { Actor } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { mergeTexts } from '../../meetings/notes/merge-rules.ts';
import { textById, textRevisions } from '../../meetings/notes/text-queries.ts';
import { commitToMain, lockMain, type PlanServices } from '../repository/main-commands.ts';
import { documentAt } from '../repository/main-queries.ts';
import { signatureOf } from '../repository/signature-queries.ts';
import { notesIn, tidyText, withNotes } from './body-rules.ts';
import { publishedText } from './notes-queries.ts';

/** So many of those who wrote are named in one commit. */
const MOST_NAMED = 20;
const MOST_REVISIONS = 500;

/**
 * Brings published notes into their document, as they are now: in the name of whoever wrote last,
 * with the others named beside. Nothing is committed where the document says the same. Event
 * `plan.moved`.
 */
export async function sendNotes(
  tx: Tx,
  services: PlanServices,
  actor: Actor,
  textId: string,
): Promise<Result<void, Problem>> {
  const known = await publishedText(tx, textId);
  if (known === undefined) return ok(undefined);
  const { summitId } = known;
  // Main first, then the notes: whoever changes both takes them in this order.
  if ((await lockMain(tx, summitId)) === undefined) return ok(undefined);
  const [row, text] = [await publishedText(tx, textId), await textById(tx, textId)];
  if (row === undefined || text === undefined) return ok(undefined);
  const document = await documentAt(tx, summitId, row.path);
  if (document === undefined) {
    return fail(problem('no-document', 'The document of these notes is not in the plan any more.'));
  }
  const theirs = notesIn(document.source);
  const mine = tidyText(text.body);
  const before =
    row.blob === document.blob
      ? theirs
      : notesIn(
          (await services.git.plan(summitId).blobs([row.blob])).get(row.blob)?.toString('utf8') ??
            '',
        );
  const merged = mergeTexts(before, mine, theirs).text;
  const content = withNotes(document.source, merged);
  if (content === document.source) return ok(undefined);
  const writers = await writersOf(tx, textId, mergedAt(before));
  const [author, ...others] = writers;
  const named = await Promise.all(
    others.slice(0, MOST_NAMED).map(async (personId) => {
      const { name, email } = await signatureOf(tx, services.url, personId, actor.now);
      return `Co-authored-by: ${name.replace(/[<>\r\n]/g, ' ')} <${email}>`;
    }),
  );
  const moved = await commitToMain(tx, services, actor, summitId, {
    changes: [{ path: row.path, content }],
    message: [
      `Write on in the notes: ${document.title}`.slice(0, 200),
      ...(named.length > 0 ? ['', ...named] : []),
    ].join('\n'),
    ...(author === undefined ? {} : { authorId: author }),
  });
  return moved.ok ? ok(undefined) : moved;
}

/** Whether a state of the notes is the one that both sides agreed on. */
const mergedAt =
  (before: string) =>
  (body: string): boolean =>
    tidyText(body) === before;

/** Who wrote since both sides agreed, the last one first. */
async function writersOf(
  tx: Tx,
  textId: string,
  isAgreed: (body: string) => boolean,
): Promise<string[]> {
  const revisions = await textRevisions(tx, textId, { most: MOST_REVISIONS });
  const end = revisions.findIndex(({ body }) => isAgreed(body));
  const since = end < 0 ? revisions : revisions.slice(0, end);
  return [...new Set(since.flatMap(({ by }) => (by === null ? [] : [by.id])))];
}
