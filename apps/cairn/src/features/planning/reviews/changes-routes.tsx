import type { Problem } from '@cairn/kernel/problem';
import type { Result } from '@cairn/kernel/result';
import { Hono } from 'hono';
import type { z } from 'zod';
import { inTransaction } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { blobAt } from '../../../platform/git/changes.ts';
import { webActor } from '../../../platform/http/env.ts';
import { formProblems, readTyped, typedText } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { selfIn } from '../../people/rights.ts';
import { comersOnly, participantsOnly, withSummit } from '../../summits/access.ts';
import { type PlanMemberEnv, withPlan } from '../access.ts';
import { type ReviewContext, showChanges } from './changes-page.tsx';
import { draftLine, dropDraft, readFile, readVersion } from './draft-commands.ts';
import { answerLine, commentOnLine, settleLine } from './line-commands.ts';
import { giveReview } from './review-commands.ts';
import { type ReviewedProposal, reviewedProposal } from './reviewed-queries.ts';
import {
  idSchema,
  lineForm,
  queryOf,
  readForm,
  reviewForm,
  type Shown,
  shownSchema,
} from './shown-schema.ts';
import { applySuggestion } from './suggestion-commands.ts';

const ADDRESS = '/s/:summit/plan/proposals/:number';

/**
 * `/s/<summit>/plan/proposals/<number>/changes` and what is said there: remarks on lines, drafts, the
 * review itself, and what was read. Read by those who take part, written by those who come.
 */
export function changesRoutes(): Hono<PlanMemberEnv> {
  const routes = new Hono<PlanMemberEnv>();
  for (const part of ['changes', 'raw', 'read', 'lines', 'lines/*', 'drafts/*', 'reviews']) {
    routes.use(`${ADDRESS}/${part}`, withSummit, participantsOnly, withPlan);
    if (part !== 'changes' && part !== 'raw') routes.use(`${ADDRESS}/${part}`, comersOnly);
  }

  routes.get(`${ADDRESS}/changes`, async (c) => {
    const proposal = await proposalAt(c);
    if (proposal === undefined) return c.notFound();
    return showChanges(c, proposal, shownSchema.parse(c.req.query()));
  });
  routes.get(`${ADDRESS}/raw`, showRaw);

  routes.post(`${ADDRESS}/lines`, async (c) => {
    const asked = await askedOf(c, lineForm);
    if (asked === undefined) return c.notFound();
    const { proposal, shown, typed, form } = asked;
    const place = { in: typed['path'], say: `${typed['side']}-${typed['line']}` };
    const again = (problems: readonly Problem[]) =>
      showChanges(c, proposal, shownSchema.parse({ ...shown, ...place }), {
        form: 'line',
        typed,
        problems,
      });
    if (!form.success) return again(formProblems(form.error));
    const { do: pressed, ...line } = form.data;
    const { services } = c.var;
    const said = await change(c, (tx) => {
      const write = pressed === 'gather' ? draftLine : commentOnLine;
      return write(tx, services, webActor(c), selfOf(c), { ...line, number: proposal.number });
    });
    if (!said.ok) return again([said.error]);
    const anchor = pressed === 'gather' ? `draft-${said.value.id}` : `comment-${said.value.id}`;
    return back(c, proposal, shown, anchor);
  });

  routes.post(`${ADDRESS}/lines/:comment/:act`, async (c) => {
    const proposal = await proposalAt(c);
    const { comment = '', act } = c.req.param() as Record<string, string | undefined>;
    if (proposal === undefined || !idSchema.safeParse(comment).success) return c.notFound();
    const shown = shownSchema.parse(c.req.query());
    const { typed } = await readTyped(c);
    const { number } = proposal;
    if (act === 'answers') {
      const body = typedText(typed, 'body');
      const said = await change(c, (tx) =>
        answerLine(tx, webActor(c), selfOf(c), { number, comment, body }),
      );
      if (said.ok) return back(c, proposal, shown, `comment-${said.value.id}`);
      const refused = { form: `answer-${comment}`, typed: { body }, problems: [said.error] };
      return showChanges(c, proposal, shown, refused);
    }
    if (act === 'settled') {
      const isSettled = typedText(typed, 'settled') !== 'no';
      const done = await change(c, (tx) =>
        settleLine(tx, webActor(c), selfOf(c), { number, comment, isSettled }),
      );
      return back(c, proposal, shown, `comment-${comment}`, done.ok ? undefined : done.error);
    }
    if (act !== 'applied') return c.notFound();
    const done = await change(c, (tx) =>
      applySuggestion(tx, c.var.services, webActor(c), selfOf(c), { number, comment }),
    );
    if (!done.ok) return back(c, proposal, shown, `comment-${comment}`, done.error);
    const sentence = `It is applied: the proposal has version ${done.value.version}.`;
    return back(c, proposal, { ...shown, to: undefined }, `comment-${comment}`, sentence);
  });

  routes.post(`${ADDRESS}/drafts/:draft/drop`, async (c) => {
    const proposal = await proposalAt(c);
    const { draft = '' } = c.req.param() as Record<string, string | undefined>;
    if (proposal === undefined || !idSchema.safeParse(draft).success) return c.notFound();
    const { number } = proposal;
    const done = await change(c, (tx) => dropDraft(tx, webActor(c), selfOf(c), { number, draft }));
    const shown = shownSchema.parse(c.req.query());
    return back(c, proposal, shown, '', done.ok ? 'It is thrown away.' : done.error);
  });

  routes.post(`${ADDRESS}/read`, async (c) => {
    const asked = await askedOf(c, readForm);
    if (asked === undefined) return c.notFound();
    const { proposal, shown, form } = asked;
    if (!form.success) return back(c, proposal, shown, '', 'Press one of the buttons.');
    const { number } = proposal;
    const { data } = form;
    const done = await change(c, (tx) =>
      'path' in data
        ? readFile(tx, c.var.services, webActor(c), selfOf(c), {
            number,
            path: data.path,
            blob: data.blob,
            isRead: data.read === 'yes',
          })
        : readVersion(tx, webActor(c), selfOf(c), { number, version: data.version }),
    );
    const kept =
      'version' in data
        ? 'When there is a later version, you can see what changed since.'
        : undefined;
    return back(c, proposal, shown, '', done.ok ? kept : done.error);
  });

  routes.post(`${ADDRESS}/reviews`, async (c) => {
    const asked = await askedOf(c, reviewForm);
    if (asked === undefined) return c.notFound();
    const { proposal, shown, typed, form } = asked;
    const again = (problems: readonly Problem[]) =>
      showChanges(c, proposal, shown, { form: 'review', typed, problems });
    if (!form.success) return again(formProblems(form.error));
    const { number } = proposal;
    const given = await change(c, (tx) =>
      giveReview(tx, c.var.services, webActor(c), selfOf(c), {
        ...form.data,
        number,
        withDrafts: true,
      }),
    );
    if (!given.ok) return again([given.error]);
    const page = `/s/${c.var.summit.slug}/plan/proposals/${number}`;
    return seeOther(c, `${page}#review-${given.value.id}`, 'Thank you. Your review is given.');
  });

  return routes;
}

