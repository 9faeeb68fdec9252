import { createHash } from 'node:crypto';
import type { Problem } from '@cairn/kernel/problem';
import { ok, type Result } from '@cairn/kernel/result';
import { typesetHandout } from '@cairn/typeset/handout';
import type { Handout } from '@cairn/typeset/handout-content';

/** A work plan ready to be sent. */
export interface PrintedPdf {
  readonly pdf: Uint8Array<ArrayBuffer>;
  readonly etag: string;
}

/** Typesets a work plan, or takes what it typeset before. */
export type WorkPlanShelf = (handout: Handout) => Result<PrintedPdf, Problem>;

/** Plans that are kept; each is about 60 kB. */
const MOST_KEPT = 32;

/**
 * Typesetting takes a tenth of a second of the event loop, so the same plan is typeset once and kept
 * in memory; the one asked for longest ago makes room.
 */
export function workPlanShelf(): WorkPlanShelf {
  const kept = new Map<string, PrintedPdf>();
  return (handout) => {
    const key = createHash('sha256').update(JSON.stringify(handout)).digest('base64url');
    const found = kept.get(key);
    if (found !== undefined) {
      kept.delete(key);
      kept.set(key, found);
      return ok(found);
    }
    const pdf = typesetHandout(handout);
    if (!pdf.ok) return pdf;
    const digest = createHash('sha256').update(pdf.value).digest('base64url').slice(0, 24);
    const printed = { pdf: Uint8Array.from(pdf.value), etag: `"${digest}"` };
    kept.set(key, printed);
    for (const oldest of kept.keys()) {
      if (kept.size <= MOST_KEPT) break;
      kept.delete(oldest);
    }
    return ok(printed);
  };
}
