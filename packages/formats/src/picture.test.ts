import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanPicture, PHONE_LIMITS } from './picture.ts';
import { joined } from './picture-bytes.ts';
import { crc32 } from './picture-png.ts';

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);
const SECRET = 'GPS 47.6062 N, by Grigor Lind';

const big = (value: number): Uint8Array => {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
};
const little = (value: number): Uint8Array => big(value).toReversed();

const pngChunk = (name: string, data: Uint8Array): Uint8Array => {
  const named = joined([ascii(name), data]);
  return joined([big(data.length), named, big(crc32(named))]);
};
const png = (extra: readonly Uint8Array[] = [], width = 2, height = 1): Uint8Array =>
  joined([
    Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    pngChunk('IHDR', joined([big(width), big(height), Uint8Array.from([8, 0, 0, 0, 0])])),
    ...extra,
    pngChunk('IDAT', deflateSync(Uint8Array.from([0, 1, 2]))),
    pngChunk('IEND', new Uint8Array()),
  ]);

const segment = (marker: number, data: Uint8Array): Uint8Array =>
  joined([Uint8Array.from([0xff, marker, (data.length + 2) >> 8, (data.length + 2) & 0xff]), data]);
const exif = (orientation: number): Uint8Array =>
  joined([
    ascii('Exif\0\0'),
    Uint8Array.from([0x49, 0x49, 0x2a, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0]),
    Uint8Array.from([orientation, 0, 0, 0, 0, 0, 0, 0]),
    ascii(SECRET),
  ]);
const jpeg = (extra: readonly Uint8Array[] = []): Uint8Array =>
  joined([
    Uint8Array.from([0xff, 0xd8]),
    segment(0xe0, ascii('JFIF\0....')),
    ...extra,
    segment(0xc0, Uint8Array.from([8, 0, 30, 0, 40, 1, 1, 0x11, 0])),
    segment(0xda, Uint8Array.from([1, 1, 0, 0, 63, 0])),
    Uint8Array.from([1, 2, 0xff, 0, 3, 0xff, 0xd0, 4]),
    Uint8Array.from([0xff, 0xd9]),
  ]);

const webpChunk = (name: string, data: Uint8Array): Uint8Array =>
  joined([ascii(name), little(data.length), data, new Uint8Array(data.length % 2)]);
const webp = (chunks: readonly Uint8Array[]): Uint8Array => {
  const body = joined([ascii('WEBP'), ...chunks]);
  return joined([ascii('RIFF'), little(body.length), body]);
};
const lossless = webpChunk('VP8L', Uint8Array.from([0x2f, 39, 0x40, 7, 0, 9]));
const extended = webpChunk('VP8X', Uint8Array.from([0x2c, 0, 0, 0, 39, 0, 0, 29, 0, 0]));

const has = (bytes: Uint8Array, text: string): boolean =>
  new TextDecoder('latin1').decode(bytes).includes(text);

