import { deflateSync } from 'node:zlib';
import { PDFDocument, PDFName, PDFRawStream, PDFString } from '@cantoo/pdf-lib';
import { describe, expect, test } from 'vitest';
import { type CleanedPdf, cleanPdf, type PdfLimits } from './pdf-clean.ts';
import { cleanPdfApart } from './pdf-thread.ts';

const LIMITS: PdfLimits = {
  pages: 3,
  picture: { bytes: 1e8, pixels: 1_000_000, side: 12_000 },
};
const MEGABYTE = 1024 * 1024;
const SECRET = 'Grigor Lind of Seattle';

const pdf = async (change: (made: PDFDocument) => void | Promise<void> = () => {}, pages = 1) => {
  const made = await PDFDocument.create({ updateMetadata: false });
  for (let page = 0; page < pages; page += 1) made.addPage([200, 300]).drawText(`Dinner ${page}`);
  await change(made);
  return new Uint8Array(await made.save({ useObjectStreams: false }));
};
const latin = (bytes: Uint8Array): string => new TextDecoder('latin1').decode(bytes);
const whole = (cleaned: CleanedPdf) => {
  if (typeof cleaned === 'string') throw new Error(cleaned);
  return cleaned;
};

describe('a PDF that is kept', () => {
  test('has its pages, and neither scripts, links, files, words on who made it, nor what was put behind it', async () => {
    const dirty = await pdf(async (made) => {
      made.setAuthor(SECRET);
      made.addJavaScript('go', `app.launchURL("https://${SECRET}")`);
      await made.attach(new TextEncoder().encode(SECRET), 'notes.txt');
      const [page] = made.getPages();
      const { context } = made;
      const link = { Type: 'Annot', Subtype: 'Link', Rect: [0, 0, 9, 9] };
      const action = context.obj({ S: 'URI', URI: PDFString.of('https://track.example') });
      const metadata = context.register(context.stream(`<xmp>${SECRET}</xmp>`));
      page?.node.set(PDFName.of('Annots'), context.obj([context.obj({ ...link, A: action })]));
      page?.node.set(PDFName.of('Metadata'), metadata);
      page?.node.set(PDFName.of('AA'), context.obj({ O: action }));
    });
    const behind = new Uint8Array([...dirty, ...new TextEncoder().encode(`<script>${SECRET}`)]);
    const cleaned = whole(await cleanPdf(behind, LIMITS));
    const text = latin(cleaned.bytes);
    expect(cleaned.pages).toBe(1);
    for (const gone of [SECRET, 'JavaScript', 'EmbeddedFile', 'track.example', '<script']) {
      expect(latin(behind).includes(gone), gone).toBe(true);
      expect(text.includes(gone), gone).toBe(false);
    }
    const again = whole(await cleanPdf(cleaned.bytes, LIMITS));
    expect((await PDFDocument.load(again.bytes)).getPageCount()).toBe(1);
    // The same slip sent twice is recognised.
    expect(whole(await cleanPdf(behind, LIMITS)).bytes).toEqual(cleaned.bytes);
  });

  test('keeps what was typed into a form, as a part of the page', async () => {
    const form = await pdf((made) => {
      const field = made.getForm().createTextField('total');
      field.setText('18.50');
      field.addToPage(made.getPage(0));
    });
    const cleaned = whole(await cleanPdf(form, LIMITS));
    const kept = await PDFDocument.load(cleaned.bytes);
    expect(kept.catalog.get(PDFName.of('AcroForm'))).toBeUndefined();
    expect(kept.getPage(0).node.Resources()?.toString()).toContain('XObject');
  });

  test('loses the place of a photograph inside it', async () => {
    const photograph = Uint8Array.from([
      ...[0xff, 0xd8, 0xff, 0xe1, 0, 2 + 6 + SECRET.length],
      ...new TextEncoder().encode(`Exif\0\0${SECRET}`),
      ...[0xff, 0xc0, 0, 11, 8, 0, 30, 0, 40, 1, 1, 0x11, 0],
      ...[0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 1, 2, 3, 0xff, 0xd9],
    ]);
    const dirty = await pdf((made) => {
      const dict = { Type: 'XObject', Subtype: 'Image', Width: 40, Height: 30 };
      const image = made.context.register(
        PDFRawStream.of(made.context.obj({ ...dict, Filter: 'DCTDecode' }), photograph),
      );
      made.getPage(0).node.newXObject('Photo', image);
    });
    expect(latin(dirty)).toContain(SECRET);
    const text = latin(whole(await cleanPdf(dirty, LIMITS)).bytes);
    expect(text).toContain('DCTDecode');
    expect(text).not.toContain(SECRET);
  });
});

describe('a PDF that is not kept', () => {
  test('is one that is no PDF, is cut off, has too many pages, or holds a picture too large to show', async () => {
    expect(await cleanPdf(new TextEncoder().encode('%PDF-1.7 no'), LIMITS)).toBe('broken');
    const good = await pdf();
    const cut = await cleanPdf(good.subarray(0, good.length / 3), LIMITS);
    expect(typeof cut === 'string' || cut.pages === 1).toBe(true);
    expect(await cleanPdf(await pdf(undefined, 4), LIMITS)).toBe('many-pages');
    const huge = await pdf((made) => {
      const dict = { Type: 'XObject', Subtype: 'Image', Width: 50_000, Height: 50_000 };
      const image = made.context.register(
        PDFRawStream.of(made.context.obj({ ...dict, Filter: 'FlateDecode' }), new Uint8Array(9)),
      );
      made.getPage(0).node.newXObject('Bomb', image);
    });
    expect(await cleanPdf(huge, LIMITS)).toBe('many-pixels');
  });

  test('is one that unfolds to more memory than its thread may ask for, and the process goes on', async () => {
    const twice = deflateSync(deflateSync(new Uint8Array(64 * MEGABYTE), { level: 1 }));
    const bomb = Buffer.concat([
      Buffer.from(
        `%PDF-1.7\n1 0 obj\n<</Type/ObjStm/N 1/First 4/Filter[/FlateDecode/FlateDecode]/Length ${twice.length}>>\nstream\n`,
      ),
      twice,
      Buffer.from('\nendstream\nendobj\ntrailer\n<</Root 2 0 R>>\nstartxref\n0\n%%EOF'),
    ]);
    expect(bomb.length).toBeLessThan(MEGABYTE / 10);
    expect(await cleanPdfApart(new Uint8Array(bomb), LIMITS, 32 * MEGABYTE)).toBe('unfolds');
    expect(await cleanPdfApart(await pdf(), LIMITS, 32 * MEGABYTE)).toMatchObject({ pages: 1 });
  });
});
