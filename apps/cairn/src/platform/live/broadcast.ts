/**
 * The same news for everybody who listens: a state of which each process keeps one copy and tells one
 * encoding, however many thousands read it. A stream of its own (`stream.ts`) loads for each reader,
 * because each may be shown something else; here nobody is.
 *
 * When something happens the state is loaded once. Those who had the one before are told what changed,
 * all with the same bytes; those who missed some, whole. Nobody is told what they have. A slow reader
 * holds up nobody, and is told the newest when they can take it.
 */
import { randomInt, randomUUID } from 'node:crypto';
import { problem } from '@cairn/kernel/problem';
import type { AppContext } from '../http/env.ts';
import type { Live, Subscription } from './live.ts';

/** A state that can be told. */
export interface News {
  /** Says by itself whether two states are the same; one line. */
  readonly id: string;
}

export interface Broadcast<State extends News> {
  /** What `publish` names when something happened to the state. */
  readonly channel: string;
  /** The state as it is; undefined where there is none to tell. */
  readonly load: () => Promise<State | undefined>;
  /** What is told of a state to who knows nothing, and to who knows the one before. */
  readonly whole: (state: State) => unknown;
  readonly change: (before: State, now: State) => unknown;
}

/** Who listens. */
export interface Listener {
  /** The id of the state that they have, if any; after an interruption the browser says it again. */
  readonly since: string | undefined;
  /** They have signed in. The last tenth of the places is theirs. */
  readonly isKnown: boolean;
  /**
   * The person, or the network on the internet, that they are or come from: none of them has more than a
   * quarter of the places. Undefined where that is not known, or says nothing.
   */
  readonly from?: string | undefined;
}

/** All broadcasts of one process. */
export interface Broadcasts {
  /** Answers with a stream of server-sent events (HTML §9.2): `whole` and `change`. */
  listen<State extends News>(
    c: AppContext,
    broadcast: Broadcast<State>,
    listener: Listener,
  ): Response;
  /** How many listen. */
  count(): number;
}

/** Proxies close what is silent for half a minute or a minute. */
const HEARTBEAT_MS = 25_000;
/** Several changes in a row are told as one. */
const PAUSE_MS = 100;
/** So many are told in a row before somebody else’s request is looked at. */
const AT_ONCE = 500;
/** When thousands lose their stream at once they come back spread over this time. */
const RETRY_MS = { soonest: 2_000, latest: 15_000 };

const bytes = new TextEncoder();
const BEAT = bytes.encode(': here\n\n');

/** The broadcasts of a process. `most` is how many may listen to all of them together. */
export function createBroadcasts(live: Live, most: number): Broadcasts {
  const halls = new Map<string, Hall>();
  const crowds = new Map<string, number>();
  const count = (): number => [...halls.values()].reduce((sum, hall) => sum + hall.size, 0);
  /** Counts one more from there, until what it gives is called. */
  const come = (from: string | undefined): (() => void) => {
    if (from === undefined) return () => undefined;
    crowds.set(from, (crowds.get(from) ?? 0) + 1);
    return () => {
      const left = (crowds.get(from) ?? 1) - 1;
      if (left > 0) crowds.set(from, left);
      else crowds.delete(from);
    };
  };
  return {
    count,
    listen(c, broadcast, { since, isKnown, from }) {
      const isCrowd = from !== undefined && (crowds.get(from) ?? 0) >= Math.ceil(most / 4);
      if (isCrowd || count() >= (isKnown ? most : Math.floor(most * 0.9))) {
        const { sentence } = problem(
          'too-many-listeners',
          'Too many people follow this page at the moment. It shows what holds whenever you load it.',
        );
        c.header('retry-after', '60');
        return c.text(`${sentence}\n`, 429);
      }
      const { channel } = broadcast;
      // Nobody reads the body of that answer, nor says that they went: it would hold a place for minutes.
      if (c.req.method === 'HEAD') return c.body(null);
      const hall = halls.get(channel) ?? openHall(live, broadcast, () => halls.delete(channel));
      halls.set(channel, hall);
      c.header('content-type', 'text/event-stream; charset=utf-8');
      c.header('cache-control', 'no-store');
      // Asks nginx not to collect the answer before it passes it on.
      c.header('x-accel-buffering', 'no');
      return c.body(hall.join(c.req.header('last-event-id') ?? since, come(from)));
    },
  };
}

/** Those who listen to one broadcast. */
interface Hall {
  readonly size: number;
  /** `gone` is called when they leave. */
  join(since: string | undefined, gone: () => void): ReadableStream<Uint8Array>;
}

