import { type Problem, problem } from '@cairn/kernel/problem';
import { ok } from '@cairn/kernel/result';
import { Hono } from 'hono';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { readTyped } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { comersOnly, participantsOnly, withSummit } from '../../summits/access.ts';
import { type PlanMemberEnv, withPlan } from '../access.ts';
import { readPlanDocument } from '../documents/document-rules.ts';
import { renderPlanText } from '../documents/text-rules.ts';
import { showPlanPage } from '../page.tsx';
import { memberOf } from '../threads/member-rights.ts';
import { changeProposal, proposeChange } from './change-commands.ts';
import { atText, changesFrom, documentProblems, type FileEdit } from './change-rules.ts';
import { type EditorTyped, editorAsked, MOST_FILES, readEditor } from './change-schema.ts';
import { problemsOfChange } from './check-queries.ts';
import { type EditorGround, groundOf, kindAsked, newDocument, textsAt } from './editor-queries.ts';
import { BeginPage, EditorPage } from './editor-views.tsx';
import { type Proposal, proposalOf } from './proposal-queries.ts';

type EditorContext = AppContext<PlanMemberEnv['Variables']>;

/** The script that keeps what is typed in the browser until it has arrived, as the page of a proposal tells it. */
export const EDITOR_SCRIPT = '/assets/proposal-draft.js';
/** In a list that opens; the pages of documents lead to the editor as well. */
const MOST_LISTED = 500;

/**
 * `/s/<summit>/plan/edit` to change a document of main or add one, `…/proposals/<number>/edit` to
 * change an open proposal further, `…/proposals/new` to choose where to begin. For those who come.
 */
export function editorRoutes(): Hono<PlanMemberEnv> {
  const routes = new Hono<PlanMemberEnv>();
  const base = '/s/:summit/plan';
  const writers = [withSummit, participantsOnly, comersOnly, withPlan] as const;
  for (const address of [
    `${base}/edit`,
    `${base}/proposals/:number/edit`,
    `${base}/proposals/new`,
  ]) {
    routes.use(address, ...writers);
  }

  routes.get(`${base}/proposals/new`, async (c) => {
    const asked = editorAsked.parse(c.req.query());
    if (asked.path !== undefined || asked.kind !== undefined) return begin(c, undefined);
    const { documents } = await groundFor(c, undefined, '');
    return showPlanPage(
      c,
      {
        title: 'Propose a change',
        lede: 'Change a document of the plan, or write a new one. Others review it before it counts.',
      },
      <BeginPage base={baseOf(c)} paths={documents.slice(0, MOST_LISTED)} />,
    );
  });

  routes.get(`${base}/edit`, async (c) => {
    const asked = editorAsked.parse(c.req.query());
    return asked.path === undefined && asked.kind === undefined
      ? c.redirect(`${baseOf(c)}/proposals/new`, 303)
      : begin(c, undefined);
  });
  routes.post(`${base}/edit`, async (c) => act(c, undefined));

  routes.get(`${base}/proposals/:number/edit`, async (c) => {
    const proposal = await proposalAt(c);
    return proposal === undefined ? c.notFound() : begin(c, proposal);
  });
  routes.post(`${base}/proposals/:number/edit`, async (c) => {
    const proposal = await proposalAt(c);
    return proposal === undefined ? c.notFound() : act(c, proposal);
  });
  return routes;
}

const baseOf = (c: EditorContext): string => `/s/${c.var.summit.slug}/plan`;

/** The proposal of the address; undefined where there is none. */
export async function proposalAt(c: EditorContext): Promise<Proposal | undefined> {
  const { number = '' } = c.req.param() as Record<string, string | undefined>;
  if (!/^[1-9]\d{0,8}$/.test(number)) return undefined;
  return proposalOf(c.var.services.db, { summitId: c.var.summit.id, number: Number(number) });
}

const repositoryOf = (c: EditorContext) => c.var.services.git.plan(c.var.summit.id);

const groundFor = (
  c: EditorContext,
  proposal: Proposal | undefined,
  said: string,
): Promise<EditorGround> =>
  groundOf(c.var.services.db, repositoryOf(c), c.var.plan.head, proposal, said);

/** An empty form: of one document, or of all that an open proposal changes. */
async function begin(c: EditorContext, proposal: Proposal | undefined): Promise<Response> {
  const { path, kind } = editorAsked.parse(c.req.query());
  if (proposal !== undefined && proposal.state !== 'open') {
    return seeOther(c, `${baseOf(c)}/proposals/${proposal.number}`, 'It is not open any more.');
  }
  const ground = await groundFor(c, proposal, '');
  const edits: FileEdit[] = [];
  if (path !== undefined) {
    const edit = await existing(c, ground, path);
    if (edit === undefined) return c.notFound();
    edits.push(edit);
  } else edits.push(newDocument(kind ?? 'page', ground.there));
  return show(c, proposal, ground, { edits, title: '', why: '' });
}

async function existing(
  c: EditorContext,
  { base, documents }: EditorGround,
  path: string,
): Promise<FileEdit | undefined> {
  if (!documents.includes(path)) return undefined;
  const text = await repositoryOf(c).textAt(base, path);
  return text === undefined ? undefined : { was: path, path, text, isGone: false };
}

