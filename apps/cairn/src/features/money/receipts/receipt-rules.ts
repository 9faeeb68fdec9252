import { pictureKind } from '@cairn/formats/picture';
import { type Problem, problem } from '@cairn/kernel/problem';

/** What is kept as a receipt. */
export const RECEIPT_TYPES = ['image/jpeg', 'image/png', 'image/webp', 'application/pdf'] as const;
export type ReceiptType = (typeof RECEIPT_TYPES)[number];

const MEGABYTE = 1_000_000;

/** As large as a receipt may be where nobody set something else, in bytes. */
export const USUAL_LARGEST_RECEIPT = 15 * MEGABYTE;
/** More pixels than this no phone shows, and no typesetter holds; cameras of phones stay below by default. */
export const MOST_PIXELS = 64_000_000;
export const LONGEST_SIDE = 12_000;
/** So many pages a receipt may have. */
export const MOST_PAGES = 40;
/** So many somebody may keep for one summit, so that nobody fills the disk. */
export const MOST_RECEIPTS = 400;

/** All that is sent with one form: some files at the limit beside each other, so that one too large costs no other. */
export const largestSending = (largestReceipt: number): number => largestReceipt * 5 + MEGABYTE;

/** Under these addresses receipts are sent, so their bodies may be larger than others. */
export const takesReceipts = (path: string): boolean =>
  /^\/s\/[^/]+\/(?:money\/(?:receipts|claims)|treasury\/claims)(?:\/|$)/.test(path);

/** What a file is, by its bytes and never by its name. */
export type FileKind =
  | 'picture'
  | 'pdf'
  | 'heic'
  | 'avif'
  | 'gif'
  | 'tiff'
  | 'svg'
  | 'office'
  | 'page'
  | 'text'
  | 'empty'
  | 'unknown';

const latin = (bytes: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...bytes.subarray(from, to));

/** Brands of ISO base media files that hold one picture (ISO 23008-12, and AVIF 1.1). */
const HEIC = /^(?:hei[cxms]|hev[cxms]|mif1|msf1)$/;

/** Recognises what people send as receipts, and what they send by mistake. */
export function kindOfFile(bytes: Uint8Array): FileKind {
  if (bytes.length === 0) return 'empty';
  if (pictureKind(bytes) !== undefined) return 'picture';
  const start = latin(bytes, 0, 8);
  if (start.startsWith('%PDF-')) return 'pdf';
  if (start.startsWith('GIF8')) return 'gif';
  if (start.startsWith('II*\0') || start.startsWith('MM\0*')) return 'tiff';
  if (start.startsWith('PK\u0003\u0004') || start.startsWith('\u00d0\u00cf\u0011\u00e0'))
    return 'office';
  if (latin(bytes, 4, 8) === 'ftyp') {
    const brand = latin(bytes, 8, 12);
    return HEIC.test(brand) ? 'heic' : /^avi[fs]$/.test(brand) ? 'avif' : 'unknown';
  }
  const head = bytes.subarray(0, 4096);
  const text = latin(head, 0, head.length).replace(/^\u00ef\u00bb\u00bf/, '');
  if (/<svg[\s>]/i.test(text)) return 'svg';
  if (/^\s*<(?:!doctype html|html)/i.test(text)) return 'page';
  return head.every((byte) => byte >= 0x20 || byte === 9 || byte === 10 || byte === 13)
    ? 'text'
    : 'unknown';
}

/** What to do instead with a file that is no receipt. */
const INSTEAD: Readonly<Record<Exclude<FileKind, 'picture' | 'pdf'>, string>> = {
  heic: 'is a HEIC photograph, which few programs can show; set your camera to “Most compatible”, or share it as JPEG, and choose it again',
  avif: 'is an AVIF picture, which few programs can show; save it as JPEG and choose it again',
  gif: 'is a GIF picture; save it as JPEG or PNG and choose it again',
  tiff: 'is a TIFF scan; save it as PDF or JPEG and choose it again',
  svg: 'is an SVG drawing, which can hold programs; print it to PDF and choose that',
  office: 'is a document of an office program; print it to PDF and choose that',
  page: 'is a web page; print it to PDF and choose that',
  text: 'is plain text, whatever its name says; photograph the slip, or send it as PDF',
  empty: 'is empty; choose it again, once your phone has saved it',
  unknown: 'is no JPEG, PNG, WebP or PDF, whatever its name says; photograph the slip again',
};

/** Why a file of such a kind is not taken. */
export const notAReceipt = (kind: keyof typeof INSTEAD, name: string): Problem =>
  problem(kind === 'empty' ? 'empty-file' : 'not-a-receipt', `“${name}” ${INSTEAD[kind]}.`);

/** Why a file is not taken that is larger than the limit, in bytes. */
export const tooLarge = (name: string, size: number, limit: number): Problem =>
  problem(
    'too-large',
    `“${name}” has ${sizeWords(size)}, more than the ${sizeWords(limit)} that are taken; let your camera save smaller photographs, or photograph the slip from further away.`,
  );

/** `1.4 MB`, `320 kB`, in the units that phones show. */
export function sizeWords(bytes: number): string {
  if (bytes < MEGABYTE) return `${Math.max(1, Math.round(bytes / 1000))} kB`;
  const tenths = Math.round((bytes / MEGABYTE) * 10);
  return `${tenths % 10 === 0 ? tenths / 10 : (tenths / 10).toFixed(1)} MB`;
}

/** The name of a file as it is shown: what stands after folders, without what no screen shows. */
export function shownName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const shown = last
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '')
    .trim();
  return shown === '' ? 'receipt' : [...shown].slice(0, 100).join('');
}

const ENDINGS: Readonly<Record<ReceiptType, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'application/pdf': 'pdf',
};

/** A name under which it can be saved: the shown one, with the ending of what it is. */
export const savedName = (name: string, type: ReceiptType): string =>
  `${name.replace(/\.[A-Za-z0-9]{1,5}$/, '')}.${ENDINGS[type]}`;

/** So large a picture is drawn where it stands for the receipt: within a square of so many pixels. */
export function thumbSize(
  width: number,
  height: number,
  within = 144,
): { readonly width: number; readonly height: number } {
  const scale = Math.min(1, within / Math.max(width, height, 1));
  const scaled = (side: number): number => Math.max(1, Math.round(side * scale));
  return { width: scaled(width), height: scaled(height) };
}
