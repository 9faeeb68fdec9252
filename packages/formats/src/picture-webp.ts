import type { Cleaned } from './picture.ts';
import { joined, letters, little16, little24, little32 } from './picture-bytes.ts';

/** What draws the picture (RFC 9649, §2.7); `VP8X` says which others there are. */
const DRAWING = new Set(['VP8 ', 'VP8L', 'ALPH']);
/** Of the flags of `VP8X`: transparency draws; colour profile, Exif, XMP and animation do not stay. */
const ALPHA = 0x10;
const ANIMATION = 0x02;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** A WebP with the chunks that draw it. */
export function cleanWebp(bytes: Uint8Array): Cleaned {
  const end = 8 + little32(bytes, 4);
  if (end > bytes.length || end < 20) return 'broken';
  const kept: Uint8Array[] = [];
  let size: Size | undefined;
  let extended: Size | undefined;
  let at = 12;
  while (at + 8 <= end) {
    const name = letters(bytes, at);
    const length = little32(bytes, at + 4);
    // Chunks are padded to an even length.
    const next = at + 8 + length + (length % 2);
    if (at + 8 + length > end) return 'broken';
    const data = bytes.subarray(at + 8, at + 8 + length);
    if (name === 'ANIM' || name === 'ANMF') return 'moving';
    if (name === 'VP8X') {
      if (length < 10) return 'broken';
      if (((data[0] ?? 0) & ANIMATION) !== 0) return 'moving';
      extended = { width: little24(data, 4) + 1, height: little24(data, 7) + 1 };
      const chunk = bytes.slice(at, at + 8 + 10);
      chunk[8] = (chunk[8] ?? 0) & ALPHA;
      chunk[4] = 10;
      chunk.fill(0, 5, 8);
      kept.push(chunk);
    }
    if (DRAWING.has(name)) {
      size ??= name === 'VP8 ' ? lossySize(data) : name === 'VP8L' ? losslessSize(data) : undefined;
      kept.push(bytes.subarray(at, Math.min(next, end)));
      if (next > end) kept.push(new Uint8Array(1));
    }
    at = next;
  }
  if (size === undefined || size.width === 0 || size.height === 0) return 'broken';
  if (
    extended !== undefined &&
    (extended.width !== size.width || extended.height !== size.height)
  ) {
    return 'broken';
  }
  return { ...size, bytes: riff(kept) };
}

/** RFC 6386, §9.1: a key frame begins with its size. */
function lossySize(data: Uint8Array): Size | undefined {
  const isKeyFrame = ((data[0] ?? 1) & 1) === 0;
  if (!isKeyFrame || data[3] !== 0x9d || data[4] !== 0x01 || data[5] !== 0x2a) return undefined;
  return { width: little16(data, 6) & 0x3fff, height: little16(data, 8) & 0x3fff };
}

/** RFC 9649, §3.4: a signature, then width and height less one, in 14 bits each. */
function losslessSize(data: Uint8Array): Size | undefined {
  if (data[0] !== 0x2f) return undefined;
  const bits = little32(data, 1);
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
}

function riff(chunks: readonly Uint8Array[]): Uint8Array {
  const body = joined(chunks);
  const head = Uint8Array.from([...'RIFF', '0', '0', '0', '0', ...'WEBP'].map(byteOf));
  new DataView(head.buffer).setUint32(4, body.length + 4, true);
  return joined([head, body]);
}

const byteOf = (letter: string): number => letter.charCodeAt(0);
