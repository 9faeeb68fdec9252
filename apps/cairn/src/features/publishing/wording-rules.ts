/**
 * The sentences that the announcement and the handout share. Where the organisers wrote a text it
 * stands as they wrote it, with its facts filled in; where they wrote none the facts make a sentence.
 */
import {
  expectZone,
  formatDate,
  formatDateSpan,
  formatInstant,
  formatMonth,
  instantOf,
  type PlainDate,
  Temporal,
  type ZoneName,
} from '@cairn/kernel/time';
import { fillFacts, inSeries, inWords, isTentative, summitDays } from '../summits/facts.ts';
import type { PlanningMeeting, SummitDefinition } from '../summits/schema.ts';
import { asMarkdown } from './as-markdown-rules.ts';

/** A text of the definition that is Markdown, with its facts. */
export const proseOf = (definition: SummitDefinition, text: string): string =>
  fillFacts(text, definition)
    .replace(/^(?:[ \t]*\n)+/, '')
    .trimEnd();

/** A line of the definition that is plain text, with its facts, as Markdown. */
export const lineOf = (definition: SummitDefinition, text: string): string =>
  asMarkdown(fillFacts(text, definition));

/** Blocks of Markdown, those that are not empty, a blank line between them. */
export const paragraphs = (blocks: readonly string[]): string =>
  blocks.filter((block) => block.trim() !== '').join('\n\n');

/** A bulleted list. */
export const bullets = (lines: readonly string[]): string =>
  lines.map((line) => `- ${line}`).join('\n');

const counted = (count: number, one: string): string =>
  `${inWords(count)} ${count === 1 ? one : `${one}s`}`;

/** What is paid for, and for how many, for how long. */
export function fundingWords(definition: SummitDefinition): string {
  const { funding, seats } = definition;
  const { days, nights } = summitDays(definition);
  if (funding.text.trim() !== '') return proseOf(definition, funding.text);
  const covers = inSeries(funding.covers.map((each) => lineOf(definition, each)));
  const what = covers === '' ? 'We have' : `We have funding (i.e., for ${covers}) and`;
  const most = seats.ceiling === seats.planned ? '' : `—no more than ${seats.ceiling}—`;
  return `${what} space for ${seats.planned} participants${most || ' '}for ${counted(days, 'day')} and ${counted(nights, 'night')}.`;
}

/** Who is asked to come. */
export function recruitingWords(definition: SummitDefinition): string {
  if (definition.recruiting.trim() !== '') return proseOf(definition, definition.recruiting);
  if (definition.communities.length === 0) return '';
  const names = definition.communities.map(({ name }) => lineOf(definition, name));
  return `Participants will be recruited from ${inSeries(names)}.`;
}

/**
 * When the summit is: its days, or, while the week is looked for, that it is and where: `one week
 * between February and June 2023, to be chosen`.
 */
export function whenWords(definition: SummitDefinition): string {
  const { start, end, days } = summitDays(definition);
  if (!isTentative(definition)) return formatDateSpan(start, end);
  const { window } = definition.dates;
  if (window === undefined) return `tentatively ${formatDateSpan(start, end)}, to be confirmed`;
  const length = isWeek(days) ? 'one week' : `${inWords(days)} ${days === 1 ? 'day' : 'days'}`;
  return `${length} ${windowWords(window)}, to be chosen`;
}

/** Where it is, and when people come and go. */
export function placeWords(definition: SummitDefinition): string {
  const { venue } = definition;
  const { arrival, departure } = summitDays(definition);
  const parts = [venue.name, venue.address, venue.city, venue.country];
  const place = parts
    .filter((part) => part !== undefined)
    .map((part) => lineOf(definition, part))
    .join(', ');
  if (isTentative(definition)) {
    return `The summit takes place at ${place}. Days of arrival and departure follow once the week is chosen.`;
  }
  return `The summit takes place at ${place}. Arrival is on ${formatDate(arrival)}, departure on ${formatDate(departure)}.`;
}

