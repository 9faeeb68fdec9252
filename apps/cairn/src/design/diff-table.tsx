import type { ComponentChildren } from 'preact';
import type { DiffLine, DiffPair, DiffStretch } from './diff-lines.ts';
import { TABLE_ROLES } from './table-roles.ts';

export type DiffSide = 'old' | 'new';

/** A stretch as it is shown: of a change its number, of unchanged lines whether they are folded away. */
interface Shown extends DiffStretch {
  readonly isFolded: boolean;
  readonly change: number | undefined;
}

interface DiffTableProps {
  /** Told to those who do not see the page: “Changes of topics/sparse.md”. */
  readonly caption: string;
  /** In one column, or side by side; on a phone both become one. */
  readonly view: 'unified' | 'split';
  readonly stretches: readonly Shown[];
  /** Begins the ids of lines and changes: `<id>-new12`, `<id>-c3`. */
  readonly id: string;
  /** Text with what is not seen in it made visible. */
  readonly text: (text: string) => ComponentChildren;
  /** Where a line is commented on; left out where nothing can be said. */
  readonly lineHref?: ((side: DiffSide, line: number) => string) | undefined;
  /** What stands under a line. */
  readonly below?: ((side: DiffSide, line: number) => ComponentChildren) | undefined;
  /** Where the whole text is read, where more is folded away than a page should hold. */
  readonly whole: string;
  /** The id of the change after the last of this text, in the text after it. */
  readonly next?: string | undefined;
}

/** More folded lines than this are not sent along. */
const MOST_FOLDED = 400;

/**
 * How a text became another, line by line. What changed is told by a sign, by words and by elements,
 * not by colour alone; unchanged lines are folded away and open without a script.
 */
export function DiffTable(props: DiffTableProps) {
  const { stretches, whole } = props;
  const changes = stretches.filter(({ kind }) => kind === 'change').length;
  return (
    <>
      {runs(stretches).map((run, index) => {
        const [first] = run;
        if (first?.isFolded !== true) {
          return <Lines key={index} {...props} run={run} changes={changes} />;
        }
        const count = first.pairs.length;
        return count > MOST_FOLDED ? (
          <p class="diff-fold small" key={index}>
            {count.toLocaleString('en-GB')} unchanged lines. <a href={whole}>Read the whole text</a>
          </p>
        ) : (
          <details class="diff-fold" key={index}>
            <summary class="small">{count} unchanged lines</summary>
            <Lines {...props} run={run} changes={changes} />
          </details>
        );
      })}
    </>
  );
}

/** Stretches that stand in one table, and each that is folded by itself. */
function runs(stretches: readonly Shown[]): Shown[][] {
  const all: Shown[][] = [];
  for (const stretch of stretches) {
    const last = all.at(-1);
    if (last === undefined || stretch.isFolded || last[0]?.isFolded === true) all.push([stretch]);
    else last.push(stretch);
  }
  return all;
}

interface LinesProps extends DiffTableProps {
  readonly run: readonly Shown[];
  readonly changes: number;
}

