import type { Problem } from '@cairn/kernel/problem';
import type { ZoneName } from '@cairn/kernel/time';
import { counted, listed } from '@cairn/kernel/words';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import {
  CheckboxGroup,
  HiddenField,
  NumberField,
  Select,
  TextArea,
  TextField,
} from '../../../design/controls.tsx';
import { EmptyState } from '../../../design/empty.tsx';
import { Form } from '../../../design/form.tsx';
import { Menu } from '../../../design/layout.tsx';
import type { Frame, Room } from '../frame/frame-rules.ts';
import { shortDayWords } from '../now/now-words-rules.ts';
import type { Offer } from './offer-rules.ts';
import { DayOf, OpenSession, PlaceTime, type ShownSession } from './open-session-views.tsx';
import { lengthsOf, type Need, type Place } from './space-rules.ts';
import { placeValue } from './space-schema.ts';

/** A topic to say what a session is about. */
export interface TopicChoice {
  readonly number: number;
  readonly title: string;
}

/** What somebody typed about a session. */
export interface TypedSession {
  readonly title: string;
  readonly text: string;
  readonly topic: string;
}

export interface OpenSpacePageProps {
  /** `/s/<summit>/timetable/open-space`. */
  readonly home: string;
  readonly frame: Frame;
  readonly day: string;
  readonly need: Need;
  readonly places: readonly Place[];
  readonly sessions: readonly ShownSession[];
  /** Titles of sessions in which the reader is expected, by the start of a place. */
  readonly expected: ReadonlyMap<string, readonly string[]>;
  readonly topics: readonly TopicChoice[];
  readonly typed: TypedSession;
  readonly zone: ZoneName;
  readonly mayRemove: boolean;
  readonly refused?:
    | { readonly problems: readonly Problem[]; readonly offers: readonly Offer[] }
    | undefined;
}

/** Free rooms and times of a day, what is in them already, and how to take one. */
export function OpenSpacePage(props: OpenSpacePageProps) {
  const { home, frame, day, need, places, sessions, refused } = props;
  const query = queryOf(need);
  return (
    <>
      {refused !== undefined && refused.offers.length > 0 && <NextBest {...props} />}
      <Menu
        label="Days"
        items={frame.days.map(({ date }) => ({
          href: `${home}?day=${date}&${query}`,
          label: shortDayWords(date),
          current: date === day,
        }))}
      />
      <section aria-labelledby="taken">
        <h2 id="taken">
          In open space on <DayOf date={day} />
        </h2>
        {sessions.length === 0 ? (
          <EmptyState>Nothing yet. Take a room below, and it is yours at once.</EmptyState>
        ) : (
          <ul class="open-sessions">
            {sessions.map((shown) => (
              <OpenSession key={shown.session.id} shown={shown} {...props} />
            ))}
          </ul>
        )}
      </section>
      <section aria-labelledby="free">
        <h2 id="free">What is free</h2>
        <Asked {...props} />
        <Form
          action={home}
          wide
          label="Take a room"
          problems={refused?.offers.length === 0 ? refused.problems : []}
          scope="take"
        >
          {/* Enter in the title must not take the first room of the list. */}
          <button type="submit" disabled hidden />
          <ClaimFields {...props} />
          {places.length === 0 ? <NothingFree need={need} /> : <FreePlaces {...props} />}
        </Form>
      </section>
    </>
  );
}

const queryOf = ({ minutes, size, needs }: Need): string =>
  new URLSearchParams([
    ['minutes', String(minutes)],
    ...(size === null ? [] : [['size', String(size)]]),
    ...needs.map((need) => ['needs', need]),
  ]).toString();

const lengthWords = (minutes: number): string => {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  const words = [
    ...(hours > 0 ? [counted(hours, 'hour')] : []),
    ...(rest > 0 ? [counted(rest, 'minute')] : []),
  ];
  return words.join(' ');
};

const NothingFree = ({ need }: { need: Need }) => (
  <EmptyState>
    No room is free for {lengthWords(need.minutes)} on this day
    {need.size !== null || need.needs.length > 0 ? ' that does for what you need' : ''}. Try a
    shorter time, or another day.
  </EmptyState>
);

/** After a claim that came too late: what is left, one tap away, with all that was typed. */
function NextBest(props: OpenSpacePageProps) {
  const { home, refused, frame } = props;
  if (refused === undefined) return null;
  return (
    <section aria-labelledby="next-best" class="next-best">
      <h2 id="next-best">Somebody was quicker</h2>
      <p role="alert">{refused.problems.map(({ sentence }) => sentence).join(' ')}</p>
      <p>What you typed is kept. Next best:</p>
      <Form action={home} wide label="Take the next best place" scope="offer">
        <Kept {...props} />
        <Actions>
          {refused.offers.map(({ place, words }, index) => (
            <SubmitButton
              key={words}
              weight={index === 0 ? 'primary' : 'ordinary'}
              name="place"
              value={placeOf(place, frame)}
            >
              {words}
            </SubmitButton>
          ))}
        </Actions>
      </Form>
    </section>
  );
}

