import {
  dateIn,
  formatDate,
  formatDateSpan,
  formatInstant,
  type Instant,
  type PlainDate,
  type ZoneName,
} from '@cairn/kernel/time';
import type { ComponentChildren } from 'preact';

/** HTML that `@cairn/formats` made from Markdown, and made safe. The only door for raw HTML. */
export function Prose({ html }: { html: string }) {
  return <div class="prose" dangerouslySetInnerHTML={{ __html: html }} />;
}

/**
 * A remark beside the line in which it stands; under it on narrow screens. Put it at the end of a
 * sentence, inside the paragraph.
 */
export const MarginNote = ({ children }: { children: ComponentChildren }) => (
  <span class="margin-note" role="note">
    {children}
  </span>
);

/** Text or a picture with a remark that begins at its top; under it on narrow screens. */
export function Noted({
  note,
  children,
}: {
  note: ComponentChildren;
  children: ComponentChildren;
}) {
  return (
    <div class="noted">
      <div>{children}</div>
      <aside class="margin-note">{note}</aside>
    </div>
  );
}

/** Terms and what they are here: dates, place, hosts. */
export interface Fact {
  readonly term: string;
  readonly value: ComponentChildren;
}

/** Facts as a definition list. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl class="facts">
      {facts.map(({ term, value }) => (
        <>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </>
      ))}
    </dl>
  );
}

/** A moment on the reader's wall, with the zone named. */
export const When = ({ instant, zone }: { instant: Instant; zone: ZoneName }) => (
  <time dateTime={instant.toString()}>{formatInstant(instant, zone)}</time>
);

/** A day: `Mon 22 May 2023`. */
export const Day = ({ date }: { date: PlainDate }) => (
  <time dateTime={date.toString()}>{formatDate(date)}</time>
);

/** The day on which something happened, in the reader's zone; for facts whose hour is of no interest. */
export const DayOf = ({ instant, zone }: { instant: Instant; zone: ZoneName }) => (
  <time dateTime={instant.toString()}>{formatDate(dateIn(instant, zone))}</time>
);

/** First to last day: `22–26 May 2023`. */
export function DateSpan({ from, to }: { from: PlainDate; to: PlainDate }) {
  const words = formatDateSpan(from, to);
  const dash = words.indexOf('–');
  if (dash < 0) return <time dateTime={from.toString()}>{words}</time>;
  return (
    <span class="span">
      <time dateTime={from.toString()}>{words.slice(0, dash)}</time>–
      <time dateTime={to.toString()}>{words.slice(dash + 1)}</time>
    </span>
  );
}