const ORDINARY_WEEK = { shortest: 5, longest: 7 };

const isWeek = (days: number): boolean =>
  days >= ORDINARY_WEEK.shortest && days <= ORDINARY_WEEK.longest;

/** How long before, and in which months, the summit was to be; nothing where neither was said. */
export function timingWords(definition: SummitDefinition): string {
  const { window, lead_months: lead } = definition.dates;
  const { start, end, days } = summitDays(definition);
  const length = isWeek(days) ? 'one-week' : `${inWords(days)}-day`;
  const sentences = [
    lead === undefined ? '' : `We need ${counted(lead, 'month')} lead time.`,
    window === undefined
      ? ''
      : `${lead === undefined ? 'The' : 'With an early confirmation, the'} summit takes a ${length} period ${windowWords(window)}: ${isTentative(definition) ? 'the week is to be chosen' : formatDateSpan(start, end)}.`,
  ];
  return sentences.filter((sentence) => sentence !== '').join(' ');
}

function windowWords(window: { readonly from: string; readonly until: string }): string {
  const [from, until] = [
    Temporal.PlainDate.from(window.from),
    Temporal.PlainDate.from(window.until),
  ];
  const isWholeMonths = from.day === 1 && until.day === until.daysInMonth;
  if (!isWholeMonths) return `between ${longDay(from)} and ${longDay(until)}`;
  const [first, last] = [from.toPlainYearMonth(), until.toPlainYearMonth()];
  if (first.equals(last)) return `in ${monthName(last)}`;
  return first.year === last.year
    ? `between ${formatMonth(first)} and ${monthName(last)}`
    : `between ${monthName(first)} and ${monthName(last)}`;
}

const longDay = (date: PlainDate): string => formatDateSpan(date, date);

/** `February 2023` */
const monthName = (month: Temporal.PlainYearMonth): string => `${formatMonth(month)} ${month.year}`;

/**
 * A planning meeting as a line: `February planning meeting (TBD)` while only its month is known,
 * and with its time and the name of the zone once it is fixed. Its link is for participants and
 * stands in no public document. A page gives the reader's own zone too; a document has no reader.
 */
export function meetingWords(
  definition: SummitDefinition,
  meeting: PlanningMeeting,
  reader?: ZoneName,
): string {
  const title = lineOf(definition, meeting.title);
  const tracks = meeting.tracks.map((track) =>
    track.lead === undefined ? track.title : `${track.title} (${track.lead})`,
  );
  const within = tracks.length === 0 ? '' : `; tracks: ${tracks.map(asMarkdown).join(', ')}`;
  if (meeting.starts !== undefined) {
    const zone = expectZone(definition.zone);
    const local = Temporal.PlainDateTime.from(meeting.starts);
    const instant = instantOf({ local, zone });
    const own =
      reader === undefined || reader === zone
        ? ''
        : `, for you ${formatInstant(instant, reader)} (${asMarkdown(reader)})`;
    return `${title}: ${formatInstant(instant, zone)} (${asMarkdown(zone)})${own}${within}`;
  }
  const month = Temporal.PlainYearMonth.from(meeting.month ?? '');
  const saysItself =
    meeting.title.includes(formatMonth(month)) && month.year === summitDays(definition).start.year;
  return `${title} (${saysItself ? '' : `${monthName(month)}, `}TBD)${within}`;
}

/** Every meal and how it is had, where no text says it. */
export function mealWords(definition: SummitDefinition): string {
  const { text, plan } = definition.meals;
  if (text.trim() !== '') return proseOf(definition, text);
  return bullets(plan.map(({ meal, how }) => `${meal}: ${lineOf(definition, how)}`));
}

/** Where people sleep, as the organisers wrote it. */
export const lodgingWords = (definition: SummitDefinition): string =>
  proseOf(definition, definition.lodging?.text ?? '');

/** The section in which meals are told, if the organisers wrote one. */
export const EXECUTION = 'execution';