interface Seat {
  /** The id of the state that they have. */
  known: string | undefined;
  /** Nothing was taken since the last heartbeat. */
  isStuck: boolean;
  readonly controller: ReadableStreamDefaultController<Uint8Array>;
  readonly leave: () => void;
}

function openHall<State extends News>(
  live: Live,
  { channel, load, whole, change }: Broadcast<State>,
  close: () => void,
): Hall {
  const seats = new Set<Seat>();
  let state: State | undefined;
  let wholeBytes: Uint8Array | undefined;
  let isDue = false;
  let isBusy = false;
  let isClosed = false;
  let subscription: Subscription | undefined;
  let forget = (): void => undefined;
  let beat: NodeJS.Timeout | undefined;

  const encode = (event: string, id: string, data: unknown): Uint8Array =>
    bytes.encode(`id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);

  const isFull = ({ controller }: Seat): boolean => (controller.desiredSize ?? 0) <= 0;

  /** Tells one listener what they lack, unless they have all, or cannot take it yet. */
  const tell = (seat: Seat, changed?: { readonly from: string; readonly bytes: Uint8Array }) => {
    if (state === undefined || seat.known === state.id || isFull(seat) || !seats.has(seat)) return;
    const isNext = changed !== undefined && seat.known === changed.from;
    if (!isNext) wholeBytes ??= encode('whole', state.id, whole(state));
    // First, because a reader who waits asks for more while this is handed over.
    seat.known = state.id;
    const told = isNext ? changed.bytes : wholeBytes;
    if (told !== undefined) seat.controller.enqueue(told);
  };

  const each = async (act: (seat: Seat) => void): Promise<void> => {
    let done = 0;
    for (const seat of [...seats]) {
      act(seat);
      done += 1;
      if (done % AT_ONCE === 0) await nextTurn();
    }
  };

  const reload = async (): Promise<void> => {
    while (isDue && !isClosed) {
      isDue = false;
      const before = state;
      const now = await load();
      state = now;
      if (now !== undefined && now.id !== before?.id) {
        wholeBytes = undefined;
        const changed =
          before === undefined
            ? undefined
            : { from: before.id, bytes: encode('change', now.id, change(before, now)) };
        await each((seat) => tell(seat, changed));
      }
      await pause(PAUSE_MS);
    }
  };

  const wake = (): void => {
    isDue = true;
    if (isBusy || isClosed) return;
    isBusy = true;
    reload()
      // A database that does not answer: the next heartbeat asks again.
      .catch(() => undefined)
      .finally(() => {
        isBusy = false;
        if (isDue) wake();
      });
  };

  const shut = (): void => {
    if (isClosed) return;
    isClosed = true;
    clearInterval(beat);
    forget();
    subscription?.end();
    close();
  };

  const begin = (): void => {
    // Not a person: nobody is shown who listens here.
    subscription = live.subscribe(channel, `broadcast:${randomUUID()}`, {
      happened: wake,
      presenceChanged: () => undefined,
    });
    beat = setInterval(() => {
      void each((seat) => {
        if (!isFull(seat)) {
          seat.isStuck = false;
          seat.controller.enqueue(BEAT);
        } else if (seat.isStuck) seat.leave();
        else seat.isStuck = true;
      });
      // Where notifications are lost, nobody is behind for longer than this.
      wake();
    }, HEARTBEAT_MS);
    beat.unref();
    forget = live.onClose(() => {
      for (const { leave } of [...seats]) leave();
    });
    wake();
  };

  return {
    get size() {
      return seats.size;
    },
    join(since, gone) {
      let seat: Seat | undefined;
      const leave = (): void => {
        if (seat === undefined || !seats.delete(seat)) return;
        gone();
        try {
          seat.controller.close();
        } catch {
          // The reader went first.
        }
        if (seats.size === 0) shut();
      };
      return new ReadableStream<Uint8Array>(
        {
          start(controller) {
            seat = { known: since, isStuck: false, controller, leave };
            seats.add(seat);
            const retry = randomInt(RETRY_MS.soonest, RETRY_MS.latest);
            controller.enqueue(bytes.encode(`retry: ${retry}\n\n`));
            if (subscription === undefined) begin();
            else tell(seat);
          },
          pull() {
            if (seat !== undefined) tell(seat);
          },
          cancel: leave,
        },
        new CountQueuingStrategy({ highWaterMark: 4 }),
      );
    },
  };
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref();
  });
