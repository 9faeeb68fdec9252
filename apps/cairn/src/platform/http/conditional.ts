import { createHash } from 'node:crypto';
import type { Instant } from '@cairn/kernel/time';
import type { AppContext } from './env.ts';

/** A document and what caches need to know of it. */
export interface Conditional {
  readonly body: string | Uint8Array<ArrayBuffer>;
  readonly type: string;
  /** Made from the body when left out. */
  readonly etag?: string;
  readonly lastModified?: Instant | undefined;
  readonly cacheControl: string;
  /** The name under which a browser saves it. */
  readonly fileName: string;
}

/** Public documents may be half a minute old, so that with a slow network a change shows within one. */
export const SHARED_CACHE = 'public, max-age=30';
/** Of a draft, or of one person: kept by nobody on the way. */
export const OWN_CACHE = 'private, no-cache';

/** Answers a document, or 304 to whoever has it already (RFC 9110 §13.1.2, §13.1.3). */
export function answerDocument(c: AppContext, document: Conditional): Response {
  const { body, type, lastModified, cacheControl, fileName } = document;
  const etag = document.etag ?? etagOf(body);
  const modified = lastModified && httpDate(lastModified);
  const headers = {
    etag,
    'cache-control': cacheControl,
    ...(modified === undefined ? {} : { 'last-modified': modified }),
  };
  if (isFresh(c, etag, lastModified)) return c.body(null, 304, headers);
  return c.body(body, 200, {
    ...headers,
    'content-type': type,
    'content-disposition': `inline; filename="${fileName}"`,
  });
}

const etagOf = (body: string | Uint8Array): string =>
  `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;

/** HTTP knows whole seconds only. */
const httpDate = (instant: Instant): string =>
  new Date(Math.floor(instant.epochMilliseconds / 1000) * 1000).toUTCString();

function isFresh(c: AppContext, etag: string, lastModified: Instant | undefined): boolean {
  const tags = c.req.header('if-none-match');
  if (tags !== undefined) {
    return tags.split(',').some((tag) => ['*', etag].includes(tag.trim().replace(/^W\//, '')));
  }
  const since = Date.parse(c.req.header('if-modified-since') ?? '');
  if (lastModified === undefined || Number.isNaN(since)) return false;
  return Math.floor(lastModified.epochMilliseconds / 1000) * 1000 <= since;
}
