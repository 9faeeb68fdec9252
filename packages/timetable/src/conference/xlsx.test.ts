import { expectOk } from '@cairn/kernel/result';
import { describe, expect, it } from 'vitest';
import { xlsxAsJson } from './xlsx.ts';
import { unzip } from './zip.ts';

/** A ZIP archive of text files, deflated or as they are; checksums are left 0. */
async function zipped(files: Readonly<Record<string, string>>, isDeflated: boolean) {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const path = new TextEncoder().encode(name);
    const plain = new Blob([text]);
    const packing = plain.stream().pipeThrough(new CompressionStream('deflate-raw'));
    const data = isDeflated ? await new Response(packing).bytes() : await plain.bytes();
    const method = isDeflated ? 8 : 0;
    const sizes = [0, data.length, plain.size, path.length] as const;
    parts.push(record(0x04034b50, [20, 0, method, 0, 0], sizes, [0]), path, data);
    directory.push(
      record(0x02014b50, [20, 20, 0, method, 0, 0], sizes, [0, 0, 0, 0, 0, 0, offset & 0xffff, 0]),
      path,
    );
    offset += 30 + path.length + data.length;
  }
  const length = directory.reduce((sum, part) => sum + part.length, 0);
  const count = Object.keys(files).length;
  const end = new DataView(new ArrayBuffer(22));
  end.setUint32(0, 0x06054b50, true);
  end.setUint16(10, count, true);
  end.setUint32(12, length, true);
  end.setUint32(16, offset, true);
  return new Blob([...parts, ...directory, end] as Uint8Array<ArrayBuffer>[]).bytes();
}

/** A signature, some words, three long words and one word, and some words. */
function record(
  signature: number,
  before: readonly number[],
  [checksum, packed, size, name]: readonly [number, number, number, number],
  after: readonly number[],
): Uint8Array {
  const view = new DataView(new ArrayBuffer(4 + 2 * before.length + 14 + 2 * after.length));
  view.setUint32(0, signature, true);
  let at = 4;
  for (const word of before) {
    view.setUint16(at, word, true);
    at += 2;
  }
  for (const long of [checksum, packed, size]) {
    view.setUint32(at, long, true);
    at += 4;
  }
  for (const word of [name, ...after]) {
    view.setUint16(at, word, true);
    at += 2;
  }
  return new Uint8Array(view.buffer);
}

const WORKBOOK = {
  'xl/workbook.xml':
    '<workbook><sheets><sheet name="A &amp; B" sheetId="1" r:id="r7"/></sheets></workbook>',
  'xl/_rels/workbook.xml.rels':
    '<Relationships><Relationship Id="r7" Target="worksheets/sheet1.xml"/></Relationships>',
  'xl/sharedStrings.xml':
    '<sst><si><t>Wed1</t></si><si><r><t xml:space="preserve">Café </t></r><r><t>&#8211; bar</t></r></si></sst>',
  'xl/worksheets/sheet1.xml':
    '<worksheet><cols><col min="1"/></cols><sheetData><row r="1"><c r="B1" t="s"><v>0</v></c><c r="D1" t="s"><v>1</v></c></row>' +
    '<row r="3"><c r="A3"><v>0.5</v></c><c r="B3" s="2"/><c r="AA3" t="inlineStr"><is><t>far</t></is></c></row></sheetData></worksheet>',
};

describe('a workbook', () => {
  it.each([true, false])('is read cell by cell, deflated: %s', async (isDeflated) => {
    const json = expectOk(await xlsxAsJson(await zipped(WORKBOOK, isDeflated), 'a.xlsx'));
    const far = [...Array.from({ length: 25 }, () => ''), 'far'];
    expect(JSON.parse(json)).toEqual({
      'A & B': [['', 'Wed1', '', 'Café – bar'], [], ['0.5', ...far]],
    });
  });

  it('is refused where it is none', async () => {
    for (const bytes of [
      new Uint8Array(0),
      new TextEncoder().encode('PK\u0003\u0004 but no more'),
    ]) {
      const read = await xlsxAsJson(bytes, 'a.xlsx');
      expect(read.ok ? [] : read.error.map(({ code }) => code)).toEqual(['not-xlsx']);
    }
    const other = await xlsxAsJson(await zipped({ 'a.txt': 'hello' }, true), 'a.xlsx');
    expect(other.ok).toBe(false);
  });

  it('is unpacked only as far as it may be large', async () => {
    const bomb = await zipped({ 'a.txt': ' '.repeat(10_000), 'b.txt': ' '.repeat(10_000) }, true);
    expect((await unzip(bomb, 20_000))?.get('b.txt')).toHaveLength(10_000);
    expect(await unzip(bomb, 19_999)).toBeUndefined();
  });
});
