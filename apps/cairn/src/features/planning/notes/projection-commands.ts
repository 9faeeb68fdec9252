import { isGroup } from '@cairn/formats/plain-data';
import { takeOverText } from '../../meetings/notes/text-commands.ts';
import { textById } from '../../meetings/notes/text-queries.ts';
import type { DocumentChange, MainProjection } from '../repository/main-commands.ts';
import { documentAt } from '../repository/main-queries.ts';
import { notesIn, tidyText } from './body-rules.ts';
import { forget } from './publish-commands.ts';

/**
 * Brings what came through Git, or through a proposal, back into the notes that a document is
 * published from: merged with what was written there since, as if somebody had written it on the page.
 * What the notes say already comes from there, and changes nothing. A document that is gone is no
 * longer that of any notes; one that was only moved still is.
 */
export const projectNotes: MainProjection = async (tx, services, actor, summitId, changes) => {
  if (changes.length === 0) return;
  const rows = await tx
    .selectFrom('planNotes')
    .select(['textId', 'path', 'blob'])
    .where('summitId', '=', summitId)
    .where(
      'path',
      'in',
      changes.map(({ path }) => path),
    )
    .execute();
  for (const { textId, path, blob } of rows) {
    const place = await textById(tx, textId);
    const changed = changes.find((each) => each.path === path);
    const now = changed?.source === undefined ? changes.find((each) => isOf(each, place)) : changed;
    const document = now && (await documentAt(tx, summitId, now.path));
    if (place === undefined || document === undefined) {
      await forget(tx, actor, { summitId, textId });
      continue;
    }
    const before = (await services.git.plan(summitId).blobs([blob])).get(blob)?.toString('utf8');
    const taken = await takeOverText(tx, actor, textId, {
      base: notesIn(before ?? ''),
      text: notesIn(document.source),
      tidied: tidyText,
    });
    // Notes that would be too long stay as they are; the document has everything, and the base stays.
    const agreed = taken.ok ? document.blob : blob;
    await tx
      .updateTable('planNotes')
      .set({ path: document.path, blob: agreed })
      .where('textId', '=', textId)
      .execute();
  }
};

/** Whether a document says that it is of the same meeting and track. */
function isOf(
  { document, source }: DocumentChange,
  place: { readonly meeting: string; readonly track: string } | undefined,
): boolean {
  if (source === undefined || document?.kind !== 'notes' || !isGroup(document.front)) return false;
  const { meeting, track } = document.front;
  return place !== undefined && meeting === place.meeting && (track ?? '') === place.track;
}
