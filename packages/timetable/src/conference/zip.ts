const MOST_BYTES = 50_000_000;
const CENTRAL_END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;

/**
 * The text files of a ZIP archive by their paths; undefined if it is none, is encrypted or packed in
 * a way other than stored or deflated, or unpacks to more than so many bytes.
 *
 * Source: PKWARE, "APPNOTE.TXT", 4.3 (end of central directory, central directory, local header).
 */
export async function unzip(
  bytes: Uint8Array,
  most = MOST_BYTES,
): Promise<Map<string, string> | undefined> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const files = new Map<string, string>();
  try {
    const end = endOf(view);
    let at = view.getUint32(end + 16, true);
    let budget = most;
    for (let left = view.getUint16(end + 10, true); left > 0; left--) {
      if (view.getUint32(at, true) !== CENTRAL) return undefined;
      const nameLength = view.getUint16(at + 28, true);
      const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
      const local = view.getUint32(at + 42, true);
      const packed = view.getUint32(at + 20, true);
      const method = view.getUint16(at + 10, true);
      if (view.getUint32(local, true) !== LOCAL) return undefined;
      const from = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
      const data = bytes.subarray(from, from + packed);
      const whole = method === 0 ? data : method === 8 ? await inflated(data, budget) : undefined;
      if (whole === undefined) return undefined;
      budget -= whole.length;
      files.set(name, new TextDecoder().decode(whole));
      at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    }
    return files;
  } catch {
    // Offsets that point outside, and data that is not deflated.
    return undefined;
  }
}

/** Where the end of the central directory begins; a comment may follow it. */
function endOf(view: DataView): number {
  for (let at = view.byteLength - 22; at > view.byteLength - 22 - 0xffff; at--) {
    if (view.getUint32(at, true) === CENTRAL_END) return at;
  }
  throw new RangeError('no end of a central directory');
}

/** Unpacks, but no more than a budget. */
async function inflated(data: Uint8Array, budget: number): Promise<Uint8Array | undefined> {
  const unpacked = new Blob([data as Uint8Array<ArrayBuffer>])
    .stream()
    .pipeThrough(new DecompressionStream('deflate-raw'));
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of unpacked) {
    length += part.length;
    if (length > budget) return undefined;
    parts.push(part);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
