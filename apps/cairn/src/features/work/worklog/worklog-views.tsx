import { markdownToHtml } from '@cairn/formats/markdown-html';
import { ActionLink, Actions } from '../../../design/actions.tsx';
import { EmptyState } from '../../../design/empty.tsx';
import { Menu } from '../../../design/layout.tsx';
import { Prose } from '../../../design/prose.tsx';
import { shortDayWords } from '../../timetable/now/now-words-rules.ts';
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

const isWritten = ({ entry }: WorklogPart): boolean => entry !== undefined && !isEmpty(entry);

/** A day’s worklog: one’s own parts to write, everybody’s to read. */
export function WorklogPage({ home, date, days, parts, personId, saveKey }: WorklogPageProps) {
  const page = `${home}/worklog/${date}`;
  const own = parts.filter(({ isOwn }) => isOwn);
  const others = parts.filter(({ isOwn }) => !isOwn);
  const silent = others.filter((part) => !isWritten(part));
  return (
    <div class="log" data-worklog={personId}>
      <Menu
        label="Days"
        items={days.map((day) => ({
          href: `${home}/worklog/${day}`,
          label: shortDayWords(day),
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
                Planned on <DayOf date={earlier.date} />:
              </p>
            )}
            {earlier !== undefined && (
              <Prose html={markdownToHtml(earlier.next, { shiftHeadings: 2 })} />
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
      {others.filter(isWritten).map((part) => (
        <article key={keyOf(part.subject.place)} id={keyOf(part.subject.place)}>
          <h2>{part.subject.title}</h2>
          <EntryWords entry={part.entry ?? NO_WORDS} fields={WORKLOG_FIELDS} />
          {part.entry !== undefined && <Writers entry={part.entry} />}
          {part.mayWrite && (
            <p>
              <a href={`${page}/${keyOf(part.subject.place)}`}>
                Edit<span class="unseen"> {part.subject.title}</span>
              </a>
            </p>
          )}
        </article>
      ))}
      {silent.length > 0 && (
        <section aria-labelledby="nothing-yet">
          <h2 id="nothing-yet">Nothing yet</h2>
          <ul>
            {silent.map(({ subject, mayWrite }) => (
              <li key={keyOf(subject.place)} id={keyOf(subject.place)}>
                {subject.title}
                {mayWrite && (
                  <>
                    {' – '}
                    <a href={`${page}/${keyOf(subject.place)}`}>
                      write<span class="unseen"> {subject.title}</span>
                    </a>
                  </>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
