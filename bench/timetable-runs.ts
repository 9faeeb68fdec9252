import { createHash } from 'node:crypto';
import { globSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import type { Asked } from './bench.ts';
import { ROOT } from './root.ts';

const SHELF = join('node_modules', '.cache', 'cairn-bench');

/**
 * The runs of one row, kept as they end: a bench of an hour that was stopped goes on where it was.
 * They count as long as the library's sources, the Node and the machine are the same.
 */
export class KeptRuns {
  readonly #path: string;
  readonly #runs: Record<string, unknown>;
  readonly #asked: Asked;

  constructor(row: string, asked: Asked) {
    this.#asked = asked;
    const print = fingerprint();
    this.#path = join(ROOT, SHELF, `${row}-${print}.json`);
    this.#runs = asked.quick ? {} : readRuns(this.#path);
    const count = Object.keys(this.#runs).length;
    if (count > 0) {
      asked.say(
        `${row}: ${count} runs are there from an earlier start; remove ${SHELF} to measure anew.`,
      );
    }
  }

  /** What the run of this name found, now or at an earlier start. */
  async run<T>(name: string, measure: () => Promise<T> | T): Promise<T> {
    const known = this.#runs[name];
    // What stands there was written by this very function.
    if (known !== undefined) return known as T;
    const found = await measure();
    this.#runs[name] = found;
    if (!this.#asked.quick) {
      mkdirSync(join(ROOT, SHELF), { recursive: true });
      writeFileSync(`${this.#path}.draft`, JSON.stringify(this.#runs));
      renameSync(`${this.#path}.draft`, this.#path);
    }
    return found;
  }
}

function readRuns(path: string): Record<string, unknown> {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return {};
  }
}

/** What figures of the library depend on. */
function fingerprint(): string {
  const hash = createHash('sha256');
  const files = globSync('packages/{timetable,kernel}/src/**/*.ts', { cwd: ROOT })
    .filter((path) => !path.endsWith('.test.ts'))
    .sort();
  for (const path of files) hash.update(path).update(readFileSync(join(ROOT, path)));
  hash.update(process.version).update(os.cpus()[0]?.model ?? '');
  return hash.digest('hex').slice(0, 12);
}