interface Shown extends Pick<EditorTyped, 'edits' | 'title' | 'why'> {
  readonly problems?: readonly Problem[];
  readonly preview?: boolean;
  readonly isSound?: boolean;
}

function show(
  c: EditorContext,
  proposal: Proposal | undefined,
  ground: EditorGround,
  { edits, title, why, problems = [], preview = false, isSound = false }: Shown,
): Response {
  const here = proposal === undefined ? undefined : `${baseOf(c)}/proposals/${proposal.number}`;
  const taken = new Set(edits.map(({ was }) => was));
  return showPlanPage(
    c,
    {
      title: proposal === undefined ? 'Propose a change' : `Change proposal #${proposal.number}`,
      ...(proposal === undefined ? {} : { lede: proposal.title }),
      scripts: [EDITOR_SCRIPT],
      status: problems.length > 0 ? 422 : 200,
    },
    <EditorPage
      action={here === undefined ? `${baseOf(c)}/edit` : `${here}/edit`}
      base={ground.base}
      {...{ edits, title, why, problems, isSound }}
      of={
        proposal === undefined || here === undefined
          ? undefined
          : { number: proposal.number, href: here }
      }
      addable={{
        paths: ground.documents.filter((path) => !taken.has(path)).slice(0, MOST_LISTED),
      }}
      preview={preview ? edits.flatMap((edit) => previewOf(c, edit)) : undefined}
    />,
  );
}

function previewOf(c: EditorContext, { path, text, isGone }: FileEdit) {
  if (isGone) return [];
  const at = path.trim();
  const document = readPlanDocument(at, text.replace(/\r\n?/g, '\n'));
  if (document === undefined || document.kind === 'rules') return [];
  return [{ path: at, html: renderPlanText(document.body, { base: baseOf(c), path: at }) }];
}

/** What the form was sent for. All that was typed is shown again, unless it was proposed. */
async function act(c: EditorContext, proposal: Proposal | undefined): Promise<Response> {
  const { typed } = await readTyped(c);
  const form = readEditor(typed);
  const ground = await groundFor(c, proposal, form.base);
  const { edits, title, why } = form;
  const again = (more: Partial<Shown>) => show(c, proposal, ground, { edits, title, why, ...more });
  if (form.act === 'preview') return again({ preview: true });
  if (form.act === 'add') return add(c, ground, form, again);
  const repository = repositoryOf(c);
  const before = await textsAt(
    repository,
    ground.base,
    edits.map(({ was }) => was),
  );
  const strange = edits.some(({ was }) => was !== '' && !ground.documents.includes(was));
  if (strange || edits.length === 0 || ground.base !== form.base) {
    const sentence = 'Open the document again: this form does not say which one it changes.';
    return again({ problems: [problem('strange-form', sentence)] });
  }
  const changes = changesFrom(edits, before, ground.there);
  if (!changes.ok) return again({ problems: changes.error });
  const problems = await allProblems(c, ground, edits, changes.value);
  if (problems.length > 0) return again({ problems });
  if (form.act === 'check') return again({ isSound: true });
  const { services } = c.var;
  const { self } = memberOf(c);
  const actor = webActor(c);
  const change = { changes: changes.value, base: ground.base, title };
  const done = await inTransaction(services.db, async (tx) => {
    if (proposal === undefined) return proposeChange(tx, services, actor, self, { ...change, why });
    const { number } = proposal;
    const changed = await changeProposal(tx, services, actor, self, { ...change, number });
    return changed.ok ? ok({ number }) : changed;
  });
  if (!done.ok) return again({ problems: [done.error] });
  const { number } = done.value;
  return seeOther(
    c,
    `${baseOf(c)}/proposals/${number}`,
    proposal === undefined
      ? 'It is proposed. Ask somebody for a review.'
      : 'The new version is there.',
  );
}

/** Everything that is wrong with the documents and with what leads to them, told at the texts. */
async function allProblems(
  c: EditorContext,
  { base }: EditorGround,
  edits: readonly FileEdit[],
  changes: readonly { readonly path: string; readonly content: string | null }[],
): Promise<Problem[]> {
  const own = documentProblems(edits);
  if (own.length > 0) return own;
  const found = await problemsOfChange(c.var.services.db, repositoryOf(c), base, changes);
  return found.map((each) => {
    const index = edits.findIndex(({ path }) => path.trim() === each.place.file);
    return index >= 0 ? atText(each, index) : each;
  });
}

async function add(
  c: EditorContext,
  ground: EditorGround,
  { edits, add: asked }: EditorTyped,
  again: (more: Partial<Shown>) => Response,
): Promise<Response> {
  if (edits.length >= MOST_FILES) {
    const sentence = `One form holds ${MOST_FILES} documents; propose these, and add the others to the proposal.`;
    return again({ problems: [problem('too-many-files', sentence, { path: 'add' })] });
  }
  const kind = kindAsked(asked);
  const taken = new Set([...ground.there, ...edits.map(({ path }) => path.trim())]);
  const edit = kind === undefined ? await existing(c, ground, asked) : newDocument(kind, taken);
  if (edit === undefined || edits.some(({ was }) => was !== '' && was === edit.was)) {
    const sentence = 'Choose a document, or a kind of new one, from the list.';
    return again({ problems: [problem('nothing-to-add', sentence, { path: 'add' })] });
  }
  return again({ edits: [...edits, edit] });
}
