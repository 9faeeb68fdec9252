import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { cleanJpeg } from './picture-jpeg.ts';
import { cleanPng } from './picture-png.ts';
import { cleanWebp } from './picture-webp.ts';

/** A picture as it is kept and shown: what draws it, and nothing that tells of who took it, where or when. */
export interface Picture {
  readonly mediaType: 'image/png' | 'image/jpeg' | 'image/webp';
  /** As it is shown, in pixels. */
  readonly width: number;
  readonly height: number;
  readonly bytes: Uint8Array;
}

/** What can be wrong with a file of one kind, so that its cleaner gives up. */
export type Cleaned = Omit<Picture, 'mediaType'> | 'broken' | 'moving';

/** How large a picture may be: a small file can stand for more pixels than any memory holds. */
export interface PictureLimits {
  /** Bytes of the file. */
  readonly bytes: number;
  readonly pixels: number;
  readonly side: number;
}

const MEGABYTE = 1024 * 1024;

/** What every phone can load and show, such as a map. */
export const PHONE_LIMITS: PictureLimits = {
  bytes: 4 * MEGABYTE,
  pixels: 40_000_000,
  side: 12_000,
};

const startsWith = (bytes: Uint8Array, ...start: readonly number[]): boolean =>
  start.every((byte, index) => bytes[index] === byte);

const text = (bytes: Uint8Array, from: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(from, from + length));

/**
 * Reads a picture by what it is and not by its name, and leaves out everything that does not draw it:
 * camera, place, time, author, comments, thumbnails, and whatever was put behind its end. Problems are
 * at the path `file`.
 */
export function cleanPicture(
  bytes: Uint8Array,
  limits: PictureLimits = PHONE_LIMITS,
): Result<Picture, Problem> {
  if (bytes.length > limits.bytes) {
    const most = Math.floor(limits.bytes / MEGABYTE);
    return refuse(
      'too-large',
      `This picture is larger than ${most} MB; save it smaller and choose it again.`,
    );
  }
  const kind = pictureKind(bytes);
  if (kind === undefined) {
    const sentence =
      'This is no PNG, JPEG or WebP picture; save it as one of them and choose it again.';
    return refuse('not-a-picture', sentence);
  }
  const cleaned = CLEANERS[kind](bytes);
  if (cleaned === 'moving') {
    return refuse(
      'moving-picture',
      'This picture moves, and what is kept stands still. Save one image of it.',
    );
  }
  if (cleaned === 'broken') {
    return refuse('broken-picture', 'This picture is not whole; save it anew and choose it again.');
  }
  const { width, height } = cleaned;
  if (width * height > limits.pixels || Math.max(width, height) > limits.side) {
    const sentence = `This picture has ${width} × ${height} pixels, which phones cannot show; save it with at most 6,000 on its longer side.`;
    return refuse('too-many-pixels', sentence);
  }
  return ok({ mediaType: `image/${kind}`, ...cleaned });
}

const CLEANERS = { png: cleanPng, jpeg: cleanJpeg, webp: cleanWebp } as const;

/** Which kind of picture begins like this; undefined for anything else. */
export function pictureKind(bytes: Uint8Array): keyof typeof CLEANERS | undefined {
  if (startsWith(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'png';
  if (startsWith(bytes, 0xff, 0xd8, 0xff)) return 'jpeg';
  return text(bytes, 0, 4) === 'RIFF' && text(bytes, 8, 4) === 'WEBP' ? 'webp' : undefined;
}

const refuse = (code: string, sentence: string): Result<never, Problem> =>
  fail(problem(code, sentence, { path: 'file' }));
