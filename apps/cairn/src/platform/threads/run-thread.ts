import { Worker } from 'node:worker_threads';

export interface ThreadOptions<Message> {
  /** What the thread is given, as it can be cloned. */
  readonly data: unknown;
  readonly onMessage: (message: Message) => void;
  /** Ends the thread at once when it fires; what it had told stays told. */
  readonly signal?: AbortSignal;
  /** After so many milliseconds it is ended likewise. */
  readonly milliseconds?: number;
}

/**
 * Runs a file in a thread of its own, so that hard work keeps nobody waiting. True when it came to its
 * end, false when it was ended; throws what it threw.
 */
export function runThread<Message>(
  file: URL,
  { data, onMessage, signal, milliseconds }: ThreadOptions<Message>,
): Promise<boolean> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) return resolve(false);
    const worker = new Worker(file, { workerData: data });
    let isEnded = false;
    const end = (): void => {
      isEnded = true;
      void worker.terminate();
    };
    const limit = milliseconds === undefined ? undefined : setTimeout(end, milliseconds);
    signal?.addEventListener('abort', end, { once: true });
    const clear = (): void => {
      clearTimeout(limit);
      signal?.removeEventListener('abort', end);
    };
    worker.on('message', (message: Message) => {
      if (!isEnded) onMessage(message);
    });
    worker.on('error', (error) => {
      clear();
      reject(error);
    });
    worker.on('exit', () => {
      clear();
      resolve(!isEnded);
    });
    return undefined;
  });
}

/** Where a thread's file stands: as a source, or under its own name in the bundle. */
export const threadFile = (source: URL, bundled: string): URL =>
  import.meta.url.endsWith('.ts') ? source : new URL(`./${bundled}.js`, source);
