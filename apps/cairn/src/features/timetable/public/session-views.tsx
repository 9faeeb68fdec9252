import { markdownToHtml } from '@cairn/formats/markdown-html';
import { counted, listed } from '@cairn/kernel/words';
import type { ComponentChildren } from 'preact';
import { Mark } from '../../../design/mark.tsx';
import { type Fact, Facts, Prose } from '../../../design/prose.tsx';
import type { PlacedSession, ReleasedRoom } from '../release/content-schema.ts';
import { stretchInWords } from '../release/time-words-rules.ts';
import type { Zones } from './day-views.tsx';

interface SessionProps {
  /** `/s/<summit>`. */
  readonly home: string;
  readonly session: PlacedSession;
  readonly room: ReleasedRoom | undefined;
  /** Where it is joined from afar; for those who come. */
  readonly link: string | undefined;
  /** Its topic, for those who may read it. */
  readonly topic: { readonly number: number; readonly title: string } | undefined;
  readonly zones: Zones;
  /** Names of people that the reader may know, by id. */
  readonly names: ReadonlyMap<string, string>;
  /** The reader takes part: who is expected is for them. */
  readonly isMember: boolean;
  /** The reader comes: group, worklog and open space are for them. */
  readonly isIn: boolean;
  readonly isExpected: boolean;
  readonly isAffected: boolean;
  /** What the reader does about it in their own agenda, where they have one. */
  readonly children?: ComponentChildren;
}

/** Everything about one session of the timetable. */
export function SessionPage(props: SessionProps) {
  const { session, isExpected, isAffected } = props;
  return (
    <>
      {isAffected && (
        <p>
          <Mark shape="triangle" tone="warn">
            affected by a change
          </Mark>{' '}
          Something changed since this was released. The organisers see it; ask them before you rely
          on time or room.
        </p>
      )}
      {isExpected && <p>You are expected here.</p>}
      {props.children}
      <Facts facts={factsOf(props)} />
      {session.text.trim() !== '' && (
        <Prose html={markdownToHtml(session.text, { shiftHeadings: 1 })} />
      )}
    </>
  );
}

function factsOf(props: SessionProps): Fact[] {
  const { home, session, room, link, topic, zones, names, isMember, isIn } = props;
  const { groupKey, track, leads, people } = session;
  const named = (ids: readonly string[]) => ids.flatMap((id) => names.get(id) ?? []);
  const others = people.filter((id) => !leads.includes(id));
  const there = stretchInWords(session, zones.place, zones.place);
  const here = stretchInWords(session, zones.place, zones.reader);
  const fact = (term: string, value: Fact['value'] | undefined | false): Fact[] =>
    value === undefined || value === false ? [] : [{ term, value }];
  return [
    ...fact('When', <a href={`${home}/timetable/days/${session.date}`}>{here}</a>),
    ...fact('At the place', there !== here && there),
    ...fact('Room', <RoomLink home={home} room={room} />),
    ...fact('Directions', room !== undefined && room.directions !== '' && room.directions),
    ...fact('From afar', link !== undefined && <JoinLink href={link} />),
    ...fact('Led by', named(leads).length > 0 && listed(named(leads))),
    ...fact(
      'Expected',
      isMember &&
        named(others).length > 0 &&
        `${listed(named(others))} (${counted(people.length, 'person', 'people')} in all)`,
    ),
    ...fact(
      'Group',
      isIn && groupKey !== null && (
        <a href={`${home}/timetable/groups/${groupKey}`}>The group and its other sessions</a>
      ),
    ),
    ...fact(
      'Topic',
      topic !== undefined && (
        <a href={`${home}/plan/topics/${topic.number}`}>
          #{topic.number} {topic.title}
        </a>
      ),
    ),
    ...fact('Track', track !== '' && track),
    ...fact(
      'Worklog',
      isIn && (groupKey !== null || session.kind === 'open') && (
        <a href={`${home}/worklog/${session.date}#${groupKey ?? `session-${session.id}`}`}>
          What was done, and what comes next
        </a>
      ),
    ),
    ...fact('Kind', session.kind === 'open' && <OpenKind {...props} />),
  ];
}

/** Where people join from afar. It is another house's page, so it learns nothing of this one. */
export const JoinLink = ({ href }: { href: string }) => (
  <a href={href} rel="noopener noreferrer">
    Join by video
  </a>
);

/** Whoever comes finds there who comes along, and whoever put it there changes and moves it. */
const OpenKind = ({ home, session, isIn }: SessionProps) =>
  isIn ? <a href={`${home}/timetable/open-space/${session.id}`}>Open space</a> : <>Open space</>;

const RoomLink = ({ home, room }: { home: string; room: ReleasedRoom | undefined }) =>
  room === undefined ? (
    <>not known yet</>
  ) : (
    <a href={`${home}/timetable/rooms/${room.key}`}>{room.name}</a>
  );

/** A session that was in a version and is in none now. */
export const GoneSession = ({
  home,
  session,
  version,
  zones,
}: {
  home: string;
  session: PlacedSession;
  /** The last version that had it. */
  version: number;
  zones: Zones;
}) => (
  <p>
    This session is not in the timetable any more. In{' '}
    <a href={`${home}/timetable/versions/${version}`}>version {version}</a> it was{' '}
    {stretchInWords(session, zones.place, zones.reader)}. Look at the{' '}
    <a href={`${home}/timetable`}>timetable</a>.
  </p>
);
