import type { ZoneName } from '@cairn/kernel/time';
import { SubmitButton } from '../../design/actions.tsx';
import { Form } from '../../design/form.tsx';
import { When } from '../../design/prose.tsx';
import { Table } from '../../design/table.tsx';
import { type Difference, differences } from './definition-changes.ts';
import { FORM_SECTIONS } from './definition-form.ts';
import { wordsForPath } from './form-fields.ts';
import type { Revision } from './revision-queries.ts';
import { stepsOf } from './stable-path.ts';

const shown = (value: Difference['before']): string =>
  value === undefined ? '–' : value === '' ? '(empty)' : String(value);

/** Differences come in the order of the database's keys; people read them in the form's. */
const placeInForm = ({ path }: Difference): number =>
  FORM_SECTIONS.findIndex(({ parts }) => parts.some((name) => name === stepsOf(path)[0]));

/** Values that differ, with what they were and what they are. */
export const DifferenceTable = ({
  caption,
  rows,
}: {
  caption: string;
  rows: readonly Difference[];
}) => (
  <Table
    caption={caption}
    rows={[...rows].sort((a, b) => placeInForm(a) - placeInForm(b))}
    wide
    rowKey={({ path }) => path}
    empty="Only comments or spelling of the file changed."
    columns={[
      { head: 'Where', cell: ({ path }) => wordsForPath(path) },
      { head: 'Was', cell: ({ before }) => shown(before) },
      { head: 'Is', cell: ({ after }) => shown(after) },
    ]}
  />
);

interface HistoryProps {
  /** Newest first; the last one only to compare with. */
  readonly revisions: readonly Revision[];
  readonly shownCount: number;
  readonly current: number;
  /** Where this page is. */
  readonly href: string;
  readonly zone: ZoneName;
}

/** Who saved the definition when, what changed, and the way back to an old one. */
export function History({ revisions, shownCount, current, href, zone }: HistoryProps) {
  const oldest = revisions.at(-1);
  return (
    <>
      {revisions.slice(0, shownCount).map((one, index) => {
        const before = revisions[index + 1];
        return (
          <section key={one.revision} aria-labelledby={`revision-${one.revision}`}>
            <h2 id={`revision-${one.revision}`}>Revision {one.revision}</h2>
            <p>
              <When instant={one.at} zone={zone} />, {one.by ?? 'from the command line'}.{' '}
              {one.revision === current && 'This one is in force.'}
            </p>
            {before === undefined ? (
              <p>The definition began with this revision.</p>
            ) : (
              <DifferenceTable
                caption={`What revision ${one.revision} changed`}
                rows={differences(before.definition, one.definition)}
              />
            )}
            {one.revision !== current && (
              <Form action={`${href}/${one.revision}/restore`}>
                <input type="hidden" name="revision" value={current} />
                <SubmitButton weight="ordinary">
                  Put revision {one.revision} in force again
                </SubmitButton>
              </Form>
            )}
          </section>
        );
      })}
      {oldest !== undefined && shownCount < revisions.length && (
        <p>
          <a href={`${href}?before=${oldest.revision + 1}`}>Older revisions</a>
        </p>
      )}
    </>
  );
}
