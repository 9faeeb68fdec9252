import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Refusal, say } from './say.mjs';

const OFFLINE =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT/;

/**
 * Installs what package-lock.json asks for, unless it is there already. Returns whether it did.
 * A stamp in node_modules remembers the lockfile that was last found satisfied, so that a start
 * reads one small file.
 */
export async function ensureInstalled(root) {
  const lockfile = readFileSync(join(root, 'package-lock.json'), 'utf8');
  const stamp = join(root, 'node_modules', '.cairn-installed');
  const wanted = `${createHash('sha256').update(lockfile).digest('hex')} ${process.platform} ${process.arch}`;
  if (readIfPresent(stamp) === wanted) return false;
  const lock = JSON.parse(lockfile);
  const present = isInstalled(
    lock,
    readIfPresent(join(root, 'node_modules', '.package-lock.json')),
  );
  if (!present) {
    await install(root, countForPlatform(lock));
    await installGaps(root, lock);
  }
  mkdirSync(join(root, 'node_modules'), { recursive: true });
  writeFileSync(stamp, wanted);
  return !present;
}

/**
 * Whether npm's own record of node_modules holds every package of the lockfile in its version.
 * Optional packages may be absent: npm leaves out those of other platforms.
 */
function isInstalled(lock, record) {
  if (record === undefined) return false;
  const found = JSON.parse(record).packages ?? {};
  return Object.entries(lock.packages).every(([path, { version, optional, link }]) => {
    if (!path.includes('node_modules/')) return true;
    const there = found[path];
    if (there === undefined) return optional === true && !isOurPlatform(path);
    return link === true || there.version === version;
  });
}

const isOurPlatform = (path) => path.endsWith(`${process.platform}-${process.arch}`);

function countForPlatform(lock) {
  const fits = (list, ours) => list === undefined || list.includes(ours);
  return Object.values(lock.packages).filter(
    ({ integrity, os, cpu }) =>
      integrity !== undefined && fits(os, process.platform) && fits(cpu, process.arch),
  ).length;
}

async function install(root, total) {
  say(`Installing ${total} packages; this takes a minute or two, once.`);
  const { status, log } = await runNpm(
    root,
    ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--include=dev', '--include=optional'],
    showProgress(total),
  );
  if (status === 0) return;
  throw new Refusal(
    OFFLINE.test(log)
      ? 'Cairn could not install its packages because the npm registry does not answer; connect to the network (or set a proxy: npm config set proxy) and try again.'
      : /ENOSPC/.test(log)
        ? 'Cairn could not install its packages because the disk is full; free about 1 GB and try again.'
        : `Cairn could not install its packages; npm's messages above say why (exit status ${status}).`,
  );
}

/**
 * Native parts for this platform that packages name but the lockfile lacks, as `name@version`:
 * whoever wrote the lockfile could not fetch them. musl variants are left out, Cairn needs glibc.
 */
function nativeGaps(lock) {
  const suffix = new RegExp(`-${process.platform}-${process.arch}(-gnu)?$`);
  return Object.values(lock.packages)
    .flatMap(({ optionalDependencies = {} }) => Object.entries(optionalDependencies))
    .filter(([name]) => suffix.test(name) && lock.packages[`node_modules/${name}`] === undefined)
    .map(([name, version]) => `${name}@${version}`);
}

async function installGaps(root, lock) {
  const gaps = nativeGaps(lock);
  if (gaps.length === 0) return;
  say(`Installing for this platform: ${gaps.join(', ')}.`);
  await runNpm(root, [
    'install',
    ...gaps,
    '--no-save',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
  ]);
}

/** Runs the npm that started us, or the one on the PATH; `onFetch` hears of each package. */
export function runNpm(root, args, onFetch = () => undefined) {
  const cli = process.env.npm_execpath;
  const [program, ...first] = cli?.endsWith('npm-cli.js') ? [process.execPath, cli] : ['npm'];
  return new Promise((resolve, reject) => {
    const child = spawn(
      program,
      [...first, ...args, '--loglevel=http', '--no-progress', '--update-notifier=false'],
      {
        cwd: root,
        stdio: ['ignore', process.stderr, 'pipe'],
      },
    );
    let log = '';
    createInterface({ input: child.stderr }).on('line', (line) => {
      if (/^npm http (fetch|cache)/.test(line)) {
        if (line.includes('.tgz')) onFetch();
        return;
      }
      log += `${line}\n`;
      say(line);
    });
    child.once('error', (error) => {
      if (error.code !== 'ENOENT') reject(error);
      else
        reject(
          new Refusal(
            'Cairn needs npm to install its packages; install Node.js with npm and try again.',
          ),
        );
    });
    child.once('close', (status) => resolve({ status, log }));
  });
}

function showProgress(total) {
  const step = process.stderr.isTTY ? 1 : 100;
  let fetched = 0;
  return () => {
    fetched += 1;
    if (fetched % step !== 0) return;
    const line = `  ${fetched} of about ${total} packages`;
    process.stderr.write(process.stderr.isTTY ? `\r${line}\x1b[K` : `${line}\n`);
  };
}

function readIfPresent(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
