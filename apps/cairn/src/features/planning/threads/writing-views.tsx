import type { Problem } from '@cairn/kernel/problem';
import type { Instant, ZoneName } from '@cairn/kernel/time';
import type { ComponentChildren } from 'preact';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { TextArea, TextField } from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { Prose, When } from '../../../design/prose.tsx';
import { commentHtml } from './comment-text-rules.ts';
import type { EarlierText, WrittenBy } from './thread-queries.ts';
import { WriterName } from './writer-views.tsx';

interface PreviewPageProps {
  /** How it would look; undefined where that was not asked for. */
  readonly html: string | undefined;
  readonly back: { readonly href: string; readonly label: string };
  /** The form that it is written in. */
  readonly children: ComponentChildren;
}

/** A text that is being written, and how it would look. */
export const PreviewPage = ({ html, back, children }: PreviewPageProps) => (
  <>
    {html !== undefined && (
      <section aria-labelledby="preview" class="preview">
        <h2 id="preview">Preview</h2>
        <Prose html={html} />
      </section>
    )}
    {children}
    <p>
      <a href={back.href}>{back.label}</a>
    </p>
  </>
);

interface ThreadTextPageProps {
  readonly action: string;
  readonly back: string;
  /** Its title is not said by a document. */
  readonly hasTitle: boolean;
  /** Whoever edits has opened it. */
  readonly hasText: boolean;
  readonly title: string;
  readonly body: string;
  readonly problems?: readonly Problem[];
  readonly preview?: string;
}

/** The form to change what a thread says of itself. */
export const ThreadTextPage = (props: ThreadTextPageProps) => (
  <PreviewPage html={props.preview} back={{ href: props.back, label: 'Leave it as it is' }}>
    <Form action={props.action} problems={props.problems} wide>
      {props.hasTitle && (
        <TextField name="title" label="Title" value={props.title} hint="In one line." />
      )}
      {props.hasText && (
        <TextArea name="body" label="Text" value={props.body} rows={12} hint="Markdown." optional />
      )}
      <Actions>
        <SubmitButton name="do" value="save">
          Save
        </SubmitButton>
        {props.hasText && (
          <SubmitButton name="do" value="preview" weight="ordinary">
            Preview
          </SubmitButton>
        )}
      </Actions>
    </Form>
  </PreviewPage>
);

interface EarlierTextsProps {
  readonly home: string;
  readonly back: string;
  readonly zone: ZoneName;
  readonly now: { readonly body: string; readonly author: WrittenBy; readonly at: Instant };
  readonly earlier: readonly EarlierText[];
}

/** What a text says, and all that it said before, newest first. */
export const EarlierTexts = ({ home, back, zone, now, earlier }: EarlierTextsProps) => (
  <>
    <p>
      By <WriterName by={now.author} home={home} /> on <When instant={now.at} zone={zone} />.{' '}
      <a href={back}>Back to the conversation</a>
    </p>
    <section aria-labelledby="now">
      <h2 id="now">Now</h2>
      <Prose html={commentHtml(now.body, home)} />
    </section>
    {earlier.length === 0 && <p>It was never changed.</p>}
    {earlier.map(({ id, body, replacedAt, replacedBy }) => (
      <section key={id} aria-labelledby={`until-${id}`}>
        <h2 id={`until-${id}`}>
          Until <When instant={replacedAt} zone={zone} />
        </h2>
        <p class="small quiet">
          Changed then by <WriterName by={replacedBy} home={home} />.
        </p>
        <Prose html={commentHtml(body, home)} />
      </section>
    ))}
  </>
);
