/** Sets of small numbers as words of 32 bits, from a position of an array on. */
export function setBit(bits: Int32Array, from: number, bit: number): void {
  const word = from + (bit >>> 5);
  bits[word] = (bits[word] as number) | (1 << (bit & 31));
}

export function clearBit(bits: Int32Array, from: number, bit: number): void {
  const word = from + (bit >>> 5);
  bits[word] = (bits[word] as number) & ~(1 << (bit & 31));
}

export function hasBit(bits: Int32Array, from: number, bit: number): boolean {
  return (((bits[from + (bit >>> 5)] as number) >>> (bit & 31)) & 1) === 1;
}

export function isEmpty(bits: Int32Array): boolean {
  for (const word of bits) if (word !== 0) return false;
  return true;
}

/** The number of the lowest bit that is set. */
export const lowestBit = (bits: number): number => 31 - Math.clz32(bits & -bits);
