import type { Reader } from '../../../platform/db/database.ts';

/**
 * What somebody wrote together with others, and what they are to do. A state of a text holds the words
 * of everybody up to then, so it is named and not repeated: the text's page shows it with its author.
 */
export async function ownWords(db: Reader, personId: string) {
  return {
    texts: await db
      .selectFrom('meetingTextRevision')
      .innerJoin('meetingText', 'meetingText.id', 'meetingTextRevision.textId')
      .innerJoin('summit', 'summit.id', 'meetingText.summitId')
      .select(['summit.slug as summit', 'meetingText.meeting', 'meetingText.track'])
      .select(['meetingText.kind', 'meetingTextRevision.revision', 'meetingTextRevision.at'])
      .where('meetingTextRevision.byPerson', '=', personId)
      .orderBy('meetingTextRevision.at')
      .execute(),
    tasks: await db
      .selectFrom('taskOwner')
      .innerJoin('task', 'task.id', 'taskOwner.taskId')
      .innerJoin('summit', 'summit.id', 'task.summitId')
      .select(['summit.slug as summit', 'task.title', 'task.dueOn', 'task.state'])
      .select(['task.createdAt', 'task.changedAt', 'taskOwner.toldAt'])
      .where('taskOwner.personId', '=', personId)
      .orderBy('task.createdAt')
      .execute(),
  };
}
