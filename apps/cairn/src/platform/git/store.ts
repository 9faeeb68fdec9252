import { join } from 'node:path';
import { Repository } from './repository.ts';

/** Where an installation keeps its repositories: one for each summit, below one directory. */
export interface GitStore {
  readonly directory: string;
  /** The repository of a summit, whether or not it was made yet. */
  plan(summitId: string): Repository;
}

/**
 * Repositories below the data directory. Processes that share a database share this directory too.
 *
 *     const git = gitStore('/var/lib/cairn/git');
 */
export const gitStore = (directory: string): GitStore => ({
  directory,
  plan: (summitId) => new Repository(join(directory, `${summitId}.git`)),
});
