import type { Problem } from '@cairn/kernel/problem';
import { counted } from '@cairn/kernel/words';
import type { ComponentChildren } from 'preact';
import { ActionLink, Actions } from '../../../design/actions.tsx';
import { EmptyState } from '../../../design/empty.tsx';
import { Mark } from '../../../design/mark.tsx';
import { type Fact, Facts, Prose } from '../../../design/prose.tsx';
import { Pager, Table } from '../../../design/table.tsx';
import { encodedPath } from '../documents/text-rules.ts';
import {
  type FolderContent,
  foldersAbove,
  type ListedFile,
  nameOf,
  purposeOf,
} from './folder-rules.ts';

type ByFile = ReadonlyMap<string, readonly Problem[]>;

/** The way from the top of the plan down to a file or folder. */
export function PathLine({ plan, path }: { plan: string; path: string }) {
  return (
    <nav aria-label="Path" class="small">
      <a href={`${plan}/files`}>Documents</a>
      {foldersAbove(path).map((folder) => (
        <>
          {' / '}
          <a href={`${plan}/files/${encodedPath(folder)}`}>{nameOf(folder)}</a>
        </>
      ))}
      {path !== '' && ` / ${nameOf(path)}`}
    </nav>
  );
}

const ProblemCount = ({ count }: { count: number }) =>
  count === 0 ? null : (
    <Mark shape="triangle" tone="warn">
      {counted(count, 'problem')}
    </Mark>
  );

interface FolderProps {
  /** `/s/<summit>/plan`. */
  readonly plan: string;
  readonly folder: string;
  readonly content: FolderContent;
  readonly problems: ByFile;
  /** What its README says, as HTML. */
  readonly readme: string | undefined;
  readonly page: number;
  readonly mayWrite: boolean;
}

const ON_A_PAGE = 100;

/** What is in a folder of the plan, what it is for, and where something is to be mended. */
export function FolderPage({ plan, folder, content, problems, ...props }: FolderProps) {
  const { files, folders } = content;
  const pages = Math.max(1, Math.ceil(files.length / ON_A_PAGE));
  const page = Math.min(props.page, pages);
  const below = (path: string): number =>
    [...problems].reduce(
      (sum, [file, told]) => (file.startsWith(`${path}/`) ? sum + told.length : sum),
      0,
    );
  const all = [...problems.values()].reduce((sum, told) => sum + told.length, 0);
  return (
    <>
      {folder !== '' && <PathLine plan={plan} path={folder} />}
      {folder === '' && (
        <p role="status">
          {all === 0 ? (
            <Mark shape="tick" tone="good">
              Nothing to mend.
            </Mark>
          ) : (
            <>
              <ProblemCount count={all} /> in all; each is told where its document is shown.
            </>
          )}
        </p>
      )}
      {folders.length > 0 && (
        <Table
          caption="Folders"
          columns={[
            {
              head: 'Folder',
              cell: ({ path }) => <a href={`${plan}/files/${encodedPath(path)}`}>{nameOf(path)}</a>,
            },
            { head: 'What it is for', cell: ({ path }) => purposeOf(path) || '–' },
            { head: 'Files', kind: 'number', cell: (row) => row.files },
            { head: 'To mend', cell: ({ path }) => <ProblemCount count={below(path)} /> },
          ]}
          rows={folders}
          rowKey={({ path }) => path}
          empty=""
        />
      )}
      {files.length === 0 && folders.length === 0 ? (
        <EmptyState>There is nothing here yet.</EmptyState>
      ) : (
        files.length > 0 && (
          <Table
            caption="Files"
            columns={[
              {
                head: 'File',
                cell: ({ path }) => (
                  <a href={`${plan}/files/${encodedPath(path)}`}>{nameOf(path)}</a>
                ),
              },
              {
                head: 'Title',
                cell: ({ path, title }: ListedFile) => title ?? (purposeOf(path) || '–'),
              },
              {
                head: 'To mend',
                cell: ({ path }) => <ProblemCount count={problems.get(path)?.length ?? 0} />,
              },
            ]}
            rows={files.slice((page - 1) * ON_A_PAGE, page * ON_A_PAGE)}
            rowKey={({ path }) => path}
            empty=""
          />
        )
      )}
      <Pager
        label="files"
        page={page}
        pages={pages}
        href={(to) => `${plan}/files${folder === '' ? '' : `/${encodedPath(folder)}`}?page=${to}`}
      />
      <Actions>
        {props.mayWrite && (
          <ActionLink href={`${plan}/proposals/new`} weight="primary">
            Propose a change
          </ActionLink>
        )}
        <a href={`${plan}/history${folder === '' ? '' : `/${encodedPath(folder)}`}`}>History</a>
      </Actions>
      {props.readme !== undefined && (
        <section aria-label="README">
          <Prose html={props.readme} />
        </section>
      )}
    </>
  );
}

/** What is wrong with a document, each with its line. */
function ProblemList({ problems }: { problems: readonly Problem[] }) {
  if (problems.length === 0) return null;
  return (
    <section aria-labelledby="to-mend">
      <h2 id="to-mend">To mend</h2>
      <ul>
        {problems.map(({ place, sentence }) => (
          <li key={`${place.line}:${place.column}:${sentence}`}>
            {place.line !== undefined && `Line ${place.line}: `}
            {sentence}
          </li>
        ))}
      </ul>
    </section>
  );
}

interface DocumentProps {
  readonly plan: string;
  readonly path: string;
  readonly facts: readonly Fact[];
  readonly problems: readonly Problem[];
  /** Its text as HTML, or its source where it is no Markdown. */
  readonly text: { readonly html: string } | { readonly source: string };
  readonly mayWrite: boolean;
  /** Where it is discussed. */
  readonly thread: ComponentChildren;
}

/** A document of main: its front matter as facts, its text, and what is wrong with it. */
export function DocumentPage({ plan, path, facts, problems, text, ...props }: DocumentProps) {
  const encoded = encodedPath(path);
  return (
    <>
      <PathLine plan={plan} path={path} />
      {props.thread}
      {facts.length > 0 && <Facts facts={facts} />}
      <ProblemList problems={problems} />
      {'html' in text ? (
        <Prose html={text.html} />
      ) : (
        <pre class="wide">
          <code>{text.source}</code>
        </pre>
      )}
      <Actions>
        {props.mayWrite && (
          <ActionLink href={`${plan}/edit?path=${encodeURIComponent(path)}`} weight="primary">
            Propose a change
          </ActionLink>
        )}
        <a href={`${plan}/raw/${encoded}`}>As a file</a>
        <a href={`${plan}/history/${encoded}`}>History</a>
      </Actions>
    </>
  );
}

/** A file that is no text of the plan. */
export const OtherFilePage = ({
  plan,
  path,
  size,
}: {
  plan: string;
  path: string;
  size: number;
}) => (
  <>
    <PathLine plan={plan} path={path} />
    <p>
      This file is no document of the plan ({size.toLocaleString('en-GB')} bytes).{' '}
      <a href={`${plan}/raw/${encodedPath(path)}`}>Download it</a>, or see its{' '}
      <a href={`${plan}/history/${encodedPath(path)}`}>history</a>.
    </p>
  </>
);
