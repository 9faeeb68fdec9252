import type { Values } from '../sessions/model.ts';
import { type Axis, axisFor, exactAxis, shortNumber, wholeNumber } from './axis.ts';
import { colour, styleOf } from './style.ts';
import { drawing, element, type Scheme, textAt } from './svg.ts';
import { cutTo, linesOf } from './text-lines.ts';

/** The best that a search had after so many iterations. */
export interface TracePoint {
  readonly iteration: number;
  readonly values: Values;
}

/** How a descent is drawn; everything may be left out. */
export interface DescentDrawing {
  /** In pixels; 640 when left out. */
  readonly width?: number;
  readonly title?: string;
  /** What the levels are called, from 0; “level 2” when left out. */
  readonly levels?: readonly string[];
  /** By level what no timetable can be better than, where that is known; what is infinite is not drawn. */
  readonly bounds?: readonly (number | undefined)[];
  /** How far the search went; the last point's iteration when left out. */
  readonly iterations?: number;
  /** Always light or always dark, instead of as the reader's system says. */
  readonly scheme?: Scheme;
  /** Begins the ids in the drawing; two on one page need different ones. */
  readonly id?: string;
}

const MARGIN = 16;
const LEFT = 62;
const PANEL = 150;
const AXIS = 40;

/**
 * The cost falling, as an SVG document that needs nothing else: one panel for each level on which
 * something happened, over the iterations; with the bound, where one is known, as a line. An axis is
 * logarithmic (and says so) where its values span orders. Levels that were always alike are said.
 */
export function drawDescent(trace: readonly TracePoint[], options: DescentDrawing = {}): string {
  const width = Math.max(options.width ?? 640, 240);
  const inner = width - 2 * MARGIN;
  const points = trace.toSorted((one, other) => one.iteration - other.iteration);
  const count = Math.max(0, ...points.map(({ values }) => values.length));
  const all = Array.from({ length: count }, (_, level) => levelOf(level, points, options));
  const shown = all.filter(({ least, most }) => least !== most);
  const last = Math.max(options.iterations ?? 0, points.at(-1)?.iteration ?? 0);
  const title = options.title ?? 'The cost falling';
  const summary = summaryOf(all, last);

  const content: string[] = [];
  let y = MARGIN + 16;
  for (const line of linesOf(title, inner / 19, 2)) {
    content.push(textAt(MARGIN, y, 'title', line));
    y += 24;
  }
  for (const line of linesOf(summary, inner / 12, 12)) {
    content.push(textAt(MARGIN, y, 'said', line));
    y += 16;
  }
  const iterations = exactAxis(last);
  for (const level of shown) {
    content.push(panelDrawing(level, iterations, last, y, width));
    y += PANEL + AXIS + 24;
  }
  return drawing(
    {
      look: 'cairn-descent',
      scheme: options.scheme ?? 'auto',
      id: options.id ?? 'descent',
      width,
      height: y + MARGIN,
      title,
      description: summary,
    },
    STYLE,
    ...content,
  );
}

const STYLE = styleOf(
  'cairn-descent',
  `
  .axis{stroke:${colour('edge')};fill:none}
  .cost{stroke:${colour('line')};stroke-width:2;fill:none;stroke-linejoin:round}
  .bound{stroke:${colour('warn')};stroke-width:1.5;stroke-dasharray:6 4;fill:none}
.beside{paint-order:stroke;stroke:${colour('paper')};stroke-width:4;stroke-linejoin:round}
  .end{fill:${colour('line')}}`,
);

/** One level over the whole search. */
interface Level {
  readonly name: string;
  readonly steps: readonly { readonly iteration: number; readonly value: number }[];
  readonly bound: number | undefined;
  readonly least: number;
  readonly most: number;
}

function levelOf(
  level: number,
  points: readonly TracePoint[],
  { levels = [], bounds = [] }: DescentDrawing,
): Level {
  const steps: { iteration: number; value: number }[] = [];
  for (const { iteration, values } of points) {
    const value = values[level] ?? 0;
    if (steps.at(-1)?.value !== value) steps.push({ iteration, value });
  }
  const found = steps.map(({ value }) => value);
  return {
    name: levels[level] ?? `level ${level}`,
    steps,
    bound: Number.isFinite(bounds[level]) ? bounds[level] : undefined,
    least: found.reduce((one, other) => Math.min(one, other), Number.POSITIVE_INFINITY),
    most: found.reduce((one, other) => Math.max(one, other), Number.NEGATIVE_INFINITY),
  };
}

