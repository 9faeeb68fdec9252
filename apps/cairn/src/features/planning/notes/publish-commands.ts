import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { textAt } from '../../meetings/notes/text-queries.ts';
import { subjectAt, titleOf } from '../../meetings/notes/text-rules.ts';
import { meetingsOf } from '../../meetings/series/series-rules.ts';
import type { Summit } from '../../summits/queries.ts';
import { commitToMain, lockMain, type PlanServices } from '../repository/main-commands.ts';
import { documentAt } from '../repository/main-queries.ts';
import { noPlan } from '../threads/thread-commands.ts';
import { notesDocument, notesPath, withNotes } from './body-rules.ts';
import { publishedNotes } from './notes-queries.ts';
import type { NotesPublisher } from './rights.ts';

/**
 * Puts the notes of a meeting, or of a track of it, into the plan, where all its readers can read them;
 * from then on notes and document follow each other. Notes that are there already stay as they are.
 * Event `notes.published`.
 */
export async function publishNotes(
  tx: Tx,
  services: PlanServices,
  actor: Actor,
  summit: Summit,
  { meeting, track }: NotesPublisher,
): Promise<Result<{ readonly path: string }, Problem>> {
  const place = { meeting, track, kind: 'notes' } as const;
  const subject = subjectAt(meetingsOf(summit), place);
  if (subject === undefined) {
    return fail(
      problem('no-such-meeting', 'There is no such meeting or track; go back to the list.'),
    );
  }
  // Main first, then the notes: whoever changes both takes them in this order.
  if ((await lockMain(tx, summit.id)) === undefined) return fail(noPlan());
  const known = await publishedNotes(tx, summit.id, place);
  if (known !== undefined) return ok({ path: known.path });
  const text = await textAt(tx, summit.id, place);
  if (text === undefined || text.body.trim() === '') {
    return fail(
      problem('no-notes', 'Nobody has written these notes yet; write them, then publish them.'),
    );
  }
  const day = subject.call.starts?.toPlainDate();
  if (day === undefined) {
    const sentence =
      'This meeting has no day yet, and the document is named after it; fix the day first.';
    return fail(problem('no-day', sentence));
  }
  const path = notesPath(day, place);
  const there = await documentAt(tx, summit.id, path);
  const content =
    there === undefined
      ? notesDocument({ title: titleOf(subject), day, ...place, text: text.body })
      : withNotes(there.source, text.body);
  const moved = await commitToMain(tx, services, actor, summit.id, {
    changes: [{ path, content }],
    message: `Publish the notes of ${subject.call.title}`.slice(0, 200),
  });
  if (!moved.ok) return moved;
  const document = await documentAt(tx, summit.id, path);
  await tx
    .insertInto('planNotes')
    .values({
      summitId: summit.id,
      textId: text.id,
      path,
      blob: document?.blob ?? '',
      publishedAt: actor.now,
    })
    .execute();
  await recordEvent(tx, actor, {
    kind: 'notes.published',
    summitId: summit.id,
    data: { text: text.id },
  });
  return ok({ path });
}

/**
 * Parts notes from their document: both stay, and neither follows the other any more. Event
 * `notes.parted`.
 */
export async function partNotes(
  tx: Tx,
  actor: Actor,
  { summitId, meeting, track }: NotesPublisher,
): Promise<Result<void, Problem>> {
  if ((await lockMain(tx, summitId)) === undefined) return fail(noPlan());
  const known = await publishedNotes(tx, summitId, { meeting, track });
  if (known === undefined) return ok(undefined);
  await forget(tx, actor, known);
  return ok(undefined);
}

/** Forgets that a document is that of notes. */
export async function forget(
  tx: Tx,
  actor: Actor,
  { summitId, textId }: { readonly summitId: string; readonly textId: string },
): Promise<void> {
  await tx.deleteFrom('planNotes').where('textId', '=', textId).execute();
  await recordEvent(tx, actor, { kind: 'notes.parted', summitId, data: { text: textId } });
}
