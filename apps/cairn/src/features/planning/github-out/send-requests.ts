import { notYet, outcomeOf, SENT, type Sending, type SendOutcome } from './sending.ts';
import { threadTwin } from './twin-queries.ts';

/** Asks on GitHub those for a review who are asked here, as far as we know who they are there. */
export async function sendRequests(sending: Sending, number: number): Promise<SendOutcome> {
  const { github, repo, services, summitId } = sending;
  const link = await threadTwin(services.db, summitId, number);
  if (link === undefined) return notYet('its proposal is not there yet');
  const rows = await services.db
    .selectFrom('planReviewRequest')
    .innerJoin('githubAccount', 'githubAccount.personId', 'planReviewRequest.personId')
    .select('githubAccount.login')
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .where('answeredAt', 'is', null)
    .execute();
  for (const { login } of rows) {
    const answer = await github.ask({
      method: 'POST',
      path: `${repo}/pulls/${link.remoteId}/requested_reviewers`,
      body: { reviewers: [login] },
    });
    // GitHub asks only those who may read the repository as its members do; the mail from here has gone out.
    if (!answer.ok && answer.error.kind !== 'refused') return outcomeOf(answer.error);
  }
  return SENT;
}
