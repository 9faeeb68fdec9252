import type { Problem } from '@cairn/kernel/problem';
import { counted } from '@cairn/kernel/words';
import { Glyph } from '../../../design/mark.tsx';
import type { Contradiction } from './contradiction-rules.ts';

/** Contradictions with the way to where each is mended; `home` is the address of the making. */
export function ContradictionList({
  home,
  contradictions,
  most = contradictions.length,
}: {
  home: string;
  contradictions: readonly Contradiction[];
  /** More than so many are counted only. */
  most?: number;
}) {
  if (contradictions.length === 0) return null;
  const over = contradictions.length - most;
  return (
    <ul class="contradictions">
      {contradictions.slice(0, most).map(({ sentence, at }) => (
        <li key={sentence}>
          <Glyph shape="triangle" />
          <span>
            {sentence} <a href={`${home}/${at}`}>Mend it</a>
          </span>
        </li>
      ))}
      {over > 0 && (
        <li>
          <span>… and {over} more.</span>
        </li>
      )}
    </ul>
  );
}

/** What is wrong with a form as it is typed. */
export interface TypedFaults {
  readonly problems: readonly Problem[];
  readonly contradictions: readonly Contradiction[];
  /** What stands above problems by themselves. */
  readonly heading?: string;
}

/** What a form says while it is typed, and once more when it was sent. The script asks `check` for it. */
export function AsTyped({ check, faults }: { check: string; faults?: TypedFaults | undefined }) {
  return (
    <div class="as-typed" data-check={check} aria-live="polite">
      {faults !== undefined && <AsTypedWords {...faults} />}
    </div>
  );
}

/** The words inside; of problems only those that the form does not say itself. */
export function AsTypedWords({ problems, contradictions, heading = 'Not yet right' }: TypedFaults) {
  const sentences = [
    ...problems.map(({ sentence }) => sentence),
    ...contradictions.map(({ sentence }) => sentence),
  ];
  if (sentences.length === 0) return null;
  return (
    <>
      <p>
        <strong>
          {contradictions.length === 0 ? heading : counted(contradictions.length, 'contradiction')}
        </strong>
      </p>
      <ul class="contradictions">
        {sentences.map((sentence) => (
          <li key={sentence}>
            <Glyph shape="triangle" />
            <span>{sentence}</span>
          </li>
        ))}
      </ul>
      {contradictions.length > 0 && (
        // No id: a page may have several forms that say this.
        <label class="choice">
          <input type="checkbox" name="despite" value="yes" />
          <span>Save it all the same; it stays among the contradictions until it is mended</span>
        </label>
      )}
    </>
  );
}
