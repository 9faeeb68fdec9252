import { markdownToHtml } from '@cairn/formats/markdown-html';
import type { ZoneName } from '@cairn/kernel/time';
import type { ComponentChildren } from 'preact';
import { DateSpan, Day, type Fact, Facts, Noted, Prose } from '../../design/prose.tsx';
import {
  fundingWords,
  lodgingWords,
  mealWords,
  meetingWords,
  proseOf,
  recruitingWords,
  whenWords,
} from '../publishing/wording-rules.ts';
import { fillFacts, inWords, isTentative, summitDays } from './facts.ts';
import type { SummitDefinition } from './schema.ts';

/** Markdown of the definition, below the page's own headings. */
const Text = ({ markdown }: { markdown: string }) =>
  markdown.trim() === '' ? null : <Prose html={markdownToHtml(markdown, { shiftHeadings: 2 })} />;

function Part({
  id,
  title,
  note,
  children,
}: {
  id: string;
  title: string;
  note?: ComponentChildren;
  children: ComponentChildren;
}) {
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {note === undefined ? children : <Noted note={note}>{children}</Noted>}
    </section>
  );
}

function factsOf(definition: SummitDefinition): Fact[] {
  const { arrival, start, end, departure, days, nights } = summitDays(definition);
  const { venue, hosts, zone } = definition;
  return [
    {
      term: 'When',
      value: (
        <>
          {isTentative(definition) ? whenWords(definition) : <DateSpan from={start} to={end} />},{' '}
          {inWords(days)} {days === 1 ? 'day' : 'days'}, in the time of {zone.replaceAll('_', ' ')}
        </>
      ),
    },
    {
      term: 'Arrival and departure',
      value: (
        <>
          {isTentative(definition) ? (
            'the days follow once the week is chosen'
          ) : (
            <>
              <Day date={arrival} />, <Day date={departure} />
            </>
          )}
          ; {inWords(nights)} {nights === 1 ? 'night' : 'nights'}
        </>
      ),
    },
    {
      term: 'Where',
      value: [venue.name, venue.address, venue.city, venue.country]
        .filter((part) => part !== undefined)
        .join(', '),
    },
    {
      term: hosts.length === 1 ? 'Host' : 'Hosts',
      value: hosts.map(({ name, part_of, url }, index) => (
        <>
          {index > 0 && '; '}
          {url === undefined ? name : <a href={url}>{name}</a>}
          {part_of !== undefined && `, ${part_of}`}
        </>
      )),
    },
    {
      term: 'Seats',
      value: `${definition.seats.planned}, never more than ${definition.seats.ceiling}`,
    },
    { term: 'Called by', value: definition.organisation },
  ];
}

/** A summit for everybody, made from its definition. */
export function PublicSummit({
  definition,
  slug,
  reader,
  hasTimetable,
}: {
  definition: SummitDefinition;
  slug: string;
  reader: ZoneName;
  /** A timetable is released. */
  hasTimetable: boolean;
}) {
  const words = (text: string) => proseOf(definition, text);
  const { goals, agreement, planning_meetings: meetings, sections } = definition;
  const meals = mealWords(definition);
  const lodging = lodgingWords(definition);
  return (
    <>
      <Facts facts={factsOf(definition)} />
      <p>
        <a href={`/s/${slug}/participants`}>Who takes part</a>
        {hasTimetable && (
          <>
            {' · '}
            <a href={`/s/${slug}/timetable`}>Timetable</a>
            {' · '}
            <a href={`/s/${slug}/timetable/now`}>What is now and next</a>
          </>
        )}
      </p>
      {goals.length > 0 && (
        <Part id="goals" title="Goals">
          <Text markdown={words(definition.goals_intro)} />
          {goals.map(({ key, title, text, points }) => (
            <section key={key} aria-labelledby={`goal-${key}`}>
              <h3 id={`goal-${key}`}>{fillFacts(title, definition)}</h3>
              <Text markdown={words(text)} />
              {points.length > 0 && (
                <ul>
                  {points.map((point) => (
                    <li key={point}>{fillFacts(point, definition)}</li>
                  ))}
                </ul>
              )}
            </section>
          ))}
        </Part>
      )}
      <Part id="logistics" title="Logistics" note={<FundingNote definition={definition} />}>
        <Text markdown={fundingWords(definition)} />
        <Text markdown={lodging} />
        <Text markdown={meals} />
      </Part>
      <Part id="participants" title="Who is invited">
        <Text markdown={recruitingWords(definition)} />
      </Part>
      <Part id="agreement" title="What participants promise">
        <Text markdown={words(agreement.text)} />
        <ol>
          {agreement.obligations.map(({ key, text }) => (
            <li key={key}>{fillFacts(text, definition)}</li>
          ))}
        </ol>
      </Part>
      {meetings.list.length > 0 && (
        <Part
          id="meetings"
          title="Planning meetings"
          note={<p>{meetings.minutes} minutes each.</p>}
        >
          <Text markdown={words(meetings.text)} />
          <Text
            markdown={meetings.list
              .map((each) => `- ${meetingWords(definition, each, reader)}`)
              .join('\n')}
          />
        </Part>
      )}
      {sections.map(({ key, title, text, notes }) => (
        <Part
          key={key}
          id={`section-${key}`}
          title={fillFacts(title, definition)}
          note={
            notes.length === 0
              ? undefined
              : notes.map((note) => <Text key={note} markdown={words(note)} />)
          }
        >
          <Text markdown={words(text)} />
        </Part>
      ))}
      <Part id="downloads" title="To take along">
        <ul>
          <li>
            <a href={`/s/${slug}/announcement.md`}>The announcement as Markdown</a>
          </li>
          <li>
            <a href={`/s/${slug}/handout.pdf`}>The handout as PDF</a>
          </li>
          <li>
            <a href={`/s/${slug}/calendar.ics`}>The dates for your calendar</a>
          </li>
        </ul>
      </Part>
    </>
  );
}

const FundingNote = ({ definition }: { definition: SummitDefinition }) =>
  definition.funding.covers.length === 0 ? (
    <p>Nothing is paid for.</p>
  ) : (
    <p>Paid for: {definition.funding.covers.join(', ')}.</p>
  );
