import { problem } from '@cairn/kernel/problem';
import type { AppContext } from '../http/env.ts';
import type { Live } from './live.ts';

/** One thing to tell a browser. */
export interface LiveMessage {
  /** Rises with what is newer; comes back as Last-Event-ID after an interruption. */
  readonly id: number;
  readonly data: unknown;
}

export interface LiveStream {
  readonly channel: string;
  /** Who reads: one of those who are then present on the channel. */
  readonly key: string;
  /** What the browser has already, by id. After an interruption Last-Event-ID says it instead. */
  readonly since: number;
  /**
   * What is newer than an id, if anything is; `over` when the reader may read no longer. Asked when
   * something was published, after an interruption and at every heartbeat.
   */
  readonly load: (since: number) => Promise<LiveMessage | 'over' | undefined>;
  /** How those present are told, from their keys. */
  readonly tellPresent: (keys: readonly string[]) => Promise<unknown>;
}

/** Proxies close what is silent for half a minute or a minute. */
const HEARTBEAT_MS = 25_000;
/** Then the browser comes back by itself, and whether it may is decided anew. */
const LONGEST_MS = 10 * 60_000;
/** Several changes in a row are told as one. */
const PAUSE_MS = 250;
/** Browsers open six connections to a host; a person may have two or three of them. */
const MOST_OF_ONE = 20;
const MOST_OF_ALL = 2_000;

/**
 * Answers with a stream of server-sent events (HTML §9.2): `text` for what `load` found, `here` for
 * who is present. It ends by itself when the browser goes, when this process stops, and after ten
 * minutes. What a slow browser cannot take yet is not heaped up: it gets the newest when it can.
 */
export function streamLive(c: AppContext, live: Live, stream: LiveStream): Response {
  if (live.count(stream.key) >= MOST_OF_ONE || live.count() >= MOST_OF_ALL) {
    const { sentence } = problem('too-many-streams', 'Too many pages are open; close some.');
    c.header('retry-after', '60');
    return c.text(`${sentence}\n`, 429);
  }
  // Nobody reads the body of that answer, nor says that they went: it would hold a place for minutes.
  if (c.req.method === 'HEAD') return c.body(null);
  const last = Number(c.req.header('last-event-id') ?? stream.since);
  const body = openStream(live, stream, Number.isSafeInteger(last) && last >= 0 ? last : 0);
  c.header('content-type', 'text/event-stream; charset=utf-8');
  c.header('cache-control', 'no-store');
  // Asks nginx not to collect the answer before it passes it on.
  c.header('x-accel-buffering', 'no');
  return c.body(body);
}

function openStream(live: Live, stream: LiveStream, since: number): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder();
  let known = since;
  let here = '';
  const due = { text: true, here: true, beat: false };
  let isOver = false;
  let isBusy = false;
  let end = (): void => undefined;
  let wake = (): void => undefined;
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const send = (text: string): void => controller.enqueue(bytes.encode(text));
        const isFull = (): boolean => (controller.desiredSize ?? 0) <= 0;
        const subscription = live.subscribe(stream.channel, stream.key, {
          happened: () => {
            due.text = true;
            wake();
          },
          presenceChanged: () => {
            due.here = true;
            wake();
          },
        });
        const beat = setInterval(() => {
          // Nothing was taken since the last one: nobody is there any more.
          if (due.beat && isFull()) return end();
          due.text = true;
          due.here = true;
          due.beat = true;
          wake();
        }, HEARTBEAT_MS);
        const last = setTimeout(() => end(), LONGEST_MS);
        beat.unref();
        last.unref();
        let forget = (): void => undefined;
        end = () => {
          if (isOver) return;
          isOver = true;
          clearInterval(beat);
          clearTimeout(last);
          forget();
          subscription.end();
          try {
            controller.close();
          } catch {
            // The reader went first.
          }
        };
        forget = live.onClose(end);
        const tell = async (): Promise<void> => {
          while (!isOver && !isFull() && (due.text || due.here || due.beat)) {
            if (due.beat) {
              due.beat = false;
              send(': here\n\n');
            }
            if (due.text) {
              due.text = false;
              const message = await stream.load(known);
              if (isOver) return;
              if (message === 'over') return end();
              if (message !== undefined) {
                known = message.id;
                send(`id: ${message.id}\nevent: text\ndata: ${JSON.stringify(message.data)}\n\n`);
              }
            }
            if (due.here) {
              due.here = false;
              const told = JSON.stringify(await stream.tellPresent(subscription.present()));
              if (isOver) return;
              if (told !== here) send(`event: here\ndata: ${told}\n\n`);
              here = told;
            }
            await pause(PAUSE_MS);
          }
        };
        wake = () => {
          if (isBusy || isOver) return;
          isBusy = true;
          tell()
            // A database that does not answer: the browser comes back, and gets what it missed.
            .catch(() => end())
            .finally(() => {
              isBusy = false;
              if (!isFull() && (due.text || due.here || due.beat)) wake();
            });
        };
        if (isOver) return;
        send('retry: 3000\n\n');
        wake();
      },
      pull: () => wake(),
      cancel: () => end(),
    },
    new CountQueuingStrategy({ highWaterMark: 8 }),
  );
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref();
  });