/** Everything that was said of a session, unseen: the button alone decides where it goes. */
const Kept = ({ typed, need }: Pick<OpenSpacePageProps, 'typed' | 'need'>) => (
  <>
    <HiddenField name="title" value={typed.title} />
    <HiddenField name="text" value={typed.text} />
    <HiddenField name="topic" value={typed.topic} />
    <Needed need={need} />
  </>
);

const Needed = ({ need }: { need: Need }) => (
  <>
    <HiddenField name="minutes" value={String(need.minutes)} />
    <HiddenField name="size" value={need.size === null ? '' : String(need.size)} />
    {need.needs.map((feature) => (
      <HiddenField key={feature} name="needs[]" value={feature} />
    ))}
  </>
);

const placeOf = ({ date, starts, roomId }: Place, { rooms }: Frame): string =>
  placeValue(date, starts, rooms.find(({ id }) => id === roomId)?.key ?? '');

/** For how long, for how many, with what: asked again, nothing is changed. */
function Asked({ home, frame, day, need }: OpenSpacePageProps) {
  const lengths = lengthsOf(frame);
  const choices = lengths.includes(need.minutes) ? lengths : [need.minutes, ...lengths];
  const features = [...new Set(frame.rooms.flatMap((room) => room.features))].sort();
  return (
    <Form action={home} method="get" label="What you need" scope="asked">
      <HiddenField name="day" value={day} />
      <Select
        name="minutes"
        label="For how long"
        value={String(need.minutes)}
        options={choices.map((minutes) => ({
          value: String(minutes),
          label: lengthWords(minutes),
        }))}
      />
      <details open={need.size !== null || need.needs.length > 0}>
        <summary>For how many people, and with what</summary>
        <NumberField
          name="size"
          label="People"
          optional
          value={need.size === null ? '' : String(need.size)}
        />
        {features.length > 0 && (
          <CheckboxGroup
            name="needs"
            label="The room must have"
            values={need.needs}
            options={features.map((feature) => ({ value: feature, label: feature }))}
          />
        )}
      </details>
      <Actions>
        <SubmitButton weight="ordinary">Show what is free</SubmitButton>
      </Actions>
    </Form>
  );
}

/** What a session is about; its title is there already, so that one tap is enough. */
const ClaimFields = ({ typed, topics, need }: OpenSpacePageProps) => (
  <>
    <Needed need={need} />
    <div class="form">
      <TextField
        name="title"
        label="What it is about"
        value={typed.title}
        autocomplete="off"
        hint="Everybody sees it, also on the public timetable. Change it as you like, then take a room."
      />
      <details open={typed.text !== '' || typed.topic !== ''}>
        <summary>More about it</summary>
        <SessionMore typed={typed} topics={topics} />
      </details>
    </div>
  </>
);

/** The words and the topic of a session. */
export const SessionMore = ({
  typed,
  topics,
}: {
  typed: TypedSession;
  topics: readonly TopicChoice[];
}) => (
  <>
    <TextArea name="text" label="Description" optional rows={3} value={typed.text} />
    {topics.length > 0 && (
      <Select
        name="topic"
        label="Topic of the plan"
        optional
        empty="None"
        value={typed.topic}
        options={topics.map(({ number, title }) => ({
          value: String(number),
          label: `#${number} ${title}`,
        }))}
      />
    )}
  </>
);

function FreePlaces({ frame, places, expected, zone }: OpenSpacePageProps) {
  const rooms = new Map(frame.rooms.map((room) => [room.id, room]));
  return (
    <ul class="free-places">
      {[...Map.groupBy(places, ({ starts }) => starts)].map(([starts, free]) => (
        <li key={starts}>
          <PlaceTime place={free[0]} frame={frame} zone={zone} />
          {(expected.get(starts) ?? []).length > 0 && (
            <span class="quiet small">
              you are in {listed((expected.get(starts) ?? []).map((title) => `“${title}”`))}
            </span>
          )}
          <span class="actions">
            {free.map((place) => (
              <RoomButton key={place.roomId} place={place} room={rooms.get(place.roomId)} />
            ))}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** A room that is free: what is read out says what is taken, what is seen what the room is like. */
function RoomButton({ place, room }: { place: Place; room: Room | undefined }) {
  if (room === undefined) return null;
  const { date, starts, ends } = place;
  return (
    <SubmitButton weight="ordinary" name="place" value={placeValue(date, starts, room.key)}>
      <span class="unseen">
        Take {starts} to {ends}:{' '}
      </span>
      {room.name}
      <span class="small"> {factsOf(room)}</span>
    </SubmitButton>
  );
}

const factsOf = ({ capacity, features }: Room): string =>
  [...(capacity === null ? [] : [counted(capacity, 'place')]), ...features].join(', ');
