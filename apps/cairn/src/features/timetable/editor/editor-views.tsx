import type { ZoneName } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import { ActionLink, SubmitButton } from '../../../design/actions.tsx';
import { HiddenField } from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { Mark } from '../../../design/mark.tsx';
import { When } from '../../../design/prose.tsx';
import { type BoardProps, BoardTables, SessionCard } from './board-views.tsx';
import type { MadeStep } from './editor-queries.ts';
import { type Fault, peopleWords, type Waiting, wordsOf } from './editor-rules.ts';
import { MovePanel, type PanelProps } from './panel-views.tsx';
import { stepWords } from './step-words-rules.ts';
import { viewHref } from './view-rules.ts';

interface EditorPageProps extends BoardProps, Pick<PanelProps, 'href' | 'view' | 'revision'> {
  /** The menu of the session that is being moved. */
  readonly panel: PanelProps | undefined;
  readonly faults: readonly Fault[];
  readonly steps: readonly (MadeStep & { readonly isOwn: boolean })[];
  readonly undoable: { readonly undo: boolean; readonly redo: boolean };
  /** Titles and lengths of all sessions, for sentences about changes. */
  readonly sessions: Parameters<typeof stepWords>[1];
  readonly placeZone: ZoneName;
  readonly zone: ZoneName;
}

/**
 * The editor of a draft: the board, what has no place, what does not hold and what was changed last.
 * The script finds its way by `data-editor`; all of it works by links and forms without it.
 */
export function EditorPage(props: EditorPageProps) {
  const { href, revision, shown, panel, placeZone } = props;
  return (
    <div
      class="editor wide"
      data-editor={href}
      data-revision={revision}
      data-held={panel?.session.id}
    >
      <div class="editor-says">
        <p role="status" data-says />
        <div data-unsent role="alert" hidden>
          <p />
          <button type="button" class="ordinary" data-again>
            Send it now
          </button>
          <button type="button" class="plain" data-drop>
            Leave it as it was
          </button>
        </div>
      </div>
      <div class="editor-tools">
        <Tools {...props} />
        <p class="here quiet" role="status" data-here />
      </div>
      <div class="editor-aside">
        <div id="panel">{panel !== undefined && <MovePanel {...panel} />}</div>
        <div id="side">
          <WaitingList {...props} />
          <Outside {...props} />
          <Faults {...props} />
          <Steps {...props} />
        </div>
      </div>
      <div id="board">
        <p class="quiet small">
          Times are those of the place ({placeZone.replaceAll('_', ' ')})
          {props.readersTime !== undefined &&
            `; the smaller ones are yours (${props.zone.replaceAll('_', ' ')})`}
          . {counted(shown.waiting.length, 'session')} without a place.
        </p>
        <BoardTables {...props} />
      </div>
    </div>
  );
}

function Tools({ href, view, day, isCondensed, frame, undoable }: EditorPageProps) {
  const words = wordsOf(frame);
  const { day: _, ...without } = view;
  return (
    <>
      <nav aria-label="What is shown" class="menu">
        <ul>
          <li>
            <a href={viewHref(href, without)} aria-current={day === undefined ? 'page' : undefined}>
              All days
            </a>
          </li>
          {frame.days.map(({ date }) => (
            <li key={date}>
              <a
                href={viewHref(href, { ...without, day: date })}
                aria-current={day === date ? 'page' : undefined}
              >
                {words.day(date)}
              </a>
            </li>
          ))}
          <li>
            <a
              href={viewHref(href, {
                ...(day === undefined ? {} : { day }),
                ...(isCondensed ? {} : { view: 'condensed' }),
              })}
            >
              {isCondensed ? 'Show all' : 'Condense'}
            </a>
          </li>
        </ul>
      </nav>
      <div class="editor-undo" id="undo">
        <BackForm
          href={`${href}/undo`}
          view={view}
          label="Undo my last change"
          can={undoable.undo}
        />
        <BackForm href={`${href}/redo`} view={view} label="Do it again" can={undoable.redo} />
        <a href={`${href}/about`}>How it stands</a>
        <a href={href.replace(/\/[^/]+$/, '')}>All drafts</a>
        <ActionLink href={href.replace(/\/drafts\/([^/]+)$/, '/release?draft=$1')}>
          Release
        </ActionLink>
      </div>
      <details class="small">
        <summary>How to move a session</summary>
        <ul>
          <li>
            <b>By menu:</b> choose a session; its menu offers day, time and room, says what each
            would mean, and moves it.
          </li>
          <li>
            <b>By mouse, finger or pen:</b> drag it (a finger rests on it first), or choose it and
            then choose a place. Without a place it waits in the list beside.
          </li>
          <li>
            <b>By keyboard:</b> press Enter on a session. The arrow keys move it, Page Up and Page
            Down by a day, N goes to the next place without a conflict; Enter puts it there, M opens
            its menu, Delete takes it out, Escape leaves it where it was. Ctrl+Z undoes.
          </li>
        </ul>
      </details>
    </>
  );
}

