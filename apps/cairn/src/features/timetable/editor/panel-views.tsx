import type { Problem } from '@cairn/kernel/problem';
import { counted, listed } from '@cairn/kernel/words';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { HiddenField, Select } from '../../../design/controls.tsx';
import { Field, Form } from '../../../design/form.tsx';
import type { Placement } from '../drafts/placement-rules.ts';
import type { PlaceState, PossiblePlace } from '../drafts/places-rules.ts';
import { type Frame, slotsOf } from '../frame/frame-rules.ts';
import type { Session } from '../sessions/session-rules.ts';
import type { Asked } from './asked-rules.ts';
import { wordsOf } from './editor-rules.ts';
import { Carried, Meaning, MoveForm, Sentences } from './meaning-views.tsx';
import { placeKey } from './place-key-rules.ts';
import { viewHref } from './view-rules.ts';

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
