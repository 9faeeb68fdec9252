import type { Problem } from '@cairn/kernel/problem';
import type { ComponentChildren } from 'preact';
import { ActionLink, Actions, SubmitButton } from '../../../design/actions.tsx';
import { Checkbox, HiddenField, Select, TextArea, TextField } from '../../../design/controls.tsx';
import { Fieldset, Form } from '../../../design/form.tsx';
import { NoticeLine } from '../../../design/layout.tsx';
import { Prose } from '../../../design/prose.tsx';
import { KIND_FOLDERS } from '../documents/kind-rules.ts';
import { type FileEdit, fieldOf } from './change-rules.ts';

/** What can be taken into a change besides: documents, and kinds of new ones. */
export interface Addable {
  readonly paths: readonly string[];
}

const NEW_KINDS = [
  ...Object.entries(KIND_FOLDERS).map(([kind, folder]) => ({
    value: kind,
    label: `a new ${kind === 'notes' ? 'page of notes' : kind} in ${folder}`,
  })),
  { value: 'page', label: 'another new page' },
];

interface EditorProps {
  readonly action: string;
  readonly base: string;
  readonly edits: readonly FileEdit[];
  readonly title: string;
  readonly why: string;
  /** The open proposal that is changed further; undefined for a new one. */
  readonly of: { readonly number: number; readonly href: string } | undefined;
  readonly addable: Addable;
  readonly problems: readonly Problem[];
  /** Each text as it would look, by its place among the files; undefined where that was not asked for. */
  readonly preview: readonly { readonly path: string; readonly html: string }[] | undefined;
  /** It was checked, and nothing is wrong. */
  readonly isSound: boolean;
}

/** The form in which documents are changed, looked at, checked and proposed. */
export function EditorPage(props: EditorProps) {
  const { action, base, edits, title, why, of, addable, problems, preview, isSound } = props;
  return (
    <>
      {isSound && <NoticeLine kind="done">The check found nothing to mend.</NoticeLine>}
      {preview?.map(({ path, html }) => (
        <section key={path} class="preview" aria-label={`Preview of ${path}`}>
          <h2>Preview: {path}</h2>
          <Prose html={html} />
        </section>
      ))}
      <div class="drafting" data-draft={`${action} ${edits[0]?.was ?? ''}`}>
        <Form action={action} problems={problems} wide label="Change">
          <HiddenField name="base" value={base} />
          {edits.map((edit, index) => (
            <FileFields key={index} edit={edit} index={index} problems={problems} />
          ))}
          <TextField
            name="title"
            label={of === undefined ? 'What do you change?' : 'What is different in this version?'}
            hint={
              of === undefined ? 'In one line; it is the title of the proposal.' : 'In one line.'
            }
            optional={of !== undefined}
            value={title}
          />
          {of === undefined && (
            <TextArea
              name="why"
              label="Why?"
              hint="Markdown. Reviewers read this first."
              optional
              value={why}
              rows={4}
            />
          )}
          <p class="small quiet">
            Documents and who proposed them are kept by Git, for whoever may clone the plan. What
            was once in it cannot be taken back from those who have it.
          </p>
          <Actions>
            <SubmitButton name="do" value="propose">
              {of === undefined ? 'Propose' : 'Save as a new version'}
            </SubmitButton>
            <SubmitButton name="do" value="preview" weight="ordinary">
              Preview
            </SubmitButton>
            <SubmitButton name="do" value="check" weight="ordinary">
              Check
            </SubmitButton>
          </Actions>
          {/* Below the other buttons: the first one is what the Enter key presses. */}
          <details>
            <summary>Change one more document in the same proposal</summary>
            <Select
              name="add"
              label="Which"
              optional
              empty="None"
              options={[
                ...NEW_KINDS.map(({ value, label }) => ({ value: `new:${value}`, label })),
                ...addable.paths.map((path) => ({ value: path, label: path })),
              ]}
            />
            <Actions>
              <SubmitButton name="do" value="add" weight="ordinary">
                Add it above
              </SubmitButton>
            </Actions>
          </details>
        </Form>
      </div>
      {of !== undefined && (
        <p>
          <a href={of.href}>Back to #{of.number}, without saving</a>
        </p>
      )}
    </>
  );
}

