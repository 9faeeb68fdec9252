import type { ToldPlace } from './here-rules.ts';

/** A session that was picked up, with what every place would mean for it. */
export interface Held {
  readonly id: string;
  readonly title: string;
  /** The revision of the draft that whoever holds it has before them. */
  readonly seen: number;
  /** How many slots it takes. */
  readonly rows: number;
  readonly places: ReadonlyMap<string, ToldPlace>;
}

/** Asks what each place would mean for a session; throws where the server does not answer that. */
export async function askPlaces(href: string, id: string): Promise<Held> {
  const answer = await fetch(`${href}/places?session=${id}`, {
    headers: { accept: 'application/json' },
    redirect: 'manual',
    signal: AbortSignal.timeout(15_000),
  });
  if (!answer.ok) throw new Error(`answered ${answer.status}`);
  const told: unknown = await answer.json();
  if (!isTold(told)) throw new Error('answered something else');
  const { title, rows, revision, places } = told;
  return {
    id,
    title,
    rows,
    seen: revision,
    places: new Map(places.map((place) => [place.key, place])),
  };
}

interface Told {
  readonly revision: number;
  readonly title: string;
  readonly rows: number;
  readonly places: readonly ToldPlace[];
}

const isTold = (value: unknown): value is Told =>
  typeof value === 'object' && value !== null && 'places' in value && Array.isArray(value.places);

/** The rows of all days in sight, in order. */
const rowsOf = (root: ParentNode): HTMLTableRowElement[] => [
  ...root.querySelectorAll<HTMLTableRowElement>('tr[data-at]'),
];

const splitKey = (key: string): { at: string; room: string } => {
  const [at = '', room = ''] = key.split('@');
  return { at, room };
};

/** The cell in which a place lies: its own, or one that something long covers. */
export function cellAt(root: ParentNode, key: string): HTMLTableCellElement | undefined {
  const own = root.querySelector<HTMLTableCellElement>(`td[data-place="${key}"]`);
  if (own !== null) return own;
  const { at, room } = splitKey(key);
  const row = root.querySelector<HTMLTableRowElement>(`tr[data-at="${at}"]`);
  const rows = rowsOf(row?.closest('table') ?? root);
  const number = row === null ? -1 : rows.indexOf(row);
  return [...root.querySelectorAll<HTMLTableCellElement>('td.taken')].find((cell) => {
    const place = splitKey(cell.dataset['place'] ?? '');
    const from = rows.findIndex(({ dataset }) => dataset['at'] === place.at);
    return place.room === room && from >= 0 && from <= number && number < from + cell.rowSpan;
  });
}

/** The place under a point of the window, in sight or covered by something long. */
export function placeAtPoint(root: ParentNode, x: number, y: number): string | undefined {
  const cell = document.elementFromPoint(x, y)?.closest<HTMLTableCellElement>('td[data-place]');
  const key = cell?.dataset['place'];
  if (!cell || key === undefined) return undefined;
  const rows = rowsOf(cell.closest('table') ?? root);
  const under = rows.find((row) => {
    const { top, bottom } = row.getBoundingClientRect();
    return y >= top && y < bottom;
  });
  const at = under?.dataset['at'];
  return at === undefined || cell.rowSpan === 1 ? key : `${at}@${splitKey(key).room}`;
}

/** Marks the cells that a session would take at a place; none where undefined. */
export function markTarget(root: ParentNode, held: Held, key: string | undefined): void {
  for (const cell of root.querySelectorAll('.is-target')) cell.classList.remove('is-target');
  if (key === undefined) return;
  const { at, room } = splitKey(key);
  const table = root.querySelector(`tr[data-at="${at}"]`)?.closest('table') ?? root;
  const rows = rowsOf(table);
  const from = rows.findIndex(({ dataset }) => dataset['at'] === at);
  for (const row of rows.slice(from, from + held.rows)) {
    cellAt(root, `${row.dataset['at']}@${room}`)?.classList.add('is-target');
  }
}

/** Shows on every free cell what it would mean, or takes that away. */
export function markStates(root: ParentNode, held: Held | undefined): void {
  root.querySelector('.draft-board')?.classList.toggle('is-picking', held !== undefined);
  for (const cell of root.querySelectorAll<HTMLElement>('td.free')) {
    const state = held?.places.get(cell.dataset['place'] ?? '')?.state;
    if (state === undefined) delete cell.dataset['state'];
    else cell.dataset['state'] = state;
    if (held === undefined) cell.querySelector('.put')?.remove();
  }
}

/** The place that an arrow key and the like lead to from another one; undefined for other keys. */
export function nextPlace(
  root: ParentNode,
  held: Held,
  key: string,
  pressed: string,
): string | undefined {
  const { at, room } = splitKey(key);
  const rows = rowsOf(root).map(({ dataset }) => dataset['at'] ?? '');
  const rooms = [
    ...(root.querySelector('tr[data-at]')?.closest('table') ?? root).querySelectorAll<HTMLElement>(
      'th[data-room]',
    ),
  ].map(({ dataset }) => dataset['room'] ?? '');
  const step = (list: readonly string[], from: string, by: number): string =>
    list[Math.min(list.length - 1, Math.max(0, list.indexOf(from) + by))] ?? from;
  if (pressed === 'ArrowUp') return `${step(rows, at, -1)}@${room}`;
  if (pressed === 'ArrowDown') return `${step(rows, at, 1)}@${room}`;
  if (pressed === 'ArrowLeft') return `${at}@${step(rooms, room, -1)}`;
  if (pressed === 'ArrowRight') return `${at}@${step(rooms, room, 1)}`;
  if (pressed === 'PageUp' || pressed === 'PageDown') {
    const [day = '', time = ''] = at.split('T');
    const days = [...new Set(rows.map((row) => row.slice(0, 10)))];
    const to = step(days, day, pressed === 'PageUp' ? -1 : 1);
    const there = rows.filter((row) => row.startsWith(to));
    return `${there.findLast((row) => row <= `${to}T${time}`) ?? there[0] ?? at}@${room}`;
  }
  if (pressed === 'n' || pressed === 'N') {
    const order = rows.flatMap((row) => rooms.map((each) => `${row}@${each}`));
    const from = order.indexOf(key);
    const around = [...order.slice(from + 1), ...order.slice(0, from)];
    const with_ = (state: ToldPlace['state']) =>
      around.find((each) => held.places.get(each)?.state === state);
    return with_('free') ?? with_('costs') ?? key;
  }
  return undefined;
}
