import { isGroup } from '@cairn/formats/plain-data';
import type { Problem } from '@cairn/kernel/problem';
import { Actions, SubmitButton } from '../../design/actions.tsx';
import { TextField } from '../../design/controls.tsx';
import { EmptyState } from '../../design/empty.tsx';
import { Form, fieldId } from '../../design/form.tsx';
import { Table } from '../../design/table.tsx';
import type { CarriedValue } from './carried-rules.ts';
import { FORM_SECTIONS } from './definition-form.ts';
import { textOfTyping, wordsForPath } from './form-fields.ts';
import { typingOf } from './form-typing.ts';

/** A carried value and the field that holds it. */
export interface CarriedRow extends CarriedValue {
  /** The field's name; undefined for a value that has just gone. */
  readonly field: string | undefined;
  /** The part of the form it is in. */
  readonly section: string;
}

const KINDS: Record<CarriedValue['kind'], string> = {
  date: 'Date',
  count: 'Count',
  name: 'Name',
  prose: 'Text',
};

/** The place of a value, without the section that its table is of. */
const placeInSection = (path: string): string =>
  wordsForPath(path).split(' › ').slice(1).join(' › ');

/** A value in one line; a lead in its own words. */
function shown(value: unknown): string {
  if (!isGroup(value)) return String(value);
  return textOfTyping(typingOf({ kind: 'lead', label: '' }, value));
}

interface CarriedProps {
  readonly rows: readonly CarriedRow[];
  readonly action: string;
  readonly definitionHref: string;
}

/** Everything that is still last year's, by section of the form, each with a button to confirm it. */
export function CarriedList({ rows, action, definitionHref }: CarriedProps) {
  if (rows.length === 0) {
    return (
      <EmptyState next={{ href: definitionHref, label: 'To the definition' }}>
        Nothing waits: every value of the last edition was confirmed or changed.
      </EmptyState>
    );
  }
  return (
    <>
      {FORM_SECTIONS.map(({ id, title }) => {
        const own = rows.filter(({ section }) => section === id);
        if (own.length === 0) return null;
        return (
          <section key={id} aria-label={title}>
            <form method="post" action={action}>
              <Table
                caption={title}
                rows={own}
                wide
                rowKey={({ path }) => path}
                empty=""
                columns={[
                  {
                    head: 'Where',
                    cell: ({ path, field }) =>
                      field === undefined ? (
                        placeInSection(path)
                      ) : (
                        <a id={fieldId(field)} href={`${definitionHref}#${fieldId(field)}`}>
                          {placeInSection(path)}
                        </a>
                      ),
                  },
                  { head: 'Still says', cell: ({ value }) => shown(value) },
                  { head: 'What it is', cell: ({ kind }) => KINDS[kind] },
                  {
                    head: 'Still true?',
                    cell: ({ path }) => (
                      <SubmitButton weight="plain" name="path[]" value={path}>
                        Confirm <span class="unseen">: {placeInSection(path)}</span>
                      </SubmitButton>
                    ),
                  },
                ]}
              />
              <Actions>
                <SubmitButton weight="ordinary" name="section" value={id}>
                  Confirm all {own.length} of “{title}”
                </SubmitButton>
              </Actions>
            </form>
          </section>
        );
      })}
    </>
  );
}

interface CopyProps {
  readonly action: string;
  readonly slug: string;
  readonly title: string;
  readonly problems?: readonly Problem[];
}

/** Asks for what the next edition cannot take over. */
export const CopyForm = ({ action, slug, title, problems }: CopyProps) => (
  <Form action={action} problems={problems}>
    <TextField name="title" label="Title of the next summit" value={title} />
    <TextField
      name="slug"
      label="Its address"
      hint="4 to 60 small letters, digits and _, such as sp_summit_2024."
      value={slug}
      width="short"
      autocomplete="off"
    />
    <Actions>
      <SubmitButton>Copy the summit</SubmitButton>
    </Actions>
  </Form>
);
