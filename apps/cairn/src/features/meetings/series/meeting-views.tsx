import { formatMonth, type Instant, type ZoneName } from '@cairn/kernel/time';
import { Fragment } from 'preact';
import { ActionLink, Actions } from '../../../design/actions.tsx';
import { EmptyState } from '../../../design/empty.tsx';
import { ObligationMark } from '../../../design/mark.tsx';
import { type Fact, Facts, When } from '../../../design/prose.tsx';
import type { Standing } from '../../people/promises/obligation-rules.ts';
import type { OwnAttendance } from '../attendance/attendance-queries.ts';
import { OwnPart } from '../attendance/own-part-views.tsx';
import type { MeetingSection } from './meeting-sections.ts';
import type { TrackLead } from './series-queries.ts';
import { distanceWords, isOver, type Meeting, type MeetingTrack } from './series-rules.ts';

/** Where a promise about meetings stands, for the person concerned. */
export interface MeetingPromise {
  readonly key: string;
  readonly wording: string;
  readonly standing: Standing;
  readonly canMiss: number | undefined;
  readonly sentence: string;
  readonly advice: string | undefined;
}

const MARKS = {
  broken: 'broken',
  at_risk: 'at-risk',
  can_miss_more: 'can-miss-more',
  on_course: 'on-course',
  excused: 'excused',
  kept: 'kept',
} as const;

/** A promise about meetings: mark, sentence, and what can still be done. */
export const MeetingPromiseLine = ({ promise }: { promise: MeetingPromise }) => (
  <p>
    <ObligationMark standing={MARKS[promise.standing]}>
      {promise.standing === 'can_miss_more' && (promise.canMiss ?? 1) > 1
        ? `can miss ${promise.canMiss} more`
        : undefined}
    </ObligationMark>{' '}
    {promise.sentence}
    {promise.advice !== undefined && ` ${promise.advice}`}
  </p>
);

/** When a meeting is: its moment on the reader's wall, or its month while the time is open. */
export function MeetingTime({ meeting, zone }: { meeting: Meeting; zone: ZoneName }) {
  const { begins, month } = meeting;
  if (begins !== undefined) return <When instant={begins} zone={zone} />;
  if (month === undefined) return null;
  return (
    <>
      {formatMonth(month)} {month.year}, time to be decided
    </>
  );
}

interface MeetingsPageProps {
  readonly home: string;
  /** The next ones first. */
  readonly meetings: readonly Meeting[];
  readonly own: ReadonlyMap<string, OwnAttendance>;
  readonly promises: readonly MeetingPromise[];
  readonly mayJoin: boolean;
  readonly mayOrganise: boolean;
  readonly zone: ZoneName;
  readonly now: Instant;
}

/** All planning meetings of a summit, for those who take part. */
export function MeetingsPage(props: MeetingsPageProps) {
  const { home, meetings, own, promises, mayJoin, mayOrganise, zone, now } = props;
  if (meetings.length === 0) {
    return (
      <EmptyState
        next={
          mayOrganise
            ? { href: `${home}/organise/meetings`, label: 'Plan the meetings' }
            : undefined
        }
      >
        There are no planning meetings.
      </EmptyState>
    );
  }
  const isAnyOpen = meetings.some(({ begins }) => begins === undefined);
  return (
    <>
      {promises.map((promise) => (
        <MeetingPromiseLine key={promise.key} promise={promise} />
      ))}
      {isAnyOpen && (
        <p>
          Some have no time yet. <a href={`${home}/me/availability`}>Say when you could come</a>, so
          that they get one that suits you.
        </p>
      )}
      {meetings.map((meeting) => (
        <section key={meeting.key} aria-labelledby={`meeting-${meeting.key}`}>
          <h2 id={`meeting-${meeting.key}`}>
            <a href={`${home}/meetings/${meeting.key}`}>{meeting.title}</a>
          </h2>
          <p>
            <MeetingTime meeting={meeting} zone={zone} /> <Distance meeting={meeting} now={now} />
          </p>
          {meeting.tracks.length > 0 && (
            <p>Tracks: {meeting.tracks.map(({ title }) => title).join(', ')}</p>
          )}
          <MeetingLine
            meeting={meeting}
            own={own.get(meeting.key)}
            mayJoin={mayJoin}
            isOver={isOver(meeting, now)}
          />
        </section>
      ))}
      {!mayJoin && <LinksLater home={home} />}
      <p class="quiet">
        These are in <a href={`${home}/me/feeds`}>your calendar feeds</a> too.
      </p>
    </>
  );
}

interface MeetingLineProps {
  readonly meeting: Meeting;
  readonly own: OwnAttendance | undefined;
  readonly mayJoin: boolean;
  readonly isOver: boolean;
}

