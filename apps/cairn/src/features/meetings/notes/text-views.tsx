import { markdownToHtml } from '@cairn/formats/markdown-html';
import type { Problem } from '@cairn/kernel/problem';
import type { ZoneName } from '@cairn/kernel/time';
import { ActionLink, Actions, SubmitButton } from '../../../design/actions.tsx';
import { HiddenField, TextArea } from '../../../design/controls.tsx';
import { EmptyState } from '../../../design/empty.tsx';
import { Form } from '../../../design/form.tsx';
import { Menu, type NavItem } from '../../../design/layout.tsx';
import { Glyph, Mark } from '../../../design/mark.tsx';
import { Day, Prose, When } from '../../../design/prose.tsx';
import type { NotesInPlan } from '../../planning/notes/standing-queries.ts';
import type { ActionItem } from '../../work/action-rules.ts';
import { Changes } from './change-views.tsx';
import { InPlan } from './plan-views.tsx';
import type { TextRevision } from './text-queries.ts';
import { pageOf, type TextKind, type TextSubject } from './text-rules.ts';

/** Where the texts of a call are. */
export interface Around {
  /** `/s/<summit>`. */
  readonly home: string;
  readonly subject: TextSubject;
}

const KINDS: Record<
  TextKind,
  { readonly label: string; readonly none: string; readonly begin: string }
> = {
  agenda: { label: 'Agenda', none: 'Nobody has written this agenda yet.', begin: 'Write it' },
  notes: { label: 'Notes', none: 'Nobody has written these notes yet.', begin: 'Write them' },
};

/** The way to the call, to the other text of the same part, and between the parts. */
export function TextMenu({ home, subject }: Around) {
  const { meeting, track, kind, call } = subject;
  const at = (place: { kind: TextKind; track: string }, label: string): NavItem => ({
    href: `${home}${pageOf({ meeting, ...place })}`,
    label,
    current: place.kind === kind && place.track === track,
  });
  return (
    <>
      <Menu
        label="Of this meeting"
        items={[
          { href: `${home}/meetings/${meeting}`, label: 'The meeting' },
          at({ kind: 'agenda', track }, KINDS.agenda.label),
          at({ kind: 'notes', track }, KINDS.notes.label),
        ]}
      />
      {call.tracks.length > 0 && (
        <Menu
          label="Tracks"
          items={[
            at({ kind, track: '' }, 'Whole meeting'),
            ...call.tracks.map(({ key, title }) => at({ kind, track: key }, title)),
          ]}
        />
      )}
    </>
  );
}

/** Who is named in an action item, as their name. */
export type NameOf = ReadonlyMap<string, string>;

interface TextPageProps extends Around {
  readonly href: string;
  readonly latest: TextRevision | undefined;
  readonly items: readonly ActionItem[];
  readonly names: NameOf;
  readonly zone: ZoneName;
  /** How notes stand in the plan; undefined for an agenda. */
  readonly inPlan: NotesInPlan | undefined;
}

/** A text to read, with what there is to do from it. */
export function TextPage(props: TextPageProps) {
  const { home, subject, href, latest, items, names, zone, inPlan } = props;
  return (
    <>
      <TextMenu home={home} subject={subject} />
      {latest === undefined || latest.body.trim() === '' ? (
        <EmptyState next={{ href: `${href}?edit`, label: KINDS[subject.kind].begin }}>
          {KINDS[subject.kind].none}
        </EmptyState>
      ) : (
        <>
          <Prose html={markdownToHtml(latest.body, { shiftHeadings: 1 })} />
          <p class="quiet">
            Last changed on <When instant={latest.at} zone={zone} /> by{' '}
            {latest.by?.name ?? 'Cairn, which ticked a box'}.
          </p>
          <Actions>
            <ActionLink href={`${href}?edit`} weight="primary">
              Edit
            </ActionLink>
            <ActionLink href={`${href}?history`}>History</ActionLink>
          </Actions>
        </>
      )}
      {items.length > 0 && <Items home={home} items={items} names={names} />}
      {inPlan !== undefined && <InPlan home={home} subject={subject} standing={inPlan} />}
    </>
  );
}

