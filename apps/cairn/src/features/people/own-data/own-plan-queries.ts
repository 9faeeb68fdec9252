import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';

/**
 * What somebody did in the planning repositories: wrote, reviewed, said of interest. What they wrote
 * through an account on GitHub that is theirs counts as theirs.
 */
export async function ownPlan(db: Reader, personId: string) {
  const accounts = sql<number>`(select id from github_account where person_id = ${personId})`;
  const isTheirs = sql<boolean>`(author_id = ${personId} or author_account in ${accounts})`;
  return {
    planHandle: (
      await db
        .selectFrom('planHandle')
        .select('handle')
        .where('personId', '=', personId)
        .executeTakeFirst()
    )?.handle,
    githubAccounts: await db
      .selectFrom('githubAccount')
      .select(['id', 'login', 'seenAt'])
      .where('personId', '=', personId)
      .orderBy('id')
      .execute(),
    planThreads: await db
      .selectFrom('planThread')
      .innerJoin('summit', 'summit.id', 'planThread.summitId')
      .select(['summit.slug as summit', 'planThread.number', 'planThread.kind'])
      .select(['planThread.title', 'planThread.body', 'planThread.door'])
      .select(['planThread.createdAt', 'planThread.editedAt'])
      .where(isTheirs)
      .orderBy('planThread.createdAt')
      .execute(),
    planComments: await db
      .selectFrom('planComment')
      .innerJoin('summit', 'summit.id', 'planComment.summitId')
      .leftJoin('planLineComment', 'planLineComment.commentId', 'planComment.id')
      .select(['summit.slug as summit', 'planComment.number', 'planComment.body'])
      .select(['planLineComment.path', 'planLineComment.line', 'planComment.door'])
      .select(['planComment.createdAt', 'planComment.editedAt', 'planComment.withdrawnAt'])
      .where(isTheirs)
      .orderBy('planComment.createdAt')
      .execute(),
    planVersions: await db
      .selectFrom('planVersion')
      .innerJoin('summit', 'summit.id', 'planVersion.summitId')
      .select(['summit.slug as summit', 'planVersion.number', 'planVersion.version'])
      .select(['planVersion.head as commit', 'planVersion.door', 'planVersion.at'])
      .where(sql<boolean>`(by_person = ${personId} or by_account in ${accounts})`)
      .orderBy('planVersion.at')
      .execute(),
    planReviews: await db
      .selectFrom('planReview')
      .innerJoin('summit', 'summit.id', 'planReview.summitId')
      .select(['summit.slug as summit', 'planReview.number', 'planReview.version'])
      .select(['planReview.verdict', 'planReview.body', 'planReview.door', 'planReview.at'])
      .select(['planReview.dismissedAt', 'planReview.dismissedWhy'])
      .where(isTheirs)
      .orderBy('planReview.at')
      .execute(),
    planReviewRequests: await db
      .selectFrom('planReviewRequest')
      .innerJoin('summit', 'summit.id', 'planReviewRequest.summitId')
      .select(['summit.slug as summit', 'planReviewRequest.number'])
      .select(['planReviewRequest.askedAt', 'planReviewRequest.answeredAt'])
      .where('personId', '=', personId)
      .orderBy('planReviewRequest.askedAt')
      .execute(),
    planInterest: await db
      .selectFrom('planInterest')
      .innerJoin('summit', 'summit.id', 'planInterest.summitId')
      .select(['summit.slug as summit', 'planInterest.number', 'planInterest.level'])
      .select(['planInterest.why', 'planInterest.changedAt'])
      .where('personId', '=', personId)
      .orderBy('planInterest.number')
      .execute(),
  };
}
