/**
 * A board of the present that goes on by itself: drawn anew by the same views as on the server when
 * time changes what is now, and when the timetable changes, of which a stream tells. Without a network it
 * goes on with the timetable that it has. Without this script the page loads itself anew each minute.
 */
import { render, type VNode } from 'preact';
import { changed, type TimetableChange } from './change-rules.ts';
import type { NowTimetable } from './now-rules.ts';
import { NowBoard, type Shown } from './now-views.tsx';
import { Door, Projector } from './screen-views.tsx';

/** Words such as “in 5 minutes” are right again so soon. */
const TICK_MS = 10_000;
/** Where there is no stream the timetable is asked for so often. */
const ASK_MS = 60_000;
/** A page that nobody looks at gives its stream back: browsers open only six of them. */
const HIDDEN_MS = 60_000;
/** When groups are set anew, people's agendas are asked for over this time and not all at once. */
const SPREAD_MS = 20_000;

function begin(place: HTMLElement): void {
  const { at = '', home = '', zone = 'UTC', room, own: ownIds, now: view } = place.dataset;
  const title = place.querySelector('h1')?.textContent ?? '';
  const kept = document.documentElement.dataset['kept'];
  // The page of a service worker's shelf was made when it was kept, any other one just now. The clock of
  // the server may have been moved, so it is that which runs on.
  const ahead = Number(at) - (kept === undefined ? Date.now() : Number(kept));
  const now = (): number => Date.now() + ahead;

  let timetable: NowTimetable | undefined;
  let own = ownIds === undefined ? undefined : new Set(ownIds.split(' '));
  let groups = place.dataset['groups'] ?? '';
  let isDrawn = false;

  const board = (shown: Shown): VNode | undefined => {
    if (view === 'projector') return <Projector shown={shown} title={title} />;
    if (view === 'now') return <NowBoard shown={shown} own={own} />;
    const door = shown.timetable.rooms.find(({ key }) => key === room);
    return door && <Door shown={shown} room={door} />;
  };

  const draw = (): void => {
    if (timetable === undefined) return;
    const drawn = board({ timetable, at: now(), zone, home });
    if (drawn === undefined) return;
    // What the server drew makes room once; from then on only what differs is touched.
    if (!isDrawn) place.textContent = '';
    isDrawn = true;
    render(drawn, place);
  };

  const take = (next: NowTimetable): void => {
    timetable = next;
    draw();
    if (own === undefined || next.groups === groups) return;
    groups = next.groups;
    window.setTimeout(() => void askAgenda(), Math.random() * SPREAD_MS);
  };

  const askAgenda = async (): Promise<void> => {
    const answer = await ask(`${home}/agenda.json`);
    if (!isAgenda(answer)) return;
    own = new Set(answer.sessions);
    draw();
  };

  const askTimetable = async (): Promise<void> => {
    const answer = await ask(`${home}/now.json`);
    if (isTimetable(answer)) take(answer);
  };

  let events: EventSource | undefined;
  let asking = 0;
  const close = (): void => {
    events?.close();
    events = undefined;
  };
  const open = (): void => {
    if (events !== undefined) return;
    window.clearInterval(asking);
    const opened = new EventSource(`${home}/now/live?since=${timetable?.stamp ?? ''}`);
    events = opened;
    opened.addEventListener('whole', ({ data }) => {
      const whole: unknown = JSON.parse(String(data));
      if (isTimetable(whole)) take(whole);
    });
    opened.addEventListener('change', ({ data }) => {
      const change: unknown = JSON.parse(String(data));
      if (timetable !== undefined && isChange(change)) take(changed(timetable, change));
    });
    opened.addEventListener('error', () => {
      // The browser comes back by itself, unless it was refused: then we ask now and then.
      if (opened.readyState !== EventSource.CLOSED || events !== opened) return;
      close();
      asking = window.setInterval(() => void askTimetable(), ASK_MS * (1 + Math.random()));
    });
  };

  let hiding = 0;
  document.addEventListener('visibilitychange', () => {
    window.clearTimeout(hiding);
    if (document.visibilityState === 'hidden') hiding = window.setTimeout(close, HIDDEN_MS);
    else {
      draw();
      open();
    }
  });
  window.addEventListener('online', () => void askTimetable());
  window.addEventListener('pagehide', close);
  window.addEventListener('pageshow', ({ persisted }) => {
    if (!persisted) return;
    draw();
    open();
  });
  window.setInterval(draw, TICK_MS);
  void askTimetable().finally(open);
}

async function ask(address: string): Promise<unknown> {
  const response = await fetch(address).catch(() => undefined);
  return response?.ok === true ? response.json().catch(() => undefined) : undefined;
}

const hasEntries = (value: unknown): value is Pick<NowTimetable, 'stamp' | 'entries'> =>
  typeof value === 'object' &&
  value !== null &&
  'stamp' in value &&
  'entries' in value &&
  Array.isArray(value.entries);

const isTimetable = (value: unknown): value is NowTimetable =>
  hasEntries(value) && !('gone' in value);
const isChange = (value: unknown): value is TimetableChange => hasEntries(value) && 'gone' in value;

const isAgenda = (value: unknown): value is { readonly sessions: readonly string[] } =>
  typeof value === 'object' &&
  value !== null &&
  'sessions' in value &&
  Array.isArray(value.sessions) &&
  value.sessions.every((id) => typeof id === 'string');

const place = document.querySelector<HTMLElement>('[data-now]');
if (place !== null) begin(place);
