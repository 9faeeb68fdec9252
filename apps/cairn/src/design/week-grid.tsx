import type { ComponentChildren } from 'preact';

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

/** A table of the hours of a week, days across and hours down; `cell` is told the hour of the week. */
function HourTable({
  children,
  cell,
  ...attributes
}: {
  readonly class: string;
  readonly id?: string | undefined;
  readonly 'aria-hidden'?: 'true';
  readonly children?: ComponentChildren;
  readonly cell: (hour: number) => ComponentChildren;
}) {
  return (
    <table {...attributes}>
      {children}
      <thead>
        <tr>
          <th scope="col">
            <span class="unseen">Hour</span>
          </th>
          {DAYS.map((day) => (
            <th key={day} scope="col">
              {day}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {HOURS.map((hour) => (
          <tr key={hour}>
            <th scope="row">
              {hour}
              <span class="unseen">:00</span>
            </th>
            {DAYS.map((_, day) => cell(day * 24 + hour))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface WeekGridProps {
  readonly id: string;
  /** 168 characters 0, 1 or 2, Monday 00:00 first. */
  readonly cells: string;
}

/**
 * What somebody can in each hour of a week, as a picture: full for yes, hatched for if need be. It
 * repeats what stands in words beside it, so screen readers pass it by; a script may make it a grid
 * that is painted.
 */
export function WeekGrid({ id, cells }: WeekGridProps) {
  return (
    <div class="week-grid">
      <p class="legend small" aria-hidden="true">
        <span class="swatch" data-level="2" /> yes <span class="swatch" data-level="1" /> if need be{' '}
        <span class="swatch" data-level="0" /> no
      </p>
      <HourTable
        id={id}
        class="hours"
        aria-hidden="true"
        cell={(hour) => <td key={hour} data-hour={hour} data-level={cells[hour] ?? '0'} />}
      />
    </div>
  );
}

interface WeekHeatProps {
  readonly caption: ComponentChildren;
  /** How many people, for each of the 168 hours, Monday 00:00 first. */
  readonly counts: readonly number[];
  /** How many there are at most. */
  readonly of: number;
}

/** How many people can in each hour of a week: the number, and the darker the more. */
export function WeekHeat({ caption, counts, of }: WeekHeatProps) {
  const shade = (count: number): number => (of === 0 ? 0 : Math.ceil((5 * count) / of));
  return (
    <div class="week-grid">
      <HourTable
        class="hours heat"
        cell={(hour) => (
          <td key={hour} data-heat={shade(counts[hour] ?? 0)}>
            {counts[hour] ?? 0}
          </td>
        )}
      >
        <caption>{caption}</caption>
      </HourTable>
    </div>
  );
}

/** One place on the strip: what its clocks show during a call. */
export interface PlaceOnStrip {
  readonly zone: string;
  /** How many people are there. */
  readonly people: number;
  /** Words for the time there: “Tue 21:30–22:30”. */
  readonly time: string;
  /** Local minutes of the day at which the call begins and ends there; `until` may pass 1440. */
  readonly from: number;
  readonly until: number;
  readonly isUnsociable: boolean;
}

interface WorldStripProps {
  readonly caption: ComponentChildren;
  readonly places: readonly PlaceOnStrip[];
  /** Local minutes of the day that are sociable; `until` at or before `from` is past midnight. */
  readonly sociable: { readonly from: number; readonly until: number };
}

const DAY = 24 * 60;

/** Pieces of a day that a span covers: two, when it goes past midnight. */
function pieces(from: number, until: number): [number, number][] {
  if (until <= DAY) return [[from, until]];
  return [
    [from, DAY],
    [0, until - DAY],
  ];
}

/**
 * A call around the world: for each zone its day from midnight to midnight, nights shaded, and the
 * call as a bar where it falls.
 */
export function WorldStrip({ caption, places, sociable }: WorldStripProps) {
  const isOvernight = sociable.until <= sociable.from;
  const light = isOvernight
    ? pieces(sociable.from, sociable.until + DAY)
    : [[sociable.from, sociable.until] as const];
  return (
    <table class="world-strip">
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">Zone</th>
          <th scope="col">There</th>
          <th scope="col" class="day">
            <span aria-hidden="true">
              <span>0</span>
              <span>6</span>
              <span>12</span>
              <span>18</span>
              <span>24</span>
            </span>
            <span class="unseen">On the clock</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {places.map(({ zone, people, time, from, until, isUnsociable }) => (
          <tr key={zone}>
            <th scope="row">
              {zone.replaceAll('_', ' ')} <span class="quiet">({people})</span>
            </th>
            <td>
              {time}
              {isUnsociable && <span class="unsociable"> · unsociable</span>}
            </td>
            <td class="day">
              <svg viewBox={`0 0 ${DAY} 100`} preserveAspectRatio="none" aria-hidden="true">
                <rect class="night" x="0" y="0" width={DAY} height="100" />
                {light.map(([begins, ends]) => (
                  <rect
                    key={begins}
                    class="light"
                    x={begins}
                    y="0"
                    width={ends - begins}
                    height="100"
                  />
                ))}
                {pieces(from, until).map(([begins, ends]) => (
                  <rect
                    key={begins}
                    class={isUnsociable ? 'call bad' : 'call'}
                    x={begins}
                    y="12"
                    width={ends - begins}
                    height="76"
                  />
                ))}
              </svg>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
