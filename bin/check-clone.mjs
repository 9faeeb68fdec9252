#!/usr/bin/env node
// The README's first commands, as a stranger types them: clone, `npm start`, open the page that it
// prints, stop, start again and find everything as it was.
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ROOT } from './runtime.mjs';
import { orRefuse, Refusal, say } from './say.mjs';

/** Starts Cairn in a clone, does something while it answers, and stops it as Ctrl-C would. */
async function visit(clone, port, look) {
  const begun = performance.now();
  const child = spawn('npm', ['start'], {
    cwd: clone,
    env: { ...environment(), PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const greeting = [];
  const answers = new Promise((resolve, reject) => {
    const read = (line) => {
      greeting.push(line);
      if (line.startsWith('For a summit of your own')) resolve();
    };
    createInterface({ input: child.stdout }).on('line', read);
    createInterface({ input: child.stderr }).on('line', read);
    void ended.then((status) =>
      reject(new Refusal(`npm start ended with ${status}:\n${greeting.join('\n')}`)),
    );
  });
  try {
    await answers;
    say(`npm start answers after ${((performance.now() - begun) / 1000).toFixed(1)} s.`);
    await look(greeting);
  } finally {
    child.kill('SIGINT');
    await ended;
  }
}

// What npm sets for the tests' own run must not reach the clone's; neither may an operator's settings.
const environment = () =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) =>
        !/^(npm_|CAIRN_|DATABASE_URL|SMTP_URL|HOST$|NODE_ENV$|VITEST)/.test(name) ||
        name.startsWith('npm_config_'),
    ),
  );

async function expectPage(address, words) {
  const answer = await fetch(address);
  const page = await answer.text();
  if (!answer.ok || !page.includes(words))
    throw new Refusal(`${address} answered ${answer.status} without “${words}”.`);
}

const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

await orRefuse(async () => {
  const directory = mkdtempSync(join(tmpdir(), 'cairn-clone-'));
  // As root the database runs as another account, which has to pass through.
  chmodSync(directory, 0o711);
  try {
    const clone = join(directory, 'cairn');
    execFileSync('git', ['clone', '--quiet', ROOT, clone], { stdio: 'inherit' });
    const port = await freePort();
    await visit(clone, port, async (greeting) => {
      await expectPage(`http://127.0.0.1:${port}/s/sp_summit_2023`, 'Developer Summit');
      const links = greeting.filter((line) => line.includes('/sign-in/link/'));
      if (links.length !== 2)
        throw new Refusal(`npm start printed ${links.length} sign-in links, not 2.`);
      for (const link of links) await expectPage(link.trim(), 'Sign in');
    });
    await visit(clone, port, async (greeting) => {
      await expectPage(`http://127.0.0.1:${port}/s/sp_summit_2023/participants`, 'Participants');
      if (greeting.some((line) => line.includes('Loading the demonstration')))
        throw new Refusal('The second npm start loaded the demonstration again.');
    });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});
