import { createHash } from 'node:crypto';
import type { Problem } from '@cairn/kernel/problem';
import { ok, type Result } from '@cairn/kernel/result';
import { typesetHandout } from '@cairn/typeset/handout';
import type { Summit } from '../summits/queries.ts';
import { handout } from './handout-rules.ts';

/** A handout ready to be sent. */
interface PrintedHandout {
  readonly pdf: Uint8Array<ArrayBuffer>;
  readonly etag: string;
}

/** The handout of a summit as it is now defined; `page` is the summit's page, in full. */
export type HandoutShelf = (summit: Summit, page: string) => Result<PrintedHandout, Problem>;

/** Summits whose handout is kept; each is about 60 kB. */
const MOST_KEPT = 64;

/**
 * Typesetting takes about a tenth of a second of the event loop, so each revision is typeset once
 * and kept in memory; the one asked for longest ago makes room.
 */
export function handoutShelf(): HandoutShelf {
  const kept = new Map<string, { readonly edition: string; readonly printed: PrintedHandout }>();
  return (summit, page) => {
    const edition = `${summit.revision} ${summit.state} ${page}`;
    const found = kept.get(summit.id);
    kept.delete(summit.id);
    const printed = found?.edition === edition ? ok(found.printed) : print(summit, page);
    if (!printed.ok) return printed;
    kept.set(summit.id, { edition, printed: printed.value });
    for (const oldest of kept.keys()) {
      if (kept.size <= MOST_KEPT) break;
      kept.delete(oldest);
    }
    return printed;
  };
}

function print(summit: Summit, page: string): Result<PrintedHandout, Problem> {
  const isDraft = summit.state === 'draft';
  const pdf = typesetHandout(handout(summit.definition, { page, isDraft }));
  if (!pdf.ok) return pdf;
  // A new release of Cairn may set the same revision anew.
  const digest = createHash('sha256').update(pdf.value).digest('base64url').slice(0, 16);
  return ok({ pdf: Uint8Array.from(pdf.value), etag: `"r${summit.revision}-${digest}"` });
}
