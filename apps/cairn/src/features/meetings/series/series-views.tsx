import type { Instant, ZoneName } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import { ActionLink, Actions } from '../../../design/actions.tsx';
import { EmptyState } from '../../../design/empty.tsx';
import { Mark } from '../../../design/mark.tsx';
import { Facts } from '../../../design/prose.tsx';
import type { MeetingSettings } from '../attendance/attendance-settings-rules.ts';
import { MeetingTime } from './meeting-views.tsx';
import type { TrackLead } from './series-queries.ts';
import { isOver, type Meeting } from './series-rules.ts';

/** A promise about meetings as the summit asks for it. */
export interface AttendRule {
  readonly key: string;
  readonly wording: string;
  readonly required: number;
}

/** One meeting with what the organisers should know of it. */
export interface SeriesRow {
  readonly meeting: Meeting;
  readonly there: number;
  readonly missing: readonly string[];
}

interface SeriesPageProps {
  /** `/s/<summit>` */
  readonly home: string;
  readonly rules: readonly AttendRule[];
  readonly minutes: number;
  readonly recordingsCount: boolean;
  readonly settings: MeetingSettings;
  readonly rows: readonly SeriesRow[];
  readonly leads: readonly TrackLead[];
  readonly zone: ZoneName;
  readonly now: Instant;
}

/** The whole series for its organisers: the rule, each meeting, and what is missing of it. */
export function SeriesPage(props: SeriesPageProps) {
  const { home, rules, minutes, recordingsCount, settings, rows, leads, zone, now } = props;
  const at = `${home}/organise/meetings`;
  return (
    <>
      <Facts
        facts={[
          ...rules.map(({ key, wording, required }) => ({
            term: 'Rule',
            value: (
              <>
                {required} of {rows.length}:{' '}
                <span class="quiet">
                  {wording} <a href={`${at}/rule?promise=${key}`}>Change the rule</a>
                </span>
              </>
            ),
          })),
          { term: 'Length', value: `${minutes} minutes each` },
          {
            term: 'Check-in',
            value: `from ${settings.checkInBefore} minutes before the start until ${settings.checkInAfter} minutes after the end`,
          },
          {
            term: 'Recordings',
            value: recordingsCount ? 'watching one counts' : 'watching one does not count',
          },
        ]}
      />
      {rules.length === 0 && (
        <p>
          No promise of the agreement is about planning meetings, so nobody has to come. Add one in
          the <a href={`${home}/organise/definition`}>definition</a>.
        </p>
      )}
      <Actions>
        <ActionLink href={`${at}/new`} weight="primary">
          Add a meeting
        </ActionLink>
        <ActionLink href={`${at}/times`}>Find times</ActionLink>
        <ActionLink href={`${at}/settings`}>Change length and attendance</ActionLink>
      </Actions>
      {rows.length === 0 && <EmptyState>There are no planning meetings yet.</EmptyState>}
      {rows.map((row) => (
        <SeriesMeeting key={row.meeting.key} {...{ home, row, leads, zone, now }} />
      ))}
    </>
  );
}

interface SeriesMeetingProps extends Pick<SeriesPageProps, 'home' | 'leads' | 'zone' | 'now'> {
  readonly row: SeriesRow;
}

function SeriesMeeting({ home, row, leads, zone, now }: SeriesMeetingProps) {
  const { meeting, there, missing } = row;
  const { key, title, tracks } = meeting;
  const at = `${home}/organise/meetings/${key}`;
  const over = isOver(meeting, now);
  const of = <span class="unseen"> of {title}</span>;
  const leadOf = (track: string) =>
    leads.find((lead) => lead.meeting === key && lead.track === track)?.name;
  return (
    <section aria-labelledby={`meeting-${key}`}>
      <h2 id={`meeting-${key}`}>
        <a href={`${home}/meetings/${key}`}>{title}</a>
      </h2>
      <p>
        <MeetingTime meeting={meeting} zone={zone} />
        {there > 0 && ` · ${counted(there, 'person', 'people')} recorded`}
      </p>
      {missing.length > 0 && (
        <ul>
          {missing.map((words) => (
            <li key={words}>
              <Mark shape={over ? 'diamond' : 'triangle'} tone="warn">
                {words}
              </Mark>
            </li>
          ))}
        </ul>
      )}
      {tracks.length > 0 && (
        <ul>
          {tracks.map((track) => {
            const lead = leadOf(track.key) ?? track.leadName;
            return (
              <li key={track.key}>
                {track.title}
                {lead !== undefined && <span class="quiet"> – led by {lead}</span>}
              </li>
            );
          })}
        </ul>
      )}
      <Actions>
        <ActionLink href={`${at}/time`}>
          {meeting.begins === undefined ? 'Fix the time' : 'Move'}
          {of}
        </ActionLink>
        <ActionLink href={at}>Title and links{of}</ActionLink>
        <ActionLink href={`${at}/tracks`}>Tracks{of}</ActionLink>
        <ActionLink href={`${home}/meetings/${key}/attendance`}>Attendance{of}</ActionLink>
        <a href={`${at}/drop`}>Drop{of}</a>
      </Actions>
    </section>
  );
}
