import { drawDescent } from '@cairn/timetable/drawing/descent';
import { drawTimetable } from '@cairn/timetable/drawing/timetable';
import { namesOf, placeInWords } from '@cairn/timetable/explain/names';
import { valuesInWords } from '@cairn/timetable/explain/words';
import type { IndexedInstance } from '@cairn/timetable/sessions/index-instance';
import type { News, Order } from './messages.ts';
import { inventedSummit, type Size, type Wanted } from './summit.ts';
import { source } from './worker.ts?source';

const byId = <T extends HTMLElement>(id: string, kind: new () => T): T => {
  const found = document.getElementById(id);
  if (found instanceof kind) return found;
  throw new Error(`the page has no ${id}`);
};

const form = byId('wanted', HTMLFormElement);
const size = byId('size', HTMLSelectElement);
const seed = byId('seed', HTMLInputElement);
const iterations = byId('iterations', HTMLInputElement);
const pause = byId('pause', HTMLButtonElement);
const status = byId('status', HTMLElement);
const values = byId('values', HTMLElement);
const progress = byId('progress', HTMLProgressElement);
const timetable = byId('timetable', HTMLElement);
const descent = byId('descent', HTMLElement);
const text = byId('text', HTMLUListElement);
const asText = byId('as-text', HTMLDetailsElement);

// The worker's program stands in the page, so that this is one file that needs no server.
const worker = new Worker(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })));
const order = (what: Order): void => worker.postMessage(what);

let summit: IndexedInstance | undefined;
let news: News | undefined;
/** When the pictures were drawn last, and how long that took, in milliseconds. */
let drawn = 0;
let drawing = 0;

const SIZES: readonly Size[] = ['S', 'M', 'L'];

function wanted(): Wanted {
  return {
    size: SIZES.find((each) => each === size.value) ?? 'S',
    seed: Math.max(0, Math.floor(Number(seed.value)) || 0),
  };
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  summit = inventedSummit(wanted());
  news = undefined;
  const count = Math.max(1, Math.floor(Number(iterations.value)) || 1);
  progress.max = count;
  progress.value = 0;
  pause.disabled = false;
  pause.textContent = 'Stop';
  status.textContent = 'The search begins.';
  status.dataset['state'] = 'searching';
  order({ kind: 'start', wanted: wanted(), iterations: count });
});

pause.addEventListener('click', () => {
  order({ kind: news?.state === 'stopped' ? 'continue' : 'stop' });
});

worker.addEventListener('message', ({ data }: MessageEvent<News>) => {
  const isNewState = data.state !== news?.state;
  news = data;
  pause.disabled = data.state === 'done';
  pause.textContent = data.state === 'stopped' ? 'Continue' : 'Stop';
  progress.value = data.iterations;
  // Large pictures take long: most of the time the page is to be there for whoever uses it.
  if (data.state !== 'searching' || isNewState || performance.now() - drawn > 4 * drawing) draw();
  // Whoever listens to the page is told what changed, not every quarter of a second.
  if (isNewState) status.textContent = STATES[data.state];
  status.dataset['state'] = data.state;
});

const STATES: Readonly<Record<News['state'], string>> = {
  searching: 'The search goes on.',
  stopped: 'The search stands still.',
  done: 'The search has ended.',
};

function draw(): void {
  if (summit === undefined || news === undefined) return;
  const begun = performance.now();
  const { slot, room, trace, bounds, iterations: searched } = news;
  const found = valuesInWords(summit, news.values);
  const least = bounds.map((bound) => bound ?? 0);
  values.textContent = `After ${searched.toLocaleString('en')} iterations: ${found}.${
    bounds.length === 0 ? '' : ` Nobody can be below ${valuesInWords(summit, least)}.`
  }`;
  timetable.innerHTML = drawTimetable(summit, { slot, room }, { width: widthFor(summit) });
  descent.innerHTML = drawDescent(trace, {
    title: 'The best so far, by level',
    width: Math.min(760, widthOf(descent)),
    levels: summit.instance.levels ?? [],
    bounds,
    iterations: searched,
  });
  for (const picture of [timetable, descent]) {
    // What scrolls must be reached by keyboard, and nothing else.
    if (picture.scrollWidth > picture.clientWidth) picture.tabIndex = 0;
    else picture.removeAttribute('tabindex');
  }
  if (asText.open) say(summit, news);
  drawn = performance.now();
  drawing = drawn - begun;
}

const widthOf = ({ clientWidth }: HTMLElement): number => Math.max(288, clientWidth);

/** On a small screen a list, on others a grid, which may be scrolled. */
function widthFor({ rooms }: IndexedInstance): number {
  const width = widthOf(timetable);
  return width < 600 ? width : Math.max(width, 120 + 110 * rooms.length);
}

/** The same timetable for those who read with their ears. */
function say(indexed: IndexedInstance, { slot, room }: News): void {
  const names = namesOf(indexed);
  const order = [...indexed.sessions.keys()].sort(
    (one, other) => (slot[one] ?? -1) - (slot[other] ?? -1),
  );
  text.replaceChildren(
    ...order.map((session) => {
      const place = { slot: slot[session] ?? -1, room: room[session] ?? -1 };
      const item = document.createElement('li');
      item.textContent = `${placeInWords(names, place)}: ${names.session(session)}`;
      return item;
    }),
  );
}

asText.addEventListener('toggle', () => {
  if (asText.open && summit !== undefined && news !== undefined) say(summit, news);
});
let width = widthOf(timetable);
new ResizeObserver(() => {
  if (widthOf(timetable) === width) return;
  width = widthOf(timetable);
  draw();
}).observe(timetable);