/** One's own part in a meeting, and the way into it or to its recording. */
function MeetingLine({ meeting, own, mayJoin, isOver }: MeetingLineProps) {
  const { title, link, recording } = meeting;
  const hasPart = isOver || own?.source !== undefined || own?.excuse !== undefined;
  const parts = [
    (hasPart || own?.request?.decision === null) && <OwnPart own={own} isOver={isOver} />,
    mayJoin && link !== undefined && !isOver && (
      <a href={link}>
        Join<span class="unseen"> {title}</span>
      </a>
    ),
    mayJoin && recording !== undefined && (
      <a href={recording}>
        Recording<span class="unseen"> of {title}</span>
      </a>
    ),
  ].filter((part) => part !== false);
  return parts.length === 0 ? null : (
    <p>
      {parts.map((part, index) => (
        <Fragment key={index}>
          {index > 0 && ' · '}
          {part}
        </Fragment>
      ))}
    </p>
  );
}

const LinksLater = ({ home }: { home: string }) => (
  <p>
    Where the meetings are held is shown to those who have accepted their{' '}
    <a href={`${home}/me/invitation`}>invitation</a>.
  </p>
);

function Distance({ meeting, now }: { meeting: Meeting; now: Instant }) {
  const words = distanceWords(meeting, now);
  return words === undefined ? null : <span class="quiet">– {words}</span>;
}

interface CallPageProps {
  readonly home: string;
  readonly meeting: Meeting;
  readonly leads: readonly TrackLead[];
  readonly sections: readonly MeetingSection[];
  readonly mayJoin: boolean;
  readonly mayOrganise: boolean;
  readonly zone: ZoneName;
  readonly now: Instant;
}

/** One planning meeting: when and where it is, its tracks, and what other rooms have to say of it. */
export function CallPage(props: CallPageProps) {
  const { home, meeting, leads, sections, mayJoin, mayOrganise, zone, now } = props;
  const { key, begins, link, recording, minutes, tracks } = meeting;
  const canJoin = link !== undefined && !isOver(meeting, now);
  const facts: Fact[] = [
    {
      term: 'When',
      value: (
        <>
          <MeetingTime meeting={meeting} zone={zone} /> <Distance meeting={meeting} now={now} />
        </>
      ),
    },
    { term: 'Length', value: `${minutes} minutes` },
  ];
  return (
    <>
      <p>
        <a href={`${home}/meetings`}>All planning meetings</a>
      </p>
      <Facts facts={facts} />
      {begins === undefined && !isOver(meeting, now) && (
        <p>
          Its time is not fixed. <a href={`${home}/me/availability`}>Say when you could come</a>, so
          that it gets one that suits you.
        </p>
      )}
      {!mayJoin && <LinksLater home={home} />}
      {mayJoin && (canJoin || recording !== undefined) && (
        <Actions>
          {canJoin && (
            <ActionLink href={link} weight="primary">
              Join the call
            </ActionLink>
          )}
          {recording !== undefined && <ActionLink href={recording}>Watch the recording</ActionLink>}
        </Actions>
      )}
      {mayJoin && link === undefined && begins !== undefined && !isOver(meeting, now) && (
        <p class="quiet">The link to the call is not here yet; the organisers will add it.</p>
      )}
      <Parts sections={sections.filter(({ isFirst }) => isFirst === true)} />
      <h2>Tracks</h2>
      {tracks.length === 0 ? (
        <EmptyState
          next={
            mayOrganise
              ? { href: `${home}/organise/meetings/${key}/tracks`, label: 'Add tracks' }
              : undefined
          }
        >
          Nobody has said yet which groups meet in this call.
        </EmptyState>
      ) : (
        tracks.map((track) => (
          <Track
            key={track.key}
            track={track}
            lead={leads.find((lead) => lead.meeting === key && lead.track === track.key)?.name}
            mayJoin={mayJoin}
          />
        ))
      )}
      <Parts sections={sections.filter(({ isFirst }) => isFirst !== true)} />
      {mayOrganise && (
        <p>
          <a href={`${home}/organise/meetings/${key}`}>Change this meeting</a>
        </p>
      )}
    </>
  );
}

const Parts = ({ sections }: Pick<CallPageProps, 'sections'>) => (
  <>
    {sections.map(({ key, title, body }) => (
      <section key={key} aria-labelledby={`section-${key}`}>
        <h2 id={`section-${key}`}>{title}</h2>
        {body}
      </section>
    ))}
  </>
);

interface TrackProps {
  readonly track: MeetingTrack;
  readonly lead: string | undefined;
  readonly mayJoin: boolean;
}

/** One track: who leads it, its topics, and its own room. */
function Track({ track, lead, mayJoin }: TrackProps) {
  const named = lead ?? track.leadName;
  return (
    <section aria-labelledby={`track-${track.key}`}>
      <h3 id={`track-${track.key}`}>{track.title}</h3>
      <p class="quiet">{named === undefined ? 'No lead yet.' : `Led by ${named}.`}</p>
      {track.topics.length > 0 && (
        <ul>
          {track.topics.map((topic) => (
            <li key={topic}>{topic}</li>
          ))}
        </ul>
      )}
      {mayJoin && track.link !== undefined && (
        <p>
          <a href={track.link}>
            Join this track<span class="unseen">: {track.title}</span>
          </a>
        </p>
      )}
    </section>
  );
}
