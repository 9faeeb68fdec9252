import { type Names, namesOf, placeInWords, placeOf } from '../explain/names.ts';
import type { IndexedInstance } from '../sessions/index-instance.ts';
import type { Timetable } from '../sessions/model.ts';
import { boxDrawing, heightOfBox } from './box.ts';
import { columnsOf } from './columns.ts';
import { layoutOf, MARGIN, widthsOf } from './layout.ts';
import { bySessionOf, markedBreaks } from './marked-breaks.ts';
import { colour, styleOf, TRACK_COLOURS } from './style.ts';
import { drawing, type Scheme } from './svg.ts';
import { linesOf } from './text-lines.ts';
import { dayDrawing, footDrawing, headDrawing, summaryOf } from './timetable-text.ts';
import { tracksOf } from './tracks.ts';

/** How a timetable is drawn; everything may be left out. */
export interface TimetableDrawing {
  /**
   * In pixels. Where the rooms have no space for columns beside each other, sessions stand in a list;
   * as wide as the rooms need when left out.
   */
  readonly width?: number;
  /** The name of the drawing; that of the instance when left out. */
  readonly title?: string;
  /** What slots, rooms and people are called; as `namesOf` says when left out. */
  readonly names?: Names;
  /** An earlier timetable: what is elsewhere now is marked, with where it was. */
  readonly before?: Timetable;
  /** Always light or always dark, instead of as the reader's system says. */
  readonly scheme?: Scheme;
  /** Begins the ids in the drawing; two on one page need different ones. */
  readonly id?: string;
}

/**
 * A timetable as an SVG document that needs nothing else: a block for each day, slots as rows and
 * rooms as columns (or a list, where there is no space). Tracks differ by strokes as well as by
 * colour; what breaks a rule is marked, with its sentence below and in the box's tooltip; plenaries
 * and blocks go across all rooms. Texts of people are escaped. There is no script in it.
 */
export function drawTimetable(
  indexed: IndexedInstance,
  timetable: Timetable,
  options: TimetableDrawing = {},
): string {
  const { names = namesOf(indexed) } = options;
  const columns = columnsOf(indexed, timetable);
  const widths = widthsOf(columns, options.width);
  const inner = widths.width - 2 * MARGIN;
  const breaks = markedBreaks(indexed, columns.placed, names);
  const bySession = bySessionOf(breaks);
  const tracks = tracksOf(indexed);
  const title = options.title ?? indexed.instance.title ?? 'Timetable';
  const summary = summaryOf(indexed, columns.nowhere.length, breaks);

  const head = headDrawing(title, summary, tracks, inner);
  const context = {
    indexed,
    tracks: new Map(tracks.map((look) => [look.track, look])),
    breaksOf: (session: number) => bySession.get(session) ?? [],
    slotName: (slot: number) => slotName(indexed, names, slot),
    roomName: names.room,
    personName: names.person,
    placeBefore: placesBefore(indexed, timetable, names, options.before),
    isList: widths.kind === 'list',
  };
  const roomLines = columns.rooms.map((room) =>
    linesOf(room < 0 ? 'No room' : context.roomName(room), (widths.columnWidth - 8) / 12, 2),
  );
  const headLines = Math.max(1, ...roomLines.map(({ length }) => length));
  const layout = layoutOf(indexed, columns, {
    width: options.width,
    top: head.end,
    headHeight: () => headLines * 14 + 8,
    heightOf: (cell, width) => heightOfBox(context, cell, width),
  });
  const days = layout.days.map((day) =>
    dayDrawing(indexed, columns.rooms, roomLines, day, layout, context.slotName),
  );
  const boxes = layout.days.flatMap((day) => day.boxes).map((box) => boxDrawing(context, box));
  const foot = footDrawing(indexed, columns.nowhere, breaks, inner, layout.end);
  return drawing(
    {
      look: 'cairn-timetable',
      scheme: options.scheme ?? 'auto',
      id: options.id ?? 'timetable',
      width: layout.width,
      height: foot.end + MARGIN,
      title,
      description: summary,
    },
    STYLE,
    head.content,
    ...days,
    ...boxes,
    foot.content,
  );
}

const STYLE = styleOf(
  'cairn-timetable',
  `
  .outline{fill:${colour('box')};stroke:${colour('edge')}}
  .plenary .outline,.block .outline{fill:${colour('tint')}}
  .block .outline{stroke-dasharray:3 2}
  .broken .outline{stroke:${colour('bad')};stroke-width:2}
  .shut{fill:${colour('tint')}}
  .mark{fill:none;stroke-width:1.6}
  .bad-mark{stroke:${colour('bad')}}
  .warn-mark{stroke:${colour('warn')}}
  .track{fill:none}
  ${Array.from({ length: TRACK_COLOURS }, (_, index) => `.t${index}{stroke:${colour(`track${index}`)}}`).join('\n')}`,
);

/** Where a session was, if it was elsewhere. */
function placesBefore(
  indexed: IndexedInstance,
  timetable: Timetable,
  names: Names,
  before: Timetable | undefined,
): (session: number) => string | undefined {
  return (session) => {
    if (before === undefined) return undefined;
    const was = placeOf(indexed, before, session);
    const is = placeOf(indexed, timetable, session);
    const isThere = was.slot === is.slot && was.room === is.room;
    return isThere ? undefined : placeInWords(names, was);
  };
}

/** Its name without the day, which stands above. */
function slotName({ slots }: IndexedInstance, names: Names, slot: number): string {
  const day = slots[slot]?.day ?? '';
  const name = names.slot(slot);
  const rest = name.startsWith(day) ? name.slice(day.length).replace(/^[\s,:]+/, '') : name;
  return rest === '' ? name : rest;
}