function Items({
  home,
  items,
  names,
}: {
  home: string;
  items: readonly ActionItem[];
  names: NameOf;
}) {
  return (
    <section aria-labelledby="action-items">
      <h2 id="action-items">Action items in these notes</h2>
      <p class="small">
        Each becomes one of the <a href={`${home}/tasks`}>tasks</a>. Owners are told by mail once
        nobody has written here for a minute.
      </p>
      <ul>
        {items.map((item) => (
          <li key={item.line}>
            <Glyph shape={item.isDone ? 'tick' : 'ring'} />
            <span class="unseen">{item.isDone ? 'Done: ' : 'To do: '}</span> {item.title}
            {' – '}
            {item.owners.length === 0
              ? 'nobody’s yet'
              : item.owners.map((id) => names.get(id) ?? 'somebody').join(', ')}
            {item.due !== undefined && (
              <>
                , by <Day date={item.due} />
              </>
            )}
            {item.notUnderstood.map((sentence) => (
              <p key={sentence} class="small">
                <Mark shape="triangle" tone="warn">
                  Line {item.line}: {sentence}
                </Mark>
              </p>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}

interface EditPageProps extends Around {
  readonly href: string;
  readonly text: string;
  readonly base: { readonly revision: number; readonly template: string };
  /** Made up for this page: the same save sent twice is one. */
  readonly saveKey: string;
  readonly problems?: readonly Problem[];
  readonly live: { readonly stream: string; readonly save: string };
}

/** A text to write in. Works as a form; the script saves by itself and brings in what others write. */
export function EditPage({ home, subject, href, text, base, saveKey, ...props }: EditPageProps) {
  return (
    <>
      <TextMenu home={home} subject={subject} />
      <div
        class="writing"
        data-writing={`${href}#${subject.kind}`}
        data-stream={props.live.stream}
        data-save={props.live.save}
      >
        <Form action={href} wide problems={props.problems} label="Write">
          <HiddenField name="base" value={String(base.revision)} />
          <HiddenField name="key" value={saveKey} />
          {base.revision === 0 && <HiddenField name="template" value={base.template} />}
          <div class="writing-state" data-state hidden>
            <span data-saved /> <span data-others role="status" />
          </div>
          <TextArea
            name="text"
            label={KINDS[subject.kind].label}
            value={text}
            rows={22}
            hint={
              subject.kind === 'notes' ? (
                <>
                  Markdown. A task is a line such as <code>- [ ] @ada book the room by Friday</code>
                  . Everybody may write at once: nobody’s words are lost.
                </>
              ) : (
                'Markdown. Everybody who takes part may write, also at once.'
              )
            }
          />
          <Actions>
            <SubmitButton>Save</SubmitButton>
            <a href={href}>Read it</a>
          </Actions>
        </Form>
      </div>
      {subject.kind === 'notes' && <TaskHelp />}
    </>
  );
}

const TaskHelp = () => (
  <details>
    <summary>How to write a task</summary>
    <p>
      Who comes first: <code>@handle</code> as on GitHub, <code>@Ada</code> where only one has that
      first name, or <code>@Ada Byron</code>; several with commas. Until when comes last:{' '}
      <code>by 2023-03-01</code>, <code>by 1 March</code>, <code>by Friday</code>,{' '}
      <code>by end of March</code>, <code>by the next call</code> or <code>by the summit</code>,
      counted from the day of the call. Tick it with <code>[x]</code>. Without a name or a day it is
      a task all the same.
    </p>
  </details>
);

interface MergedPageProps extends Around {
  readonly href: string;
  /** What the writer sent, and what it became. */
  readonly sent: string;
  readonly body: string;
  /** Whose changes came in. */
  readonly others: readonly string[];
  readonly joins: number;
}

/** After a save into which others' changes came: says whose, and marks them. */
export function MergedPage({ home, subject, href, sent, body, others, joins }: MergedPageProps) {
  return (
    <>
      <TextMenu home={home} subject={subject} />
      <p role="status">
        <Mark shape="tick" tone="good">
          Saved.
        </Mark>{' '}
        {others.length === 0
          ? 'The text had changed while you wrote.'
          : `${inWords(others)} wrote at the same time.`}{' '}
        Nothing of yours or theirs was lost
        {joins > 0
          ? `; ${joins === 1 ? 'at one place' : `at ${joins} places`} both changed the same, so read once what came of it.`
          : '.'}
      </p>
      <h2>What came into your text</h2>
      <Changes before={sent} after={body} />
      <Actions>
        <ActionLink href={`${href}?edit`} weight="primary">
          Go on writing
        </ActionLink>
        <a href={href}>Read it</a>
      </Actions>
    </>
  );
}

const inWords = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
