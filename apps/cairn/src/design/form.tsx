import type { Problem } from '@cairn/kernel/problem';
import { type ComponentChildren, createContext } from 'preact';
import { useContext } from 'preact/hooks';

/** What fields learn from the form around them: what was wrong, and what sets their ids apart. */
const Around = createContext<{ readonly problems: readonly Problem[]; readonly scope: string }>({
  problems: [],
  scope: '',
});

/**
 * The id of the control for a name, so that other pages can link to it. What may stand in an address
 * as it is stays; the rest becomes `~` code point `~`, so that two names never share an id.
 */
export const fieldId = (name: string): string =>
  `field-${name.replace(/[^A-Za-z0-9._-]/gu, (letter) => `~${letter.codePointAt(0)?.toString(16)}~`)}`;

const scopedId = (scope: string, name: string): string =>
  fieldId(scope === '' ? name : `${scope}.${name}`);

export interface FormProps {
  readonly action: string;
  /** `get` only for what changes nothing: search and filters. */
  readonly method?: 'post' | 'get';
  /** What was wrong with the last attempt: summed up on top and told at each field. */
  readonly problems?: readonly Problem[] | undefined;
  /** The form carries a file. */
  readonly multipart?: boolean;
  /** Names the form where a page has several. */
  readonly label?: string | undefined;
  /** Sets ids apart where a page repeats a form with visible fields: the row's key, say. */
  readonly scope?: string | undefined;
  /** Which part of a long form a field is in, as its summary of problems says before the sentence: `Cost 2`. */
  readonly partOf?: ((name: string) => string | undefined) | undefined;
  /** The form holds a table, and takes the width of the page. */
  readonly wide?: boolean;
  readonly children: ComponentChildren;
}

/**
 * A form whose answer is a redirect, or itself with its problems and everything that was typed.
 * The browser's own validation is off: the rules' sentences say more, and there is one place for them.
 */
export function Form({
  action,
  method = 'post',
  problems = [],
  multipart,
  label,
  scope = '',
  partOf,
  wide,
  children,
}: FormProps) {
  return (
    <Around.Provider value={{ problems, scope }}>
      <form
        class={wide === true ? 'form wide' : 'form'}
        action={action}
        method={method}
        encType={multipart === true ? 'multipart/form-data' : undefined}
        aria-label={label}
        noValidate
      >
        <ErrorSummary problems={problems} partOf={partOf} />
        {children}
      </form>
    </Around.Provider>
  );
}

const placeInFile = ({ place }: Problem): string | undefined =>
  place.line === undefined
    ? undefined
    : [place.file, `line ${place.line}`, place.column && `column ${place.column}`]
        .filter((part) => part !== undefined)
        .join(', ');

/** Everything that is wrong, each linked to its field, or with its line and column in a file. */
export function ErrorSummary({
  problems,
  partOf = () => undefined,
}: Pick<FormProps, 'partOf'> & { problems: readonly Problem[] }) {
  const { scope } = useContext(Around);
  if (problems.length === 0) return null;
  return (
    <div class="problems" role="alert" tabIndex={-1}>
      <h2>{problems.length === 1 ? 'One thing to mend' : `${problems.length} things to mend`}</h2>
      <ul>
        {problems.map((problem, index) => {
          const { place, sentence } = problem;
          const where = placeInFile(problem);
          const part = place.path === undefined ? undefined : partOf(place.path);
          return (
            <li key={index}>
              {where !== undefined && <span class="place">{where}: </span>}
              {where === undefined && place.path !== undefined ? (
                <a href={`#${scopedId(scope, place.path)}`}>
                  {part !== undefined && `${part}: `}
                  {sentence}
                </a>
              ) : (
                sentence
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** What every field has. */
export interface FieldProps {
  readonly name: string;
  readonly label: ComponentChildren;
  /** One sentence on what to write, told with the label. */
  readonly hint?: ComponentChildren;
  /** Says “(optional)” beside the label: most fields are needed, so the others are marked. */
  readonly optional?: boolean | undefined;
  /** A problem besides those of the form, such as one of a field inside a list. */
  readonly error?: string | undefined;
}

/** The attributes that tie a control to its label, hint and errors. */
export interface Ties {
  readonly id: string;
  readonly name: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': 'true' | undefined;
  readonly 'aria-required': 'true' | undefined;
}

/** A field's attributes and the sentences that go with it. */
export interface Told {
  readonly ties: Ties;
  readonly wrong: boolean;
  readonly words: ComponentChildren;
}

/** For controls whose label stands elsewhere than above them; all others use `Field`. */
export function useTold({ name, hint, error, optional }: Omit<FieldProps, 'label'>): Told {
  const { problems, scope } = useContext(Around);
  const id = scopedId(scope, name);
  // In the order in which the rules found them.
  const errors = problems
    .filter(({ place }) => place.path === name)
    .map(({ sentence }) => sentence)
    .concat(error ?? []);
  const wrong = errors.length > 0;
  const described = [hint !== undefined && `${id}-hint`, wrong && `${id}-error`].filter(Boolean);
  return {
    wrong,
    ties: {
      id,
      name,
      'aria-describedby': described.length > 0 ? described.join(' ') : undefined,
      'aria-invalid': wrong ? 'true' : undefined,
      'aria-required': optional === true ? undefined : 'true',
    },
    words: (
      <>
        {hint !== undefined && (
          <span class="hint" id={`${id}-hint`}>
            {hint}
          </span>
        )}
        {wrong && (
          <span class="error" id={`${id}-error`}>
            <span class="unseen">Problem: </span>
            {errors.join(' ')}
          </span>
        )}
      </>
    ),
  };
}

/** Marks the few fields that may stay empty. */
const Optional = ({ when }: { when: boolean | undefined }) =>
  when === true ? <span class="optional"> (optional)</span> : null;

/** Label, hint and errors around one control of any kind: `children` gets the attributes that tie them. */
export function Field(props: FieldProps & { children: (ties: Ties) => ComponentChildren }) {
  const { ties, wrong, words } = useTold(props);
  return (
    <div class={wrong ? 'field wrong' : 'field'}>
      <label for={ties.id}>
        {props.label}
        <Optional when={props.optional} />
      </label>
      {words}
      {props.children(ties)}
    </div>
  );
}

/** Several controls under one question; `children` gets what the group is described by. */
export function FieldGroup(props: FieldProps & { children: (ties: Ties) => ComponentChildren }) {
  const { ties, wrong, words } = useTold(props);
  return (
    <fieldset class={wrong ? 'field wrong' : 'field'} aria-describedby={ties['aria-describedby']}>
      <legend>
        {props.label}
        <Optional when={props.optional} />
      </legend>
      {words}
      {props.children(ties)}
    </fieldset>
  );
}

/** Fields that belong together, under a heading of their own. */
export function Fieldset({ legend, children }: { legend: string; children: ComponentChildren }) {
  return (
    <fieldset class="group">
      <legend>{legend}</legend>
      {children}
    </fieldset>
  );
}
