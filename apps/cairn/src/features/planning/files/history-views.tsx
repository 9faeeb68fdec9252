import type { ZoneName } from '@cairn/kernel/time';
import { ActionLink, Actions } from '../../../design/actions.tsx';
import { DiffTable } from '../../../design/diff-table.tsx';
import { EmptyState } from '../../../design/empty.tsx';
import { Facts, When } from '../../../design/prose.tsx';
import { Table } from '../../../design/table.tsx';
import type { CommitTold } from '../../../platform/git/history.ts';
import { encodedPath } from '../documents/text-rules.ts';
import { diffTexts, folded } from '../reviews/diff-rules.ts';
import type { ComparedFile } from '../reviews/difference-queries.ts';
import { VisibleText } from '../reviews/remark-views.tsx';
import { PathLine } from './file-views.tsx';

interface HistoryProps {
  readonly plan: string;
  /** Of one file or folder; empty for the whole plan. */
  readonly path: string;
  readonly commits: readonly CommitTold[];
  readonly zone: ZoneName;
  /** Where older ones are. */
  readonly older: string | undefined;
}

/** Commits of main, newest first. */
export function HistoryPage({ plan, path, commits, zone, older }: HistoryProps) {
  return (
    <>
      {path !== '' && <PathLine plan={plan} path={path} />}
      {commits.length === 0 ? (
        <EmptyState next={{ href: `${plan}/history`, label: 'See all changes' }}>
          Nothing was changed here.
        </EmptyState>
      ) : (
        <Table
          caption="Changes"
          columns={[
            {
              head: 'What',
              cell: ({ oid, subject }) => (
                <a href={`${plan}/commits/${oid}`}>
                  <VisibleText text={subject === '' ? oid.slice(0, 10) : subject} />
                </a>
              ),
            },
            { head: 'Who', cell: ({ author }) => <VisibleText text={author} /> },
            {
              head: 'When',
              kind: 'date',
              cell: ({ committedAt }) => <When instant={committedAt} zone={zone} />,
            },
          ]}
          rows={commits}
          rowKey={({ oid }) => oid}
          empty=""
        />
      )}
      {older !== undefined && (
        <Actions>
          <ActionLink href={older}>Older changes</ActionLink>
        </Actions>
      )}
    </>
  );
}

interface CommitProps {
  readonly plan: string;
  readonly commit: CommitTold;
  readonly files: readonly ComparedFile[];
  readonly zone: ZoneName;
}

/** More changed files than this of one commit are named and not shown. */
const MOST_FILES = 100;

/** One commit: who, when, why, and what it changed. */
export function CommitPage({ plan, commit, files, zone }: CommitProps) {
  const { body, author, authoredAt, committedAt, oid, parents } = commit;
  return (
    <>
      <Facts
        facts={[
          { term: 'By', value: <VisibleText text={author} /> },
          { term: 'Written', value: <When instant={authoredAt} zone={zone} /> },
          { term: 'In the plan', value: <When instant={committedAt} zone={zone} /> },
          { term: 'Commit', value: <code>{oid}</code> },
          ...parents.map((parent) => ({
            term: 'After',
            value: (
              <a href={`${plan}/commits/${parent}`}>
                <code>{parent.slice(0, 10)}</code>
              </a>
            ),
          })),
        ]}
      />
      {body !== '' && (
        <pre>
          <VisibleText text={body} />
        </pre>
      )}
      {files.length === 0 && <EmptyState>It changed no file.</EmptyState>}
      {files.slice(0, MOST_FILES).map((file, index) => (
        <ChangedText key={file.path} plan={plan} file={file} index={index} />
      ))}
      {files.length > MOST_FILES && (
        <p>
          {(files.length - MOST_FILES).toLocaleString('en-GB')} more files changed; a clone of the
          plan shows them all.
        </p>
      )}
    </>
  );
}

const STATUS = {
  added: 'new',
  removed: 'taken away',
  changed: 'changed',
  renamed: 'renamed',
} as const;

const UNSEEN = {
  binary: 'It is no text.',
  large: 'It is too large to be compared.',
  many: 'There is too much to show all of it on one page.',
} as const;

function ChangedText({ plan, file, index }: { plan: string; file: ComparedFile; index: number }) {
  const { path, oldPath, status, unseen, before, after } = file;
  const isLong = before.length + after.length > 400_000;
  return (
    <section class="wide" aria-labelledby={`file-${index}`}>
      <h2 id={`file-${index}`}>
        <VisibleText text={path} /> <span class="quiet">({STATUS[status]})</span>
      </h2>
      {oldPath !== path && (
        <p class="small">
          It was <VisibleText text={oldPath} /> before.
        </p>
      )}
      {unseen !== undefined || isLong ? (
        <p>{UNSEEN[unseen ?? 'large']}</p>
      ) : (
        <DiffTable
          caption={`Changes of ${path}`}
          view="unified"
          stretches={folded(diffTexts(before, after))}
          id={`f${index}`}
          text={(text) => <VisibleText text={text} />}
          whole={`${plan}/files/${encodedPath(path)}`}
        />
      )}
    </section>
  );
}
