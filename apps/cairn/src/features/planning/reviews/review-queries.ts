import type { Instant } from '@cairn/kernel/time';
import type { Reader } from '../../../platform/db/database.ts';
import type { ThreadPlace } from '../threads/thread-commands.ts';
import { type WrittenBy, writtenBy } from '../threads/thread-queries.ts';
import type { CountedReview } from './review-rules.ts';

/** A review of one version of a proposal. */
export interface Review extends CountedReview {
  readonly number: number;
  readonly body: string;
  readonly author: WrittenBy;
  readonly at: Instant;
  /** How many comments on lines came with it. */
  readonly lines: number;
  readonly dismissed:
    | {
        readonly at: Instant;
        readonly byId: string | null;
        readonly by: string;
        readonly why: string;
      }
    | undefined;
}

/** All reviews of a proposal, in the order in which they were given. */
export async function reviewsOf(db: Reader, place: ThreadPlace): Promise<Review[]> {
  const rows = await db
    .selectFrom('planReview')
    .leftJoin('person as dismisser', 'dismisser.id', 'planReview.dismissedBy')
    .select([
      'planReview.id',
      'planReview.number',
      'planReview.version',
      'planReview.verdict',
      'planReview.body',
      'planReview.at',
      'planReview.dismissedAt',
      'planReview.dismissedBy',
      'planReview.dismissedWhy',
      'dismisser.name as dismisserName',
    ])
    .select(writtenBy('planReview.authorId', 'planReview.authorAccount').as('author'))
    .select((eb) =>
      eb
        .selectFrom('planLineComment')
        .whereRef('planLineComment.reviewId', '=', 'planReview.id')
        .select((count) => count.fn.countAll<number>().as('lines'))
        .as('lines'),
    )
    .where('planReview.summitId', '=', place.summitId)
    .where('planReview.number', '=', place.number)
    .orderBy('planReview.at')
    .orderBy('planReview.id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    version: row.version,
    verdict: row.verdict,
    body: row.body,
    at: row.at,
    by: row.author.personId ?? `account:${row.author.accountId ?? row.id}`,
    isDismissed: row.dismissedAt !== null,
    author: row.author,
    lines: Number(row.lines ?? 0),
    dismissed:
      row.dismissedAt === null
        ? undefined
        : {
            at: row.dismissedAt,
            byId: row.dismissedBy,
            by: row.dismisserName ?? '',
            why: row.dismissedWhy,
          },
  }));
}

/** Somebody who was asked for a review. */
export interface ReviewRequest {
  readonly personId: string;
  readonly name: string;
  readonly handle: string | null;
  readonly askedBy: string | null;
  readonly askedAt: Instant;
  /** When they gave one after they were asked; null while it is awaited. */
  readonly answeredAt: Instant | null;
}

/** Who was asked for a review of a proposal, the first asked first. */
export const reviewRequestsOf = (db: Reader, place: ThreadPlace): Promise<ReviewRequest[]> =>
  db
    .selectFrom('planReviewRequest')
    .innerJoin('person', 'person.id', 'planReviewRequest.personId')
    .leftJoin('planHandle', 'planHandle.personId', 'planReviewRequest.personId')
    .select([
      'planReviewRequest.personId',
      'person.name',
      'planHandle.handle',
      'planReviewRequest.askedBy',
      'planReviewRequest.askedAt',
      'planReviewRequest.answeredAt',
    ])
    .where('planReviewRequest.summitId', '=', place.summitId)
    .where('planReviewRequest.number', '=', place.number)
    .orderBy('planReviewRequest.askedAt')
    .orderBy('person.name')
    .execute();

/** An open proposal that waits for somebody. */
export interface AwaitedReview {
  readonly number: number;
  readonly title: string;
  readonly version: number;
  readonly askedAt: Instant;
  readonly askedBy: string | null;
  /** The last version that they reviewed, if any: then they are asked again. */
  readonly reviewed: number | null;
}

/** Open proposals that a person was asked to review and has not, the longest waiting first. */
export async function reviewsAwaiting(
  db: Reader,
  summitId: string,
  personId: string,
): Promise<AwaitedReview[]> {
  const rows = await db
    .selectFrom('planReviewRequest')
    .innerJoin('planProposal', (join) =>
      join
        .onRef('planProposal.summitId', '=', 'planReviewRequest.summitId')
        .onRef('planProposal.number', '=', 'planReviewRequest.number'),
    )
    .innerJoin('planThread', (join) =>
      join
        .onRef('planThread.summitId', '=', 'planReviewRequest.summitId')
        .onRef('planThread.number', '=', 'planReviewRequest.number'),
    )
    .leftJoin('person as asker', 'asker.id', 'planReviewRequest.askedBy')
    .select([
      'planReviewRequest.number',
      'planThread.title',
      'planProposal.version',
      'planReviewRequest.askedAt',
      'asker.name as askedBy',
    ])
    .select((eb) =>
      eb
        .selectFrom('planReview')
        .whereRef('planReview.summitId', '=', 'planReviewRequest.summitId')
        .whereRef('planReview.number', '=', 'planReviewRequest.number')
        .whereRef('planReview.authorId', '=', 'planReviewRequest.personId')
        .select((max) => max.fn.max<number>('planReview.version').as('reviewed'))
        .as('reviewed'),
    )
    .where('planReviewRequest.summitId', '=', summitId)
    .where('planReviewRequest.personId', '=', personId)
    .where('planReviewRequest.answeredAt', 'is', null)
    .where('planProposal.state', '=', 'open')
    .orderBy('planReviewRequest.askedAt')
    .orderBy('planReviewRequest.number')
    .execute();
  return rows.map((row) => ({ ...row, reviewed: row.reviewed ?? null }));
}
