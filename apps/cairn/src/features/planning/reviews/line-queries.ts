import type { Instant } from '@cairn/kernel/time';
import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import type { ThreadPlace } from '../threads/thread-commands.ts';
import { type WrittenBy, writtenBy } from '../threads/thread-queries.ts';
import type { Anchor } from './anchor-queries.ts';

/** One thing that was said about lines. */
export interface LineSaid {
  readonly id: string;
  readonly body: string;
  readonly author: WrittenBy;
  readonly at: Instant;
  readonly editedAt: Instant | null;
  readonly withdrawnAt: Instant | null;
}

/** What was said about lines, and the answers to it. */
export interface LineThread {
  /** Of the first comment. */
  readonly id: string;
  readonly anchor: Anchor;
  readonly reviewId: string | null;
  /** The first comment and its answers, oldest first. */
  readonly said: readonly LineSaid[];
  readonly resolved: { readonly at: Instant; readonly by: WrittenBy } | undefined;
  /** The version that was made of its suggestion. */
  readonly appliedIn: number | null;
}

/** All that was said about lines of a proposal, in the order in which it was begun. */
export async function lineThreadsOf(
  db: Reader,
  { summitId, number }: ThreadPlace,
): Promise<LineThread[]> {
  const rows = await db
    .selectFrom('planLineComment')
    .innerJoin('planComment', 'planComment.id', 'planLineComment.commentId')
    .select(['planComment.id', 'planComment.body', 'planComment.createdAt as at'])
    .select(['planComment.editedAt', 'planComment.withdrawnAt'])
    .select(writtenBy('planComment.authorId', 'planComment.authorAccount').as('author'))
    .select(['reviewId', 'version', 'path', 'side', 'firstLine', 'line', 'blob'])
    .select(['replyTo', 'resolvedAt', 'appliedIn'])
    .select(writtenBy('planLineComment.resolvedBy', 'planComment.authorAccount').as('resolvedBy'))
    .where('planComment.summitId', '=', summitId)
    .where('planComment.number', '=', number)
    .orderBy('planComment.createdAt')
    .orderBy(sql`plan_line_comment.reply_to is not null`)
    .orderBy('planComment.id')
    .execute();
  const threads = new Map<string, LineThread & { readonly said: LineSaid[] }>();
  for (const row of rows) {
    const { id, body, author, at, editedAt, withdrawnAt, version, path, side, blob } = row;
    const said = { id, body, author, at, editedAt, withdrawnAt };
    const begun = threads.get(row.replyTo ?? id);
    if (begun !== undefined) {
      begun.said.push(said);
      continue;
    }
    threads.set(row.replyTo ?? id, {
      id,
      anchor: { version, path, side, blob, firstLine: row.firstLine, line: row.line },
      reviewId: row.reviewId,
      said: [said],
      resolved: row.resolvedAt === null ? undefined : { at: row.resolvedAt, by: row.resolvedBy },
      appliedIn: row.appliedIn,
    });
  }
  // What was withdrawn and never answered leaves nothing to show beside its line.
  return [...threads.values()].filter(({ said }) =>
    said.some(({ withdrawnAt }) => withdrawnAt === null),
  );
}

/** A comment that its writer has not sent yet. */
export interface LineDraft {
  readonly id: string;
  readonly anchor: Anchor;
  readonly body: string;
}

/** What a person has gathered for their review of a proposal, the first written first. */
export async function draftsOf(
  db: Reader,
  { summitId, number }: ThreadPlace,
  personId: string,
): Promise<LineDraft[]> {
  const rows = await db
    .selectFrom('planLineDraft')
    .select(['id', 'version', 'path', 'side', 'firstLine', 'line', 'blob', 'body'])
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .where('personId', '=', personId)
    .orderBy('createdAt')
    .orderBy('id')
    .execute();
  return rows.map(({ id, body, ...anchor }) => ({ id, body, anchor }));
}

/** What a person has read of a proposal. */
export interface OwnReading {
  /** The last version that they have read; undefined for none. */
  readonly version: number | undefined;
  /** Files that they have ticked off, with the content that they had. */
  readonly files: ReadonlyMap<string, string>;
}

/** Up to where a person has read a proposal, and which files. */
export async function readingOf(
  db: Reader,
  { summitId, number }: ThreadPlace,
  personId: string,
): Promise<OwnReading> {
  const [version, files] = await Promise.all([
    db
      .selectFrom('planReadVersion')
      .select('version')
      .where('summitId', '=', summitId)
      .where('number', '=', number)
      .where('personId', '=', personId)
      .executeTakeFirst(),
    db
      .selectFrom('planReadFile')
      .select(['path', 'blob'])
      .where('summitId', '=', summitId)
      .where('number', '=', number)
      .where('personId', '=', personId)
      .execute(),
  ]);
  return { version: version?.version, files: new Map(files.map(({ path, blob }) => [path, blob])) };
}
