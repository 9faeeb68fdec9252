#!/usr/bin/env node
// `npm run check`: what can be said about the sources without running them.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureInstalled } from './install.mjs';
import { environmentWith, findNode, ROOT } from './runtime.mjs';
import { orRefuse, say } from './say.mjs';

// Biome colours every letter when CI is set, whoever reads it.
const colours = process.stdout.isTTY ? [] : ['--colors=off'];

/** The checks of the sources; a check whose rules the checkout does not hold is left out. */
export const checkSteps = (root) =>
  [
    {
      name: 'format and lint',
      program: 'biome',
      args: ['ci', '--diagnostic-level=warn', ...colours, '.'],
    },
    { name: 'types', program: 'tsc', args: ['-p', '.'] },
    {
      name: 'import rules',
      program: 'node',
      args: ['tools/check-imports.ts'],
      needs: 'tools/check-imports.ts',
    },
    { name: 'unused code', program: 'knip', args: [], needs: 'knip.json' },
  ].filter(({ needs }) => needs === undefined || existsSync(join(root, needs)));

/** A build from nothing, whatever an earlier one left. */
export const buildStep = { name: 'build', program: 'node', args: ['bin/build.mjs'] };

/**
 * Runs steps, as many side by side as there are lanes, each with its output in one piece when it has ended, and
 * returns their exit statuses.
 */
export async function runSideBySide(lanes, root, environment) {
  const statuses = await Promise.all(
    lanes.map(async (steps) => {
      const ended = [];
      for (const step of steps) ended.push(await runStep(step, root, environment, 'when ended'));
      return ended;
    }),
  );
  return statuses.flat();
}

/** Runs one step with its output shown, at once or in one piece, and returns its exit status. */
export function runStep({ name, program, args }, root, environment, shown = 'at once') {
  if (shown === 'when ended') return runQuietly({ name, program, args }, root, environment);
  say(`\n== ${name}`);
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: root,
      env: environment,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    child.once('error', (error) => {
      say(`${program} does not start: ${error.message}`);
      resolve(1);
    });
    child.once('exit', (status) => resolve(status ?? 1));
  });
}

function runQuietly({ name, program, args }, root, environment) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: root,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const output = [];
    child.stdout.on('data', (chunk) => output.push(chunk));
    child.stderr.on('data', (chunk) => output.push(chunk));
    child.once('error', (error) => {
      say(`${program} does not start: ${error.message}`);
      resolve(1);
    });
    child.once('close', (status) => {
      say(`\n== ${name}`);
      process.stderr.write(Buffer.concat(output));
      resolve(status ?? 1);
    });
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await orRefuse(async () => {
    await ensureInstalled(ROOT);
    const environment = environmentWith(await findNode(ROOT), ROOT);
    for (const step of checkSteps(ROOT)) {
      if ((await runStep(step, ROOT, environment)) !== 0) process.exitCode = 1;
    }
  });
}
