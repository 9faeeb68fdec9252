import type { TracePoint } from '@cairn/timetable/drawing/descent';
import { boundsOf } from '@cairn/timetable/proof/bounds';
import { Search } from '@cairn/timetable/search/search';
import type { IndexedInstance } from '@cairn/timetable/sessions/index-instance';
import type { News, Order } from './messages.ts';
import { inventedSummit } from './summit.ts';

/** So many iterations between two looks at what the page wants. */
const STEPS = 10_000;
const MILLISECONDS_BETWEEN_NEWS = 250;

/** The search that is under way, from its start on. */
interface Run {
  readonly indexed: IndexedInstance;
  search: Search;
  readonly trace: TracePoint[];
  bounds: readonly (number | undefined)[];
}

let run: Run | undefined;
let isStopped = false;

self.addEventListener('message', ({ data }: MessageEvent<Order>) => {
  switch (data.kind) {
    case 'start': {
      const indexed = inventedSummit(data.wanted);
      run = {
        indexed,
        search: new Search(indexed, { seed: data.wanted.seed, iterations: data.iterations }),
        trace: [],
        bounds: [],
      };
      isStopped = false;
      note(run);
      return void go(run);
    }
    case 'stop':
      isStopped = true;
      return;
    case 'continue':
      if (run === undefined || !isStopped) return;
      isStopped = false;
      // From plain data, as if it came out of a file: what is found is the same as without a pause.
      run.search = Search.resume(run.indexed, JSON.parse(JSON.stringify(run.search.checkpoint())));
      return void go(run);
  }
});

async function go(own: Run): Promise<void> {
  let told = 0;
  for (let isDone = false; !isDone && own === run; ) {
    isDone = own.search.run(STEPS);
    note(own);
    const isOver = isDone || isStopped;
    if (isOver || performance.now() - told > MILLISECONDS_BETWEEN_NEWS) {
      tell(own, isDone ? 'done' : isStopped ? 'stopped' : 'searching');
      told = performance.now();
    }
    if (isDone) tell({ ...own, bounds: provenBounds(own) }, 'done');
    if (isOver) return;
    // Messages come in between two tasks.
    await new Promise((resolve) => setTimeout(resolve));
  }
}

function note(own: Run): void {
  const { indexed, search, trace } = own;
  const { values, iterations } = search;
  const last = trace.at(-1)?.values;
  if (last?.every((value, level) => value === values[level]) === true) return;
  trace.push({ iteration: iterations, values });
  // What holds may be taken for granted by the bounds of the rest.
  if (values[0] === 0 && own.bounds.length === 0) {
    const within = values.map((_, level) => (level === 0 ? 0 : Number.POSITIVE_INFINITY));
    own.bounds = boundsOf(indexed, { within }).map(({ value }) => value);
  }
}

/** Beyond so many sessions a strong bound takes longer than anybody waits. */
const MOST_SESSIONS = 150;

/** What nobody can be below, tried harder now that there is time. */
function provenBounds({ indexed, search, bounds }: Run): Run['bounds'] {
  if (indexed.sessions.length > MOST_SESSIONS || search.values[0] !== 0) return bounds;
  const effort = { rounds: 300, patterns: 20_000 };
  return boundsOf(indexed, { within: search.values, effort }).map(({ value }) => value);
}

function tell({ search, trace, bounds }: Run, state: News['state']): void {
  const { slot, room } = search.best;
  const news: News = {
    state,
    iterations: search.iterations,
    values: search.values,
    slot: Array.from(slot),
    room: Array.from(room),
    trace,
    bounds,
  };
  self.postMessage(news);
}
