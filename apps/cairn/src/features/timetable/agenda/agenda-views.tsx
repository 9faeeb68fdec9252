import { listed } from '@cairn/kernel/words';
import { Fragment } from 'preact';
import { SubmitButton } from '../../../design/actions.tsx';
import { HiddenField } from '../../../design/controls.tsx';
import { EmptyState } from '../../../design/empty.tsx';
import { type Entry, isBlock, type NowTimetable } from '../now/now-rules.ts';
import { placeOf } from '../now/now-views.tsx';
import { shortDayWords, spanWords } from '../now/now-words-rules.ts';
import type { AgendaEntry, Why } from './agenda-rules.ts';

const WHY: Readonly<Record<Why, string>> = {
  lead: 'You lead it',
  group: 'Your group',
  needed: 'You are needed',
  everybody: 'For everybody',
  marked: 'You marked it',
};

interface AgendaProps {
  readonly timetable: NowTimetable;
  readonly entries: readonly AgendaEntry[];
  /** The zone of the reader. */
  readonly zone: string;
  /** `/s/<summit>/timetable`. */
  readonly home: string;
}

/** A button that says of one session whether one goes; its words name the session for who cannot see it. */
function MarkButton({
  home,
  session,
  goes,
  from,
  children,
}: {
  home: string;
  session: { readonly id: string; readonly title: string };
  goes: 'yes' | 'no' | 'unsaid';
  /** The page to come back to, relative to the agenda: empty, or a day. */
  from?: string;
  children: string;
}) {
  return (
    <form class="inline" method="post" action={`${home}/agenda/sessions/${session.id}`}>
      <HiddenField name="goes" value={goes} />
      {from !== undefined && <HiddenField name="from" value={from} />}
      <SubmitButton weight="plain">
        {children}
        <span class="unseen">: {session.title}</span>
      </SubmitButton>
    </form>
  );
}

function When({ entry, zone }: { entry: Entry; zone: string }) {
  const { there, here } = spanWords(entry, zone);
  return (
    <>
      <time dateTime={new Date(entry.from).toISOString()}>{there}</time>
      {here !== undefined && <span class="quiet"> (yours {here})</span>}
    </>
  );
}

function Own({
  own,
  entry,
  all,
  ...rest
}: AgendaProps & { own: AgendaEntry; entry: Entry; all: ReadonlyMap<string, string> }) {
  const { timetable, home } = rest;
  const { session, why, goes, clashes } = own;
  const place = placeOf(entry, timetable);
  return (
    <>
      <p>
        <b>
          <a href={`${home}/sessions/${session.id}`}>{session.title}</a>
        </b>
        {place !== '' && (
          <>
            {' · '}
            <a href={`${home}/rooms/${entry.room}`}>{place}</a>
          </>
        )}
        {!goes && <> · you do not go</>}
      </p>
      {clashes.length > 0 && (
        <p class="trouble">
          <b>Two at once:</b> at the same time as{' '}
          {listed(clashes.map((id) => `“${all.get(id) ?? ''}”`))}. Choose one.
        </p>
      )}
      <div class="small quiet">
        {WHY[why]}.{' '}
        {goes && (
          <MarkButton home={home} session={session} goes={why === 'marked' ? 'unsaid' : 'no'}>
            {why === 'marked' ? 'Take it out' : 'I do not go'}
          </MarkButton>
        )}
        {!goes && (
          <MarkButton home={home} session={session} goes="unsaid">
            I go after all
          </MarkButton>
        )}
      </div>
    </>
  );
}

/** One's own agenda, day by day; what is over is folded away while something is still to come. */
export function AgendaPage({ at, ...props }: AgendaProps & { at: number }) {
  const { timetable, entries } = props;
  const { days } = timetable;
  const isOver = days.every(({ until }) => until <= at);
  const past = isOver ? [] : days.filter(({ until }) => until <= at);
  const coming = days.slice(past.length);
  return (
    <>
      {entries.length === 0 && (
        <EmptyState>
          You are expected nowhere yet. Open a day below, and mark the sessions that you go to.
        </EmptyState>
      )}
      <ul class="days">
        {coming.map(({ date }) => (
          <li key={date}>
            <a href={`#day-${date}`}>{shortDayWords(date)}</a>
          </li>
        ))}
      </ul>
      {past.length > 0 && (
        <details>
          <summary>Days that are over ({past.length})</summary>
          {past.map(({ date }) => (
            <AgendaDay key={date} {...props} date={date} />
          ))}
        </details>
      )}
      {coming.map(({ date }) => (
        <AgendaDay key={date} {...props} date={date} />
      ))}
    </>
  );
}

