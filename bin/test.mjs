#!/usr/bin/env node
// `npm test`: everything that must hold, in the order in which it is cheapest to learn that it does
// not. Ends with one plain line, `N passed, N failed`.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildStep, checkSteps, runSideBySide, runStep } from './check.mjs';
import { ensureInstalled } from './install.mjs';
import { environmentWith, findNode, ROOT } from './runtime.mjs';
import { orRefuse, say } from './say.mjs';

/** What a stranger types first. */
const cloneStep = {
  name: 'the README’s first commands on a clean clone',
  program: 'node',
  args: ['bin/check-clone.mjs'],
};

await orRefuse(async () => {
  await ensureInstalled(ROOT);
  const environment = environmentWith(await findNode(ROOT), ROOT);
  const count = { passed: 0, failed: 0 };
  // The browser tests need the built scripts, so the build comes before the tests.
  // A clean clone mostly waits for its installation, so the checks go on beside it.
  const lanes = [[...checkSteps(ROOT), buildStep], [cloneStep]];
  for (const status of await runSideBySide(lanes, ROOT, environment)) {
    count[status === 0 ? 'passed' : 'failed'] += 1;
  }
  const tests = await runVitest(environment);
  const passed = count.passed + tests.passed;
  const failed = count.failed + tests.failed;
  process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
  process.exitCode = failed === 0 ? 0 : 1;
});

async function runVitest(environment) {
  const directory = mkdtempSync(join(tmpdir(), 'cairn-report-'));
  const report = join(directory, 'vitest.json');
  try {
    const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const step = { name: 'tests', program: 'vitest', args: [...args, ...process.argv.slice(2)] };
    const status = await runStep(step, ROOT, environment);
    return countTests(status, readReport(report));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

// A file that cannot be loaded has no failed test, an error between tests none either, and a run
// without tests proves nothing: each counts as one failure.
function countTests(status, report) {
  const passed = report?.numPassedTests ?? 0;
  const failed = report?.numFailedTests ?? 0;
  const brokenFiles = (report?.testResults ?? []).filter(
    (file) =>
      file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length;
  const known = failed + brokenFiles;
  const unexplained = known === 0 && (status !== 0 || passed === 0) ? 1 : 0;
  if (unexplained === 1) say('The test run failed as a whole; the messages above say why.');
  return { passed, failed: known + unexplained };
}

function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}
