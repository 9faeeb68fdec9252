import type { Cleaned } from './picture.ts';
import { big16, big32, joined, letters, little16, little32 } from './picture-bytes.ts';

/** Markers (ITU-T T.81, table B.1). */
const START_OF_SCAN = 0xda;
const END = 0xd9;
const APP0 = 0xe0;
const APP1 = 0xe1;
const APP14 = 0xee;
const COMMENT = 0xfe;
const RESTARTS = { first: 0xd0, last: 0xd7 };

/** Which way a camera was held (Exif 2.32, tag 0x0112): from 5 on, width and height change places. */
const ORIENTATION = 0x0112;

const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/** So long is the data of JFIF without the small picture that may follow it, and that of Adobe. */
const JFIF = { name: 'JFIF', length: 14 };
const ADOBE = { name: 'Adob', length: 12 };

/**
 * A segment as it is kept; undefined where it only tells. JFIF says how dense the dots are, Adobe's how
 * colours are meant: both draw, and stay without what was added to them, such as a small picture of what
 * was cut away since. All others of applications tell.
 */
function keptSegment(marker: number, segment: Uint8Array): Uint8Array | undefined {
  const isOfApplication = marker >= APP0 && marker <= 0xef;
  if (!isOfApplication) return marker === COMMENT ? undefined : segment;
  const known = marker === APP0 ? JFIF : marker === APP14 ? ADOBE : undefined;
  if (known === undefined || letters(segment, 4) !== known.name) return undefined;
  const end = 4 + known.length;
  if (segment.length < end || (segment.length === end && known === ADOBE)) return segment;
  const cut = segment.slice(0, end);
  cut.set([0, known.length + 2], 2);
  // No columns and no rows of a small picture.
  if (known === JFIF) cut.set([0, 0], end - 2);
  return cut;
}

/**
 * A JPEG without what applications added. How the camera was held is kept, in a segment that says
 * nothing else, so that a photograph of a plan does not lie on its side.
 */
export function cleanJpeg(bytes: Uint8Array): Cleaned {
  const kept: Uint8Array[] = [bytes.subarray(0, 2)];
  let size: { readonly width: number; readonly height: number } | undefined;
  let orientation = 1;
  let hasScan = false;
  let at = 2;
  while (at + 2 <= bytes.length) {
    if (bytes[at] !== 0xff) return 'broken';
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      // Any number of these may stand before a marker.
      at += 1;
      continue;
    }
    if (marker === END) {
      if (size === undefined || !hasScan) return 'broken';
      const [start = new Uint8Array(), ...rest] = kept;
      const whole = joined([start, ...held(orientation), ...rest, bytes.subarray(at, at + 2)]);
      const { width, height } = size;
      return orientation >= 5
        ? { width: height, height: width, bytes: whole }
        : { width, height, bytes: whole };
    }
    const length = big16(bytes, at + 2);
    const end = at + 2 + length;
    if (length < 2 || end > bytes.length) return 'broken';
    if (marker === APP1) orientation = orientationIn(bytes.subarray(at + 4, end)) ?? orientation;
    if (isFrame(marker)) {
      // Programs take the first one, so nobody may say another size after it.
      if (size !== undefined) return 'broken';
      size = { height: big16(bytes, at + 5), width: big16(bytes, at + 7) };
      // A height that comes later (DNL) is nothing that cameras or programs of today write.
      if (size.width === 0 || size.height === 0) return 'broken';
    }
    const segment = keptSegment(marker, bytes.subarray(at, end));
    if (segment !== undefined) kept.push(segment);
    at = end;
    if (marker !== START_OF_SCAN) continue;
    hasScan = true;
    const scanned = endOfScan(bytes, at);
    kept.push(bytes.subarray(at, scanned));
    at = scanned;
  }
  return 'broken';
}

/** Where the data of a scan ends: at the next marker that is no restart. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = from; at + 1 < bytes.length; at += 1) {
    if (bytes[at] !== 0xff) continue;
    const next = bytes[at + 1] ?? 0;
    const isData = next === 0 || (next >= RESTARTS.first && next <= RESTARTS.last);
    if (!isData && next !== 0xff) return at;
  }
  return bytes.length;
}

/** Which way the camera was held, as Exif says; undefined where it does not. */
function orientationIn(segment: Uint8Array): number | undefined {
  if (letters(segment, 0) !== 'Exif') return undefined;
  const tiff = segment.subarray(6);
  const isLittle = tiff[0] === 0x49;
  const read16 = isLittle ? little16 : big16;
  const read32 = isLittle ? little32 : big32;
  const first = read32(tiff, 4);
  const count = Math.min(read16(tiff, first), 200);
  for (let index = 0; index < count; index += 1) {
    const entry = first + 2 + index * 12;
    if (read16(tiff, entry) !== ORIENTATION) continue;
    const value = read16(tiff, entry + 8);
    return value >= 1 && value <= 8 ? value : undefined;
  }
  return undefined;
}

/** An Exif segment that says how the camera was held and nothing else; none where it was held upright. */
function held(orientation: number): Uint8Array[] {
  if (orientation === 1) return [];
  const tiff = [
    ...[0x4d, 0x4d, 0x00, 0x2a, 0x00, 0x00, 0x00, 0x08],
    ...[0x00, 0x01, 0x01, 0x12, 0x00, 0x03, 0x00, 0x00, 0x00, 0x01, 0x00, orientation, 0x00, 0x00],
    ...[0x00, 0x00, 0x00, 0x00],
  ];
  const exif = [0x45, 0x78, 0x69, 0x66, 0x00, 0x00, ...tiff];
  return [Uint8Array.from([0xff, APP1, 0x00, exif.length + 2, ...exif])];
}
