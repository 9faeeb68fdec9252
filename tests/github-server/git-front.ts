import { spawn } from 'node:child_process';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { runGit } from '../../apps/cairn/src/platform/git/run.ts';
import type { GithubServer } from './server.ts';

/** GitHub with its Git: one address for both, as an Enterprise server has. */
export interface GitFront {
  readonly url: string;
  /** The bare repository of `owner/name`, made when it is first asked for. */
  repository(fullName: string): Promise<string>;
  /** The passwords that opened its door, as they were shown. */
  readonly shown: string[];
  stop(): Promise<void>;
}

/**
 * Stands before a test’s GitHub: what asks for `/owner/name.git/…` is answered by the machine’s
 * `git http-backend`, everything else by the API. Pull requests stand where their branches do.
 */
export async function startGitFront(github: GithubServer, directory: string): Promise<GitFront> {
  const shown: string[] = [];
  const server = createServer((asked, answer) => {
    const isGit = /^\/[^/]+\/[^/]+\.git\//.test(asked.url ?? '');
    if (isGit) serveGit(asked, answer, directory, shown);
    else passOn(asked, answer, github.url);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  github.world.api = url;
  const front: GitFront = {
    url,
    shown,
    repository: async (fullName) => {
      const path = join(directory, `${fullName}.git`);
      await runGit(directory, ['init', '--quiet', '--bare', '--initial-branch=main', path], {
        env: { GIT_DIR: '' },
      });
      await runGit(path, ['config', 'http.receivepack', 'true']);
      return path;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
  return front;
}

function passOn(asked: IncomingMessage, answer: ServerResponse, to: string): void {
  const { host: _, ...headers } = asked.headers;
  const passed = request(
    new URL(asked.url ?? '/', to),
    { method: asked.method, headers },
    (back) => {
      answer.writeHead(back.statusCode ?? 502, back.headers);
      back.pipe(answer);
    },
  );
  passed.on('error', () => answer.destroy());
  asked.pipe(passed);
}

/** A CGI call (RFC 3875), which is what `git http-backend` understands. */
function serveGit(
  asked: IncomingMessage,
  answer: ServerResponse,
  directory: string,
  shown: string[],
): void {
  const [, password = ''] = /^Basic (.*)$/.exec(asked.headers.authorization ?? '') ?? [];
  if (password === '') {
    answer.writeHead(401, { 'www-authenticate': 'Basic realm="GitHub"' }).end();
    return;
  }
  shown.push(Buffer.from(password, 'base64').toString('utf8'));
  const url = new URL(asked.url ?? '/', 'http://localhost');
  const child = spawn('git', ['http-backend'], {
    env: {
      PATH: process.env['PATH'],
      GIT_PROJECT_ROOT: directory,
      GIT_HTTP_EXPORT_ALL: '1',
      GIT_CONFIG_NOSYSTEM: '1',
      REQUEST_METHOD: asked.method,
      PATH_INFO: decodeURIComponent(url.pathname),
      QUERY_STRING: url.search.slice(1),
      CONTENT_TYPE: asked.headers['content-type'] ?? '',
      HTTP_CONTENT_ENCODING: String(asked.headers['content-encoding'] ?? ''),
      HTTP_GIT_PROTOCOL: String(asked.headers['git-protocol'] ?? ''),
      REMOTE_USER: 'test',
      REMOTE_ADDR: '127.0.0.1',
    },
  });
  asked.pipe(child.stdin);
  const parts: Buffer[] = [];
  child.stdout.on('data', (part: Buffer) => parts.push(part));
  child.on('close', () => {
    const whole = Buffer.concat(parts);
    const end = whole.indexOf('\r\n\r\n');
    const headers = Object.fromEntries(
      whole
        .toString('latin1', 0, end)
        .split('\r\n')
        .map((line) => line.split(': ', 2) as [string, string]),
    );
    const { Status: status = '200', ...rest } = headers;
    answer.writeHead(Number.parseInt(status, 10), rest).end(whole.subarray(end + 4));
  });
}
