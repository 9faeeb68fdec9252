import { formatDate, Temporal } from '@cairn/kernel/time';
import type { Actor } from '../../platform/db/command.ts';
import type { Tx } from '../../platform/db/database.ts';
import { notify } from '../people/invitations/notify-commands.ts';
import type { TaskOrigin } from './task-commands.ts';

/**
 * Tells everybody by mail, once, which open tasks of a text became theirs: one mail for all of them.
 * Called when nobody has written in the text for a while, so that nobody is told half a sentence.
 */
export async function tellOwners(
  tx: Tx,
  actor: Actor,
  summit: { readonly id: string; readonly slug: string; readonly title: string },
  origin: Pick<TaskOrigin, 'kind' | 'id'>,
): Promise<void> {
  const untold = await tx
    .selectFrom('taskOwner')
    .innerJoin('task', 'task.id', 'taskOwner.taskId')
    .select(['task.id', 'task.title', 'task.dueOn', 'task.originTitle', 'taskOwner.personId'])
    .where('task.originKind', '=', origin.kind)
    .where('task.originId', '=', origin.id)
    .where('task.state', '=', 'open')
    .where('taskOwner.toldAt', 'is', null)
    .orderBy('task.originLine')
    .execute();
  const people = [...new Set(untold.map(({ personId }) => personId))];
  for (const personId of people) {
    const theirs = untold.filter((row) => row.personId === personId);
    const [first] = theirs;
    if (first === undefined) continue;
    const many = theirs.length > 1;
    await notify(tx, actor, {
      summitId: summit.id,
      personId,
      key: `tasks:${personId}:${first.id}:${actor.now.epochMilliseconds}`,
      subject: many
        ? `${theirs.length} tasks of yours: ${summit.title}`
        : `A task of yours: ${first.title}`,
      body: [
        `${many ? 'These tasks are' : 'This task is'} yours, by the ${asInSentence(first.originTitle)} (${summit.title}):`,
        '',
        ...theirs.map(
          ({ title, dueOn }) =>
            `- ${title}${dueOn === null ? '' : `, by ${formatDate(Temporal.PlainDate.from(dueOn))}`}`,
        ),
        '',
        `If it should be somebody else’s, change the name in the ${origin.kind === 'topic' ? 'topic' : 'notes'}. Press “Done” on the page below when it is.`,
      ].join('\n'),
      page: `/s/${summit.slug}/me/tasks`,
    });
  }
  if (untold.length === 0) return;
  await tx
    .updateTable('taskOwner')
    .set({ toldAt: actor.now })
    .where('toldAt', 'is', null)
    .where(
      'taskId',
      'in',
      untold.map(({ id }) => id),
    )
    .execute();
}

const asInSentence = (title: string): string => title.charAt(0).toLowerCase() + title.slice(1);
