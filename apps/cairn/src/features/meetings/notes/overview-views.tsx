import { Mark } from '../../../design/mark.tsx';
import { DayOf } from '../../../design/prose.tsx';
import { Table } from '../../../design/table.tsx';
import type { Meeting } from '../series/series-rules.ts';
import type { WrittenText } from './text-queries.ts';
import { type ExpectedNotes, pageOf, type TextKind } from './text-rules.ts';

interface NotesOverviewProps {
  /** `/s/<summit>`. */
  readonly home: string;
  readonly meeting: Meeting;
  readonly written: readonly WrittenText[];
}

/** Which texts a call has, each a link to read it or to begin it. */
export function NotesOverview({ home, meeting, written }: NotesOverviewProps) {
  const parts = [
    { key: '', title: 'Whole meeting' },
    ...meeting.tracks.map(({ key, title }) => ({ key, title })),
  ];
  const link = (kind: TextKind, track: string, of: string) => {
    const text = written.find((each) => each.kind === kind && each.track === track);
    const href = `${home}${pageOf({ meeting: meeting.key, track, kind })}`;
    const what = <span class="unseen"> {`the ${kind} of ${of}`}</span>;
    return text === undefined || text.body.trim() === '' ? (
      <a href={`${href}?edit`}>Write{what}</a>
    ) : (
      <>
        <a href={href}>Read{what}</a>
        <span class="quiet">
          {' '}
          of <DayOf instant={text.updatedAt} zone={meeting.zone} />
        </span>
      </>
    );
  };
  return (
    <Table
      caption="Of the meeting and its tracks"
      rows={parts}
      rowKey={({ key }) => key}
      empty=""
      columns={[
        { head: 'Of', cell: ({ title }) => title },
        { head: 'Agenda', cell: ({ key, title }) => link('agenda', key, title) },
        { head: 'Notes', cell: ({ key, title }) => link('notes', key, title) },
      ]}
    />
  );
}

/** Notes that there should be by now, each a link to begin them. */
export function MissingNotes({
  home,
  missing,
}: {
  home: string;
  missing: readonly ExpectedNotes[];
}) {
  return (
    <ul>
      {missing.map(({ call, track, ended }) => {
        const place = { meeting: call.key, track: track?.key ?? '', kind: 'notes' } as const;
        return (
          <li key={pageOf(place)}>
            <Mark shape="diamond" tone="bad">
              <a href={`${home}${pageOf(place)}?edit`}>
                {call.title}
                {track !== undefined && `: ${track.title}`}
              </a>
            </Mark>{' '}
            of <DayOf instant={ended} zone={call.zone} />
          </li>
        );
      })}
    </ul>
  );
}
