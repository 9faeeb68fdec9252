import { deflateSync } from 'node:zlib';
import { expectOk } from '@cairn/kernel/result';
import { Temporal } from '@cairn/kernel/time';
import { expect, test } from 'vitest';
import { pdfFacts, pdfText } from '../../../tests/pdf-text.ts';
import { typesetBundle } from './bundle.ts';
import type { Bundle, Enclosure } from './bundle-content.ts';
import { compileTypst } from './typst-compiler.ts';

const chunk = (name: string, data: Uint8Array): Buffer => {
  const named = Buffer.concat([Buffer.from(name), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc(named));
  return Buffer.concat([length, named, sum]);
};
const crc = (bytes: Uint8Array): number => {
  let value = ~0;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit += 1) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0);
  }
  return ~value >>> 0;
};
const size = Buffer.from([0, 0, 0, 2, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
const PICTURE = new Uint8Array(
  Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', size),
    chunk('IDAT', deflateSync(Uint8Array.from([0, 1, 2]))),
    chunk('IEND', new Uint8Array()),
  ]),
);
const TWO_PAGES = expectOk(compileTypst('Night one #pagebreak() Night two'));

const picture: Enclosure = {
  ...{ title: 'dinner.png', text: 'for cost 1: Dinner', kind: 'png', pages: 1, bytes: PICTURE },
};
const bundle = (enclosures: readonly Enclosure[]): Bundle => ({
  title: 'Claims to Example Foundation',
  subtitle: 'Mira Example',
  author: 'Mira Example',
  date: Temporal.PlainDate.from('2023-06-01'),
  paper: 'a4',
  sections: [
    {
      heading: 'Costs',
      facts: [['Award', '#panic("never") "quoted" \\ $x$']],
      table: {
        columns: [
          { head: 'Cost', kind: 'wide' },
          { head: 'USD', kind: 'number' },
          { head: 'Receipt' },
        ],
        rows: [
          ['Dinner', '18.50', { enclosures: [1] }],
          ['Hotel', '200.00', { enclosures: [2, 3] }],
        ],
        foot: ['Together', '218.50', ''],
      },
      signatures: ['Mira Example', 'Tove Treasurer'],
    },
  ],
  enclosures,
});

test('a bundle has the form, then every paper in its order, and says on which page each is', async () => {
  const hotel: Enclosure = {
    ...{ title: 'hotel.pdf', text: 'for cost 2: Hotel', kind: 'pdf', pages: 2, bytes: TWO_PAGES },
  };
  const { pdf, leftOut } = expectOk(typesetBundle(bundle([picture, hotel, picture])));
  expect(leftOut).toEqual([]);
  expect(await pdfFacts(pdf)).toEqual({
    pages: 5,
    title: 'Claims to Example Foundation',
    author: 'Mira Example',
  });
  const text = await pdfText(pdf);
  expect(text).toContain('#panic("never") "quoted" \\ $x$');
  const flat = text.replace(/\s+/g, ' ');
  expect(flat).toContain('R1, p. 2');
  expect(flat).toContain('R2, p. 3');
  expect(flat).toContain('R3, p. 5');
  expect(flat.indexOf('hotel.pdf')).toBeGreaterThan(flat.indexOf('dinner.png'));
  expect(flat).toContain('Night two');
});

test('a paper that cannot be read leaves a page that says so, and the others are there', async () => {
  const broken: Enclosure = { ...picture, title: 'odd.pdf', kind: 'pdf', bytes: PICTURE };
  const { pdf, leftOut } = expectOk(typesetBundle(bundle([broken, picture])));
  expect(leftOut).toEqual([1]);
  expect((await pdfFacts(pdf)).pages).toBe(3);
  expect(await pdfText(pdf)).toContain('could not be set into this document');
});

test('a source reaches no file of the machine', () => {
  expect(compileTypst('#read("/etc/hostname")').ok).toBe(false);
  expect(compileTypst('#read("../../../../etc/hostname")').ok).toBe(false);
});
