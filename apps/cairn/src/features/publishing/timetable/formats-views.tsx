import type { ComponentChildren } from 'preact';
import { webcalAddress } from '../documents-views.tsx';

interface FormatsPageProps {
  readonly slug: string;
  /** The installation's public address. */
  readonly url: string;
  readonly rooms: readonly { readonly key: string; readonly name: string }[];
  readonly groups: readonly { readonly key: string; readonly title: string }[];
  readonly comes: boolean;
}

/** All addresses under which a timetable can be taken along. */
export function FormatsPage({ slug, url, rooms, groups, comes }: FormatsPageProps) {
  const home = `/s/${slug}`;
  return (
    <>
      <h2>Calendars</h2>
      <p>
        A calendar program that subscribes to one of these follows every change by itself.{' '}
        {comes ? (
          <>
            Your own agenda is in <a href={`${home}/me/feeds`}>your own feeds</a>.
          </>
        ) : (
          'Who comes has a calendar of their own agenda besides.'
        )}
      </p>
      <ul>
        <CalendarLine path={`${home}/timetable/calendar.ics`} url={url}>
          The whole timetable
        </CalendarLine>
        {rooms.map(({ key, name }) => (
          <CalendarLine key={key} path={`${home}/timetable/rooms/${key}/calendar.ics`} url={url}>
            Room: {name}
          </CalendarLine>
        ))}
        {groups.map(({ key, title }) => (
          <CalendarLine key={key} path={`${home}/timetable/groups/${key}/calendar.ics`} url={url}>
            Group: {title}
          </CalendarLine>
        ))}
      </ul>
      <h2>Files</h2>
      <ul>
        <li>
          <a href={`${home}/schedule.xml`}>schedule.xml</a> and{' '}
          <a href={`${home}/schedule.json`}>schedule.json</a>, for conference apps (Giggity,
          EventFahrplan), signs and other tools
        </li>
        <li>
          <a href={`${home}/timetable.csv`}>timetable.csv</a>, a table for spreadsheets
        </li>
        <li>
          <a href={`${home}/timetable.pdf`}>timetable.pdf</a>, to print
        </li>
      </ul>
    </>
  );
}

interface CalendarLineProps {
  readonly path: string;
  readonly url: string;
  readonly children: ComponentChildren;
}

const CalendarLine = ({ path, url, children }: CalendarLineProps) => (
  <li>
    <a href={path}>{children}</a> (
    <a href={webcalAddress(`${url}${path}`)}>
      subscribe<span class="unseen"> to {children}</span>
    </a>
    )
  </li>
);
