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
    githubGrants: await db
      .selectFrom('githubGrant')
      .select(['accountId', 'grantedAt', 'expiresAt', 'refusedAt'])
      .where('personId', '=', personId)
      .execute(),
    planPushes: await db
      .selectFrom('planPush')
      .innerJoin('summit', 'summit.id', 'planPush.summitId')
      .select([
        'summit.slug as summit',
        'planPush.branch',
        'planPush.head as commit',
        'planPush.at',
      ])
      .where('personId', '=', personId)
      .orderBy('planPush.at')
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
    ...(await saidOf(db, personId)),
    ...(await heardOf(db, personId)),
  };
}

/** What they said besides: objections, reactions, remarks not sent yet, and what they read. */
const saidOf = async (db: Reader, personId: string) => ({
  planObjections: await db
    .selectFrom('planObjection')
    .innerJoin('summit', 'summit.id', 'planObjection.summitId')
    .select(['summit.slug as summit', 'planObjection.number', 'planObjection.reason'])
    .select(['planObjection.at', 'planObjection.answer', 'planObjection.withdrawnAt'])
    .where('personId', '=', personId)
    .orderBy('planObjection.at')
    .execute(),
  planReactions: await db
    .selectFrom('planReaction')
    .innerJoin('summit', 'summit.id', 'planReaction.summitId')
    .select(['summit.slug as summit', 'planReaction.number', 'planReaction.commentId'])
    .select(['planReaction.reaction', 'planReaction.at'])
    .where('personId', '=', personId)
    .orderBy('planReaction.at')
    .execute(),
  planLineDrafts: await db
    .selectFrom('planLineDraft')
    .innerJoin('summit', 'summit.id', 'planLineDraft.summitId')
    .select(['summit.slug as summit', 'planLineDraft.number', 'planLineDraft.path'])
    .select(['planLineDraft.line', 'planLineDraft.body', 'planLineDraft.createdAt'])
    .where('personId', '=', personId)
    .orderBy('planLineDraft.createdAt')
    .execute(),
  planVersionsRead: await db
    .selectFrom('planReadVersion')
    .innerJoin('summit', 'summit.id', 'planReadVersion.summitId')
    .select(['summit.slug as summit', 'planReadVersion.number', 'planReadVersion.version'])
    .select('planReadVersion.at')
    .where('personId', '=', personId)
    .orderBy('planReadVersion.at')
    .execute(),
  planFilesRead: await db
    .selectFrom('planReadFile')
    .innerJoin('summit', 'summit.id', 'planReadFile.summitId')
    .select(['summit.slug as summit', 'planReadFile.number', 'planReadFile.path'])
    .select('planReadFile.at')
    .where('personId', '=', personId)
    .orderBy('planReadFile.at')
    .execute(),
});

/** What they hear of plans, and were asked by Cairn. */
const heardOf = async (db: Reader, personId: string) => ({
  planMails: await db
    .selectFrom('planDigest')
    .innerJoin('summit', 'summit.id', 'planDigest.summitId')
    .select(['summit.slug as summit', 'planDigest.takingPart', 'planDigest.mentions'])
    .select(['planDigest.everything', 'planDigest.hour', 'planDigest.weekday', 'planDigest.asks'])
    .where('personId', '=', personId)
    .execute(),
  planMailsToCome: await db
    .selectFrom('planDigestItem')
    .innerJoin('summit', 'summit.id', 'planDigestItem.summitId')
    .select(['summit.slug as summit', 'planDigestItem.number', 'planDigestItem.why'])
    .where('personId', '=', personId)
    .orderBy('planDigestItem.eventId')
    .execute(),
  planWatched: await db
    .selectFrom('planWatch')
    .innerJoin('summit', 'summit.id', 'planWatch.summitId')
    .select(['summit.slug as summit', 'planWatch.number', 'planWatch.watches'])
    .select('planWatch.changedAt')
    .where('personId', '=', personId)
    .orderBy('planWatch.number')
    .execute(),
  planFeeds: await db
    .selectFrom('planFeed')
    .innerJoin('summit', 'summit.id', 'planFeed.summitId')
    .select(['summit.slug as summit', 'planFeed.name', 'planFeed.about', 'planFeed.number'])
    .select(['planFeed.createdAt', 'planFeed.revokedAt'])
    .where('personId', '=', personId)
    .orderBy('planFeed.createdAt')
    .execute(),
  planReviewAsks: await db
    .selectFrom('planReviewAsk')
    .innerJoin('summit', 'summit.id', 'planReviewAsk.summitId')
    .select(['summit.slug as summit', 'planReviewAsk.number', 'planReviewAsk.askedAt'])
    .where('personId', '=', personId)
    .orderBy('planReviewAsk.askedAt')
    .execute(),
});
