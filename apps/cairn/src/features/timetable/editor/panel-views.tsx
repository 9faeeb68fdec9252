import type { Problem } from '@cairn/kernel/problem';
import { counted, listed } from '@cairn/kernel/words';
import { ActionLink, Actions, SubmitButton } from '../../../design/actions.tsx';
import { HiddenField, Select } from '../../../design/controls.tsx';
import { Field, Form } from '../../../design/form.tsx';
import { Mark } from '../../../design/mark.tsx';
import type { Placement } from '../drafts/placement-rules.ts';
import type { PlaceState, PossiblePlace } from '../drafts/places-rules.ts';
import { type Frame, slotsOf } from '../frame/frame-rules.ts';
import type { Session } from '../sessions/session-rules.ts';
import type { Asked } from './asked-rules.ts';
import { wordsOf } from './editor-rules.ts';
import { placeKey } from './place-key-rules.ts';

export interface PanelProps {
  /** The editor's address, and the query that keeps what is shown. */
  readonly href: string;
  readonly view: Readonly<Record<string, string>>;
  readonly frame: Frame;
  readonly revision: number;
  readonly session: Session;
  readonly placement: Placement | undefined;
  /** Names of those who must be there. */
  readonly people: readonly string[];
  /** What must hold and does not, where it is now. */
  readonly conflicts: readonly string[];
  readonly places: readonly PossiblePlace[];
  readonly asked: Asked | undefined;
  readonly problems: readonly Problem[];
}

/** The menu of one session: where it is, where it can go, what that would mean, and to do it. */
export function MovePanel(props: PanelProps) {
  const { href, view, session, placement, people, conflicts, frame, asked, problems } = props;
  const words = wordsOf(frame);
  return (
    <section class="panel" id="move" aria-labelledby="move-title">
      <h2 id="move-title" tabIndex={-1}>
        Move “{session.title}”
      </h2>
      <p>
        {placement === undefined
          ? `It has no place yet, and takes ${counted(session.minutes, 'minute')}.`
          : `Now: ${words.place(placement, session)}${placement.isPinned ? '; pinned' : ''}.`}{' '}
        {people.length > 0 && <span class="quiet">Must be there: {listed(people)}.</span>}
      </p>
      {conflicts.length > 0 && <Sentences title="What does not hold here" lines={conflicts} />}
      {asked === undefined ? <Choice {...props} /> : <Meaning {...props} asked={asked} />}
      {asked === undefined && problems.length === 0 && <Suggested {...props} />}
      <ul class="panel-actions">
        {placement !== undefined && (
          <li>
            <MoveForm {...props} to="" label="Take it out of the timetable" />
          </li>
        )}
        {placement !== undefined && (
          <li>
            <Form action={`${href}/pin`} label="Pin">
              <Carried view={view} />
              <HiddenField name="session" value={session.id} />
              <HiddenField name="pinned" value={placement.isPinned ? '' : 'yes'} />
              <SubmitButton weight="plain">
                {placement.isPinned ? 'Release it, so that a search may move it' : 'Pin it here'}
              </SubmitButton>
            </Form>
          </li>
        )}
        {placement !== undefined && (
          <li>
            <a href={`${href}/why?session=${session.id}`}>Why is it here?</a>
          </li>
        )}
        <li>
          <a href={viewHref(href, view)} data-leave>
            Leave it where it is
          </a>
        </li>
      </ul>
    </section>
  );
}

/** The editor's address with what is shown of it. */
export function viewHref(
  href: string,
  view: Readonly<Record<string, string>>,
  more: Readonly<Record<string, string>> = {},
): string {
  const query = new URLSearchParams({ ...view, ...more }).toString();
  return query === '' ? href : `${href}?${query}`;
}

const Carried = ({ view }: Pick<PanelProps, 'view'>) => (
  <>
    {Object.entries(view).map(([name, value]) => (
      <HiddenField key={name} name={name} value={value} />
    ))}
  </>
);

/** Day, time and room from lists. The next page says what it would mean, before anything is moved. */
function Choice({ href, view, frame, session, placement, places, problems }: PanelProps) {
  const words = wordsOf(frame);
  const slots = slotsOf(frame);
  const stateOf = (at: string): string => {
    const here = places.filter(({ date, starts }) => `${date}T${starts}` === at);
    const count = (state: PlaceState) => here.filter((each) => each.state === state).length;
    if (count('free') > 0) return `${counted(count('free'), 'room')} free`;
    return count('costs') > 0 ? 'at a cost' : 'conflict';
  };
  const now = placement === undefined ? '' : `${placement.date}T${placement.starts}`;
  return (
    <Form action={href} method="get" label="Another place" problems={problems}>
      <Carried view={view} />
      <HiddenField name="move" value={session.id} />
      <Field name="when" label="Day and time">
        {(ties) => (
          <select {...ties}>
            {frame.days.map(({ date }) => (
              <optgroup key={date} label={words.day(date)}>
                {slots
                  .filter((slot) => slot.date === date)
                  .map(({ key, starts }) => (
                    <option key={key} value={key} selected={key === now}>
                      {words.day(date)} {starts} ({key === now ? 'now' : stateOf(key)})
                    </option>
                  ))}
              </optgroup>
            ))}
          </select>
        )}
      </Field>
      <Select
        name="room"
        label="Room"
        value={frame.rooms.find(({ id }) => id === placement?.roomId)?.key}
        options={frame.rooms.map(({ key, name, capacity }) => ({
          value: key,
          label: capacity === null ? name : `${name} (${counted(capacity, 'place')})`,
        }))}
      />
      <Actions>
        <SubmitButton weight="ordinary">Show what it means</SubmitButton>
      </Actions>
    </Form>
  );
}

