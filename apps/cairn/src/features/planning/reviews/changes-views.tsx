import { counted } from '@cairn/kernel/words';
import { SubmitButton } from '../../../design/actions.tsx';
import { HiddenField } from '../../../design/controls.tsx';
import { EmptyState } from '../../../design/empty.tsx';
import { countsOf, isOf, ShownChange, STATUS_WORDS } from './file-views.tsx';
import { Draft, linesWords, Remark, VisibleText } from './remark-views.tsx';
import { ReviewForm } from './review-form-views.tsx';
import type { ChangesPageProps } from './shown-changes.ts';
import { queryOf, type Shown } from './shown-schema.ts';
import { visibleText } from './sign-rules.ts';

/** What a proposal changes: which files, how, what was said about their lines, and the form of a review. */
export function ChangesPage(props: ChangesPageProps) {
  const { files, allFiles, remarks, shown, page } = props;
  const lost = remarks.filter(
    ({ at }) => at === undefined || !files.some((file) => isOf(file, at)),
  );
  return (
    <>
      <ShownMenu {...props} />
      {files.length === 0 ? (
        <EmptyState>Nothing is different between these two.</EmptyState>
      ) : (
        <FileList {...props} />
      )}
      {files.length < allFiles && shown.file !== undefined && (
        <p>
          <a href={queryOf({ ...shown, file: undefined }) || '?'}>
            Show all {counted(allFiles, 'file')}
          </a>
        </p>
      )}
      {files.map((file, index) => (
        <ShownChange key={file.path} {...props} file={file} index={index} />
      ))}
      {lost.length > 0 && (
        <section aria-labelledby="lost">
          <h2 id="lost">On lines that are not in sight</h2>
          {lost.map(({ thread, draft, at, original }) => (
            <div key={thread?.id ?? draft?.id}>
              <p class="small quiet">
                {visibleText(thread?.anchor.path ?? draft?.anchor.path ?? '')}
                {at !== undefined && `, ${linesWords(at)}`}
              </p>
              {thread !== undefined && <Remark thread={thread} page={page} original={original} />}
              {draft !== undefined && <Draft draft={draft} page={page} />}
            </div>
          ))}
        </section>
      )}
      <ReviewForm {...props} />
    </>
  );
}

/** What is compared with what, and how it is shown. */
function ShownMenu({ page, shown, versions, from, to, movedBase }: ChangesPageProps) {
  const link = (other: Partial<Shown>, label: string, isCurrent: boolean) =>
    isCurrent ? (
      <strong>{label}</strong>
    ) : (
      <a
        href={`${page.proposal}/changes${queryOf({ ...shown, say: undefined, in: undefined, ...other })}`}
      >
        {label}
      </a>
    );
  const last = versions.at(-1)?.version ?? to;
  const { readUpTo } = from;
  return (
    <div class="wide">
      <p>
        Version {to}
        {to < last && ` of ${last}`} against{' '}
        {from.version === undefined ? 'main, where the branch left it' : `version ${from.version}`}.{' '}
        <a href={page.proposal}>Back to the conversation</a>
      </p>
      <ul class="small">
        <li>
          Shown: the {link({ of: 'source' }, 'source', shown.of === 'source')} or the{' '}
          {link({ of: 'rendered' }, 'text as it is read', shown.of === 'rendered')}
          {shown.of === 'source' && (
            <>
              , {link({ view: 'unified' }, 'in one column', shown.view === 'unified')} or{' '}
              {link({ view: 'split' }, 'side by side', shown.view === 'split')}
            </>
          )}
          .
        </li>
        {readUpTo !== undefined && readUpTo < last && (
          <li>
            You have read version {readUpTo}:{' '}
            {link(
              { from: 'read', to: undefined },
              'what changed since you looked',
              shown.from === 'read',
            )}
            .
          </li>
        )}
      </ul>
      {versions.length > 1 && (
        <form class="form wide" method="get" action={`${page.proposal}/changes`}>
          {shown.view === 'split' && <HiddenField name="view" value="split" />}
          {shown.of === 'rendered' && <HiddenField name="of" value="rendered" />}
          <label for="from">Compare</label>{' '}
          <select id="from" name="from">
            <option value="main">main</option>
            {versions.slice(0, -1).map(({ version }) => (
              <option key={version} value={version} selected={version === from.version}>
                version {version}
              </option>
            ))}
          </select>{' '}
          <label for="to">with</label>{' '}
          <select id="to" name="to">
            {versions.map(({ version }) => (
              <option key={version} value={version} selected={version === to}>
                version {version}
              </option>
            ))}
          </select>{' '}
          <SubmitButton weight="ordinary">Compare</SubmitButton>
        </form>
      )}
      {movedBase && (
        <p class="small quiet">
          The branch took in changes of main between these versions; they are shown as well.
        </p>
      )}
    </div>
  );
}

/** Which files are different. */
function FileList({ files, remarks }: ChangesPageProps) {
  return (
    <details open={files.length <= 20} class="wide">
      <summary>{counted(files.length, 'file')}</summary>
      <ul>
        {files.map((file, index) => {
          const said = remarks.filter(({ at }) => at !== undefined && isOf(file, at)).length;
          return (
            <li key={file.path}>
              <a href={`#f${index + 1}`}>
                <VisibleText text={file.path} />
              </a>{' '}
              <span class="quiet small">
                {STATUS_WORDS[file.status]}, {countsOf(file)}
                {said > 0 && `, ${counted(said, 'remark')}`}
                {file.isRead && ', read'}
              </span>
            </li>
          );
        })}
      </ul>
    </details>
  );
}
