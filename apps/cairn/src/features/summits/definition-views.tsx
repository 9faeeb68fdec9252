import type { Problem } from '@cairn/kernel/problem';
import { Actions, SubmitButton } from '../../design/actions.tsx';
import { HiddenField } from '../../design/controls.tsx';
import { Fieldset, Form, fieldId } from '../../design/form.tsx';
import { Mark } from '../../design/mark.tsx';
import type { Difference } from './definition-changes.ts';
import { FORM_SECTIONS, partOfForm } from './definition-form.ts';
import type { Collision } from './definition-merge.ts';
import { textOfTyping, wordsForPath } from './form-fields.ts';
import { isTypedGroup, type Typing } from './form-parts.ts';
import { FormPart } from './form-views.tsx';
import { DifferenceTable } from './history-views.tsx';

interface DefinitionFormProps {
  readonly action: string;
  readonly typing: Typing;
  /** What the form began from; undefined for a summit that does not exist yet. */
  readonly revision: number | undefined;
  readonly problems?: readonly Problem[];
  /** The names of the fields that still hold last year's value, and where to confirm them. */
  readonly carried?: ReadonlySet<string>;
  readonly carriedHref?: string;
  readonly verb: string;
}

/** The whole definition as one form in sections, with the way to each on top. */
export function DefinitionForm(props: DefinitionFormProps) {
  const { action, typing, revision, problems, carried, carriedHref, verb } = props;
  const remark = (name: string) =>
    carried?.has(name) ? (
      <Mark shape="triangle" tone="warn">
        from the last edition; change it or{' '}
        <a href={`${carriedHref}#${fieldId(name)}`}>confirm it</a>
      </Mark>
    ) : undefined;
  const problemNames = (problems ?? []).flatMap(({ place }) => place.path ?? []);
  const row = (name: string) => ({
    isOpen: problemNames.some((each) => isWithin(each, name)),
    remark: [...(carried ?? [])].some((each) => isWithin(each, name)) ? (
      <Mark shape="triangle" tone="warn">
        holds values of the last edition
      </Mark>
    ) : undefined,
  });
  return (
    <>
      <nav class="menu" aria-label="Sections of the form">
        <ul>
          {FORM_SECTIONS.map(({ id, title }) => (
            <li key={id}>
              <a href={`#${id}`}>{title}</a>
            </li>
          ))}
        </ul>
      </nav>
      <Form action={action} problems={problems}>
        {revision !== undefined && <HiddenField name="revision" value={String(revision)} />}
        {/* First in the form, so that the Enter key saves and does not press some row's button. */}
        <Actions>
          <SubmitButton name="do" value="save">
            {verb}
          </SubmitButton>
        </Actions>
        {FORM_SECTIONS.map(({ id, title, parts }) => (
          <section key={id} id={id}>
            <Fieldset legend={title}>
              {parts.map((name) => (
                <FormPart
                  key={name}
                  part={partOfForm(name)}
                  name={name}
                  typing={isTypedGroup(typing) ? typing[name] : undefined}
                  place={{ action, remark, row }}
                />
              ))}
            </Fieldset>
          </section>
        ))}
        <Actions>
          <SubmitButton name="do" value="save">
            {verb}
          </SubmitButton>
        </Actions>
      </Form>
    </>
  );
}

/** Whether a field is that field, or inside that row. */
const isWithin = (field: string, name: string): boolean =>
  field === name || field.startsWith(`${name}.`) || field.startsWith(`${name}[`);

/** What to know before saving over somebody else's changes. */
export function SavedMeanwhile({
  revision,
  theirs,
  collisions,
}: {
  revision: number;
  theirs: readonly Difference[];
  collisions: readonly Collision[];
}) {
  return (
    <section aria-labelledby="meanwhile">
      <h2 id="meanwhile">Somebody saved meanwhile</h2>
      <p>
        The definition is now at revision {revision}. Nothing of yours is stored yet, and nothing of
        it is lost: the form below holds everything that you typed, together with what was changed
        meanwhile. Look it through and save again.
      </p>
      <DifferenceTable caption="Changed by somebody else" rows={theirs} />
      {collisions.length > 0 && (
        <>
          <p>You both changed these. The form holds yours; saving puts yours in place of theirs.</p>
          <dl>
            {collisions.map(({ path, mine, theirs: saved }) => (
              <>
                <dt>{wordsForPath(path)}</dt>
                <dd>
                  Yours: {textOfTyping(mine)}
                  <br />
                  Saved meanwhile: {textOfTyping(saved)}
                </dd>
              </>
            ))}
          </dl>
        </>
      )}
    </section>
  );
}
