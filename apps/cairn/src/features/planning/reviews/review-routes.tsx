import type { Problem } from '@cairn/kernel/problem';
import { counted } from '@cairn/kernel/words';
import { Hono } from 'hono';
import { inTransaction } from '../../../platform/db/command.ts';
import { changesBetween } from '../../../platform/git/changes.ts';
import { webActor } from '../../../platform/http/env.ts';
import { readTyped, typedList, typedText } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { selfIn } from '../../people/rights.ts';
import { comersOnly, participantsOnly, withSummit } from '../../summits/access.ts';
import { readerZone } from '../../summits/page.tsx';
import { type PlanMemberEnv, withPlan } from '../access.ts';
import { showPlanPage } from '../page.tsx';
import type { ReviewContext } from './changes-page.tsx';
import { proposalAt } from './changes-routes.tsx';
import { requestReview } from './request-commands.ts';
import { dismissReview } from './review-commands.ts';
import { type Review, reviewRequestsOf, reviewsOf } from './review-queries.ts';
import { DismissPage, ReviewersPage } from './review-views.tsx';
import type { ReviewedProposal } from './reviewed-queries.ts';
import { idSchema } from './shown-schema.ts';
import { possibleReviewers } from './suggested-queries.ts';
import { undoReview } from './undo-commands.ts';

const ADDRESS = '/s/:summit/plan/proposals/:number';

/** Who is asked for a review of a proposal, and reviews that are dismissed or taken back. For those who come. */
export function reviewRoutes(): Hono<PlanMemberEnv> {
  const routes = new Hono<PlanMemberEnv>();
  for (const part of ['reviewers', 'reviews/*']) {
    routes.use(`${ADDRESS}/${part}`, withSummit, participantsOnly, withPlan, comersOnly);
  }

  routes.get(`${ADDRESS}/reviewers`, async (c) => {
    const proposal = await proposalAt(c);
    return proposal === undefined ? c.notFound() : showReviewers(c, proposal);
  });
  routes.post(`${ADDRESS}/reviewers`, async (c) => {
    const proposal = await proposalAt(c);
    if (proposal === undefined) return c.notFound();
    const { typed } = await readTyped(c);
    const of = [...typedList(typed, 'of[]'), ...typedList(typed, 'others[]')];
    const chosen = of.filter((id) => idSchema.safeParse(id).success);
    const { number } = proposal;
    const asked = await inTransaction(c.var.services.db, (tx) =>
      requestReview(tx, webActor(c), selfIn(c.var.summit.id, c.var.signedIn), {
        number,
        of: chosen,
      }),
    );
    if (!asked.ok) return showReviewers(c, proposal, chosen, [asked.error]);
    const sentence = `${counted(asked.value.asked, 'person is', 'people are')} asked.`;
    return seeOther(c, `${pageOf(c, number)}/reviewers`, sentence);
  });

  routes.get(`${ADDRESS}/reviews/:review/dismiss`, async (c) => {
    const found = await reviewAt(c);
    return found === undefined ? c.notFound() : showDismiss(c, found);
  });
  routes.post(`${ADDRESS}/reviews/:review/dismiss`, async (c) => {
    const found = await reviewAt(c);
    if (found === undefined) return c.notFound();
    const { review, proposal } = found;
    const why = typedText((await readTyped(c)).typed, 'why');
    const self = selfIn(c.var.summit.id, c.var.signedIn);
    const done = await inTransaction(c.var.services.db, (tx) =>
      dismissReview(tx, webActor(c), c.var.organiser ?? self, { review: review.id, why }),
    );
    if (!done.ok) return showDismiss(c, found, why, [done.error]);
    const page = `${pageOf(c, proposal.number)}#review-${review.id}`;
    return seeOther(c, page, 'The review counts no longer.');
  });
  routes.post(`${ADDRESS}/reviews/:review/undo`, async (c) => {
    const found = await reviewAt(c);
    if (found === undefined) return c.notFound();
    const { review, proposal } = found;
    const { number } = proposal;
    const self = selfIn(c.var.summit.id, c.var.signedIn);
    const done = await inTransaction(c.var.services.db, (tx) =>
      undoReview(tx, webActor(c), self, { number, review: review.id }),
    );
    if (!done.ok) return showDismiss(c, found, '', [done.error]);
    return seeOther(c, `${pageOf(c, number)}/changes#review`, 'Your review is taken back.');
  });

  return routes;
}

const pageOf = (c: ReviewContext, number: number): string =>
  `/s/${c.var.summit.slug}/plan/proposals/${number}`;

interface Found {
  readonly proposal: ReviewedProposal;
  readonly review: Review;
}

/** A review of the address that counts, and that the visitor may dismiss. */
async function reviewAt(c: ReviewContext): Promise<Found | undefined> {
  const proposal = await proposalAt(c);
  if (proposal === undefined) return undefined;
  const { review: id } = c.req.param() as Record<string, string | undefined>;
  const reviews = await reviewsOf(c.var.services.db, proposal);
  const review = reviews.find((one) => one.id === id && !one.isDismissed);
  const isTheirs =
    c.var.organiser !== undefined || review?.author.personId === c.var.signedIn.personId;
  return review === undefined || !isTheirs ? undefined : { proposal, review };
}

const showDismiss = (
  c: ReviewContext,
  { proposal, review }: Found,
  why = '',
  problems: readonly Problem[] = [],
): Response =>
  showPlanPage(
    c,
    {
      title: 'Dismiss a review',
      lede: `#${proposal.number} ${proposal.title}`,
      status: problems.length > 0 ? 422 : 200,
    },
    <DismissPage
      proposal={pageOf(c, proposal.number)}
      review={review}
      isOwn={review.author.personId === c.var.signedIn.personId}
      why={why}
      problems={problems}
    />,
  );

async function showReviewers(
  c: ReviewContext,
  proposal: ReviewedProposal,
  chosen: readonly string[] = [],
  problems: readonly Problem[] = [],
): Promise<Response> {
  const { services, summit } = c.var;
  const { base, head } = proposal.latest;
  const files = await changesBetween(services.git.plan(summit.id), base, head);
  const paths = files.flatMap(({ path, oldPath }) => [path, oldPath]);
  const people = await possibleReviewers(services.db, proposal, paths);
  return showPlanPage(
    c,
    {
      title: 'Ask for a review',
      lede: `#${proposal.number} ${proposal.title}`,
      status: problems.length > 0 ? 422 : 200,
    },
    <ReviewersPage
      proposal={pageOf(c, proposal.number)}
      zone={readerZone(c, summit)}
      requests={await reviewRequestsOf(services.db, proposal)}
      people={people.filter(({ personId }) => personId !== c.var.signedIn.personId)}
      mayAsk={proposal.state === 'open'}
      chosen={chosen}
      problems={problems}
    />,
  );
}