/** The proposal of the address. */
export function proposalAt(c: ReviewContext): Promise<ReviewedProposal | undefined> {
  const { number = '' } = c.req.param() as Record<string, string | undefined>;
  if (!/^[1-9]\d{0,8}$/.test(number)) return Promise.resolve(undefined);
  const { services, summit } = c.var;
  return reviewedProposal(services.db, { summitId: summit.id, number: Number(number) });
}

const selfOf = (c: ReviewContext) => selfIn(c.var.summit.id, c.var.signedIn);

const change = <T,>(
  c: ReviewContext,
  command: (tx: Tx) => Promise<Result<T, Problem>>,
): Promise<Result<T, Problem>> => inTransaction(c.var.services.db, command);

/** The proposal that a form is about, what the page shows, and what was typed. */
async function askedOf<T>(c: ReviewContext, schema: z.ZodType<T>) {
  const proposal = await proposalAt(c);
  if (proposal === undefined) return undefined;
  const { typed: all } = await readTyped(c);
  const typed = Object.fromEntries(Object.keys(all).map((name) => [name, typedText(all, name)]));
  return {
    proposal,
    shown: shownSchema.parse(c.req.query()),
    typed: typed as Readonly<Record<string, string | undefined>>,
    form: schema.safeParse(typed),
  };
}

/** Back to the changes as they were shown, with a sentence or what was wrong. */
function back(
  c: ReviewContext,
  { number }: ReviewedProposal,
  shown: Shown,
  anchor: string,
  said?: string | Problem,
): Response {
  const page = `/s/${c.var.summit.slug}/plan/proposals/${number}/changes`;
  const query = queryOf({ ...shown, say: undefined, in: undefined });
  const to = `${page}${query}${anchor === '' ? '' : `#${anchor}`}`;
  return seeOther(c, to, typeof said === 'string' ? said : said?.sentence);
}

/** Larger files are read with Git: they would be held in memory whole. */
const LARGEST_RAW = 32 * 1024 * 1024;

/** A file of a version as it is, as plain text that no browser takes for anything else. */
async function showRaw(c: ReviewContext): Promise<Response> {
  const proposal = await proposalAt(c);
  if (proposal === undefined) return c.notFound();
  const asked = Number(c.req.query('version') ?? proposal.latest.version);
  const version = proposal.versions.find((one) => one.version === asked);
  const path = c.req.query('file') ?? '';
  if (version === undefined) return c.notFound();
  const repository = c.var.services.git.plan(c.var.summit.id);
  const commit = c.req.query('side') === 'old' ? version.base : version.head;
  const blob = await blobAt(repository, commit, path);
  if (blob === undefined) return c.notFound();
  if (blob.size > LARGEST_RAW) {
    return c.text('This file is larger than 32 MB; clone the plan with Git to read it.\n', 413);
  }
  const content = (await repository.blobs([blob.oid])).get(blob.oid) ?? Buffer.alloc(0);
  const isText = !content.includes(0);
  c.header('content-type', isText ? 'text/plain; charset=utf-8' : 'application/octet-stream');
  c.header('content-disposition', isText ? 'inline' : 'attachment');
  return c.body(new Uint8Array(content));
}
