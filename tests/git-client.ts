import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import type { AppEnv } from '../apps/cairn/src/platform/http/env.ts';

/** What a real `git` said. */
export interface GitSaid {
  readonly status: number | null;
  /** Standard output and standard error, as a person sees them. */
  readonly said: string;
}

/** A person’s computer, with the machine’s own `git` and nothing of its settings. */
export interface GitHome {
  readonly directory: string;
  /** Runs `git` in a folder of it; never throws. */
  git(folder: string, ...args: readonly string[]): Promise<GitSaid>;
  /** The same with what it reads, or with environment variables. */
  gitWith(
    given: { readonly input?: string; readonly env?: Readonly<Record<string, string>> },
    folder: string,
    ...args: readonly string[]
  ): Promise<GitSaid>;
  remove(): void;
}

/** Makes a directory in which `git` knows a name and nothing else. */
export function gitHome(name = 'Mira'): GitHome {
  const directory = mkdtempSync(join(tmpdir(), 'cairn-client-'));
  const gitWith: GitHome['gitWith'] = ({ input, env }, folder, ...args) =>
    new Promise((resolve) => {
      const child = spawn('git', args, {
        cwd: join(directory, folder),
        env: {
          PATH: process.env['PATH'],
          HOME: directory,
          GIT_CONFIG_NOSYSTEM: '1',
          GIT_TERMINAL_PROMPT: '0',
          GIT_AUTHOR_NAME: name,
          GIT_AUTHOR_EMAIL: 'somebody@example.org',
          GIT_COMMITTER_NAME: name,
          GIT_COMMITTER_EMAIL: 'somebody@example.org',
          LC_ALL: 'C',
          ...env,
        },
        stdio: ['pipe', 'pipe', 'pipe'],
      });
      let said = '';
      child.stdout.on('data', (part: Buffer) => {
        said += part.toString('utf8');
      });
      child.stderr.on('data', (part: Buffer) => {
        said += part.toString('utf8');
      });
      child.on('error', (error) => resolve({ status: null, said: String(error) }));
      child.on('close', (status) => resolve({ status, said: said.replace(/ +$/gm, '') }));
      child.stdin.on('error', () => undefined);
      child.stdin.end(input ?? '');
    });
  return {
    directory,
    gitWith,
    git: (folder, ...args) => gitWith({}, folder, ...args),
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}

/** An app that listens on a port of this machine. */
export interface Listening {
  /** `http://127.0.0.1:<port>`. */
  readonly address: string;
  /** The same with a token as the password. */
  withToken(token: string): string;
  close(): Promise<void>;
}

/** Lets an app listen, so that programs of their own can come to it. */
export function listenWith(app: Hono<AppEnv>): Promise<Listening> {
  const server = createAdaptorServer({ fetch: app.fetch });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      resolve({
        address: `http://127.0.0.1:${port}`,
        withToken: (token) => `http://anybody:${token}@127.0.0.1:${port}`,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            if ('closeAllConnections' in server) server.closeAllConnections();
          }),
      });
    });
  });
}
