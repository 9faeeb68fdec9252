import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { seededRandom } from '@cairn/kernel/random';
import { type Asked, type Bench, percentile, type Report, rounded } from './bench.ts';
import { ROOT } from './root.ts';

/** How long `cairn plan check` takes: for a large plan, at first and after one edit. */
export const planCheck: Bench = {
  name: 'plan-check',
  what: '`cairn plan check` on a plan of 10,000 documents with links between them: at first, without a cache, and after one edit; each a process of its own, from its start to its end.',
  run: measure,
};

async function measure({ quick, directory, say }: Asked): Promise<Report> {
  const documents = quick ? 200 : 10_000;
  const turns = quick ? 1 : 5;
  const plan = join(directory, 'plan');
  const bytes = writePlan(plan, documents);
  const broken: string[] = [];
  const times = { cold: [] as number[], edited: [] as number[], unread: [] as number[] };
  for (let turn = 0; turn < turns; turn += 1) {
    const cache = join(directory, `cache-${turn}`);
    const cold = await check(plan, cache);
    const file = join(plan, 'topics', `topic-${turn}.md`);
    writeFileSync(file, `${readFileSync(file, 'utf8')}\nOne more [word](nowhere-${turn}.md).\n`);
    const edited = await check(plan, cache);
    const unread = await check(plan, cache, '--no-cache');
    times.cold.push(cold.ms);
    times.edited.push(edited.ms);
    times.unread.push(unread.ms);
    if (cold.problems !== turn)
      broken.push(`Turn ${turn} found ${cold.problems} problems at first.`);
    if (edited.problems !== turn + 1 || unread.problems !== turn + 1) {
      broken.push(
        `After an edit the cache found ${edited.problems}, and reading all ${unread.problems}.`,
      );
    }
    say(`${rounded(cold.ms)} ms at first, ${rounded(edited.ms)} ms after one edit`);
  }
  const help = await run(['help'], directory);
  const middle = (all: readonly number[]): number => percentile(all, 0.5);
  const cold = middle(times.cold);
  return {
    tables: [
      {
        title: `${documents} documents, ${rounded(bytes / 1e6)} MB`,
        rows: [
          { what: 'at first', all: times.cold },
          { what: 'after one edit', all: times.edited },
          { what: 'without the cache', all: times.unread },
        ].map(({ what, all }) => ({
          what,
          'median ms': rounded(middle(all)),
          'slowest ms': rounded(Math.max(...all)),
          'part of the first': rounded(middle(all) / cold),
          'documents a second': rounded((documents * 1000) / middle(all)),
        })),
      },
    ],
    notes: [
      `Starting the command and doing nothing (\`cairn help\`) takes ${rounded(help.ms)} ms, which is in all of them.`,
      'The ratios are of one run and hold on other machines; the milliseconds are those of this one.',
      'Each turn breaks one link; if a check with the cache finds anything else than one without, this bench ends with status 3.',
    ],
    broken,
  };
}

/** Writes a plan in which every document refers to others and to nothing that is missing. */
function writePlan(plan: string, documents: number): number {
  const random = seededRandom(7);
  const other = (): number => Math.floor(random() * documents);
  mkdirSync(join(plan, 'topics'), { recursive: true });
  let bytes = 0;
  for (let number = 0; number < documents; number += 1) {
    const text = `---
title: Topic ${number}
state: planned
lead: person-${number % 40}
people: [person-${other() % 40}, person-${other() % 40}]
projects: [numpy, scipy]
effort: medium
labels: [arrays]
opened: 2023-03-01
---

(label-${number})=
## Problem

It hurts in [another](topic-${other()}.md#goal), says @person-${other() % 40}; see {ref}\`label-${other()}\`.

:::{note}
Some **words** of a paragraph that somebody wrote, with \`code\` and a [link](https://example.org/${number}).
:::

## Goal

${'Less of it, and sooner. '.repeat(12)}

## Done when

| What | Who |
| :-- | :-- |
| Released | @person-${other() % 40} |

## First tasks

- [ ] Read [](topic-${other()}.md)
- [x] Write
`;
    bytes += text.length;
    writeFileSync(join(plan, 'topics', `topic-${number}.md`), text);
  }
  return bytes;
}

interface Checked {
  readonly ms: number;
  readonly problems: number;
}

async function check(plan: string, cache: string, ...more: string[]): Promise<Checked> {
  const { ms, output } = await run(['plan', 'check', plan, '--json', ...more], cache);
  const { problems } = JSON.parse(output) as { problems: unknown[] }; // written by the command
  return { ms, problems: problems.length };
}

function run(
  args: readonly string[],
  cache: string,
): Promise<{ readonly ms: number; readonly output: string }> {
  const begins = performance.now();
  const child = spawn(process.execPath, [join(ROOT, 'apps/cairn/dist/cairn.js'), ...args], {
    env: { ...process.env, XDG_CACHE_HOME: cache },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    output += part;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => resolve({ ms: performance.now() - begins, output }));
  });
}
