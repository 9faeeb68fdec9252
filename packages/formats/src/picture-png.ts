import type { Cleaned } from './picture.ts';
import { big32, joined, letters } from './picture-bytes.ts';

/** What draws the picture (PNG 3rd edition, §11); all other chunks only tell of it. */
const DRAWING = new Set([
  'IHDR',
  'PLTE',
  'IDAT',
  'IEND',
  'tRNS',
  'gAMA',
  'cHRM',
  'sRGB',
  'sBIT',
  'pHYs',
]);
const MOVING = new Set(['acTL', 'fcTL', 'fdAT']);
const SIGNATURE = 8;

const table = Array.from({ length: 256 }, (_, start) => {
  let value = start;
  for (let bit = 0; bit < 8; bit += 1) {
    value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  }
  return value >>> 0;
});

/** The check sum of a chunk: of its name and its data (PNG, annex D). */
export function crc32(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) value = (table[(value ^ byte) & 0xff] ?? 0) ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}

/** A PNG with the chunks that draw it, in their order. */
export function cleanPng(bytes: Uint8Array): Cleaned {
  const kept: Uint8Array[] = [bytes.subarray(0, SIGNATURE)];
  let size: { readonly width: number; readonly height: number } | undefined;
  let hasData = false;
  let at = SIGNATURE;
  while (at + 12 <= bytes.length) {
    const length = big32(bytes, at);
    const name = letters(bytes, at + 4);
    const end = at + 12 + length;
    if (end > bytes.length) return 'broken';
    if (crc32(bytes.subarray(at + 4, end - 4)) !== big32(bytes, end - 4)) return 'broken';
    if (MOVING.has(name)) return 'moving';
    if ((name === 'IHDR') !== (at === SIGNATURE)) return 'broken';
    if (name === 'IHDR') size = { width: big32(bytes, at + 8), height: big32(bytes, at + 12) };
    if (name === 'IDAT') hasData = true;
    if (DRAWING.has(name)) kept.push(bytes.subarray(at, end));
    at = end;
    if (name !== 'IEND') continue;
    if (size === undefined || size.width === 0 || size.height === 0 || !hasData) return 'broken';
    return { ...size, bytes: joined(kept) };
  }
  return 'broken';
}
