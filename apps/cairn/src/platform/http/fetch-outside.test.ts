import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { fetchOutside } from './fetch-outside.ts';
import { isPublicAddress } from './outside-address.ts';

const WANTED = { accept: 'text/calendar', maxBytes: 1000, timeoutMs: 5000 };

let servers: Server[] = [];

afterEach(async () => {
  for (const server of servers) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
  servers = [];
});

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const read = (url: string, wanted: Partial<typeof WANTED> = {}) =>
  fetchOutside(url, { ...WANTED, ...wanted }, 'anywhere');

const codeOf = async (asked: ReturnType<typeof fetchOutside>) => {
  const result = await asked;
  return result.ok ? 'read' : result.error.code;
};

describe('an address outside', () => {
  test('is read, with its kind of content', async () => {
    const url = await serve((request, response) => {
      response.setHeader('content-type', 'Text/Calendar; charset=utf-8');
      response.end(`BEGIN for ${request.headers.accept}`);
    });
    expect(await read(url)).toEqual({
      ok: true,
      value: { text: 'BEGIN for text/calendar', contentType: 'text/calendar' },
    });
  });

  test('is read in the charset that it tells, and unpacked', async () => {
    const url = await serve((request, response) => {
      if (request.url === '/latin') {
        response.setHeader('content-type', 'text/plain; charset=iso-8859-1');
        response.end(Buffer.from([0x5a, 0xfc, 0x72, 0x69, 0x63, 0x68]));
        return;
      }
      response.setHeader('content-encoding', 'gzip');
      response.end(gzipSync('Zürich'));
    });
    expect(await read(`${url}/latin`)).toMatchObject({ value: { text: 'Zürich' } });
    expect(await read(url)).toMatchObject({ value: { text: 'Zürich' } });
  });

  test('sees neither a referrer nor a cookie nor a password', async () => {
    const seen: string[] = [];
    const url = await serve((request, response) => {
      seen.push(...Object.keys(request.headers));
      response.end();
    });
    await read(url);
    expect(seen.toSorted()).toEqual([
      'accept',
      'accept-encoding',
      'connection',
      'host',
      'user-agent',
    ]);
    expect(await codeOf(read(url.replace('//', '//me:secret@')))).toBe('password-in-address');
  });

  test('that sends us on is followed five times, and no further', async () => {
    const url = await serve((request, response) => {
      const left = Number(request.url?.slice(1));
      if (left > 0) response.writeHead(302, { location: `/${left - 1}` });
      response.end('here');
    });
    expect(await codeOf(read(`${url}/5`))).toBe('read');
    expect(await codeOf(read(`${url}/6`))).toBe('too-many-redirects');
  });

  test.each([
    [404, 'not-found'],
    [410, 'not-found'],
    [403, 'forbidden'],
    [401, 'forbidden'],
    [500, 'bad-answer'],
    [304, 'bad-answer'],
  ])('that answers %i is told as %s', async (status, code) => {
    const url = await serve((_request, response) => response.writeHead(status).end());
    expect(await codeOf(read(url))).toBe(code);
  });

  test('that is larger than the limit is not read to its end, packed or not', async () => {
    const url = await serve((request, response) => {
      const long = 'x'.repeat(100_000);
      if (request.url === '/packed') response.setHeader('content-encoding', 'gzip');
      response.end(request.url === '/packed' ? gzipSync(long) : long);
    });
    expect(await codeOf(read(url))).toBe('too-large');
    expect(await codeOf(read(`${url}/packed`))).toBe('too-large');
  });

  test('that never answers, or never ends, is given up', async () => {
    const url = await serve((request, response) => {
      if (request.url === '/begins') response.write('BEGIN');
    });
    expect(await codeOf(read(url, { timeoutMs: 50 }))).toBe('timeout');
    expect(await codeOf(read(`${url}/begins`, { timeoutMs: 50 }))).toBe('timeout');
  });

  test('where nobody listens, or nobody speaks TLS, is told', async () => {
    const url = await serve((_request, response) => response.end());
    expect(await codeOf(read(url.replace('http:', 'https:')))).toBe('bad-tls');
    servers[0]?.close();
    expect(await codeOf(read(url))).toBe('refused');
  });

  test('whose name nobody has is told', async () => {
    expect(await codeOf(read('https://nobody.invalid/'))).toBe('unknown-host');
  });

  test.each(['ftp://example.org/a.ics', 'calendar', 'file:///etc/passwd', ''])(
    'such as “%s” is no web address',
    async (url) => {
      expect(await codeOf(fetchOutside(url, WANTED))).toBe('not-a-web-address');
    },
  );
});

describe('this machine and its network', () => {
  test.each([
    'http://127.0.0.1/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://[::1]/',
    'http://[::ffff:10.0.0.1]/',
    'webcal://192.168.1.1/a.ics',
    'http://169.254.169.254/latest/meta-data',
    // A name: what the resolver answers is judged.
    'http://localhost/',
  ])('is not read through %s', async (url) => {
    expect(await codeOf(fetchOutside(url, WANTED))).toBe('private-address');
  });

  test('is not read through another port of somebody', async () => {
    expect(await codeOf(fetchOutside('http://example.org:6379/', WANTED))).toBe('port-refused');
  });

  test.each([
    ['8.8.8.8', true],
    ['2606:4700::1111', true],
    ['0.0.0.0', false],
    ['100.64.0.1', false],
    ['172.31.255.255', false],
    ['224.0.0.1', false],
    ['255.255.255.255', false],
    ['::', false],
    ['::127.0.0.1', false],
    ['fe80::1', false],
    ['fd00::1', false],
    ['64:ff9b::7f00:1', false],
    ['2002:7f00:1::', false],
    ['2001:db8::1', false],
    ['nonsense', false],
  ])('has no %s (public: %s)', (address, isPublic) => {
    expect(isPublicAddress(address)).toBe(isPublic);
  });
});
