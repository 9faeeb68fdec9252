import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { isId } from '../../../platform/db/id.ts';
import { publish } from '../../../platform/live/publish.ts';
import type { Organiser } from '../../people/rights.ts';
import { summitById } from '../../summits/queries.ts';
import { draftOf } from '../drafts/draft-queries.ts';
import { checkPlacements } from '../solving/check-rules.ts';
import { timetableFacts } from '../solving/facts-queries.ts';
import { brokenKeys } from './affected-rules.ts';
import { contentOf } from './content-rules.ts';
import { LONGEST_NAME, LONGEST_NOTE, type Tell } from './release-schema.ts';

export interface ReleaseInput {
  readonly draftId: string;
  /** What people call this version: “As of Monday”. */
  readonly name: string;
  /** Why, for those who are told and on the page of versions. */
  readonly note: string;
  readonly tell: Tell;
  /** The revision of the draft whose warnings were seen; not asked where left out. */
  readonly seen?: number | undefined;
}

/**
 * Makes a draft public as the next version, whole: days, blocks, rooms and sessions as they are now.
 * Mails follow from the event. Refused without a name, without anything placed, and where the draft
 * changed since it was looked at. Event `timetable.released`.
 */
export async function releaseTimetable(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  { draftId, name, note, tell, seen }: ReleaseInput,
): Promise<Result<{ readonly version: number }, Problem>> {
  const { summitId } = organiser;
  const called = name.replace(/\s+/g, ' ').trim();
  if (called === '' || called.length > LONGEST_NAME) {
    const sentence = `Give this version a name of at most ${LONGEST_NAME} characters, such as “First timetable”.`;
    return fail(problem('no-name', sentence, { path: 'name' }));
  }
  const why = note.trim();
  if (why.length > LONGEST_NOTE) {
    const sentence = `Say it in at most ${LONGEST_NOTE} characters.`;
    return fail(problem('long-note', sentence, { path: 'note' }));
  }
  // One release at a time, the second of two sees the first; and nobody changes the draft meanwhile.
  await tx
    .selectFrom('timetableFrame')
    .select('revision')
    .where('summitId', '=', summitId)
    .forUpdate()
    .executeTakeFirst();
  if (isId(draftId)) {
    await tx
      .selectFrom('timetableDraft')
      .select('id')
      .where('id', '=', draftId)
      .forShare()
      .executeTakeFirst();
  }
  const draft = await draftOf(tx, summitId, draftId);
  if (draft === undefined) {
    const sentence = 'There is no such draft, or it was discarded; choose one of the list.';
    return fail(problem('no-draft', sentence, { path: 'draft' }));
  }
  if (seen !== undefined && seen !== draft.revision) {
    const sentence =
      'The draft was changed since you looked at it. Its warnings and what each is told are shown anew; look once more, then release it.';
    return fail(problem('changed-meanwhile', sentence, { path: 'draft' }));
  }
  const facts = await timetableFacts(tx, await summitById(tx, summitId), organiser);
  const content = facts && contentOf(facts, draft);
  if (facts === undefined || content === undefined || content.sessions.length === 0) {
    const sentence = 'Nothing has a place in this draft yet; put a session into it first.';
    return fail(problem('nothing-placed', sentence, { path: 'draft' }));
  }
  const { breaks } = checkPlacements(facts, draft.placements);
  const broken = brokenKeys(breaks, facts.open);
  const version = (await latestVersion(tx, summitId)) + 1;
  await tx
    .insertInto('timetableRelease')
    .values({
      ...{ summitId, version, tell },
      ...{ name: called, note: why, draftId },
      ...{ content: JSON.stringify({ ...content, broken }) },
      releasedAt: actor.now,
      releasedBy: actor.personId ?? null,
    })
    .execute();
  await recordEvent(tx, actor, {
    kind: 'timetable.released',
    summitId,
    data: { version, draft: draftId, tell, sessions: content.sessions.length },
  });
  await publish(tx, `timetable:${summitId}`, { version });
  return ok({ version });
}

async function latestVersion(tx: Tx, summitId: string): Promise<number> {
  const { version } = await tx
    .selectFrom('timetableRelease')
    .select(({ fn }) => fn.max('version').as('version'))
    .where('summitId', '=', summitId)
    .executeTakeFirstOrThrow();
  return version ?? 0;
}