function Lines(props: LinesProps) {
  const { caption, view, run } = props;
  const heads = view === 'split' ? ['Line', 'Before', 'Line', 'Now'] : ['Before', 'Now', 'Text'];
  return (
    <table {...TABLE_ROLES.table} class={`diff ${view}`}>
      <caption class="unseen">{caption}</caption>
      <colgroup>
        <col class="line" />
        {view === 'split' && <col />}
        <col class="line" />
        <col />
      </colgroup>
      <thead {...TABLE_ROLES.group} class="unseen">
        <tr {...TABLE_ROLES.row}>
          {heads.map((head, index) => (
            <th key={index} {...TABLE_ROLES.columnHead}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody {...TABLE_ROLES.group}>
        {run.map((stretch, index) => (
          <Stretch key={index} {...props} stretch={stretch} />
        ))}
      </tbody>
    </table>
  );
}

function Stretch({ stretch, ...props }: LinesProps & { stretch: Shown }) {
  const { kind, pairs } = stretch;
  const { view } = props;
  return (
    <>
      {stretch.change !== undefined && <ChangeHead {...props} change={stretch.change} />}
      {view === 'split' || kind === 'same'
        ? pairs.map((pair, index) => <PairRow key={index} {...props} kind={kind} pair={pair} />)
        : [
            ...pairs.map(({ left }) => ({ left, right: undefined })),
            ...pairs.map(({ right }) => ({ left: undefined, right })),
          ].map((pair, index) => <PairRow key={index} {...props} kind={kind} pair={pair} />)}
    </>
  );
}

/** Above a change: which it is, and the ways to the one before and the one after. */
function ChangeHead({ view, id, change, changes, next }: LinesProps & { change: number }) {
  const after = change < changes ? `${id}-c${change + 1}` : next;
  return (
    <tr {...TABLE_ROLES.row} class="diff-change" id={`${id}-c${change}`} tabIndex={-1}>
      <td {...TABLE_ROLES.cell} colSpan={view === 'split' ? 4 : 3}>
        Change {change} of {changes}
        {change > 1 && (
          <>
            {' · '}
            <a href={`#${id}-c${change - 1}`} data-previous>
              Previous<span class="unseen"> change</span>
            </a>
          </>
        )}
        {after !== undefined && (
          <>
            {' · '}
            <a href={`#${after}`} data-next>
              Next<span class="unseen"> change</span>
            </a>
          </>
        )}
      </td>
    </tr>
  );
}

interface PairProps extends LinesProps {
  readonly kind: DiffStretch['kind'];
  readonly pair: DiffPair;
}

function PairRow(props: PairProps) {
  const { view, pair, below } = props;
  const { left, right } = pair;
  if (left === undefined && right === undefined) return null;
  const under = [
    left === undefined ? undefined : below?.('old', left.number),
    right === undefined ? undefined : below?.('new', right.number),
  ].filter((said) => said !== undefined);
  return (
    <>
      {view === 'split' ? <SplitRow {...props} /> : <UnifiedRow {...props} />}
      {under.length > 0 && (
        <tr {...TABLE_ROLES.row} class="diff-below">
          <td {...TABLE_ROLES.cell} colSpan={view === 'split' ? 4 : 3}>
            {under}
          </td>
        </tr>
      )}
      {(left?.isOpen === true || right?.isOpen === true) && (
        <tr {...TABLE_ROLES.row}>
          <td {...TABLE_ROLES.cell} colSpan={view === 'split' ? 4 : 3} class="quiet">
            {openEnd(pair)}
          </td>
        </tr>
      )}
    </>
  );
}

function UnifiedRow(props: PairProps) {
  const { kind, pair } = props;
  const { left, right } = pair;
  const side = kind === 'same' ? 'same' : right === undefined ? 'gone' : 'come';
  const line = right ?? left;
  return (
    <tr {...TABLE_ROLES.row} class={side}>
      <LineNumber {...props} side="old" line={left} silent={right !== undefined} />
      <LineNumber {...props} side="new" line={right} />
      {line !== undefined && <Text {...props} side={side} line={line} />}
    </tr>
  );
}

function SplitRow(props: PairProps) {
  const { kind, pair } = props;
  const { left, right } = pair;
  return (
    <tr {...TABLE_ROLES.row} class={kind === 'same' ? 'same' : 'pair'}>
      <LineNumber {...props} side="old" line={left} silent={kind === 'same'} />
      <Text {...props} side={kind === 'same' ? 'same' : 'gone'} line={left} />
      <LineNumber {...props} side="new" line={right} />
      <Text {...props} side={kind === 'same' ? 'same' : 'come'} line={right} />
    </tr>
  );
}

/** The number of a line: a way to say something about it. */
function LineNumber({
  id,
  side,
  line,
  silent,
  lineHref,
}: PairProps & {
  side: DiffSide;
  line: DiffLine | undefined;
  /** The other side of the row is the one to be commented on. */
  silent?: boolean;
}) {
  if (line === undefined) return <td {...TABLE_ROLES.cell} class="line none" />;
  const anchor = `${id}-${side}${line.number}`;
  return (
    <td {...TABLE_ROLES.cell} class={`line ${side}`} id={anchor}>
      {lineHref === undefined || silent === true ? (
        line.number
      ) : (
        <a href={lineHref(side, line.number)} data-line={line.number} data-side={side}>
          <span class="unseen">Say something about line </span>
          {line.number}
        </a>
      )}
    </td>
  );
}

/** A last line without a line break, which Git tells apart from one with it. */
function openEnd({ left, right }: DiffPair): string {
  const words = 'no line break at the end of the text';
  if (left?.isOpen === right?.isOpen || left === undefined || right === undefined) return words;
  return left.isOpen ? `Before: ${words}` : `Now: ${words}`;
}

const SIGNS = { same: '', gone: '−', come: '+' } as const;
const WORDS = { same: '', gone: 'taken out: ', come: 'added: ' } as const;

function Text({
  side,
  line,
  text,
}: PairProps & { side: 'same' | 'gone' | 'come'; line: DiffLine | undefined }) {
  if (line === undefined) return <td {...TABLE_ROLES.cell} class="none" />;
  const Mark = side === 'gone' ? 'del' : 'ins';
  return (
    <td {...TABLE_ROLES.cell} class={`text ${side}`}>
      <span class="sign" aria-hidden="true">
        {SIGNS[side]}
      </span>
      {side !== 'same' && <span class="unseen">{WORDS[side]}</span>}
      {line.parts === undefined
        ? text(line.text)
        : line.parts.map((part, index) =>
            part.isChanged ? (
              <Mark key={index}>{text(part.text)}</Mark>
            ) : (
              <span key={index}>{text(part.text)}</span>
            ),
          )}
    </td>
  );
}