const MOST_SUGGESTED = 5;

/** A few places that cost nothing, or else the cheapest there are. */
function Suggested({ href, view, frame, session, places, placement }: PanelProps) {
  const words = wordsOf(frame);
  const isElsewhere = (place: PossiblePlace): boolean =>
    placement === undefined || placeKey(place, frame.rooms) !== placeKey(placement, frame.rooms);
  const free = places.filter((place) => place.state === 'free' && isElsewhere(place));
  const costly = places
    .filter((place) => place.state === 'costs' && isElsewhere(place))
    .toSorted((one, other) => one.reasons.length - other.reasons.length);
  const some = (free.length > 0 ? free : costly).slice(0, MOST_SUGGESTED);
  if (some.length === 0) {
    return (
      <p>
        No other place is without a conflict.{' '}
        <a href={`${href}/why?session=${session.id}`}>What would help?</a>
      </p>
    );
  }
  return (
    <>
      <h3>
        {free.length > 0
          ? `${counted(free.length, 'place')} that ${free.length === 1 ? 'costs' : 'cost'} nobody anything`
          : `No place is free; ${counted(costly.length, 'place')} at a cost`}
      </h3>
      <ul>
        {some.map((place) => (
          <li key={placeKey(place, frame.rooms)}>
            <a
              href={viewHref(href, view, {
                move: session.id,
                to: placeKey(place, frame.rooms),
              })}
            >
              {words.place(place, session)}
            </a>
            {place.reasons[0] !== undefined && <span class="quiet"> {place.reasons[0]}</span>}
          </li>
        ))}
      </ul>
    </>
  );
}

/** What it would mean to put it there, and the button that does. */
function Meaning(props: PanelProps & { asked: Asked }) {
  const { href, view, frame, session, asked, problems } = props;
  const { place, consequences, swap } = asked;
  const key = placeKey(place, frame.rooms);
  const { breaks, costs, gains } = consequences;
  const isBad = place.state === 'conflict' || breaks.length > 0;
  return (
    <div class="meaning">
      <h3>{wordsOf(frame).place(place, session)}</h3>
      <p>
        <StateMark state={isBad ? 'conflict' : place.state} />
      </p>
      {isBad && (
        <Sentences
          title="What would not hold"
          lines={[...new Set([...place.reasons, ...breaks])]}
        />
      )}
      {costs.length > 0 && <Sentences title="What it costs" lines={costs} />}
      {gains.length > 0 && <Sentences title="What it gives" lines={gains} />}
      {!isBad && costs.length === 0 && gains.length === 0 && (
        <p class="quiet">Nobody loses or gains anything by it.</p>
      )}
      <MoveForm
        {...props}
        to={key}
        label={isBad ? 'Move it there all the same' : 'Move it there'}
        weight={isBad ? 'ordinary' : 'primary'}
        problems={problems}
      />
      {swap !== undefined && (
        <>
          <h3>Or change places with “{swap.session.title}”</h3>
          {swap.consequences.breaks.length > 0 && (
            <Sentences title="What would not hold" lines={swap.consequences.breaks} />
          )}
          {swap.consequences.costs.length > 0 && (
            <Sentences title="What it costs" lines={swap.consequences.costs} />
          )}
          {swap.consequences.gains.length > 0 && (
            <Sentences title="What it gives" lines={swap.consequences.gains} />
          )}
          <MoveForm
            {...props}
            to={key}
            swap={swap.session.id}
            label="Let them change places"
            weight="ordinary"
            problems={[]}
          />
        </>
      )}
      <p>
        <ActionLink href={viewHref(href, view, { move: session.id })}>Another place</ActionLink>{' '}
        {isBad && (
          <a
            href={`${href}/why?session=${session.id}&at=${place.date}T${place.starts}&room=${place.roomId}`}
          >
            Why not there?
          </a>
        )}
      </p>
    </div>
  );
}

interface MoveFormProps
  extends Pick<PanelProps, 'href' | 'view' | 'revision' | 'session' | 'problems'> {
  readonly to: string;
  readonly swap?: string;
  readonly label: string;
  readonly weight?: 'primary' | 'ordinary' | 'plain';
}

const MoveForm = ({
  href,
  view,
  revision,
  session,
  to,
  swap,
  label,
  weight = 'plain',
  problems,
}: MoveFormProps) => (
  <Form action={`${href}/move`} label={label} problems={to === '' ? [] : problems}>
    <Carried view={view} />
    <HiddenField name="session" value={session.id} />
    <HiddenField name="to" value={to} />
    <HiddenField name="seen" value={String(revision)} />
    {swap !== undefined && <HiddenField name="swap" value={swap} />}
    <SubmitButton weight={weight}>{label}</SubmitButton>
  </Form>
);

const STATES = {
  free: { shape: 'tick', tone: 'good', word: 'Free: nothing stands against it' },
  costs: { shape: 'triangle', tone: 'warn', word: 'Possible, at a cost' },
  conflict: { shape: 'cross', tone: 'bad', word: 'Conflict: something that must hold would not' },
} as const;

const StateMark = ({ state }: { state: PlaceState }) => {
  const { shape, tone, word } = STATES[state];
  return (
    <Mark shape={shape} tone={tone}>
      {word}
    </Mark>
  );
};

/** Some sentences under a small heading. */
const Sentences = ({ title, lines }: { title: string; lines: readonly string[] }) => (
  <>
    <h4>{title}</h4>
    <ul>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  </>
);
