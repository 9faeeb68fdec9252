import { Hono } from 'hono';
import { z } from 'zod';
import { signingKey } from '../../../platform/git/ssh-signature.ts';
import { answerDocument, OWN_CACHE, SHARED_CACHE } from '../../../platform/http/conditional.ts';
import type { AppContext } from '../../../platform/http/env.ts';
import { withSummit } from '../../summits/access.ts';
import { showPage } from '../../summits/page.tsx';
import { type PlanEnv, planReaders, withPlan } from '../access.ts';
import { cairnSignature } from '../repository/signature-queries.ts';
import { type PrintedPlan, workPlanHandout, workPlanMarkdown } from './print-rules.ts';
import { printedPlan, type WantedPlan } from './workplan-page-queries.ts';
import { type WorkPlanShelf, workPlanShelf } from './workplan-shelf.ts';

type PrintContext = AppContext<PlanEnv['Variables']>;

const versionQuery = z
  .string()
  .regex(/^[1-9]\d{0,5}$/)
  .transform(Number)
  .optional()
  .catch(undefined);

/**
 * `/s/<summit>/workplan.pdf` and `workplan.md`: the latest frozen version, an earlier one with
 * `?version=1`, today's draft with `?draft` for those who take part. `plan.signers`: by which key its
 * tags are verified. All for the readers of the plan's documents.
 */
export function printRoutes(shelf: WorkPlanShelf = workPlanShelf()): Hono<PlanEnv> {
  const routes = new Hono<PlanEnv>();
  for (const file of ['workplan.pdf', 'workplan.md', 'plan.signers']) {
    routes.use(`/s/:summit/${file}`, withSummit, withPlan, planReaders);
  }

  routes.get('/s/:summit/workplan.md', async (c) => {
    const asked = await planToPrint(c);
    if (asked instanceof Response) return asked;
    return answerDocument(c, {
      body: workPlanMarkdown(asked.plan),
      type: 'text/markdown; charset=utf-8; variant=CommonMark',
      cacheControl: asked.cacheControl,
      fileName: `${asked.name}.md`,
    });
  });

  routes.get('/s/:summit/workplan.pdf', async (c) => {
    const asked = await planToPrint(c);
    if (asked instanceof Response) return asked;
    const printed = shelf(workPlanHandout(asked.plan));
    if (!printed.ok) {
      const title = 'The work plan cannot be printed';
      return showPage(c, { title, status: 500 }, <p>{printed.error.sentence}</p>);
    }
    return answerDocument(c, {
      body: printed.value.pdf,
      etag: printed.value.etag,
      type: 'application/pdf',
      cacheControl: asked.cacheControl,
      fileName: `${asked.name}.pdf`,
    });
  });

  routes.get('/s/:summit/plan.signers', async (c) => {
    const { services } = c.var;
    const { email } = cairnSignature(services.url, services.clock.now());
    const { publicKey } = await signingKey(services.db);
    return answerDocument(c, {
      body: `${email} namespaces="git" ${publicKey}\n`,
      type: 'text/plain; charset=utf-8',
      cacheControl: cacheOf(c),
      fileName: 'plan.signers',
    });
  });

  return routes;
}

const isForAll = ({ var: { plan, summit } }: PrintContext): boolean =>
  plan.readers === 'everyone' && summit.state !== 'draft';

const cacheOf = (c: PrintContext): string => (isForAll(c) ? SHARED_CACHE : OWN_CACHE);

/** What is asked for, if the reader may have it; else the answer to give instead. */
async function planToPrint(
  c: PrintContext,
): Promise<
  Response | { readonly plan: PrintedPlan; readonly cacheControl: string; readonly name: string }
> {
  const { summit, services, takesPart, organiser } = c.var;
  const isMember = takesPart || organiser !== undefined;
  const isDraft = c.req.query('draft') !== undefined;
  if (isDraft && !isMember) return c.notFound();
  const wanted: WantedPlan = isDraft
    ? 'draft'
    : (versionQuery.parse(c.req.query('version')) ?? 'latest');
  const now = services.clock.now();
  const forPublic = !isDraft && isForAll(c);
  const plan = await printedPlan(services, summit, wanted, { now, forPublic });
  if (plan !== undefined) {
    const name = `${summit.slug}-${plan.frozen?.tag ?? 'workplan-draft'}`;
    return { plan, cacheControl: isDraft ? OWN_CACHE : cacheOf(c), name };
  }
  return showPage(
    c,
    { title: 'No work plan yet', status: 404 },
    <>
      <p>The work plan of this summit has not been frozen yet; then it is here.</p>
      {isMember && (
        <p>
          <a href={`${c.req.path}?draft`}>Today’s draft</a>
        </p>
      )}
    </>,
  );
}
