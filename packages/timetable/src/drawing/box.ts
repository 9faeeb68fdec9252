import { listed } from '@cairn/kernel/words';
import type { IndexedInstance } from '../sessions/index-instance.ts';
import type { Cell } from './columns.ts';
import type { Box } from './layout.ts';
import type { MarkedBreak } from './marked-breaks.ts';
import { element, escapeXml, textAt } from './svg.ts';
import { cutTo, linesOf, widthOf } from './text-lines.ts';
import { STRIPE, stripe, type TrackLook } from './tracks.ts';

/** What a box says besides its session's own words. */
export interface BoxContext {
  readonly indexed: IndexedInstance;
  readonly tracks: ReadonlyMap<string, TrackLook>;
  readonly breaksOf: (session: number) => readonly MarkedBreak[];
  readonly slotName: (slot: number) => string;
  readonly roomName: (room: number) => string;
  readonly personName: (person: number) => string;
  /** Where a session was before, if it was elsewhere. */
  readonly placeBefore: (session: number) => string | undefined;
  /** Boxes of a list name their rooms; in a grid the column does. */
  readonly isList: boolean;
}

const TITLE_SIZE = 12;
const TITLE_LINE = 15;
const NOTE_SIZE = 11;
const NOTE_LINE = 14;
const PAD = 5;
const MOST_LINES = 3;
const MOST_STRIPES = 3;
/** In a tooltip. */
const MOST_SENTENCES = 6;
/** A mark with its space. */
const MARK = 12;

/** The height that a box needs for what it says. */
export function heightOfBox(context: BoxContext, cell: Cell, width: number): number {
  const { titleLines, note, marks } = wordsOf(context, cell, width);
  const lines = titleLines.length * TITLE_LINE;
  return 2 * PAD + lines + (note === '' && marks.length === 0 ? 0 : NOTE_LINE);
}

/** A session in its box: title, room in a list, tracks, and marks for the rules that it breaks. */
export function boxDrawing(context: BoxContext, { cell, x, y, width, height }: Box): string {
  const { titleLines, note, marks, stripes } = wordsOf(context, cell, width);
  const { kind } = cell.session.session;
  const hasHard = marks.some(({ isHard }) => isHard);
  const look = ['box', kind, hasHard ? 'broken' : '', cell.isRest ? 'rest' : ''];
  const left = PAD + stripes.length * STRIPE;
  const shownLines = titleLines.slice(0, Math.max(1, Math.floor((height - PAD) / TITLE_LINE)));
  const noteY = PAD + shownLines.length * TITLE_LINE + 10;
  const numbers = cutTo(
    marks.map(({ number }) => number).join(', '),
    (width - left) / 2 / NOTE_SIZE,
  );
  const marksWidth = marks.length === 0 ? 0 : MARK + widthOf(numbers) * NOTE_SIZE + 6;
  const room = Math.max(0, width - left - PAD - marksWidth);
  const hasNote = noteY + 3 < height;
  return element(
    'g',
    { class: look.filter((name) => name !== '').join(' ') },
    element('title', {}, escapeXml(tooltipOf(context, cell))),
    element('rect', { class: 'outline', x, y, width, height, rx: 2 }),
    // A drawing inside the drawing is clipped at its edge, in whatever font it is shown.
    element(
      'svg',
      { x, y, width, height },
      ...stripes.map((look, index) => stripe(look, 3 + index * STRIPE, 2, height - 4)),
      ...shownLines.map((line, index) => textAt(left, PAD + 10 + index * TITLE_LINE, 'name', line)),
      ...(hasNote && marks.length > 0 ? [markDrawing(left, noteY, hasHard, numbers)] : []),
      ...(hasNote && note !== '' && room > 20
        ? [textAt(left + marksWidth, noteY, 'note', cutTo(note, room / NOTE_SIZE))]
        : []),
    ),
  );
}

/** A cross for what must hold, a triangle for a wish, and the numbers of the sentences. */
export function markDrawing(x: number, y: number, isHard: boolean, numbers: string): string {
  const tone = isHard ? 'bad' : 'warn';
  const shape = isHard ? `M${x + 1} ${y - 8}l7 7m0 -7l-7 7` : `M${x + 4.5} ${y - 8.5}l4 7.5h-8z`;
  return (
    element('path', { class: `mark ${tone}-mark`, d: shape }) +
    textAt(x + MARK, y, `note ${tone}`, numbers)
  );
}

function wordsOf(context: BoxContext, cell: Cell, width: number) {
  const { number, session, room, slot } = cell.session;
  const stripes = session.tracks
    .flatMap((track) => context.tracks.get(track) ?? [])
    .slice(0, Math.max(0, Math.min(MOST_STRIPES, Math.floor(width / 30))));
  const left = PAD + stripes.length * STRIPE;
  const said = titleOf(session.session);
  const title = cell.isRest ? `${said} (continued)` : said;
  const span = cell.until > cell.from ? `until the end of ${context.slotName(cell.until)}` : '';
  const place = context.isList && room >= 0 ? context.roomName(room) : '';
  const isWide = cell.column === 'all' && room >= 0 && !context.isList;
  return {
    stripes,
    titleLines: linesOf(title, (width - left - PAD) / TITLE_SIZE, MOST_LINES),
    marks: context.breaksOf(number),
    note: [
      context.placeBefore(number) === undefined ? '' : 'moved',
      isWide ? context.roomName(room) : place,
      context.isList ? span : '',
      ...session.tracks,
    ]
      .filter((part) => part !== '')
      .join(' · '),
    slot,
  };
}

/** What a session is called. */
export const titleOf = (session: { readonly key: string; readonly title?: string }): string =>
  session.title === undefined || session.title.trim() === '' ? session.key : session.title;

function tooltipOf(context: BoxContext, cell: Cell): string {
  const { number, session, slot, room, covers } = cell.session;
  const last = covers.at(-1) ?? slot;
  const { people, slots } = context.indexed;
  const when = last === slot ? '' : ` to the end of ${context.slotName(last)}`;
  const breaks = context.breaksOf(number);
  const before = context.placeBefore(number);
  const leading = new Set(session.session.leads);
  const leads = session.bound
    .filter((person) => leading.has(people[person]?.person.key ?? ''))
    .map(context.personName);
  return [
    titleOf(session.session),
    `${slots[slot]?.day ?? ''}, ${context.slotName(slot)}${when}${room < 0 ? '' : `, ${context.roomName(room)}`}`,
    ...(session.tracks.length === 0 ? [] : [`Of ${listed(session.tracks)}`]),
    ...(leads.length === 0 ? [] : [`Led by ${listed(leads)}`]),
    ...(before === undefined ? [] : [`Before: ${before}`]),
    ...breaks.slice(0, MOST_SENTENCES).map(({ sentence }) => sentence()),
    ...(breaks.length > MOST_SENTENCES ? [`and ${breaks.length - MOST_SENTENCES} more`] : []),
  ].join('\n');
}
