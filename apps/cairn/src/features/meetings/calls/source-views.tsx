import type { Problem } from '@cairn/kernel/problem';
import { FileField, TextArea, TextField } from '../../../design/controls.tsx';
import type { Typed } from '../../../platform/http/form.ts';

/** One of the forms, as it was refused. */
export interface Refused {
  readonly form: 'new' | 'import' | 'file' | 'warning';
  readonly typed: Typed;
  readonly problems: readonly Problem[];
}

export const textOf = (
  refused: Refused | undefined,
  form: Refused['form'],
  name: string,
): string => {
  const value = refused?.form === form ? refused.typed[name] : undefined;
  return typeof value === 'string' ? value : '';
};

export const problemsOf = (refused: Refused | undefined, form: Refused['form']) =>
  refused?.form === form ? refused.problems : undefined;

export const zoneOptions = (zones: readonly string[], value: string) =>
  [...new Set([value, ...zones])]
    .filter((zone) => zone !== '')
    .map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }));

/** Where the YAML of a calendar comes from: an address, a file, or a box. */
export function SourceFields({
  refused,
  form,
}: {
  refused: Refused | undefined;
  form: 'import' | 'file';
}) {
  return (
    <>
      <TextField
        name="url"
        label="Address of the YAML file"
        hint="Such as the file’s address on GitHub."
        type="url"
        value={textOf(refused, form, 'url')}
        autocomplete="off"
        optional
      />
      <FileField
        name="file"
        label="Or a file"
        accept=".yaml,.yml,text/yaml,application/yaml"
        optional
      />
      {form === 'import' && (
        <TextArea
          name="source"
          label="Or its text"
          value={textOf(refused, form, 'source')}
          rows={6}
          optional
        />
      )}
    </>
  );
}

export function ProblemList({
  id,
  title,
  lede,
  problems,
}: {
  id: string;
  title: string;
  lede: string;
  problems: readonly Problem[];
}) {
  if (problems.length === 0) return null;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <p>{lede}</p>
      <ul>
        {problems.map(({ place, sentence }, index) => (
          <li key={index}>
            {place.line !== undefined && <span class="place">Line {place.line}: </span>}
            {sentence}
          </li>
        ))}
      </ul>
    </section>
  );
}
