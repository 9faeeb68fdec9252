import { expectZone, type ZoneName } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import type { ComponentChildren } from 'preact';
import { When } from '../../../design/prose.tsx';
import { Table } from '../../../design/table.tsx';
import { type Change, isSame, type VersionChanges } from '../release/change-rules.ts';
import type { TimetableContent } from '../release/content-schema.ts';
import type { OwnChange } from '../release/moved-rules.ts';
import type { Release } from '../release/release-queries.ts';
import { stretchInWords } from '../release/time-words-rules.ts';
import { changeWords } from '../release/told-rules.ts';

/** The versions of the timetable, newest first. */
export const VersionList = ({
  home,
  releases,
  zone,
}: {
  /** `/s/<summit>/timetable`. */
  home: string;
  releases: readonly Release[];
  zone: ZoneName;
}) => (
  <Table
    caption="Versions"
    columns={[
      {
        head: 'Version',
        cell: ({ version, name }) => (
          <a href={`${home}/versions/${version}`}>
            {version}: {name}
          </a>
        ),
      },
      {
        head: 'Released',
        kind: 'date',
        cell: ({ releasedAt }) => <When instant={releasedAt} zone={zone} />,
      },
      { head: 'Why', cell: ({ note }) => firstLine(note) },
    ]}
    rows={releases}
    rowKey={({ version }) => String(version)}
    empty="The timetable was not released yet."
  />
);

const firstLine = (note: string): string => {
  const [line = '', ...more] = note.split('\n');
  return more.length > 0 || line.length > 200 ? `${line.slice(0, 200)} …` : line;
};

interface VersionProps {
  readonly home: string;
  readonly version: number;
  readonly note: string;
  readonly content: TimetableContent;
  readonly before: TimetableContent | undefined;
  readonly changes: VersionChanges;
  /** What it changes for the reader, where they are expected somewhere. */
  readonly own: readonly OwnChange[];
  /** Sessions that are in the timetable now, so that they have a page. */
  readonly known: ReadonlySet<string>;
  readonly readerZone: ZoneName;
}

/** What a version changed. */
export function VersionPage(props: VersionProps) {
  const { home, version, note, content, before, changes, own, readerZone } = props;
  const zone = expectZone(content.zone);
  return (
    <>
      {note !== '' && note.split(/\n{2,}/).map((paragraph) => <p key={paragraph}>{paragraph}</p>)}
      {own.length > 0 && (
        <section aria-labelledby="own">
          <h2 id="own">For you</h2>
          <ul>
            {own.map((change) => (
              <li key={`${change.kind}${change.title}${change.to?.starts}`}>
                {changeWords(change, { zone, readerZone })}
              </li>
            ))}
          </ul>
        </section>
      )}
      {before === undefined ? (
        <p>
          This is the first version, with {counted(content.sessions.length, 'session')} on{' '}
          {counted(content.days.length, 'day')}. Look at the <a href={home}>timetable</a>.
        </p>
      ) : (
        <Changes {...props} before={before} zone={zone} />
      )}
      {before !== undefined && isSame(changes) && (
        <p>Nothing changed from version {version - 1}.</p>
      )}
    </>
  );
}

const KINDS = [
  ['moved', 'Moved'],
  ['added', 'New'],
  ['dropped', 'No longer in the timetable'],
  ['changed', 'In the same place, and says something else'],
] as const;

function Changes({
  home,
  content,
  before,
  changes,
  known,
  zone,
  readerZone,
}: VersionProps & { before: TimetableContent; zone: ZoneName }) {
  const roomIn = ({ rooms }: TimetableContent, id: string | null, place = '') =>
    rooms.find((room) => room.id === id)?.name ?? place;
  const where = (
    from: TimetableContent,
    thing: {
      readonly date: string;
      readonly starts: string;
      readonly ends: string;
      readonly roomId: string | null;
      readonly place?: string;
    },
  ): string =>
    [stretchInWords(thing, zone, readerZone), roomIn(from, thing.roomId, thing.place)]
      .filter((words) => words !== '')
      .join(', ');
  const line = (change: Change<Parameters<typeof where>[1]>): string => {
    const was = change.before === undefined ? '' : where(before, change.before);
    const is = change.after === undefined ? '' : where(content, change.after);
    if (change.kind === 'moved') return `from ${was} to ${is}`;
    return change.kind === 'dropped' ? `was ${was}` : is;
  };
  return (
    <>
      {KINDS.map(([kind, heading]) => (
        <Part key={kind} heading={heading}>
          {changes.sessions
            .filter((change) => change.kind === kind)
            .map((change) => {
              const { id = '', title = '' } = change.after ?? change.before ?? {};
              return (
                <li key={id}>
                  {known.has(id) ? <a href={`${home}/sessions/${id}`}>{title}</a> : title}:{' '}
                  {line(change)}
                </li>
              );
            })}
        </Part>
      ))}
      <Part heading="Meals, breaks and what is for everybody">
        {changes.blocks.map((change) => {
          const { id = '', title = '' } = change.after ?? change.before ?? {};
          return (
            <li key={id}>
              {title}: {BLOCK_CHANGES[change.kind]} {line(change)}
            </li>
          );
        })}
      </Part>
      <Part heading="Rooms">
        {changes.rooms.map((change) => {
          const { id = '', name = '' } = change.after ?? change.before ?? {};
          const was = change.before?.name;
          return (
            <li key={id}>
              {name}: {ROOM_CHANGES[change.kind]}
              {was !== undefined && was !== name && `, was called ${was}`}
            </li>
          );
        })}
      </Part>
    </>
  );
}

const BLOCK_CHANGES = { moved: 'moved', added: 'new,', dropped: 'gone,', changed: 'changed,' };
const ROOM_CHANGES = { moved: 'moved', added: 'new', dropped: 'gone', changed: 'changed' };

const Part = ({ heading, children }: { heading: string; children: ComponentChildren[] }) => {
  const id = heading.toLowerCase().replace(/[^a-z]+/g, '-');
  return children.length === 0 ? null : (
    <section aria-labelledby={id}>
      <h2 id={id}>{heading}</h2>
      <ul>{children}</ul>
    </section>
  );
};
