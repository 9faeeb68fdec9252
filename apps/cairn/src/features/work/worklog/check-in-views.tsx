import { markdownToHtml } from '@cairn/formats/markdown-html';
import { listed } from '@cairn/kernel/words';
import { ActionLink, Actions } from '../../../design/actions.tsx';
import { EmptyState } from '../../../design/empty.tsx';
import { Prose } from '../../../design/prose.tsx';
import { DayOf, EntryWords, Writers } from './entry-views.tsx';
import type { WorklogPart } from './worklog-queries.ts';
import { isEmpty, keyOf } from './worklog-rules.ts';

const isWritten = ({ entry }: WorklogPart): boolean => entry !== undefined && !isEmpty(entry);

const hasPlan = ({ earlier }: WorklogPart): boolean =>
  earlier !== undefined && earlier.next.trim() !== '';
const saysSomething = (part: WorklogPart): boolean => isWritten(part) || hasPlan(part);

/** What a part planned, beside what it did: the two halves of a check-in. */
function Halves({ part }: { part: WorklogPart }) {
  const { entry, earlier } = part;
  return (
    <div class="beside">
      <div>
        {earlier !== undefined && hasPlan(part) ? (
          <>
            <p class="quiet">
              Planned on <DayOf date={earlier.date} />
            </p>
            <Prose html={markdownToHtml(earlier.next, { shiftHeadings: 3 })} />
          </>
        ) : (
          <p class="quiet">Nothing was planned in writing.</p>
        )}
      </div>
      <div>
        {entry !== undefined && isWritten(part) ? (
          <EntryWords entry={entry} fields={['did', 'blocked', 'next', 'links']} />
        ) : (
          <p class="quiet">Nothing written on this day.</p>
        )}
      </div>
    </div>
  );
}

/** What each group and session said, with what it had planned: for the check-in of a day. */
export function CheckInPage({
  home,
  date,
  parts,
  stand,
}: {
  /** `/s/<summit>`. */
  home: string;
  date: string;
  parts: readonly WorklogPart[];
  /** What the page knows already, for its script. */
  stand: number;
}) {
  const page = `${home}/worklog/${date}`;
  const [first] = parts;
  const missing = parts.filter((part) => !isWritten(part)).map(({ subject }) => subject.title);
  return (
    <>
      <Actions>
        {first !== undefined && (
          <ActionLink href={`${page}/check-in/${keyOf(first.subject.place)}`} weight="primary">
            Show one after the other
          </ActionLink>
        )}
        <a href={page}>The worklog of this day</a>
      </Actions>
      {missing.length > 0 && <p>Nothing is written on this day by {listed(missing)}.</p>}
      {parts.length === 0 && (
        <EmptyState next={{ href: page, label: 'Go to the worklog' }}>
          There are no groups and no sessions of their own on this day.
        </EmptyState>
      )}
      <p role="status">
        <a href={`${page}/check-in`} data-news hidden>
          Something was written meanwhile: show it
        </a>
      </p>
      <div class="check-in" data-check-in={stand} data-live={`${page}/check-in/live-news`}>
        {parts.filter(saysSomething).map((part) => (
          <article key={keyOf(part.subject.place)}>
            <h2>{part.subject.title}</h2>
            <Halves part={part} />
            {part.entry !== undefined && <Writers entry={part.entry} />}
          </article>
        ))}
      </div>
    </>
  );
}

/** One of them as large as the wall allows; the way to the next is a link, and an arrow key. */
export function CheckInScreen({
  home,
  date,
  part,
  before,
  after,
  place,
  stand,
  look,
}: {
  home: string;
  date: string;
  part: WorklogPart;
  before: WorklogPart | undefined;
  after: WorklogPart | undefined;
  /** Which of how many. */
  place: string;
  stand: number;
  /** Light or dark, whatever the machine prefers; goes along from one to the next. */
  look: 'light' | 'dark' | undefined;
}) {
  const page = `${home}/worklog/${date}/check-in`;
  const query = look === undefined ? '' : `?look=${look}`;
  const to = ({ subject }: WorklogPart): string => `${page}/${keyOf(subject.place)}${query}`;
  const other = look === 'dark' ? 'light' : 'dark';
  return (
    <div
      class="projector check-in one"
      data-check-in={stand}
      data-live={`${page}/live-news`}
      data-screen
    >
      <header>
        <h1>{part.subject.title}</h1>
        <p class="quiet">
          Check-in of <DayOf date={date} />, {place}
        </p>
      </header>
      <Halves part={part} />
      <footer>
        <nav class="actions" aria-label="Check-in">
          {after !== undefined && (
            <a rel="next" href={to(after)}>
              Next: {after.subject.title}
            </a>
          )}
          {before !== undefined && (
            <a rel="prev" href={to(before)}>
              Before: {before.subject.title}
            </a>
          )}
          <a href={page}>All</a>
          <a href={`${page}/${keyOf(part.subject.place)}?look=${other}`}>
            {other === 'dark' ? 'Dark' : 'Light'}
          </a>
        </nav>
      </footer>
    </div>
  );
}