function summaryOf(levels: readonly Level[], iterations: number): string {
  if (levels.length === 0) return 'Nothing was searched yet.';
  const said = levels.map(({ name, steps, bound, least, most }) => {
    const [first, last] = [steps[0]?.value ?? 0, steps.at(-1)?.value ?? 0];
    const fell =
      least === most
        ? `stays at ${wholeNumber(last)}`
        : `goes from ${wholeNumber(first)} to ${wholeNumber(last)}`;
    const limit =
      bound === undefined ? '' : bound === last ? ' (its bound)' : ` (bound ${wholeNumber(bound)})`;
    return `${name} ${fell}${limit}`;
  });
  return `In ${wholeNumber(iterations)} iterations: ${said.join('; ')}.`;
}

function panelDrawing(
  { name, steps, bound, most, least }: Level,
  iterations: Axis,
  last: number,
  top: number,
  width: number,
): string {
  const axis = axisFor([least, most, ...(bound === undefined ? [] : [bound])]);
  const [left, right] = [MARGIN + LEFT, width - MARGIN - 4];
  const [low, high] = [top + 24 + PANEL, top + 24];
  const x = (iteration: number) => left + iterations.at(iteration) * (right - left);
  const y = (value: number) => low - axis.at(value) * (low - high);
  const end = steps.at(-1)?.value ?? 0;
  // It holds until something better is found, so the line goes across before it goes down.
  const path = thinned(steps, (iteration) => Math.round(2 * x(iteration)))
    .map(({ iteration, value }, index) =>
      index === 0
        ? `M${fine(x(iteration))} ${fine(y(value))}`
        : `H${fine(x(iteration))}V${fine(y(value))}`,
    )
    .join('');
  const unit = axis.isLogarithmic ? `${name} (each step ten times the last)` : name;
  return [
    textAt(MARGIN, top + 12, 'said strong', cutTo(unit, (width - 2 * MARGIN) / 13)),
    ...axis.ticks.flatMap((tick) => [
      element('path', { class: 'rule', d: `M${left} ${fine(y(tick))}H${right}` }),
      textAt(left - 6, y(tick) + 4, 'note', shortNumber(tick), 'end'),
    ]),
    element('path', { class: 'axis', d: `M${left} ${high}V${low}H${right}` }),
    ...everyOther(iterations.ticks, width).map((tick) =>
      textAt(x(tick), low + 15, 'note', shortNumber(tick), x(tick) > right - 24 ? 'end' : 'middle'),
    ),
    textAt(right, low + 30, 'note', 'iterations', 'end'),
    ...(bound === undefined
      ? []
      : [element('path', { class: 'bound', d: `M${left} ${fine(y(bound))}H${right}` })]),
    element('path', { class: 'cost', d: `${path}H${fine(x(last))}` }),
    ...(bound === undefined ? [] : [boundName(bound, left + 4, y(bound), low)]),
    element('circle', { class: 'end', cx: x(last), cy: y(end), r: 3 }),
    textAt(x(last) - 6, y(end) - 6, 'said strong beside', wholeNumber(end), 'end'),
  ].join('');
}

/** Below its line, where no cost can be, if there is space above the axis. */
const boundName = (bound: number, x: number, y: number, low: number): string =>
  textAt(x, y + 14 < low ? y + 13 : y - 4, 'note warn beside', `bound ${wholeNumber(bound)}`);

const fine = (value: number): number => Math.round(value * 100) / 100;

/** Names that would stand too close are left out. */
const everyOther = (ticks: readonly number[], width: number): readonly number[] =>
  width < 420 ? ticks.filter((_, index) => index % 2 === 0) : ticks;

/** Of steps at the same half pixel the last: more could not be seen. */
function thinned<Step extends { readonly iteration: number }>(
  steps: readonly Step[],
  placeOf: (iteration: number) => number,
): Step[] {
  return steps.filter((step, index) => {
    const next = steps[index + 1];
    return index === 0 || next === undefined || placeOf(next.iteration) !== placeOf(step.iteration);
  });
}