/** A day of one's own agenda, with what everybody does at once. */
function AgendaDay({ date, ...props }: AgendaProps & { date: string }) {
  const { timetable, entries, zone, home } = props;
  const own = new Map(entries.map((entry) => [entry.session.id, entry]));
  const titles = new Map(timetable.entries.map(({ id, title }) => [id, title]));
  const day = timetable.entries.filter(
    (entry) => entry.date === date && (isBlock(entry) || own.has(entry.id)),
  );
  return (
    <section aria-labelledby={`day-${date}`}>
      <h2 id={`day-${date}`}>{shortDayWords(date)}</h2>
      <dl class="turns">
        {day.map((entry) => {
          const mine = own.get(entry.id);
          return (
            <Fragment key={entry.id}>
              <dt>
                <When entry={entry} zone={zone} />
              </dt>
              <dd>
                {mine === undefined ? (
                  <p class="quiet">
                    <BlockName entry={entry} home={home} />
                    {placeOf(entry, timetable) !== '' && <> · {placeOf(entry, timetable)}</>}
                  </p>
                ) : (
                  <Own {...props} own={mine} entry={entry} all={titles} />
                )}
              </dd>
            </Fragment>
          );
        })}
      </dl>
      <p>
        <a href={`${home}/agenda/${date}`}>
          All sessions of {shortDayWords(date)}, to mark where you go
        </a>
      </p>
    </section>
  );
}

/** A block; a check-in and a closing round lead to what each group planned and did. */
function BlockName({ entry, home }: { entry: Entry; home: string }) {
  if (entry.block !== 'check_in' && entry.block !== 'closing') return <>{entry.title}</>;
  const summit = home.slice(0, home.lastIndexOf('/'));
  return <a href={`${summit}/worklog/${entry.date}/check-in`}>{entry.title}</a>;
}

/** All sessions of a day, to say of each whether one goes. */
export function AgendaDayPage({ date, ...props }: AgendaProps & { date: string }) {
  const { timetable, entries, zone, home } = props;
  const own = new Map(entries.map((entry) => [entry.session.id, entry]));
  const day = timetable.entries.filter((entry) => entry.date === date && !isBlock(entry));
  if (day.length === 0) return <EmptyState>There is no session on this day.</EmptyState>;
  return (
    <>
      <dl class="turns">
        {day.map((entry) => {
          const mine = own.get(entry.id);
          const goes = mine?.goes === true;
          const place = placeOf(entry, timetable);
          return (
            <Fragment key={entry.id}>
              <dt>
                <When entry={entry} zone={zone} />
              </dt>
              <dd>
                <p>
                  <a href={`${home}/sessions/${entry.id}`}>{entry.title}</a>
                  {place !== '' && <> · {place}</>}
                </p>
                <div class="small quiet">
                  {mine !== undefined && goes && `${WHY[mine.why]}. `}
                  {mine !== undefined && !goes && 'You do not go. '}
                  {goes ? (
                    <MarkButton
                      home={home}
                      session={entry}
                      goes={mine.why === 'marked' ? 'unsaid' : 'no'}
                      from={date}
                    >
                      {mine.why === 'marked' ? 'Take it out' : 'I do not go'}
                    </MarkButton>
                  ) : (
                    <MarkButton
                      home={home}
                      session={entry}
                      goes={mine === undefined ? 'yes' : 'unsaid'}
                      from={date}
                    >
                      {mine === undefined ? 'I go' : 'I go after all'}
                    </MarkButton>
                  )}
                </div>
              </dd>
            </Fragment>
          );
        })}
      </dl>
      <p>
        <a href={`${home}/agenda`}>Back to your agenda</a>
      </p>
    </>
  );
}

/** What one says of a session on its own page. */
export function MarkSection({
  home,
  session,
  own,
}: {
  home: string;
  session: { readonly id: string; readonly title: string };
  /** As it is in the reader's agenda; undefined where it is not. */
  own: AgendaEntry | undefined;
}) {
  const from = 'session';
  if (own === undefined) {
    return (
      <div class="actions">
        <MarkButton home={home} session={session} goes="yes" from={from}>
          I go
        </MarkButton>
      </div>
    );
  }
  const { goes, why } = own;
  const isMarked = why === 'marked';
  return (
    <div class="actions">
      {goes ? `It is in your agenda: ${WHY[why].toLowerCase()}.` : 'You do not go.'}
      <MarkButton
        home={home}
        session={session}
        goes={goes && !isMarked ? 'no' : 'unsaid'}
        from={from}
      >
        {goes ? (isMarked ? 'Take it out' : 'I do not go') : 'I go after all'}
      </MarkButton>
    </div>
  );
}
