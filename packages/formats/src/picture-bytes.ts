/** Reading numbers out of files, and putting files together. Past the end there are zeros. */

export const big16 = (bytes: Uint8Array, at: number): number =>
  ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);

export const big32 = (bytes: Uint8Array, at: number): number =>
  ((big16(bytes, at) << 16) | big16(bytes, at + 2)) >>> 0;

export const little16 = (bytes: Uint8Array, at: number): number =>
  (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);

export const little24 = (bytes: Uint8Array, at: number): number =>
  little16(bytes, at) | ((bytes[at + 2] ?? 0) << 16);

export const little32 = (bytes: Uint8Array, at: number): number =>
  (little16(bytes, at) | (little16(bytes, at + 2) << 16)) >>> 0;

/** Four letters, such as the name of a chunk. */
export const letters = (bytes: Uint8Array, at: number): string =>
  String.fromCharCode(...bytes.subarray(at, at + 4));

/** Pieces, one after the other. */
export function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
