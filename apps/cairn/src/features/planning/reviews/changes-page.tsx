import { parseFrontMatter } from '@cairn/formats/front-matter';
import type { AppContext } from '../../../platform/http/env.ts';
import { readerZone } from '../../summits/page.tsx';
import type { PlanMemberEnv } from '../access.ts';
import { renderPlanText } from '../documents/text-rules.ts';
import { showPlanPage } from '../page.tsx';
import type { ProposalVersion } from '../proposals/proposal-queries.ts';
import { ChangesPage } from './changes-views.tsx';
import { type ComparedFile, differenceOf, originalLines, placesOf } from './difference-queries.ts';
import { draftsOf, lineThreadsOf, readingOf } from './line-queries.ts';
import type { RefusedAt, RemarkPage } from './remark-views.tsx';
import { markRendered } from './rendered-rules.ts';
import { isOwnWork, type ReviewedProposal } from './reviewed-queries.ts';
import type { PlacedRemark, ShownFile } from './shown-changes.ts';
import { queryOf, type Shown } from './shown-schema.ts';

export type ReviewContext = AppContext<PlanMemberEnv['Variables']>;

/** The script that opens the form of a line under it, and goes from change to change by a key. */
const SCRIPT = '/assets/changes.js';

/** Shows what a proposal changes, as asked, with what was refused of a form of the page if anything was. */
export async function showChanges(
  c: ReviewContext,
  proposal: ReviewedProposal,
  shown: Shown,
  refused?: RefusedAt,
): Promise<Response> {
  const { summit, services, signedIn } = c.var;
  const { db } = services;
  const repository = services.git.plan(summit.id);
  const reading = await readingOf(db, proposal, signedIn.personId);
  const { to, from } = comparedVersions(proposal, shown, reading.version);
  const commits = { from: from?.head ?? to.base, to: to.head };
  const [{ files, all }, threads, drafts] = await Promise.all([
    differenceOf(repository, commits, shown.file),
    lineThreadsOf(db, proposal),
    draftsOf(db, proposal, signedIn.personId),
  ]);
  const home = `/s/${summit.slug}`;
  const page: RemarkPage = {
    home,
    zone: readerZone(c, summit),
    proposal: `${home}/plan/proposals/${proposal.number}`,
    query: queryOf({ ...shown, say: undefined, in: undefined }),
    personId: signedIn.personId,
    authorId: proposal.authorId,
    isOrganiser: c.var.organiser !== undefined,
    mayWrite: c.var.comes || c.var.organiser !== undefined,
    isOpen: proposal.state === 'open',
    refused,
  };
  const said = [
    ...threads.map((thread) => ({ thread, anchor: thread.anchor })),
    ...drafts.map((draft) => ({ draft, anchor: draft.anchor })),
  ];
  const places = await placesOf(repository, proposal, commits, said);
  const gone = said.filter((remark) => places.get(remark) === undefined);
  const originals = await originalLines(repository, gone);
  const remarks = said.map(
    (remark): PlacedRemark => ({
      ...remark,
      at: places.get(remark),
      original: originals.get(remark),
    }),
  );
  return showPlanPage(
    c,
    {
      title: `Changes of #${proposal.number}`,
      lede: proposal.title,
      scripts: [SCRIPT],
      status: refused === undefined ? 200 : 422,
    },
    <ChangesPage
      page={page}
      shown={shown}
      versions={proposal.versions}
      from={{ version: from?.version, readUpTo: reading.version }}
      to={to.version}
      files={files.map((file) => ({
        ...file,
        isRead: reading.files.get(file.path) === (file.newBlob ?? ''),
        rendered: shown.of === 'rendered' ? renderedParts(file) : undefined,
      }))}
      allFiles={all.length}
      remarks={remarks}
      drafts={drafts.length}
      isOwn={isOwnWork(proposal, to.version, signedIn.personId)}
      movedBase={from !== undefined && from.base !== to.base}
    />,
  );
}

/** Which versions are compared: the last with main unless asked otherwise. */
function comparedVersions(
  { versions, latest }: ReviewedProposal,
  { from: asked, to: wanted }: Shown,
  readUpTo: number | undefined,
): { readonly from: ProposalVersion | undefined; readonly to: ProposalVersion } {
  const to = versions.find(({ version }) => version === wanted) ?? latest;
  const version = asked === 'read' ? readUpTo : asked;
  const from = versions.find((one) => one.version === version);
  // A version against itself shows nothing; whoever has read the last one sees all of it again.
  return { to, from: from !== undefined && from.version < to.version ? from : undefined };
}

/** A document as a reader would see it, with what changed; undefined for what is no text to be read. */
function renderedParts(file: ComparedFile): ShownFile['rendered'] {
  if (file.unseen !== undefined || !file.path.endsWith('.md')) return undefined;
  return markRendered(readable(file.oldPath, file.before), readable(file.path, file.after));
}

/** Above these many characters a text is not rendered only to be compared. */
const LONGEST_RENDERED = 300_000;

/** The facts of the front matter, as they are written, and the text. */
function readable(path: string, source: string): string {
  if (source.length > LONGEST_RENDERED)
    return renderPlanText(`\`\`\`\n${source}\n\`\`\``, { path });
  const read = parseFrontMatter(source, path);
  if (!read.ok) return renderPlanText(source, { path });
  const { body } = read.value;
  const front = source
    .slice(0, source.length - body.length)
    .replace(/^---\s*$/gm, '')
    .trim();
  const facts = front === '' ? '' : renderPlanText(`\`\`\`\`yaml\n${front}\n\`\`\`\``, { path });
  return `${facts}\n${renderPlanText(body, { path })}`;
}
