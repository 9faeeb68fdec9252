import { createHash } from 'node:crypto';
import { cleanPicture, type PictureLimits } from '@cairn/formats/picture';
import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import type { CleanedPdf } from './pdf-clean.ts';
import { cleanPdfApart } from './pdf-thread.ts';
import {
  kindOfFile,
  LONGEST_SIDE,
  MOST_PAGES,
  MOST_PIXELS,
  notAReceipt,
  type ReceiptType,
  shownName,
  tooLarge,
} from './receipt-rules.ts';

/** A file as somebody sent it: neither its name nor its type is believed. */
export interface SentFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A receipt that may be kept: checked, and without what it told besides. */
export interface CleanReceipt {
  readonly name: string;
  readonly mediaType: ReceiptType;
  readonly width: number | null;
  readonly height: number | null;
  readonly pages: number | null;
  readonly bytes: Uint8Array;
  readonly sha256: Uint8Array;
}

/** What may be kept of some files, and a sentence for each that may not. */
export interface TakenIn {
  readonly good: readonly CleanReceipt[];
  readonly refused: readonly Problem[];
}

/**
 * Checks and cleans files that were sent as receipts, one after the other; the good ones are kept whatever the others
 * are. `largest` is how many bytes one may have; problems are at `path`, the name of the field.
 */
export async function takeIn(
  files: readonly SentFile[],
  largest: number,
  path = 'receipts',
): Promise<TakenIn> {
  const good: CleanReceipt[] = [];
  const refused: Problem[] = [];
  for (const file of files) {
    const cleaned = await cleanFile(file, largest);
    if (cleaned.ok) good.push(cleaned.value);
    else refused.push({ ...cleaned.error, place: { path } });
  }
  return { good, refused };
}

async function cleanFile(
  { name: sent, bytes }: SentFile,
  largest: number,
): Promise<Result<CleanReceipt, Problem>> {
  const name = shownName(sent);
  const kind = kindOfFile(bytes);
  if (kind !== 'picture' && kind !== 'pdf') return fail(notAReceipt(kind, name));
  if (bytes.length > largest) return fail(tooLarge(name, bytes.length, largest));
  const limits: PictureLimits = { bytes: largest, pixels: MOST_PIXELS, side: LONGEST_SIDE };
  if (kind === 'pdf') {
    const cleaned = await cleanPdfApart(bytes, { pages: MOST_PAGES, picture: limits });
    if (typeof cleaned === 'string') return fail(noPdf(cleaned, name));
    const { pages, bytes: kept } = cleaned;
    // Written anew, a PDF may have grown.
    if (kept.length > largest) return fail(tooLarge(name, kept.length, largest));
    const type = { mediaType: 'application/pdf', width: null, height: null } as const;
    return ok({ name, ...type, pages, bytes: kept, sha256: sha256(kept) });
  }
  const picture = cleanPicture(bytes, limits);
  if (!picture.ok) return fail(noPicture(picture.error, name));
  return ok({ name, ...picture.value, pages: null, sha256: sha256(picture.value.bytes) });
}

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

const noPicture = ({ code }: Problem, name: string): Problem =>
  problem(
    code,
    `“${name}” ${
      code === 'too-many-pixels'
        ? `has more than ${MOST_PIXELS / 1_000_000} million pixels or a side of more than ${LONGEST_SIDE}; let your camera save smaller photographs`
        : code === 'moving-picture'
          ? 'is a moving picture; send a photograph of the slip'
          : 'is not whole, or broke off on the way; choose it again'
    }.`,
  );

const PDF_WORDS: Readonly<Record<Exclude<CleanedPdf, object> | 'unfolds', string>> = {
  locked: 'is locked with a password; print it to PDF without one and choose that',
  broken: 'is not a whole PDF; save or print it anew and choose it again',
  'many-pages': `has more than ${MOST_PAGES} pages; print those that show the cost to a PDF and choose that`,
  'many-pixels': 'holds a picture of more pixels than can be shown; scan it with 300 dots per inch',
  unfolds: 'unfolds to more than any slip holds; photograph it, or print it to PDF anew',
};

const noPdf = (why: keyof typeof PDF_WORDS, name: string): Problem =>
  problem(`pdf-${why}`, `“${name}” ${PDF_WORDS[why]}.`);
