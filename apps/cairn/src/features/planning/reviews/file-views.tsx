import { counted } from '@cairn/kernel/words';
import type { ComponentChildren } from 'preact';
import { SubmitButton } from '../../../design/actions.tsx';
import { HiddenField } from '../../../design/controls.tsx';
import type { DiffPair } from '../../../design/diff-lines.ts';
import { type DiffSide, DiffTable } from '../../../design/diff-table.tsx';
import { Form } from '../../../design/form.tsx';
import { Prose } from '../../../design/prose.tsx';
import { diffTexts, folded, lineEndChange } from './diff-rules.ts';
import type { ComparedFile, PlacedAt } from './difference-queries.ts';
import { LineForm } from './line-form-views.tsx';
import { Draft, Remark, VisibleText } from './remark-views.tsx';
import type { RenderedPart } from './rendered-rules.ts';
import type { ChangesPageProps, PlacedRemark, ShownFile } from './shown-changes.ts';
import { queryOf } from './shown-schema.ts';
import { signWarning, visibleText } from './sign-rules.ts';

export const isOf = (file: ComparedFile, at: PlacedAt): boolean =>
  at.side === 'new'
    ? file.path === at.path && file.newBlob !== undefined
    : file.oldPath === at.path && file.oldBlob !== undefined;

export const STATUS_WORDS = {
  added: 'new',
  removed: 'taken away',
  changed: 'changed',
  renamed: 'renamed',
} as const;

export const countsOf = ({ added, removed, unseen }: ComparedFile): string =>
  added === undefined || removed === undefined
    ? unseen === 'large'
      ? 'too large to compare'
      : 'no text'
    : removed === 0
      ? `${counted(added, 'line')} added`
      : added === 0
        ? `${counted(removed, 'line')} taken out`
        : `${counted(added, 'line')} added, ${removed} taken out`;

/** More changed lines than this of one file are not shown on a page with others. */
const MOST_LINES = 3000;

type FileProps = ChangesPageProps & { readonly file: ShownFile; readonly index: number };

