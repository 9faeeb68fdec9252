/** A change that is on its way: what is posted where, and what it is called meanwhile. */
export interface Sent {
  readonly deed: string;
  readonly fields: Readonly<Record<string, string>>;
}

export interface SendingTold {
  /** It is stored: what it came to, in sentences. */
  readonly done: (sent: Sent, revision: number, said: readonly string[]) => void;
  /** It was refused, in words. Nothing was changed. */
  readonly refused: (sent: Sent, problem: string) => void;
  /** It did not get through, and is kept; called with undefined when that is over. */
  readonly stuck: (why: string | undefined) => void;
}

const RETRY_MS = 4_000;
const LONGEST_MS = 15_000;

/**
 * Sends changes one after the other. What does not get through is kept and sent again: a move to the
 * same place twice is one move, and an undo is kept back until its user says so.
 */
export function openSending(href: string, tell: SendingTold) {
  const queue: Sent[] = [];
  let isBusy = false;
  let retry = 0;

  const post = ({ deed, fields }: Sent): Promise<Response> =>
    fetch(`${href}/${deed}`, {
      method: 'POST',
      headers: { accept: 'application/json' },
      body: new URLSearchParams(fields),
      redirect: 'manual',
      signal: AbortSignal.timeout(LONGEST_MS),
    });

  const go = async (): Promise<void> => {
    const [first] = queue;
    if (isBusy || first === undefined) return;
    isBusy = true;
    clearTimeout(retry);
    const response = await post(first).catch(() => undefined);
    const told: unknown = await response?.json().catch(() => undefined);
    isBusy = false;
    if (queue[0] !== first) return;
    if (response?.ok === true && isDone(told)) {
      queue.shift();
      tell.stuck(undefined);
      tell.done(first, told.revision, told.said);
      return go();
    }
    if (response?.status === 422 && isProblem(told)) {
      queue.length = 0;
      tell.stuck(undefined);
      return tell.refused(first, told.problem);
    }
    if (response?.type === 'opaqueredirect' || response?.status === 404) {
      const why =
        'You are signed out, or this draft is gone. Sign in in another window, then send it.';
      return tell.stuck(why);
    }
    tell.stuck(
      'This could not be sent. It is kept here, and sent again as soon as there is a connection.',
    );
    // Twice undone is more than was meant, if the first came through without an answer.
    if (first.deed === 'move' || first.deed === 'pin') retry = window.setTimeout(go, RETRY_MS);
  };

  addEventListener('online', () => void go());
  addEventListener('beforeunload', (event) => {
    if (queue.length > 0) event.preventDefault();
  });
  return {
    send: (sent: Sent): void => {
      queue.push(sent);
      void go();
    },
    /** Tries again at once. */
    again: (): void => void go(),
    /** Gives up what did not get through. */
    drop: (): void => {
      clearTimeout(retry);
      queue.length = 0;
      tell.stuck(undefined);
    },
    isEmpty: (): boolean => queue.length === 0,
  };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

const isDone = (value: unknown): value is { revision: number; said: readonly string[] } =>
  isObject(value) && typeof value['revision'] === 'number' && Array.isArray(value['said']);

const isProblem = (value: unknown): value is { problem: string } =>
  isObject(value) && typeof value['problem'] === 'string';
