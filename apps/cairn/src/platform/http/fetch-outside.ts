import { type IncomingMessage, request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { Problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import {
  isPublicAddress,
  lookupPublic,
  PRIVATE_ADDRESS,
  writtenAddress,
} from './outside-address.ts';
import { OUTSIDE_PROBLEMS, problemOfError, problemOfStatus } from './outside-problem.ts';

export interface OutsideRequest {
  /** What kinds of content are wanted, as in the `Accept` header. */
  readonly accept: string;
  /** How much is read at most, in bytes, after unpacking. */
  readonly maxBytes: number;
  /** How long all of it may take, redirects included. */
  readonly timeoutMs: number;
}

export interface OutsideText {
  readonly text: string;
  /** The content type without its parameters, in lower case; empty when none was told. */
  readonly contentType: string;
}

/** Reads a text from an address that somebody typed. Every failure is a sentence for them. */
export type FetchOutside = (
  url: string,
  wanted: OutsideRequest,
) => Promise<Result<OutsideText, Problem>>;

/** How often a request follows to where it is sent. */
const MOST_REDIRECTS = 5;

/** Where web servers listen. Other ports belong to services that never asked for our requests. */
const WEB_PORTS = new Set(['', '80', '443', '8080', '8443']);

/**
 * Reads a text from an address that somebody typed, without becoming their way into this machine's
 * network: only `https`, `http` and `webcal` (read by https), only the ports 80, 443, 8080 and 8443,
 * and only public addresses, checked on the address that is really connected to, at each of at most
 * five redirects. No cookie, no password and no referrer is sent.
 *
 * @param reach `anywhere` lifts the limits on addresses and ports, for an installation whose
 *   calendars are in its own network (`CAIRN_FETCH_PRIVATE=allow`) and for tests
 */
export async function fetchOutside(
  typed: string,
  wanted: OutsideRequest,
  reach: 'public' | 'anywhere' = 'public',
): Promise<Result<OutsideText, Problem>> {
  // One limit for all hops: a server that sends us round in circles gains no more time.
  const signal = AbortSignal.timeout(wanted.timeoutMs);
  let url = readAddress(typed);
  for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
    if (url === undefined) return fail(OUTSIDE_PROBLEMS.notAWebAddress());
    const refused = refusal(url, reach);
    if (refused !== undefined) return fail(refused);
    try {
      const response = await ask(url, wanted, reach, signal);
      const next = redirectOf(response, url);
      if (next === undefined) return await readAnswer(response, url, wanted, signal);
      response.destroy();
      url = next;
    } catch (error) {
      return fail(problemOfError(error, url.host, signal.aborted));
    }
  }
  return fail(OUTSIDE_PROBLEMS.tooManyRedirects(MOST_REDIRECTS));
}

/** What may be read from here: `services.fetchOutside`. */
export const fetcherFor =
  (reach: 'public' | 'anywhere'): FetchOutside =>
  (url, wanted) =>
    fetchOutside(url, wanted, reach);

function readAddress(typed: string): URL | undefined {
  // Calendar programs give `webcal:`, which means “subscribe to this by the web”.
  const text = typed.trim().replace(/^webcals?:/i, 'https:');
  return URL.canParse(text) ? new URL(text) : undefined;
}

function refusal(url: URL, reach: 'public' | 'anywhere'): Problem | undefined {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return OUTSIDE_PROBLEMS.notAWebAddress();
  }
  if (url.username !== '' || url.password !== '') return OUTSIDE_PROBLEMS.password();
  if (reach === 'anywhere') return undefined;
  if (!WEB_PORTS.has(url.port)) return OUTSIDE_PROBLEMS.port(url.port);
  const written = writtenAddress(url);
  return written !== undefined && !isPublicAddress(written)
    ? OUTSIDE_PROBLEMS.privateAddress(url.hostname)
    : undefined;
}

function ask(
  url: URL,
  { accept }: OutsideRequest,
  reach: 'public' | 'anywhere',
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const send = url.protocol === 'https:' ? requestSecure : requestPlain;
  return new Promise((resolve, reject) => {
    const request = send(url, {
      // A connection of its own each time: one that was kept would not be checked again.
      agent: false,
      signal,
      headers: { accept, 'accept-encoding': 'gzip, deflate, br', 'user-agent': 'Cairn' },
      ...(reach === 'public' ? { lookup: lookupPublic } : {}),
    });
    request.on('socket', (socket) => {
      // The resolver has looked already; this is the address that answers, whatever led to it.
      socket.once('connect', () => {
        if (reach === 'public' && !isPublicAddress(socket.remoteAddress ?? '')) {
          request.destroy(Object.assign(new Error('private'), { code: PRIVATE_ADDRESS }));
        }
      });
    });
    request.on('response', resolve);
    request.on('error', reject);
    request.end();
  });
}

/** Where the answer sends us, or undefined when it is the answer itself. */
function redirectOf({ statusCode = 0, headers }: IncomingMessage, from: URL): URL | undefined {
  if (![301, 302, 303, 307, 308].includes(statusCode) || headers.location === undefined) {
    return undefined;
  }
  const text = headers.location.replace(/^webcals?:/i, 'https:');
  return URL.canParse(text, from) ? new URL(text, from) : undefined;
}

async function readAnswer(
  response: IncomingMessage,
  url: URL,
  { maxBytes }: OutsideRequest,
  signal: AbortSignal,
): Promise<Result<OutsideText, Problem>> {
  const { statusCode = 0, headers } = response;
  if (statusCode < 200 || statusCode > 299) {
    response.destroy();
    return fail(problemOfStatus(statusCode, url.host));
  }
  const [kind = '', ...parameters] = (headers['content-type'] ?? '').split(';');
  const chunks: Buffer[] = [];
  let size = 0;
  const unpacked = unpack(response, signal);
  for await (const chunk of unpacked as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) {
      response.destroy();
      return fail(OUTSIDE_PROBLEMS.tooLarge(maxBytes));
    }
    chunks.push(chunk);
  }
  return ok({
    text: decoderFor(parameters).decode(Buffer.concat(chunks)),
    contentType: kind.trim().toLowerCase(),
  });
}

/** The content as it is meant; the size is counted behind this, so that nothing grows unseen. */
function unpack(response: IncomingMessage, signal: AbortSignal): Readable {
  const unpacker = {
    gzip: createGunzip,
    deflate: createInflate,
    br: createBrotliDecompress,
  }[(response.headers['content-encoding'] ?? '').trim().toLowerCase()];
  if (unpacker === undefined) return response;
  const stream = unpacker();
  response.on('error', (error) => stream.destroy(error));
  signal.addEventListener('abort', () => stream.destroy(signal.reason), { once: true });
  return response.pipe(stream);
}

function decoderFor(parameters: readonly string[]): TextDecoder {
  const charset = /charset="?([\w-]+)/i.exec(parameters.join(';'))?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset);
  } catch {
    // A charset that nobody knows: UTF-8 is what iCalendar and YAML mean (RFC 5545 §3.1.4).
    return new TextDecoder();
  }
}
