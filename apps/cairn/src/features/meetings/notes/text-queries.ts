import type { Instant } from '@cairn/kernel/time';
import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import type { SummitDefinition } from '../../summits/schema.ts';
import { meetingsOf } from '../series/series-rules.ts';
import {
  type ExpectedNotes,
  expectedNotes,
  isUnwritten,
  TEXT_KINDS,
  type TextKind,
  type TextPlace,
  type TextSubject,
  templateOf,
} from './text-rules.ts';

/** A text as it stands. */
export interface StoredText {
  readonly id: string;
  readonly body: string;
  readonly revision: number;
  readonly updatedAt: Instant;
}

/** The text at a place; undefined while nobody has written it. For those who take part. */
export const textAt = (
  db: Reader,
  summitId: string,
  { meeting, track, kind }: TextPlace,
): Promise<StoredText | undefined> =>
  db
    .selectFrom('meetingText')
    .select(['id', 'body', 'revision', 'updatedAt'])
    .where('summitId', '=', summitId)
    .where('meeting', '=', meeting)
    .where('track', '=', track)
    .where('kind', '=', kind)
    .executeTakeFirst();

/** Where a text is, and what it says: for what is known by its id. */
export async function textById(
  db: Reader,
  id: string,
): Promise<(StoredText & TextPlace & { readonly summitId: string }) | undefined> {
  return db
    .selectFrom('meetingText')
    .select(['id', 'body', 'revision', 'updatedAt', 'summitId', 'meeting', 'track', 'kind'])
    .where('id', '=', id)
    .executeTakeFirst();
}

/** What stands at a place now, or what it would begin with. */
export async function textOrTemplate(
  db: Reader,
  summitId: string,
  subject: TextSubject,
): Promise<{ readonly stored: StoredText | undefined; readonly template: string }> {
  const stored = await textAt(db, summitId, subject);
  const agenda =
    subject.kind === 'notes'
      ? await textAt(db, summitId, { ...subject, kind: 'agenda' })
      : undefined;
  return { stored, template: templateOf(subject, agenda?.body ?? '') };
}

/** One state of a text, and who brought it about. */
export interface TextRevision {
  readonly revision: number;
  readonly body: string;
  readonly at: Instant;
  /** Null for Cairn itself. */
  readonly by: { readonly id: string; readonly name: string } | null;
}

/** States of a text, newest first: at most `most`, from `before` (not included) back. */
export async function textRevisions(
  db: Reader,
  textId: string,
  { before, most }: { readonly before?: number | undefined; readonly most: number },
): Promise<TextRevision[]> {
  let query = db
    .selectFrom('meetingTextRevision')
    .leftJoin('person', 'person.id', 'meetingTextRevision.byPerson')
    .select(['meetingTextRevision.revision', 'meetingTextRevision.body', 'meetingTextRevision.at'])
    .select(['person.id as personId', 'person.name'])
    .where('textId', '=', textId)
    .orderBy('revision', 'desc')
    .limit(most);
  if (before !== undefined) query = query.where('revision', '<', before);
  const rows = await query.execute();
  return rows.map(({ personId, name, ...row }) => ({
    ...row,
    by: personId === null || name === null ? null : { id: personId, name },
  }));
}

/** One state of a text; undefined when it never had it. */
export async function textRevision(
  db: Reader,
  textId: string,
  revision: number,
): Promise<TextRevision | undefined> {
  const [found] = await textRevisions(db, textId, { before: revision + 1, most: 1 });
  return found?.revision === revision ? found : undefined;
}

/** The names of all who changed a text after one of its states, whoever asks left out. */
export async function writersSince(
  db: Reader,
  textId: string,
  revision: number,
  except: string | undefined,
): Promise<string[]> {
  const rows = await db
    .selectFrom('meetingTextRevision')
    .innerJoin('person', 'person.id', 'meetingTextRevision.byPerson')
    .select('person.name')
    .distinct()
    .where('textId', '=', textId)
    .where('revision', '>', revision)
    .where('person.id', '<>', except ?? NOBODY)
    .orderBy('person.name')
    .execute();
  return rows.map(({ name }) => name);
}

const NOBODY = '00000000-0000-0000-0000-000000000000';

/** Names of people by id, in the order of the names; for those who write together. */
export async function namesOf(db: Reader, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('person')
    .select('name')
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .orderBy('name')
    .execute();
  return rows.map(({ name }) => name);
}

/** Which texts of a summit have been written, and when they last changed. */
export interface WrittenText extends TextPlace {
  readonly body: string;
  readonly updatedAt: Instant;
}

/** Every text of a summit, or of one of its calls. For those who take part. */
export async function writtenTexts(
  db: Reader,
  summitId: string,
  meeting?: string,
): Promise<WrittenText[]> {
  let query = db
    .selectFrom('meetingText')
    .select(['meeting', 'track', 'kind', 'body', 'updatedAt'])
    .where('summitId', '=', summitId);
  if (meeting !== undefined) query = query.where('meeting', '=', meeting);
  return query.execute();
}

/**
 * Calls that are over and have no notes: for each track that has none, or for the whole call where it
 * has no tracks. The longest ago first. A template that nobody changed counts as none.
 */
export async function missingNotes(
  db: Reader,
  summit: { readonly id: string; readonly definition: SummitDefinition },
  now: Instant,
): Promise<ExpectedNotes[]> {
  const expected = expectedNotes(meetingsOf(summit), now);
  if (expected.length === 0) return [];
  const written = await writtenTexts(db, summit.id);
  const bodyOf = (meeting: string, track: string, kind: TextKind): string | undefined =>
    written.find((text) => text.meeting === meeting && text.track === track && text.kind === kind)
      ?.body;
  return expected.filter(({ call, track }) => {
    const [key, [agenda, notes]] = [track?.key ?? '', TEXT_KINDS];
    const subject = { meeting: call.key, track: key, kind: notes, call, of: track };
    const template = templateOf(subject, bodyOf(call.key, key, agenda) ?? '');
    return isUnwritten(bodyOf(call.key, key, notes), template);
  });
}
