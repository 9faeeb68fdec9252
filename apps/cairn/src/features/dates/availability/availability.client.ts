// Makes the picture of the week a grid that is painted with mouse, finger or keyboard. The text
// fields stay what is sent; grid and fields follow each other.
import {
  DAY_HOURS,
  DAY_NAMES,
  DAYS,
  fieldOf,
  formatHours,
  formatWeek,
  parseHours,
  readWeek,
  type TypedHours,
} from './hours-rules.ts';

const WORDS = ['no', 'if need be', 'yes'] as const;
/** A tap goes from no to yes to if need be, and back to no. */
const NEXT = ['2', '0', '1'] as const;
/** Milliseconds that a finger rests before it paints instead of scrolling. */
const HOLD_MS = 300;
/** Pixels by which a finger may tremble. */
const TREMBLE = 8;

function paintable(grid: HTMLTableElement, around: HTMLFormElement): void {
  const tiles = [...grid.querySelectorAll('td')].sort((a, b) => hourOf(a) - hourOf(b));
  const says = document.getElementById('week-says');
  let cells = tiles.map(({ dataset }) => dataset['level'] ?? '0');
  let focused = 9;

  const labelOf = (hour: number): string => {
    const [day, from] = [Math.floor(hour / DAY_HOURS), hour % DAY_HOURS];
    const name = DAY_NAMES[DAYS[day] ?? 'mon'];
    return `${name} ${from}:00 to ${from + 1}:00: ${WORDS[Number(cells[hour])] ?? 'no'}`;
  };
  const say = (text: string): void => {
    if (says !== null) says.textContent = text;
  };
  const draw = (next: readonly string[]): void => {
    cells = [...next];
    for (const [hour, tile] of tiles.entries()) {
      tile.dataset['level'] = cells[hour] ?? '0';
      tile.setAttribute('aria-label', labelOf(hour));
    }
  };
  const focus = (hour: number): void => {
    tiles[focused]?.setAttribute('tabindex', '-1');
    focused = hour;
    tiles[hour]?.setAttribute('tabindex', '0');
    tiles[hour]?.focus({ preventScroll: false });
  };
  const change = (next: readonly string[]): void => {
    const days = DAYS.filter((_, day) =>
      next.some((cell, hour) => Math.floor(hour / DAY_HOURS) === day && cell !== cells[hour]),
    );
    draw(next);
    writeFields(around, cells.join(''), days);
  };
  const paint = (hour: number, level: string): void => {
    change(cells.map((cell, each) => (each === hour ? level : cell)));
    say(labelOf(hour));
  };

  grid.removeAttribute('aria-hidden');
  grid.setAttribute('role', 'grid');
  grid.setAttribute('aria-label', 'Your week, hour by hour');
  for (const tile of tiles) {
    tile.setAttribute('role', 'gridcell');
    tile.setAttribute('tabindex', hourOf(tile) === focused ? '0' : '-1');
  }
  around.querySelector('.painting')?.removeAttribute('hidden');
  draw(cells);

  grid.addEventListener('keydown', (event) => {
    const tile = tileAt(event.target);
    if (tile === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    const hour = hourOf(tile);
    if (event.key === ' ') {
      event.preventDefault();
      paint(hour, nextLevel(cells[hour]));
      return;
    }
    const to = neighbour(hour, event.key);
    if (to === undefined) return;
    event.preventDefault();
    const level = cells[hour] ?? '0';
    focus(to);
    if (event.shiftKey) paint(to, level);
  });

  paintWithPointer(grid, {
    levels: () => cells,
    draw,
    done: (before, painted, hour) => {
      draw(before);
      change(painted);
      focus(hour);
      const count = painted.filter((cell, each) => cell !== before[each]).length;
      say(count === 1 ? labelOf(hour) : `${count} hours: ${WORDS[Number(painted[hour])] ?? 'no'}`);
    },
  });

  around.addEventListener('input', (event) => {
    if (!(event.target instanceof HTMLInputElement)) return;
    const read = readWeek(fieldsOf(around));
    if (read.ok) draw([...read.value]);
  });
}

interface Painted {
  readonly levels: () => readonly string[];
  readonly draw: (cells: readonly string[]) => void;
  readonly done: (before: readonly string[], painted: readonly string[], hour: number) => void;
}

/** Paints the block from where the pointer went down to where it is. */
function paintWithPointer(grid: HTMLElement, { levels, draw, done }: Painted): void {
  let begun: { x: number; y: number; hour: number; id: number } | undefined;
  let stroke: { before: readonly string[]; level: string } | undefined;
  let last = 0;
  let hold: ReturnType<typeof setTimeout> | undefined;

  const extend = (hour: number): void => {
    if (stroke === undefined || begun === undefined) return;
    last = hour;
    draw(block(stroke.before, begun.hour, hour, stroke.level));
  };
  const start = (): void => {
    if (begun === undefined || stroke !== undefined) return;
    const before = levels();
    stroke = { before, level: nextLevel(before[begun.hour]) };
    grid.classList.add('is-held');
    extend(begun.hour);
  };
  const end = (isKept: boolean): void => {
    clearTimeout(hold);
    grid.classList.remove('is-held');
    if (stroke !== undefined && begun !== undefined) {
      if (isKept) done(stroke.before, block(stroke.before, begun.hour, last, stroke.level), last);
      else draw(stroke.before);
    }
    begun = undefined;
    stroke = undefined;
  };

  grid.addEventListener('pointerdown', (event) => {
    const tile = tileAt(event.target);
    if (tile === undefined || event.button !== 0 || begun !== undefined) return;
    begun = { x: event.clientX, y: event.clientY, hour: hourOf(tile), id: event.pointerId };
    if (event.pointerType === 'touch') {
      // A finger that moves up or down at once means to scroll.
      hold = setTimeout(start, HOLD_MS);
    } else {
      event.preventDefault();
      start();
    }
  });
  document.addEventListener('pointermove', (event) => {
    if (begun === undefined || event.pointerId !== begun.id) return;
    const [across, down] = [Math.abs(event.clientX - begun.x), Math.abs(event.clientY - begun.y)];
    if (stroke === undefined) {
      if (across > TREMBLE && across > down) start();
      else if (down > TREMBLE) clearTimeout(hold);
    }
    const tile = tileAt(document.elementFromPoint(event.clientX, event.clientY));
    if (stroke !== undefined && tile !== undefined && grid.contains(tile)) extend(hourOf(tile));
  });
  document.addEventListener('pointerup', (event) => {
    if (begun === undefined || event.pointerId !== begun.id) return;
    const isTap = Math.hypot(event.clientX - begun.x, event.clientY - begun.y) <= TREMBLE;
    if (isTap) start();
    end(true);
  });
  document.addEventListener('pointercancel', () => end(false));
  grid.addEventListener(
    'touchmove',
    (event) => {
      // Once it paints, the page stays where it is.
      if (stroke !== undefined && event.cancelable) event.preventDefault();
    },
    { passive: false },
  );
  grid.addEventListener('contextmenu', (event) => {
    if (stroke !== undefined) event.preventDefault();
  });
}

const hourOf = ({ dataset }: HTMLElement): number => Number(dataset['hour']);

const nextLevel = (level = '0'): string => NEXT[Number(level)] ?? '0';

function tileAt(target: EventTarget | null): HTMLElement | undefined {
  const tile = target instanceof Element ? target.closest('td[data-hour]') : null;
  return tile instanceof HTMLElement ? tile : undefined;
}

/** The hour that a key leads to; undefined for other keys and at the edge. */
function neighbour(hour: number, key: string): number | undefined {
  const [day, at] = [Math.floor(hour / DAY_HOURS), hour % DAY_HOURS];
  const to: Record<string, [number, number]> = {
    ArrowLeft: [day - 1, at],
    ArrowRight: [day + 1, at],
    ArrowUp: [day, at - 1],
    ArrowDown: [day, at + 1],
    Home: [0, at],
    End: [DAYS.length - 1, at],
    PageUp: [day, 0],
    PageDown: [day, DAY_HOURS - 1],
  };
  const [toDay, toHour] = to[key] ?? [-1, -1];
  const isThere = toDay >= 0 && toDay < DAYS.length && toHour >= 0 && toHour < DAY_HOURS;
  return isThere ? toDay * DAY_HOURS + toHour : undefined;
}

/** The cells with all hours between two corners at a level. */
function block(
  cells: readonly string[],
  corner: number,
  other: number,
  level: string,
): readonly string[] {
  const between = (at: number, one: number, two: number): boolean =>
    at >= Math.min(one, two) && at <= Math.max(one, two);
  const dayOf = (hour: number): number => Math.floor(hour / DAY_HOURS);
  return cells.map((cell, hour) =>
    between(dayOf(hour), dayOf(corner), dayOf(other)) &&
    between(hour % DAY_HOURS, corner % DAY_HOURS, other % DAY_HOURS)
      ? level
      : cell,
  );
}

const boxOf = (form: HTMLFormElement, name: string): HTMLInputElement | undefined => {
  const box = form.elements.namedItem(name);
  return box instanceof HTMLInputElement ? box : undefined;
};

function fieldsOf(form: HTMLFormElement): TypedHours {
  const typed: Record<string, string> = {};
  for (const day of DAYS) {
    for (const level of ['yes', 'maybe'] as const) {
      const name = fieldOf(level, day);
      typed[name] = boxOf(form, name)?.value ?? '';
    }
  }
  return typed;
}

/** Writes painted days into their fields; the others only where their words would now say otherwise. */
function writeFields(
  form: HTMLFormElement,
  cells: string,
  days: readonly (typeof DAYS)[number][],
): void {
  for (const day of days) {
    for (const [level, name] of [
      [2, fieldOf('yes', day)] as const,
      [1, fieldOf('maybe', day)] as const,
    ]) {
      const box = boxOf(form, name);
      if (box !== undefined) box.value = formatHours(cells, DAYS.indexOf(day), level);
    }
  }
  const read = readWeek(fieldsOf(form));
  if (read.ok && read.value === cells) return;
  // Such as 22-2 of the day before a painted one. What is not understood stays for its writer.
  for (const [name, hours] of Object.entries(formatWeek(cells))) {
    const box = boxOf(form, name);
    if (box !== undefined && parseHours(box.value).ok) box.value = hours;
  }
}

const table = document.getElementById('week');
const form = table?.closest('form');
if (table instanceof HTMLTableElement && form instanceof HTMLFormElement) paintable(table, form);