describe('a picture', () => {
  test.each([
    ['PNG', png([pngChunk('tEXt', ascii(SECRET)), pngChunk('eXIf', ascii(SECRET))]), 'png', 2, 1],
    [
      'JPEG',
      jpeg([segment(0xe1, exif(1)), segment(0xfe, ascii(SECRET)), segment(0xe2, ascii(SECRET))]),
      'jpeg',
      40,
      30,
    ],
    [
      'WebP',
      webp([
        extended,
        lossless,
        webpChunk('EXIF', ascii(SECRET)),
        webpChunk('XMP ', ascii(SECRET)),
      ]),
      'webp',
      40,
      30,
    ],
  ])('that is a %s is kept without what tells of it', (_, bytes, kind, width, height) => {
    const dirty = joined([bytes, kind === 'webp' ? new Uint8Array() : ascii(SECRET)]);
    expect(has(dirty, SECRET)).toBe(true);
    const cleaned = cleanPicture(dirty);
    expect(cleaned).toMatchObject({ value: { mediaType: `image/${kind}`, width, height } });
    if (!cleaned.ok) return;
    expect(has(cleaned.value.bytes, 'GPS')).toBe(false);
    // What was cleaned is whole, and there is nothing more to clean.
    expect(cleanPicture(cleaned.value.bytes)).toEqual(cleaned);
  });

  test('keeps what draws it, byte for byte', () => {
    for (const bytes of [png(), jpeg(), webp([lossless])]) {
      const cleaned = cleanPicture(bytes);
      expect(cleaned.ok && Buffer.from(cleaned.value.bytes).equals(bytes)).toBe(true);
    }
  });

  test('that is a JPEG loses the small pictures of itself, in which what was cut away may still be', () => {
    const jfif = Uint8Array.from([...ascii('JFIF\0'), 1, 2, 0, 0, 1, 0, 1, 3, 3]);
    const small = joined([jfif, ascii(SECRET)]);
    const dirty = jpeg([segment(0xe0, small), segment(0xe0, ascii(`JFXX\0\x10${SECRET}`))]);
    expect(has(dirty, SECRET)).toBe(true);
    const cleaned = cleanPicture(dirty);
    expect(cleaned).toMatchObject({ value: { width: 40, height: 30 } });
    if (!cleaned.ok) return;
    expect(has(cleaned.value.bytes, 'GPS')).toBe(false);
    expect(has(cleaned.value.bytes, 'JFIF')).toBe(true);
    expect(cleanPicture(cleaned.value.bytes)).toEqual(cleaned);
  });

  test('that was taken with the camera on its side still lies as it should', () => {
    const cleaned = cleanPicture(jpeg([segment(0xe1, exif(6))]));
    expect(cleaned).toMatchObject({ value: { width: 30, height: 40 } });
    if (!cleaned.ok) return;
    expect(has(cleaned.value.bytes, 'Exif')).toBe(true);
    expect(has(cleaned.value.bytes, 'GPS')).toBe(false);
    expect(cleanPicture(cleaned.value.bytes)).toEqual(cleaned);
  });
});

describe('what is refused', () => {
  const code = (bytes: Uint8Array) => {
    const cleaned = cleanPicture(bytes);
    return cleaned.ok ? 'taken' : cleaned.error.code;
  };

  test.each([
    [
      'a drawing that can hold scripts',
      ascii('<svg xmlns="http://www.w3.org/2000/svg"/>'),
      'not-a-picture',
    ],
    ['a page', ascii('<!doctype html><script>1</script>'), 'not-a-picture'],
    ['nothing', new Uint8Array(), 'not-a-picture'],
    ['what is too large', new Uint8Array(PHONE_LIMITS.bytes + 1), 'too-large'],
    ['what has more pixels than a phone shows', png([], 30_000, 30_000), 'too-many-pixels'],
    ['what moves', png([pngChunk('acTL', new Uint8Array(8))]), 'moving-picture'],
    ['a moving WebP', webp([webpChunk('ANIM', new Uint8Array(6)), lossless]), 'moving-picture'],
    ['a PNG whose check sums are wrong', png().with(20, 9), 'broken-picture'],
    [
      'a JPEG that says a small size after a huge one',
      jpeg([segment(0xc2, Uint8Array.from([8, 0xff, 0xff, 0xff, 0xff, 1, 1, 0x11, 0]))]),
      'broken-picture',
    ],
    ['a JPEG that breaks off', jpeg().subarray(0, -2), 'broken-picture'],
  ])('%s', (_, bytes, wanted) => expect(code(bytes)).toBe(wanted));

  test('a picture cut off anywhere, or with any byte changed, is refused or whole, and never ends the process', () => {
    const pictures = [png(), jpeg([segment(0xe1, exif(6))]), webp([extended, lossless])];
    fc.assert(
      fc.property(
        fc.constantFrom(...pictures),
        fc.nat(),
        fc.nat({ max: 255 }),
        (bytes, at, value) => {
          expect(code(bytes.subarray(0, at % bytes.length))).not.toBe('taken');
          const changed = bytes.with(at % bytes.length, value);
          const cleaned = cleanPicture(changed);
          if (cleaned.ok) expect(cleanPicture(cleaned.value.bytes)).toEqual(cleaned);
        },
      ),
    );
  });
});
