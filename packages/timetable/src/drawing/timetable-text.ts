import { counted } from '@cairn/kernel/words';
import type { IndexedInstance } from '../sessions/index-instance.ts';
import { markDrawing, titleOf } from './box.ts';
import { type DayLayout, GUTTER, type Layout, MARGIN } from './layout.ts';
import type { MarkedBreak } from './marked-breaks.ts';
import { element, textAt } from './svg.ts';
import { cutTo, linesOf, widthOf } from './text-lines.ts';
import { STRIPE, stripe, type TrackLook } from './tracks.ts';

/** What a reader should know first, in a sentence or some. */
export function summaryOf(
  indexed: IndexedInstance,
  nowhere: number,
  breaks: readonly MarkedBreak[],
): string {
  const { sessions, rooms, slots, dayOf } = indexed;
  const days = (dayOf.at(-1) ?? -1) + 1;
  const hard = breaks.filter(({ isHard }) => isHard).length;
  const soft = breaks.length - hard;
  return [
    `${counted(sessions.length, 'session')} in ${counted(rooms.length, 'room')} and ${counted(slots.length, 'slot')} on ${counted(days, 'day')}.`,
    nowhere === 0 ? 'All have a place.' : `${nowhere} ${nowhere === 1 ? 'has' : 'have'} no place.`,
    hard === 0 ? 'Nothing that must hold is broken.' : `What must hold is broken ${times(hard)}.`,
    ...(soft === 0 ? [] : [`Wishes about sessions are not met ${times(soft)}.`]),
  ].join(' ');
}

const times = (count: number): string => (count === 1 ? 'once' : counted(count, 'time'));

interface Part {
  readonly content: string;
  /** Where it ends. */
  readonly end: number;
}

/** Title, summary and the legend of tracks. */
export function headDrawing(
  title: string,
  summary: string,
  tracks: readonly TrackLook[],
  inner: number,
): Part {
  const content: string[] = [];
  let y = MARGIN + 16;
  for (const line of linesOf(title, inner / 19, 3)) {
    content.push(textAt(MARGIN, y, 'title', line));
    y += 24;
  }
  for (const line of linesOf(summary, inner / 12, 6)) {
    content.push(textAt(MARGIN, y, 'said', line));
    y += 16;
  }
  y += 6;
  let x = MARGIN;
  for (const look of tracks) {
    const label = cutTo(look.track, Math.min(inner - 20, 240) / 11);
    const width = 14 + widthOf(label) * 11;
    if (x > MARGIN && x + width > MARGIN + inner) {
      x = MARGIN;
      y += 18;
    }
    content.push(stripe(look, x, y - 9, 14), textAt(x + STRIPE + 3, y + 2, 'note', label));
    x += width + 14;
  }
  return { content: content.join(''), end: y + (tracks.length === 0 ? 0 : 12) };
}

/** The names of a day, its rooms and its slots, hairlines between them, and what is closed. */
export function dayDrawing(
  indexed: IndexedInstance,
  rooms: readonly number[],
  roomLines: readonly (readonly string[])[],
  { day, y, headY, rows }: DayLayout,
  { kind, width, columnWidth }: Layout,
  slotName: (slot: number) => string,
): string {
  const first = indexed.slots[rows[0]?.slot ?? indexed.dayOf.indexOf(day)];
  const right = width - MARGIN;
  const columnX = (index: number) => MARGIN + GUTTER + index * columnWidth;
  const lines = [
    element('path', { class: 'rule', d: `M${MARGIN} ${y + 4}H${right}` }),
    ...linesOf(first?.day ?? '', (width - 2 * MARGIN) / 16, 1).map((line) =>
      textAt(MARGIN, y + 24, 'day', line),
    ),
  ];
  if (kind === 'list') {
    for (const row of rows) {
      const label = cutTo(slotName(row.slot), (width - 2 * MARGIN) / 12);
      lines.push(textAt(MARGIN, row.y + 16, 'said strong', label));
    }
    return lines.join('');
  }
  for (const [index, names] of roomLines.entries()) {
    for (const [line, text] of names.entries()) {
      lines.push(textAt(columnX(index) + 2, headY + 12 + line * 14, 'said strong', text));
    }
  }
  for (const { slot, y: top, height } of rows) {
    for (const [line, text] of linesOf(slotName(slot), (GUTTER - 6) / 11, 2).entries()) {
      lines.push(textAt(MARGIN, top + 13 + line * 13, 'note', text));
    }
    for (const [index, room] of rooms.entries()) {
      if (!indexed.rooms[room]?.closed.has(slot)) continue;
      const place = { x: columnX(index), y: top, width: columnWidth - 3, height: height - 3 };
      lines.push(
        element('rect', { class: 'shut', ...place }),
        textAt(columnX(index) + 5, top + 15, 'note', 'closed'),
      );
    }
  }
  return lines.join('');
}

/** As many sentences as somebody would read; the rest is counted. */
const MOST_SENTENCES = 30;

/** What has no place, and the sentences that belong to the marks. */
export function footDrawing(
  indexed: IndexedInstance,
  nowhere: readonly number[],
  breaks: readonly MarkedBreak[],
  inner: number,
  top: number,
): Part {
  const content: string[] = [];
  let y = top + 12;
  const heading = (text: string) => {
    content.push(textAt(MARGIN, y, 'day', text));
    y += 20;
  };
  const lines = (text: string, x: number) => {
    for (const line of linesOf(text, (inner - x + MARGIN) / 12, 4)) {
      content.push(textAt(x, y, 'said', line));
      y += 16;
    }
  };
  if (nowhere.length > 0) {
    heading('Without a place');
    const titles = nowhere.map((number) =>
      titleOf(indexed.sessions[number]?.session ?? { key: '' }),
    );
    for (const title of titles.slice(0, MOST_SENTENCES)) lines(`– ${title}`, MARGIN);
    if (titles.length > MOST_SENTENCES) lines(`and ${titles.length - MOST_SENTENCES} more`, MARGIN);
    y += 12;
  }
  if (breaks.length > 0) {
    heading('What does not hold');
    for (const { number, sentence, isHard } of breaks.slice(0, MOST_SENTENCES)) {
      content.push(markDrawing(MARGIN, y, isHard, String(number)));
      lines(sentence(), MARGIN + 36);
    }
    if (breaks.length > MOST_SENTENCES) lines(`and ${breaks.length - MOST_SENTENCES} more`, MARGIN);
  }
  return { content: content.join(''), end: content.length === 0 ? top : y };
}
