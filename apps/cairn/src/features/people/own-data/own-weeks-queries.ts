import type { Reader } from '../../../platform/db/database.ts';

/** What somebody was asked and said about candidate weeks; of their links only when they were made. */
export async function ownWeeks(db: Reader, personId: string) {
  return {
    weekPolls: await db
      .selectFrom('weekGuest')
      .innerJoin('summit', 'summit.id', 'weekGuest.summitId')
      .select([
        'summit.slug as summit',
        'weekGuest.isNeeded',
        'weekGuest.weight',
        'weekGuest.remark',
        'weekGuest.addedAt',
        'weekGuest.askedAt',
        'weekGuest.openedAt',
        'weekGuest.answeredAt',
        'weekGuest.remindedAt',
        'weekGuest.disownedAt',
        'weekGuest.withdrawnAt',
      ])
      .where('weekGuest.personId', '=', personId)
      .execute(),
    weekAnswers: await db
      .selectFrom('weekAnswer')
      .innerJoin('summit', 'summit.id', 'weekAnswer.summitId')
      .select([
        'summit.slug as summit',
        'weekAnswer.start',
        'weekAnswer.answer',
        'weekAnswer.note',
        'weekAnswer.answeredAt',
      ])
      .where('weekAnswer.personId', '=', personId)
      .orderBy('weekAnswer.start')
      .execute(),
    weekLinks: await db
      .selectFrom('weekLink')
      .innerJoin('summit', 'summit.id', 'weekLink.summitId')
      .select(['summit.slug as summit', 'weekLink.madeAt', 'weekLink.revokedAt'])
      .where('weekLink.personId', '=', personId)
      .orderBy('weekLink.madeAt')
      .execute(),
    weekConcerns: await db
      .selectFrom('weekConcern')
      .innerJoin('summit', 'summit.id', 'weekConcern.summitId')
      .select([
        'summit.slug as summit',
        'weekConcern.start',
        'weekConcern.why',
        'weekConcern.askedAt',
        'weekConcern.reply',
        'weekConcern.note',
        'weekConcern.repliedAt',
      ])
      .where('weekConcern.personId', '=', personId)
      .execute(),
  };
}
