import { counted } from '@cairn/kernel/words';
import { groupsHref, Names, type ShownGroup } from './own-views.tsx';
import { spanInWords } from './span-rules.ts';

interface GroupPageProps {
  readonly home: string;
  /** Where it holds: the week, days. */
  readonly spans: readonly {
    readonly date: string | null;
    readonly group: ShownGroup;
  }[];
  readonly topic: { readonly href: string; readonly title: string } | undefined;
  readonly sessions: readonly {
    readonly id: string;
    readonly title: string;
    readonly when: string;
    readonly room: string;
    readonly href: string;
  }[];
  readonly hasTimetable: boolean;
  /** Its calendar. */
  readonly feed: string;
}

/** One group: its people by day, its sessions, its topic. */
export function GroupPage({ home, spans, topic, sessions, hasTimetable, feed }: GroupPageProps) {
  return (
    <>
      {topic !== undefined && (
        <p>
          It works on <a href={topic.href}>{topic.title}</a>.
        </p>
      )}
      {spans.map(({ date, group }) => (
        <section key={date ?? 'week'} aria-labelledby={`span-${date ?? 'week'}`}>
          <h2 id={`span-${date ?? 'week'}`}>{date === null ? 'In the week' : spanInWords(date)}</h2>
          <p>
            {group.people.length === 0 ? (
              'Nobody is in it.'
            ) : (
              <>
                {counted(group.people.length, 'person', 'people')}; who leads is bold:{' '}
                <Names people={group.people} />.
              </>
            )}{' '}
            {group.left > 0 && (
              <>
                There is room for {group.left} more: <a href={groupsHref(home, date)}>join it</a>.
              </>
            )}
          </p>
        </section>
      ))}
      <h2>Sessions</h2>
      {sessions.length === 0 ? (
        <p>
          {hasTimetable
            ? 'The timetable has no session of this group.'
            : 'No timetable is released yet.'}
        </p>
      ) : (
        <>
          <ul>
            {sessions.map(({ id, title, when, room, href }) => (
              <li key={id}>
                {when}
                {room !== '' && `, ${room}`}: <a href={href}>{title}</a>
              </li>
            ))}
          </ul>
          <p>
            <a href={feed}>Calendar of this group</a>
          </p>
        </>
      )}
    </>
  );
}
