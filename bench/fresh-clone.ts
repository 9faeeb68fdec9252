import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { type Asked, type Bench, type Report, rounded } from './bench.ts';
import { bundledPostgres } from './postgres-version.ts';
import { ROOT } from './root.ts';
import { end, npmStart } from './start.ts';

/** What somebody waits for who has just found Cairn. */
export const freshClone: Bench = {
  name: 'fresh-clone',
  what: 'Time from `npm start` in a fresh clone to the first whole page: installing, building, a new database, loading the demo.',
  onlyWhenNamed: true,
  run: measure,
};

async function measure({ directory, say }: Asked): Promise<Report> {
  const checkout = join(directory, 'cairn');
  const cache = join(directory, 'npm-cache');
  execFileSync('git', ['clone', '--quiet', ROOT, checkout]);
  const data = (name: string): string => join(directory, name);
  say('with nothing in npm’s cache');
  const cold = await npmStart(checkout, data('data-1'), { npm_config_cache: cache });
  await end(cold.started);
  execFileSync('rm', ['-rf', join(checkout, 'node_modules'), join(checkout, 'apps/cairn/dist')]);
  say('with everything in npm’s cache');
  const warm = await npmStart(checkout, data('data-2'), { npm_config_cache: cache });
  await end(warm.started);
  return {
    tables: [
      {
        title: 'From the command to the first page, in seconds',
        rows: [
          {
            clone: 'npm’s cache empty: everything comes over the network',
            seconds: rounded(cold.seconds),
          },
          { clone: 'everything in npm’s cache', seconds: rounded(warm.seconds) },
        ],
      },
    ],
    notes: [
      'The first figure is mostly the network’s and the registry’s. Git’s own time to clone is not in it.',
      'One run each.',
    ],
    broken: [],
    postgres: bundledPostgres(),
  };
}
