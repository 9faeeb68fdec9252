import type { Problem } from '@cairn/kernel/problem';
import { counted } from '@cairn/kernel/words';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { HiddenField, RadioGroup, Select, TextArea, TextField } from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { Mark } from '../../../design/mark.tsx';
import type { DraftRow } from '../drafts/draft-queries.ts';
import { type Change, isSame } from './change-rules.ts';
import type { AskedRelease, ReleasePreview } from './preview-queries.ts';

interface ReleaseFormProps {
  readonly action: string;
  readonly drafts: readonly DraftRow[];
  readonly typed: AskedRelease;
  readonly preview: ReleasePreview;
  readonly problems?: readonly Problem[] | undefined;
}

const TELL_OPTIONS = [
  {
    value: 'moved',
    label: 'Those who are moved',
    hint: 'Whoever is expected in a session that moves, is new or is gone, and whoever has it in their agenda.',
  },
  { value: 'everybody', label: 'Everybody who comes' },
  { value: 'nobody', label: 'Nobody', hint: 'A slip that you put right, say.' },
];

/** Names a version, says why, and chooses whom to tell. The preview is of what is in the form. */
export const ReleaseForm = ({ action, drafts, typed, preview, problems }: ReleaseFormProps) => (
  <Form action={action} problems={problems}>
    <Select
      name="draft"
      label="Draft"
      options={drafts.map(({ id, name, placed }) => ({
        value: id,
        label: `${name} (${counted(placed, 'session')})`,
      }))}
      value={typed.draft || preview.draft.id}
    />
    <TextField
      name="name"
      label={`Name of version ${preview.version}`}
      hint="What people call it, such as “First timetable” or “After the flood”."
      value={typed.name}
    />
    <TextArea
      name="note"
      label="Why"
      hint="For those who are told, and for everybody on the page of versions."
      value={typed.note}
      optional
    />
    <RadioGroup name="tell" label="Whom to tell" options={TELL_OPTIONS} value={typed.tell} />
    <HiddenField name="seen" value={`${preview.draft.id} ${preview.draft.revision}`} />
    <Actions>
      <SubmitButton name="do" value="release">
        Release version {String(preview.version)}
      </SubmitButton>
      <SubmitButton name="do" value="look" weight="ordinary">
        Look at it first
      </SubmitButton>
    </Actions>
  </Form>
);

const KINDS = {
  moved: 'moved',
  added: 'new',
  dropped: 'dropped',
  changed: 'say something else',
} as const;

/** `3 moved, 1 new`; nothing where nothing changed. */
function countsOf(changes: readonly Change<unknown>[]): string {
  return Object.entries(KINDS)
    .map(([kind, words]) => [changes.filter((each) => each.kind === kind).length, words] as const)
    .filter(([count]) => count > 0)
    .map(([count, words]) => `${count} ${words}`)
    .join(', ');
}

/** What the release would do: its warnings by kind, what changes, and exactly what each is told. */
export function Preview({ preview, tell }: { preview: ReleasePreview; tell: string }) {
  const { content, before, changes, warnings, told, version } = preview;
  return (
    <>
      <section aria-labelledby="warnings">
        <h2 id="warnings">Warnings</h2>
        {warnings.length === 0 && (
          <p>
            <Mark shape="tick" tone="good">
              none
            </Mark>
          </p>
        )}
        {warnings.map(({ kind, heading, sentences }) => (
          <details key={kind} open={kind !== 'costs'}>
            <summary>
              <Mark
                shape={kind === 'broken' ? 'cross' : 'triangle'}
                tone={kind === 'broken' ? 'bad' : 'warn'}
              >
                {heading} ({sentences.length})
              </Mark>
            </summary>
            <ul>
              {sentences.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          </details>
        ))}
      </section>
      <section aria-labelledby="changes">
        <h2 id="changes">What changes</h2>
        {before !== undefined && isSame(changes) ? (
          <p>Nothing: this is what everybody sees already.</p>
        ) : before === undefined ? (
          <p>This is the first version: {counted(content.sessions.length, 'session')}.</p>
        ) : (
          <p>
            From version {version - 1}. Sessions: {countsOf(changes.sessions) || 'none'}. Blocks:{' '}
            {countsOf(changes.blocks) || 'none'}. Rooms: {countsOf(changes.rooms) || 'none'}.
          </p>
        )}
      </section>
      <section aria-labelledby="told">
        <h2 id="told">Who is told</h2>
        {told.length === 0 ? (
          <p>
            {tell === 'nobody'
              ? 'Nobody, as you chose.'
              : 'Nobody is moved, so nobody gets a mail. You are not mailed your own release.'}
          </p>
        ) : (
          <p>
            {counted(told.length, 'person gets', 'people get')} one mail each. This is exactly what
            it says, but for the address at its end:
          </p>
        )}
        {told.map(({ reader, subject, body }) => (
          <details key={reader.personId}>
            <summary>
              {reader.name}
              {!reader.hasAddress && ' (no e-mail address)'}
            </summary>
            <p>
              <b>{subject}</b>
            </p>
            <pre class="mail">{body}</pre>
          </details>
        ))}
      </section>
    </>
  );
}
