import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FLUSH, packet, RemoteNotes, remoteLines } from './packets.ts';

const NOTE = [(said: string) => said.includes('too large'), 'Make it smaller.'] as const;
const added = remoteLines('Make it smaller.');

/** What comes out when the bytes arrive in parts of these sizes. */
function passed(bytes: Buffer, sizes: readonly number[]): Buffer {
  const notes = new RemoteNotes([NOTE]);
  const out: Buffer[] = [];
  let at = 0;
  for (const size of sizes) {
    out.push(notes.pass(bytes.subarray(at, at + size)));
    at += size;
  }
  out.push(notes.pass(bytes.subarray(at)));
  return Buffer.concat(out);
}

describe('notes for a pusher', () => {
  test('stand between two packets, once, before the end', () => {
    const said = [packet('\u0002pack too large\n'), packet('\u0002too large\n'), FLUSH];
    const out = passed(Buffer.concat(said), []);
    expect(out.includes(added)).toBe(true);
    expect(out.indexOf(added)).toBe(out.lastIndexOf(added));
    expect(out.subarray(-4)).toEqual(FLUSH);
  });

  test('change nothing where there is nothing to say', () => {
    const bytes = Buffer.concat([packet('\u0002all well\n'), FLUSH]);
    expect(passed(bytes, [3, 9])).toEqual(bytes);
  });

  test('never tear a packet, however it arrives', () => {
    const words = fc.array(fc.constantFrom('\u0002pack too large\n', '\u0001ok', '\u0002x'), {
      minLength: 1,
    });
    const sizes = fc.array(fc.integer({ min: 1, max: 12 }));
    fc.assert(
      fc.property(words, sizes, (contents, parts) => {
        const packets = contents.map((each) => packet(each).toString('latin1'));
        const out = passed(Buffer.from([...packets, '0000'].join(''), 'latin1'), parts);
        const read: string[] = [];
        for (let at = 0; at < out.length; ) {
          const length = Math.max(4, Number.parseInt(out.toString('latin1', at, at + 4), 16));
          expect(length).not.toBeNaN();
          read.push(out.toString('latin1', at, at + length));
          at += length;
        }
        expect(read.filter((each) => each !== added.toString('latin1'))).toEqual([
          ...packets,
          '0000',
        ]);
      }),
    );
  });
});
