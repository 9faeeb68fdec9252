import type { Actor } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { notify } from '../../people/invitations/notify-commands.ts';
import { summitById } from '../../summits/queries.ts';
import { VERDICT_WORDS, type Verdict } from './review-rules.ts';
import type { ReviewedProposal } from './reviewed-queries.ts';

/** Writes to the author of a proposal that somebody reviewed it; nobody is told of what they did. */
export async function tellOfReview(
  tx: Tx,
  actor: Actor,
  { summitId, number, title, authorId }: ReviewedProposal,
  review: {
    readonly id: string;
    readonly verdict: Verdict;
    readonly body: string;
    /** Undefined for an account that is nobody's here. */
    readonly reviewer: string | undefined;
  },
): Promise<void> {
  if (authorId === null || authorId === review.reviewer) return;
  const { slug, definition } = await summitById(tx, summitId);
  const who =
    review.reviewer === undefined ? 'Somebody on GitHub' : await nameOf(tx, review.reviewer);
  const did = VERDICT_WORDS[review.verdict];
  await notify(tx, actor, {
    summitId,
    personId: authorId,
    key: `review:${review.id}`,
    subject: `${who} ${did}: ${title} (#${number})`,
    body: [
      `${who} ${did}${review.verdict === 'comment' ? ' on' : ''} your proposal “${title}” for the plan of ${definition.title}.`,
      ...(review.body === '' ? [] : ['', review.body]),
      '',
      'Remarks on lines, if there are any, stand beside the changes.',
    ].join('\n'),
    page: `/s/${slug}/plan/proposals/${number}`,
  });
}

/** Writes to somebody that their review is asked for. A second time, that it is asked for again. */
export async function tellAsked(
  tx: Tx,
  actor: Actor,
  { summitId, number, title, latest }: ReviewedProposal,
  personId: string,
): Promise<void> {
  const { slug, definition } = await summitById(tx, summitId);
  const who = actor.personId === undefined ? 'Cairn' : await nameOf(tx, actor.personId);
  await notify(tx, actor, {
    summitId,
    personId,
    key: `review-asked:${summitId}:${number}:${personId}:${actor.now.epochMilliseconds}`,
    subject: `Your review is asked for: ${title} (#${number})`,
    body: `${who} asks you to look at version ${latest.version} of “${title}”, a proposal for the plan of ${definition.title}. Read what would change, say what you think at the line where it belongs, and approve it or ask for changes. Ten minutes are often enough.`,
    page: `/s/${slug}/plan/proposals/${number}/changes`,
  });
}

async function nameOf(tx: Tx, personId: string): Promise<string> {
  const { name } = await tx
    .selectFrom('person')
    .select('name')
    .where('id', '=', personId)
    .executeTakeFirstOrThrow();
  return name === '' ? 'Somebody' : name;
}
