import { readFileSync } from 'node:fs';
import { readFile, stat, statfs } from 'node:fs/promises';
import { findPackageJSON } from 'node:module';
import { join } from 'node:path';
import { z } from 'zod';
import { assetShelf } from '../design/asset-files.ts';
import { type Finding, finding } from './finding.ts';

const NODE_MAJOR = 24;
const LITTLE_SPACE = 1_000_000_000;
const TOO_LITTLE_SPACE = 100_000_000;
/** What the embedded binaries are (package.json). */
const POSTGRES_MAJOR = '18';

/** Node, packages and the files that pages need. */
export function machineFindings(): Finding[] {
  return [nodeFinding(process.versions.node), packageFinding(), assetFinding()];
}

function nodeFinding(version: string): Finding {
  const isNew = Number.parseInt(version, 10) >= NODE_MAJOR;
  return isNew
    ? finding('node', 'ok', `Node ${version}.`)
    : finding(
        'node',
        'bad',
        `This is Node ${version}, and Cairn needs ${NODE_MAJOR}; start it with npm start or npx cairn, which bring their own.`,
      );
}

const packageSchema = z.object({
  version: z.string().optional(),
  dependencies: z.record(z.string(), z.string()).default({}),
});

const readPackage = (path: string) => packageSchema.parse(JSON.parse(readFileSync(path, 'utf8')));

/** Every package that the server loads is there, in the version that it was tested with. */
function packageFinding(): Finding {
  const own = findPackageJSON('..', import.meta.url);
  if (own === undefined) {
    return finding('packages', 'bad', 'apps/cairn/package.json is missing; clone Cairn anew.');
  }
  const wrong = Object.entries(readPackage(own).dependencies).flatMap(([name, wanted]) => {
    const found = installedVersion(name, own);
    return found === wanted ? [] : [`${name} ${wanted} (${found ?? 'missing'})`];
  });
  return wrong.length === 0
    ? finding('packages', 'ok', 'Every package is installed in its version.')
    : finding(
        'packages',
        'bad',
        `Not installed as they should be: ${wrong.join(', ')}; run npm ci in the checkout.`,
      );
}

function installedVersion(name: string, from: string): string | undefined {
  try {
    const path = findPackageJSON(name, from);
    return path === undefined ? undefined : readPackage(path).version;
  } catch {
    return undefined;
  }
}

function assetFinding(): Finding {
  try {
    return finding('assets', 'ok', `${assetShelf().byPath.size} style sheets and fonts.`);
  } catch (error) {
    const sentence = `Style sheets or fonts are missing (${String(error)}); run node bin/build.mjs in the checkout.`;
    return finding('assets', 'bad', sentence);
  }
}

/** The data directory: whose it is, what room it has, and who may read what is secret in it. */
export async function directoryFindings(path: string, isEmbedded: boolean): Promise<Finding[]> {
  const about = 'data';
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) {
    const sentence = isEmbedded
      ? `${path} does not exist yet; the first start makes it.`
      : `${path} does not exist; the database is elsewhere.`;
    return [finding(about, 'ok', sentence)];
  }
  if (!found.isDirectory()) {
    const sentence = `${path} is no directory; set CAIRN_DATA to another place.`;
    return [finding(about, 'bad', sentence)];
  }
  const uid = process.getuid?.() ?? found.uid;
  const own =
    found.uid === uid || uid === 0
      ? finding(about, 'ok', `${path} holds the data.`)
      : finding(
          about,
          'bad',
          `${path} belongs to the user with number ${found.uid} and you are number ${uid}; run Cairn as its owner, or set CAIRN_DATA.`,
        );
  const open =
    (found.mode & 0o022) === 0
      ? []
      : [
          finding(
            about,
            'bad',
            `Others may write into ${path}; take that away: chmod go-w ${path}`,
          ),
        ];
  return [
    own,
    ...open,
    await spaceFinding(path),
    ...(isEmbedded ? [await clusterFinding(path)] : []),
    ...(await secretFindings(path)),
  ];
}

async function spaceFinding(path: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(path);
  const free = bavail * bsize;
  const amount = `${(free / 1e9).toFixed(1)} GB are free on the disk of ${path}`;
  if (free < TOO_LITTLE_SPACE) {
    return finding('disk', 'bad', `${amount}; free at least 100 MB, or the database stops.`);
  }
  return free < LITTLE_SPACE
    ? finding('disk', 'warn', `${amount}; free some before it is full.`)
    : finding('disk', 'ok', `${amount}.`);
}

async function clusterFinding(path: string): Promise<Finding> {
  const about = 'postgres';
  const version = await readFile(join(path, 'postgres', 'PG_VERSION'), 'utf8').catch(() => '');
  const major = version.trim();
  if (major === '') return finding(about, 'ok', 'No database yet; the first start makes one.');
  return major === POSTGRES_MAJOR
    ? finding(about, 'ok', `The data is PostgreSQL ${major}’s, as the server that Cairn carries.`)
    : finding(
        about,
        'bad',
        `The data is PostgreSQL ${major}’s and Cairn carries ${POSTGRES_MAJOR}; start the version of Cairn that wrote it, and move the data with pg_dump.`,
      );
}

/** Files that hold secrets are for their owner only. */
async function secretFindings(path: string): Promise<Finding[]> {
  const file = join(path, 'running.json');
  const found = await stat(file).catch(() => undefined);
  if (found === undefined) return [];
  return (found.mode & 0o077) === 0
    ? [finding('secrets', 'ok', 'Only its owner reads running.json.')]
    : [
        finding(
          'secrets',
          'bad',
          `Others may read ${file}, and with it administer Cairn; run chmod 600 ${file} and start Cairn anew.`,
        ),
      ];
}
