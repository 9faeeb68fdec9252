import { runThread } from '../../../platform/threads/run-thread.ts';
import { gainInWords } from './gain-rules.ts';
import { levelsOf } from './instance-rules.ts';
import { SOLVING_THREAD } from './search-task.ts';
import type { ThreadMessage, WhyNotMessage, WhyNotTask } from './thread-tasks.ts';

/** Questions that this process answers at once; each takes a whole core for seconds. */
const MOST_AT_ONCE = 2;
const LONGEST_MS = 20_000;

let atWork = 0;

export interface WhyNotAnswer {
  readonly whyNot: WhyNotMessage | undefined;
  readonly helps: readonly string[];
}

/** Asks a thread why a session is not elsewhere; `busy` where too many ask at once. */
export async function askWhyNot(task: WhyNotTask): Promise<WhyNotAnswer | 'busy'> {
  if (atWork >= MOST_AT_ONCE) return 'busy';
  atWork += 1;
  let whyNot: WhyNotMessage | undefined;
  let helps: readonly string[] = [];
  try {
    await runThread<ThreadMessage>(SOLVING_THREAD, {
      data: task,
      milliseconds: LONGEST_MS,
      onMessage: (message) => {
        if (message.kind === 'why-not') whyNot = message.whyNot;
        else if (message.kind === 'helps') {
          // The question was asked of an instance with the usual levels.
          helps = message.helps.map(
            ({ what, change }) => `${what}: ${gainInWords(levelsOf(), change)}.`,
          );
        }
      },
    });
    return { whyNot, helps };
  } finally {
    atWork -= 1;
  }
}