interface FileFieldsProps {
  readonly edit: FileEdit;
  readonly index: number;
  readonly problems: readonly Problem[];
}

function FileFields({ edit, index, problems }: FileFieldsProps) {
  const { was, path, text, isGone } = edit;
  const isNew = was === '';
  const where = fieldOf('path', index);
  const place = (
    <>
      <TextField
        name={where}
        label="Path"
        hint={
          isNew
            ? 'From the top of the plan, such as practices/releases.md.'
            : 'Another one moves the document.'
        }
        value={path}
      />
      {!isNew && <GoneBox index={index} label="Delete this document" isGone={isGone} />}
    </>
  );
  const isMoved = path !== was || isGone || problems.some((each) => each.place.path === where);
  return (
    <Fieldset legend={isNew ? 'A new document' : was}>
      <HiddenField name={`was.${index}`} value={was} />
      {isNew && place}
      <TextArea
        name={fieldOf('text', index)}
        label="Text"
        hint="The whole file: front matter between two lines of ---, then Markdown."
        value={text}
        rows={Math.min(30, Math.max(12, text.split('\n').length + 2))}
      />
      {isNew && index > 0 && (
        <GoneBox index={index} label="Leave this document out" isGone={isGone} />
      )}
      {!isNew && (
        <details open={isMoved}>
          <summary>Move or delete it</summary>
          {place}
        </details>
      )}
    </Fieldset>
  );
}

const GoneBox = ({ index, label, isGone }: { index: number; label: string; isGone: boolean }) => (
  <Checkbox name={fieldOf('gone', index)} label={label} checked={isGone} />
);

/** Where a change begins: with a document that there is, or with a new one. */
export function BeginPage({ base, paths }: { base: string; paths: readonly string[] }) {
  return (
    <>
      <section aria-labelledby="new-document">
        <h2 id="new-document">A new document</h2>
        <ul>
          {NEW_KINDS.map(({ value, label }) => (
            <li key={value}>
              <a href={`${base}/edit?kind=${value}`}>
                {label.replace(/^./, (sign) => sign.toUpperCase())}
              </a>
            </li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="a-document">
        <h2 id="a-document">A document that is there</h2>
        {paths.length === 0 ? (
          <p class="quiet">There is none yet.</p>
        ) : (
          <Form action={`${base}/edit`} method="get" label="Which document">
            <Select
              name="path"
              label="Document"
              options={paths.map((path) => ({ value: path, label: path }))}
            />
            <Actions>
              <SubmitButton>Edit</SubmitButton>
            </Actions>
          </Form>
        )}
      </section>
      <section aria-labelledby="with-git">
        <h2 id="with-git">With Git</h2>
        <p>
          Clone the plan, make a branch and push it: that opens a proposal as well, and each push is
          a new version of it.
        </p>
      </section>
    </>
  );
}

/** Documents of an open proposal, to be changed further. */
export function ProposalFiles({
  href,
  changed,
  paths,
}: {
  href: string;
  changed: readonly {
    readonly path: string;
    readonly words: ComponentChildren;
    readonly mayEdit: boolean;
  }[];
  paths: readonly string[];
}) {
  return (
    <>
      <ul>
        {changed.map(({ path, words, mayEdit }) => (
          <li key={path}>
            {words}{' '}
            {mayEdit && (
              <a href={`${href}/edit?path=${encodeURIComponent(path)}`}>
                Edit<span class="unseen"> {path}</span>
              </a>
            )}
          </li>
        ))}
      </ul>
      <Form action={`${href}/edit`} method="get" label="Another document">
        <Select
          name="path"
          label="Another document"
          options={paths.map((path) => ({ value: path, label: path }))}
        />
        <Actions>
          <SubmitButton weight="ordinary">Edit</SubmitButton>
        </Actions>
      </Form>
      <Actions>
        <ActionLink href={`${href}/edit?kind=page`}>Add a new document</ActionLink>
      </Actions>
    </>
  );
}
