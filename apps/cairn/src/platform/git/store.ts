import { join, resolve } from 'node:path';
import { DEFAULT_GIT_LIMITS, type GitLimits } from './limits.ts';
import { Repository } from './repository.ts';
import type { ServedProcess } from './served-process.ts';
import { Turns } from './turns.ts';

/** Where an installation keeps its repositories: one for each summit, below one directory. */
export interface GitStore {
  readonly directory: string;
  readonly limits: GitLimits;
  /** The hooks that ask Cairn about a push; of no repository, so that none can be changed with one. */
  readonly hooksDirectory: string;
  /** Turns to answer clients; those who read and those who push do not wait for each other. */
  readonly turns: { readonly fetch: Turns; readonly push: Turns };
  /** The repository of a summit, whether or not it was made yet. */
  plan(summitId: string): Repository;
  /** Remembers a Git that answers a client, until it ends. */
  started(served: ServedProcess): void;
  /** How many answer clients now. */
  running(): number;
  /** Ends those that still answer clients, because this process ends. */
  close(): void;
}

/**
 * Repositories below the data directory. Processes that share a database share this directory too.
 *
 *     const git = gitStore('/var/lib/cairn/git');
 */
export function gitStore(directory: string, limits: GitLimits = DEFAULT_GIT_LIMITS): GitStore {
  const root = resolve(directory);
  const running = new Set<ServedProcess>();
  return {
    directory: root,
    limits,
    hooksDirectory: join(root, 'hooks'),
    turns: {
      fetch: new Turns(limits.processes),
      push: new Turns(Math.max(1, Math.ceil(limits.processes / 4))),
    },
    plan: (summitId) => new Repository(join(root, `${summitId}.git`)),
    started: (served) => {
      running.add(served);
      void served.closed.then(() => running.delete(served));
    },
    running: () => running.size,
    close: () => {
      for (const served of running) served.kill();
    },
  };
}
