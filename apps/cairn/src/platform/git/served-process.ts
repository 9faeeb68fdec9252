import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import type { GitLimits } from './limits.ts';
import { GIT_ENVIRONMENT } from './run.ts';

/** How long a process may take to end by itself once it was told to. */
const GRACE_MILLISECONDS = 5_000;

/**
 * A Git that answers a client. It and what it starts end together; it ends when nothing moves any
 * more, and with this process.
 */
export class ServedProcess {
  readonly child: ChildProcess;
  /** Resolves when it has ended and everything it wrote was read. */
  readonly closed: Promise<number | null>;
  #lastMoved = performance.now();
  #idle: NodeJS.Timeout | undefined;
  #hard: NodeJS.Timeout | undefined;
  #isOver = false;

  constructor(
    directory: string,
    args: readonly string[],
    {
      env,
      stdio,
      limits,
    }: {
      readonly env: Readonly<Record<string, string>>;
      readonly stdio: SpawnOptions['stdio'];
      readonly limits: GitLimits;
    },
  ) {
    this.child = spawn('git', args, {
      cwd: directory,
      env: { ...GIT_ENVIRONMENT, ...env },
      stdio: stdio ?? 'pipe',
      // A group of its own, so that what it starts can be ended with it.
      detached: true,
    });
    this.closed = new Promise((resolve) => {
      const over = (status: number | null): void => {
        this.#isOver = true;
        clearTimeout(this.#idle);
        clearTimeout(this.#hard);
        resolve(status);
      };
      this.child.on('error', () => over(null));
      this.child.on('close', over);
    });
    this.#watch(limits.idleSeconds * 1000);
    const longest = setTimeout(() => this.end(), limits.longestSeconds * 1000);
    longest.unref();
    void this.closed.then(() => clearTimeout(longest));
  }

  /** Notes that something moved between client and Git. */
  moved(): void {
    this.#lastMoved = performance.now();
  }

  /** Ends it and everything it started: asked first, so that it takes back what is half done. */
  end(): void {
    if (this.#isOver || this.#hard !== undefined) return;
    this.#signal('SIGTERM');
    this.#hard = setTimeout(() => this.#signal('SIGKILL'), GRACE_MILLISECONDS);
    this.#hard.unref();
  }

  /** Ends it without asking, because this process ends. */
  kill(): void {
    if (!this.#isOver) this.#signal('SIGKILL');
  }

  #signal(signal: NodeJS.Signals): void {
    const { pid } = this.child;
    if (pid === undefined) return;
    try {
      process.kill(-pid, signal);
    } catch {
      // It has ended meanwhile.
    }
  }

  #watch(idle: number): void {
    const look = (): void => {
      const left = this.#lastMoved + idle - performance.now();
      if (left <= 0) this.end();
      else this.#idle = setTimeout(look, left).unref();
    };
    this.#idle = setTimeout(look, idle).unref();
  }
}