const BackForm = ({
  href,
  view,
  label,
  can,
}: Pick<PanelProps, 'href' | 'view'> & { label: string; can: boolean }) =>
  can ? (
    <Form action={href} label={label}>
      {Object.entries(view).map(([name, value]) => (
        <HiddenField key={name} name={name} value={value} />
      ))}
      <SubmitButton weight="ordinary">{label}</SubmitButton>
    </Form>
  ) : null;

/** Sessions that have no place yet, to be dragged from or chosen. */
function WaitingList({ shown, held, moveHref }: EditorPageProps) {
  const { waiting } = shown;
  return (
    <section aria-labelledby="waiting-title" data-place="" class="waiting">
      <h2 id="waiting-title">Without a place</h2>
      {waiting.length === 0 && <p class="quiet">Every session has a place.</p>}
      {waiting.map((session) => (
        <WaitingCard key={session.sessionId} {...{ session, held, moveHref }} />
      ))}
    </section>
  );
}

function WaitingCard({
  session,
  held,
  moveHref,
}: Pick<BoardProps, 'held' | 'moveHref'> & { session: Waiting }) {
  const { sessionId, title, minutes, people, needs, isOptional } = session;
  return (
    <div
      class={held?.sessionId === sessionId ? 'card is-held' : 'card'}
      id={`s-${sessionId}`}
      data-session={sessionId}
    >
      <a class="title" href={moveHref(sessionId)} draggable={false}>
        {title}
        <span class="unseen">: give it a place</span>
      </a>
      <span class="about small quiet">
        {[
          counted(minutes, 'minute'),
          people > 0 ? peopleWords(people) : '',
          needs.length > 0 ? `needs ${needs.join(', ')}` : '',
          isOptional ? 'may stay out' : '',
        ]
          .filter((part) => part !== '')
          .join(' · ')}
      </span>
    </div>
  );
}

/** What stands where the frame has no place, so that no table can show it. */
function Outside(props: EditorPageProps) {
  const { shown, frame } = props;
  const { outside } = shown.board;
  if (outside.length === 0) return null;
  const words = wordsOf(frame);
  return (
    <section aria-labelledby="outside-title">
      <h2 id="outside-title">Where the frame has no place</h2>
      {outside.map((card) => (
        <SessionCard key={card.sessionId} {...props} card={card}>
          <span class="where small">
            {words.stretch(card)}, {words.room(card.roomId)}
          </span>
        </SessionCard>
      ))}
    </section>
  );
}

const MOST_SOFT = 40;

/** What must hold and does not, and what is lost. */
function Faults({ faults, day }: EditorPageProps) {
  const hard = faults.filter(({ isHard }) => isHard);
  const soft = faults.filter(({ isHard }) => !isHard);
  return (
    <section aria-labelledby="faults-title">
      <h2 id="faults-title">What does not hold</h2>
      {hard.length === 0 ? (
        <p>
          <Mark shape="tick" tone="good">
            No conflicts
          </Mark>
        </p>
      ) : (
        <ul class="faults">
          {hard.map(({ sentence, sessions: [first] }) => (
            <li key={sentence}>
              <Mark shape="cross" tone="bad">
                {sentence}
              </Mark>{' '}
              {first !== undefined && day === undefined && (
                <a href={`#s-${first}`} class="small">
                  Show it<span class="unseen">: {sentence}</span>
                </a>
              )}
            </li>
          ))}
        </ul>
      )}
      {soft.length > 0 && (
        <details>
          <summary>{counted(soft.length, 'wish', 'wishes')} that it does not meet</summary>
          <ul class="small">
            {soft.slice(0, MOST_SOFT).map(({ sentence }) => (
              <li key={sentence}>{sentence}</li>
            ))}
            {soft.length > MOST_SOFT && <li>… and {soft.length - MOST_SOFT} more.</li>}
          </ul>
        </details>
      )}
    </section>
  );
}

/** What was changed last, by whom. */
function Steps({ steps, frame, sessions, zone }: EditorPageProps) {
  if (steps.length === 0) return null;
  return (
    <section aria-labelledby="steps-title" class="steps">
      <h2 id="steps-title">Changed last</h2>
      <ul class="small">
        {steps.map((step) => (
          <li key={step.revision}>
            {step.isOwn ? 'You' : (step.name ?? 'Somebody')} {stepWords(frame, sessions, step)}.{' '}
            <span class="quiet">
              <When instant={step.at} zone={zone} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