/** A file with what is different in it, and what was said about its lines. */
export function ShownChange(props: FileProps) {
  const { file, index, page } = props;
  const { path, oldPath, status, modes } = file;
  const id = `f${index + 1}`;
  const warning = signWarning(file.after) ?? signWarning(file.path);
  const ends = lineEndChange(file.before, file.after);
  return (
    <section class="wide" aria-labelledby={id}>
      <h2 id={id} tabIndex={-1}>
        <bdi>
          <VisibleText text={path} />
        </bdi>
      </h2>
      <p class="small">
        {status === 'renamed' ? (
          <>
            Renamed from <VisibleText text={oldPath} />
          </>
        ) : (
          capital(STATUS_WORDS[status])
        )}
        , {countsOf(file)}.{' '}
        {modes[0] !== modes[1] && status !== 'added' && status !== 'removed' && (
          <>
            Its mode was {modes[0]} and is {modes[1]}.{' '}
          </>
        )}
        {modes.includes('120000') && <>It is a link to another file. </>}
        <a href={rawHref(props)}>
          Raw<span class="unseen"> text of {visibleText(path)}</span>
        </a>
      </p>
      {warning !== undefined && (
        <p class="notice problem" role="note">
          {warning}
        </p>
      )}
      {ends !== undefined && <p class="small quiet">{ends}</p>}
      {page.mayWrite && <ReadTick {...props} />}
      <FileBody {...props} id={id} />
    </section>
  );
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** The whole file as it is after the change, or as it was if it is gone. */
const rawHref = ({ page, file, from, to }: FileProps): string => {
  const query = new URLSearchParams(
    file.newBlob === undefined
      ? { file: file.oldPath, side: 'old', version: String(from.version ?? to) }
      : { file: file.path, version: String(to) },
  );
  if (file.newBlob === undefined && from.version !== undefined) query.set('side', 'new');
  return `${page.proposal}/raw?${query}`;
};

const ReadTick = ({ page, file }: FileProps) => (
  <Form action={`${page.proposal}/read${page.query}`} label={`Read: ${visibleText(file.path)}`}>
    <HiddenField name="path" value={file.path} />
    <HiddenField name="blob" value={file.newBlob ?? ''} />
    <HiddenField name="read" value={file.isRead ? 'no' : 'yes'} />
    <p>
      <SubmitButton weight="plain">
        {file.isRead ? 'Read ✓: take the tick away' : 'Tick off as read'}
      </SubmitButton>
    </p>
  </Form>
);

function FileBody(props: FileProps & { id: string }) {
  const { file, page, shown, remarks, index, files } = props;
  const { unseen } = file;
  if (unseen !== undefined) {
    return (
      <p>
        {unseen === 'binary' && 'This is no text, so it is not compared line by line.'}
        {unseen === 'large' && 'This file is too large to be compared on a page; read it raw.'}
        {unseen === 'many' && (
          <>
            There are too many changes for one page.{' '}
            <a href={`${page.proposal}/changes${queryOf(shown, { file: file.path })}`}>
              Show this file alone
            </a>
          </>
        )}
      </p>
    );
  }
  const here = remarks.filter(({ at }) => at !== undefined && isOf(file, at));
  const say = file.path === shown.in || file.oldPath === shown.in ? shown.say : undefined;
  if (file.isRead && here.length === 0 && say === undefined) {
    return (
      <details>
        <summary>You have read this</summary>
        <Difference {...props} here={here} say={say} />
      </details>
    );
  }
  const after = files[index + 1];
  const next = after?.unseen === undefined && after !== undefined ? `f${index + 2}` : undefined;
  return <Difference {...props} here={here} say={say} next={next} />;
}

type DifferenceProps = FileProps & {
  readonly id: string;
  readonly here: readonly PlacedRemark[];
  readonly say: string | undefined;
  readonly next?: string | undefined;
};

function Difference(props: DifferenceProps) {
  const { file, page, shown, here, say, id, next } = props;
  if (file.rendered !== undefined) {
    return (
      <>
        <Rendered parts={file.rendered} />
        {here.length > 0 && (
          <p class="small">
            {capital(counted(here.length, 'remark'))} on its lines:{' '}
            <a href={`${page.proposal}/changes${queryOf(shown, { of: 'source' })}#${id}`}>
              read them in the source
            </a>
          </p>
        )}
      </>
    );
  }
  const stretches = diffTexts(file.before, file.after);
  const changed = stretches
    .filter(({ kind }) => kind === 'change')
    .reduce((sum, { pairs }) => sum + pairs.length, 0);
  const isCut = changed > MOST_LINES && shown.file === undefined;
  if (isCut) {
    return (
      <p>
        {changed.toLocaleString('en-GB')} lines are different, too many to be shown beside others.{' '}
        <a href={`${page.proposal}/changes${queryOf(shown, { file: file.path })}`}>
          Show this file alone
        </a>
      </p>
    );
  }
  if (changed === 0) return <p class="quiet">Its text is the same.</p>;
  const remarked = new Set(here.map(({ at }) => `${at?.side}-${at?.line}`));
  if (say !== undefined) remarked.add(say);
  const mustShow = ({ left, right }: DiffPair): boolean =>
    remarked.has(`old-${left?.number}`) || remarked.has(`new-${right?.number}`);
  return (
    <DiffTable
      caption={`Changes of ${visibleText(file.path)}`}
      view={shown.view}
      stretches={folded(stretches, mustShow)}
      id={id}
      text={(text) => <LineText text={text} />}
      lineHref={
        page.mayWrite
          ? (side, line) => {
              const path = side === 'old' ? file.oldPath : file.path;
              return `${queryOf({ ...shown, say: `${side}-${line}`, in: path })}#say`;
            }
          : undefined
      }
      below={(side, line) => below(props, side, line)}
      whole={rawHref(props)}
      next={next}
    />
  );
}

/** The longest part of a line that is shown, in characters. */
const LONGEST_SHOWN = 5000;

const LineText = ({ text }: { text: string }) => (
  <>
    <VisibleText text={text.slice(0, LONGEST_SHOWN)} />
    {text.length > LONGEST_SHOWN && (
      <span class="quiet">
        … and {(text.length - LONGEST_SHOWN).toLocaleString('en-GB')} more characters
      </span>
    )}
  </>
);

/** What was said about a line, and the form to say something if it was asked for. */
function below(props: DifferenceProps, side: DiffSide, line: number): ComponentChildren {
  const { file, page, here, say, from, to } = props;
  const said = here.filter(({ at }) => at?.side === side && at.line === line);
  const isAsked = say === `${side}-${line}` && page.mayWrite;
  if (said.length === 0 && !isAsked) return undefined;
  // A line of an earlier version is one of its new side; of main, of this version's old side.
  const isOfVersion = side === 'old' && from.version !== undefined;
  const place = {
    path: side === 'old' ? file.oldPath : file.path,
    side: isOfVersion ? ('new' as const) : side,
    line,
  };
  return (
    <>
      {said.map(({ thread, draft }) => (
        <div key={thread?.id ?? draft?.id}>
          {thread !== undefined && (
            <Remark thread={thread} page={page} isInPlace={side === 'new'} />
          )}
          {draft !== undefined && <Draft draft={draft} page={page} />}
        </div>
      ))}
      {isAsked && (
        <LineForm page={page} place={place} version={isOfVersion ? (from.version ?? to) : to} />
      )}
    </>
  );
}

/** Unchanged blocks beyond so many are folded away. */
const MOST_SAME = 3;

function Rendered({ parts }: { parts: readonly RenderedPart[] }) {
  if (parts.every(({ kind }) => kind === 'same')) {
    return <p class="quiet">To a reader it looks the same; only its marks have changed.</p>;
  }
  return (
    <div class="rendered">
      {parts.map(({ kind, html, blocks }, index) =>
        kind === 'same' && blocks > MOST_SAME ? (
          <details key={index} class="diff-fold">
            <summary class="small">{blocks} unchanged paragraphs</summary>
            <Prose html={html} />
          </details>
        ) : (
          <Prose key={index} html={html} />
        ),
      )}
    </div>
  );
}
