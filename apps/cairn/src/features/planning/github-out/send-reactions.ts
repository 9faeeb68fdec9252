import { z } from 'zod';
import { actingAs } from './acting-commands.ts';
import { doAs } from './send-as.ts';
import { outcomeOf, SENT, type Sending, type SendOutcome } from './sending.ts';
import { commentTwin, threadTwin } from './twin-queries.ts';

const reactionAnswer = z.object({ id: z.int() });

/**
 * Tells GitHub the reactions to a thread or a comment, of those who let Cairn act as them: a reaction has
 * no words in which the App could say whose it is.
 *
 * `localId` is `<number>:` or `<number>:<comment>`.
 */
export async function sendReactions(sending: Sending, localId: string): Promise<SendOutcome> {
  const { repo, services, summitId } = sending;
  const [digits = '', comment = ''] = localId.split(':');
  const number = Number(digits);
  const link =
    comment === ''
      ? await threadTwin(services.db, summitId, number)
      : await commentTwin(services.db, summitId, comment);
  if (link === undefined || link.goneAt !== null) return SENT;
  const isOnLine = comment !== '' && (await isLine(sending, comment));
  const target =
    comment === ''
      ? `${repo}/issues/${link.remoteId}`
      : `${repo}/${isOnLine ? 'pulls' : 'issues'}/comments/${link.remoteId}`;
  const added = await addNew(sending, number, comment, target);
  return added.kind === 'done' ? takeBack(sending, target) : added;
}

async function isLine({ services }: Sending, comment: string): Promise<boolean> {
  const row = await services.db
    .selectFrom('planLineComment')
    .select('commentId')
    .where('commentId', '=', comment)
    .executeTakeFirst();
  return row !== undefined;
}

async function addNew(
  sending: Sending,
  number: number,
  comment: string,
  target: string,
): Promise<SendOutcome> {
  const { services, summitId } = sending;
  let query = services.db
    .selectFrom('planReaction')
    .leftJoin('githubLink', 'githubLink.reactionId', 'planReaction.id')
    .select(['planReaction.id', 'planReaction.reaction', 'planReaction.personId'])
    .where('planReaction.summitId', '=', summitId)
    .where('githubLink.remoteId', 'is', null)
    .where('planReaction.personId', 'is not', null);
  query =
    comment === ''
      ? query.where('planReaction.number', '=', number)
      : query.where('planReaction.commentId', '=', comment);
  for (const { id, reaction, personId } of await query.orderBy('planReaction.id').execute()) {
    if ((await actingAs(services, personId)) === undefined) continue;
    const answer = await doAs(sending, personId, {
      method: 'POST',
      path: `${target}/reactions`,
      body: { content: reaction },
    });
    if (!answer.ok) {
      if (answer.error.kind === 'limited' || answer.error.kind === 'unreachable') {
        return outcomeOf(answer.error);
      }
      continue;
    }
    const read = reactionAnswer.safeParse(answer.value.data);
    if (!read.success) continue;
    await keepReaction(sending, id, read.data.id, target);
  }
  return SENT;
}

/** Notes it twice: what it is here, which goes when it is taken back, and that we put it there. */
async function keepReaction(
  { services, summitId }: Sending,
  reactionId: number,
  remoteId: number,
  target: string,
): Promise<void> {
  const linked = { summitId, kind: 'reaction', remoteId, origin: 'cairn', url: target } as const;
  const nothing = {
    remoteNumber: null,
    number: null,
    commentId: null,
    reviewId: null,
    remoteAt: null,
    base: null,
    goneAt: null,
  };
  await services.db.transaction().execute(async (tx) => {
    await tx
      .insertInto('githubLink')
      .values({ ...linked, ...nothing, reactionId })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await tx
      .insertInto('githubReactionSent')
      .values({ summitId, remoteId, target })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  });
}

/** What we put there and is here no more is taken back there; what people did there themselves is theirs. */
async function takeBack(
  { github, services, summitId }: Sending,
  target: string,
): Promise<SendOutcome> {
  const gone = await services.db
    .selectFrom('githubReactionSent as sent')
    .leftJoin('githubLink as link', (join) =>
      join
        .onRef('link.summitId', '=', 'sent.summitId')
        .onRef('link.remoteId', '=', 'sent.remoteId')
        .on('link.kind', '=', 'reaction'),
    )
    .select('sent.remoteId')
    .where('sent.summitId', '=', summitId)
    .where('sent.target', '=', target)
    .where('link.reactionId', 'is', null)
    .execute();
  for (const { remoteId } of gone) {
    const answer = await github.ask({
      method: 'DELETE',
      path: `${target}/reactions/${remoteId}`,
    });
    if (!answer.ok && answer.error.kind !== 'missing') return outcomeOf(answer.error);
    await services.db
      .deleteFrom('githubReactionSent')
      .where('summitId', '=', summitId)
      .where('remoteId', '=', remoteId)
      .execute();
  }
  return SENT;
}
