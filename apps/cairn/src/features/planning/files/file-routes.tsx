import { Hono } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { AppContext } from '../../../platform/http/env.ts';
import { withSummit } from '../../summits/access.ts';
import { type PlanEnv, planReaders, withPlan } from '../access.ts';
import { readPlanDocument } from '../documents/document-rules.ts';
import { renderPlanText } from '../documents/text-rules.ts';
import { showPlanPage } from '../page.tsx';
import { documentAt, type MainDocument } from '../repository/main-queries.ts';
import { filesOf, mainProblems } from './file-queries.ts';
import { DocumentPage, FolderPage, OtherFilePage } from './file-views.tsx';
import { folderOf, type ListedFile, nameOf, purposeOf } from './folder-rules.ts';
import { frontFacts } from './front-views.tsx';
import { type DocumentThread, threadOfDocument } from './thread-queries.ts';

export type FileContext = AppContext<PlanEnv['Variables']>;

export const planPath = (c: FileContext): string => `/s/${c.var.summit.slug}/plan`;

/** The path in the plan that a request names; undefined for one that no file can have. */
export function askedPath(c: FileContext): string | undefined {
  const { path = '' } = c.req.param() as Record<string, string | undefined>;
  return path.length > 1000 || /\p{Cc}/u.test(path) ? undefined : path.replace(/\/+$/, '');
}

/**
 * What a page of a plan that not everybody may read is kept out of: caches that others share, and
 * lists of search engines.
 */
const keptBack = createMiddleware<PlanEnv>(async (c, next) => {
  await next();
  if (c.var.plan.readers !== 'everyone') c.header('cache-control', 'private, no-store');
});

/** Lets in who may read documents, at an address and below it. */
export const forReaders = (routes: Hono<PlanEnv>, address: string): void => {
  for (const path of [address, `${address}/*`]) {
    routes.use(path, withSummit, withPlan, planReaders, keptBack);
  }
};

/**
 * `/s/<summit>/plan/files`: folders and documents of main, `…/files/<path>` one of them,
 * `…/raw/<path>` as it is in Git. For the readers of the plan.
 */
export function fileRoutes(): Hono<PlanEnv> {
  const routes = new Hono<PlanEnv>();
  const base = '/s/:summit/plan';
  forReaders(routes, `${base}/files`);
  forReaders(routes, `${base}/raw`);

  routes.get(`${base}/files`, (c) => showFolder(c, ''));
  routes.get(`${base}/files/:path{.+}`, async (c) => {
    const path = askedPath(c);
    if (path === undefined) return c.notFound();
    const { services, summit } = c.var;
    const document = await documentAt(services.db, summit.id, path);
    return document === undefined ? showFolder(c, path) : showDocument(c, document);
  });
  routes.get(`${base}/raw/:path{.+}`, sendRaw);
  return routes;
}

async function showDocument(c: FileContext, document: MainDocument): Promise<Response> {
  const { services, summit, plan } = c.var;
  const { path, kind, title, source } = document;
  const base = planPath(c);
  const [problems, thread] = await Promise.all([
    mainProblems(services.db, services.git, plan),
    threadOfDocument(services.db, summit.id, path),
  ]);
  const read = readPlanDocument(path, source);
  const front = document.front ?? read?.written;
  const html = kind === 'rules' ? undefined : renderPlanText(read?.body ?? source, { base, path });
  return showPlanPage(
    c,
    { title, isPublic: plan.readers === 'everyone' },
    <DocumentPage
      plan={base}
      path={path}
      facts={kind === 'page' ? [] : frontFacts(front, { plan: base, path })}
      problems={problems.get(path) ?? []}
      text={html === undefined ? { source } : { html }}
      mayWrite={mayWrite(c)}
      thread={isMember(c) && thread !== undefined && <DiscussedAt plan={base} thread={thread} />}
    />,
  );
}

const DiscussedAt = ({ plan, thread }: { plan: string; thread: DocumentThread }) => (
  <p>
    It is discussed at{' '}
    <a href={`${plan}/${thread.number}`}>{`the ${thread.kind} #${thread.number}`}</a>.
  </p>
);

const isMember = (c: FileContext): boolean => c.var.takesPart || c.var.organiser !== undefined;
const mayWrite = (c: FileContext): boolean => c.var.comes || c.var.organiser !== undefined;

async function showFolder(c: FileContext, folder: string): Promise<Response> {
  const { services, summit, plan } = c.var;
  const base = planPath(c);
  const files = await filesOf(services.db, services.git, plan);
  const file = files.find(({ path }) => path === folder);
  if (file !== undefined) return showOther(c, file);
  const content = folderOf(files, folder);
  if (content === undefined) return c.notFound();
  const [problems, readme] = await Promise.all([
    mainProblems(services.db, services.git, plan),
    documentAt(services.db, summit.id, folder === '' ? 'README.md' : `${folder}/README.md`),
  ]);
  const asked = Number(c.req.query('page'));
  return showPlanPage(
    c,
    {
      title: folder === '' ? 'Documents' : nameOf(folder),
      lede:
        folder === ''
          ? 'The plan as files, as a clone of it has them.'
          : purposeOf(folder) || undefined,
      isPublic: plan.readers === 'everyone',
    },
    <FolderPage
      plan={base}
      folder={folder}
      content={content}
      problems={problems}
      readme={readme && renderPlanText(readme.source, { base, path: readme.path })}
      page={Number.isSafeInteger(asked) && asked > 0 ? asked : 1}
      mayWrite={mayWrite(c)}
    />,
  );
}

const showOther = (c: FileContext, { path, size }: ListedFile): Response =>
  showPlanPage(
    c,
    { title: nameOf(path) },
    <OtherFilePage plan={planPath(c)} path={path} size={size} />,
  );

/** A file as it is in Git. Whatever is in it, a browser shows it as text or saves it; it never runs it. */
async function sendRaw(c: FileContext): Promise<Response> {
  const { services, summit, plan } = c.var;
  const path = askedPath(c);
  if (path === undefined) return c.notFound();
  const repository = services.git.plan(summit.id);
  const file = (await repository.files(plan.head)).find((each) => each.path === path);
  if (file === undefined || file.mode === '160000') return c.notFound();
  const etag = `"${file.oid}"`;
  if (c.req.header('if-none-match') === etag) return c.body(null, 304, { etag });
  const bytes = (await repository.blobs([file.oid])).get(file.oid);
  if (bytes === undefined) return c.notFound();
  const isText = isUtf8(bytes);
  return c.body(new Uint8Array(bytes), 200, {
    etag,
    'content-type': isText ? 'text/plain; charset=utf-8' : 'application/octet-stream',
    'content-disposition': `${isText ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(nameOf(path))}`,
    'x-content-type-options': 'nosniff',
  });
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return !bytes.includes(0);
  } catch {
    return false;
  }
}
