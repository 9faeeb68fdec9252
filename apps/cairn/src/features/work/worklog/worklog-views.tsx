import { ActionLink, Actions } from '../../../design/actions.tsx';
import { EmptyState } from '../../../design/empty.tsx';
import { Menu } from '../../../design/layout.tsx';
import { DayOf, EntryForm, EntryWords, Writers } from './entry-views.tsx';
import type { WorklogPart } from './worklog-queries.ts';
import { isEmpty, keyOf, NO_WORDS, WORKLOG_FIELDS } from './worklog-rules.ts';

/** A part of a day, with what the reader may do about it. */
export interface ShownPart extends WorklogPart {
  /** The reader is in it: its form stands on the page. */
  readonly isOwn: boolean;
  readonly mayWrite: boolean;
}

interface WorklogPageProps {
  /** `/s/<summit>`. */
  readonly home: string;
  readonly date: string;
  /** The days that have come. */
  readonly days: readonly string[];
  readonly parts: readonly ShownPart[];
  /** Whose words the browser keeps. */
  readonly personId: string;
  readonly saveKey: () => string;
}

const shortDay = (date: string): string =>
  new Intl.DateTimeFormat('en-GB', {
    ...{ weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' },
  }).format(Date.parse(date));

/** A day’s worklog: one’s own parts to write, everybody’s to read. */
export function WorklogPage({ home, date, days, parts, personId, saveKey }: WorklogPageProps) {
  const page = `${home}/worklog/${date}`;
  const own = parts.filter(({ isOwn }) => isOwn);
  const others = parts.filter(({ isOwn }) => !isOwn);
  return (
    <div class="log" data-worklog={personId}>
      <Menu
        label="Days"
        items={days.map((day) => ({
          href: `${home}/worklog/${day}`,
          label: shortDay(day),
          current: day === date,
        }))}
      />
      <p class="log-state" data-sent role="status" />
      <Actions>
        <ActionLink href={`${page}/check-in`}>
          Check-in of <DayOf date={date} />
        </ActionLink>
      </Actions>
      {parts.length === 0 && (
        <EmptyState next={{ href: `${home}/timetable/open-space`, label: 'Go to open space' }}>
          There were no groups and no sessions of their own on this day.
        </EmptyState>
      )}
      {own.map(({ subject, entry, earlier }) => {
        const key = keyOf(subject.place);
        return (
          <article key={key} id={key}>
            <h2>{subject.title}</h2>
            {earlier !== undefined && earlier.next.trim() !== '' && (
              <p class="small">
                For now you said on <DayOf date={earlier.date} />:
              </p>
            )}
            {earlier !== undefined && (
              <EntryWords entry={{ ...NO_WORDS, next: earlier.next }} fields={['next']} />
            )}
            <EntryForm
              action={`${page}/${key}`}
              scope={key}
              title={subject.title}
              words={entry ?? NO_WORDS}
              base={entry?.revision ?? 0}
              saveKey={saveKey()}
            />
            {entry !== undefined && <Writers entry={entry} />}
          </article>
        );
      })}
      {others.map(({ subject, entry, mayWrite }) => {
        const key = keyOf(subject.place);
        const isWritten = entry !== undefined && !isEmpty(entry);
        return (
          <article key={key} id={key}>
            <h2>{subject.title}</h2>
            {isWritten ? (
              <>
                <EntryWords entry={entry} fields={WORKLOG_FIELDS} />
                <Writers entry={entry} />
              </>
            ) : (
              <p class="quiet">Nothing yet.</p>
            )}
            {mayWrite && (
              <p>
                <a href={`${page}/${key}`}>
                  {isWritten ? 'Edit' : 'Write'}
                  <span class="unseen"> {subject.title}</span>
                </a>
              </p>
            )}
          </article>
        );
      })}
    </div>
  );
}
