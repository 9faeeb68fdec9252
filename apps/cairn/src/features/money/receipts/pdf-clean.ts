import { cleanPicture, type PictureLimits } from '@cairn/formats/picture';
import {
  EncryptedPDFError,
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFRawStream,
  PDFStream,
} from '@cantoo/pdf-lib';

/** What came of cleaning a PDF. */
export type CleanedPdf =
  | { readonly pages: number; readonly bytes: Uint8Array<ArrayBuffer> }
  | 'locked'
  | 'broken'
  | 'many-pages'
  | 'many-pixels';

export interface PdfLimits {
  readonly pages: number;
  readonly picture: PictureLimits;
}

const name = (text: string): PDFName => PDFName.of(text);

/** What acts, carries other files or only tells, wherever it stands (ISO 32000-2). */
const TELLING = ['AA', 'AF', 'Metadata', 'OpenAction', 'PieceInfo', 'LastModified', 'Thumb', 'B'];
/** What stands for itself on the page; the others lead elsewhere, make sounds, hold files or are notes. */
const DRAWN = new Set(
  'FreeText Stamp Ink Widget Highlight Underline StrikeOut Line Square Circle Polygon PolyLine Caret'
    .split(' ')
    .map((kind) => name(kind)),
);
/** What draws such a mark; all else acts or tells who made it. */
const DRAWING = new Set(
  'Type Subtype Rect F AP AS BS Border C CA'.split(' ').map((key) => name(key)),
);

/**
 * A PDF of the same pages and nothing else: no scripts, no actions, no links, no files inside, no form, no words on
 * who made it with what, and the photographs in it without their places. What was put before or behind it is gone.
 * The same file gives the same bytes.
 */
export async function cleanPdf(bytes: Uint8Array, limits: PdfLimits): Promise<CleanedPdf> {
  const source = await load(bytes);
  if (source === 'locked' || source === 'broken') return source;
  try {
    const pages = source.getPageCount();
    if (pages === 0) return 'broken';
    if (pages > limits.pages) return 'many-pages';
    drawForm(source);
    for (const page of source.getPages()) cleanMarks(page.node);
    for (const [, object] of source.context.enumerateIndirectObjects()) strip(object, 0);
    for (const [ref, object] of source.context.enumerateIndirectObjects()) {
      const cleaned = cleanImage(object, limits.picture);
      if (cleaned === 'many-pixels') return cleaned;
      if (cleaned !== undefined) source.context.assign(ref, cleaned);
    }
    const clean = await PDFDocument.create({ updateMetadata: false });
    for (const page of await clean.copyPages(source, source.getPageIndices())) clean.addPage(page);
    return { pages, bytes: new Uint8Array(await clean.save({ addDefaultPage: false })) };
  } catch (error) {
    // The library throws where a file says what cannot be; running out of its allowance is told to the caller.
    if (error instanceof RangeError) throw error;
    return 'broken';
  }
}

/** Many tickets are locked against changes and open without a password. */
async function load(bytes: Uint8Array): Promise<PDFDocument | 'locked' | 'broken'> {
  try {
    return await PDFDocument.load(bytes, { updateMetadata: false, password: '' });
  } catch (error) {
    if (error instanceof RangeError) throw error;
    return error instanceof EncryptedPDFError || /password|encrypt/i.test(String(error))
      ? 'locked'
      : 'broken';
  }
}

/** What somebody typed into a form becomes a part of the page. A form that cannot be drawn stays without its words. */
function drawForm(source: PDFDocument): void {
  try {
    if (source.catalog.get(name('AcroForm')) !== undefined) source.getForm().flatten();
  } catch (error) {
    if (error instanceof RangeError) throw error;
  }
}

function cleanMarks(page: PDFDict): void {
  const marks = page.lookup(name('Annots'));
  page.delete(name('Annots'));
  if (!(marks instanceof PDFArray)) return;
  const kept = page.context.obj([]);
  for (let index = 0; index < marks.size(); index += 1) {
    const mark = marks.lookup(index);
    const kind = mark instanceof PDFDict ? mark.lookup(name('Subtype')) : undefined;
    if (!(mark instanceof PDFDict && kind instanceof PDFName && DRAWN.has(kind))) continue;
    for (const key of mark.keys()) if (!DRAWING.has(key)) mark.delete(key);
    kept.push(marks.get(index));
  }
  if (kept.size() > 0) page.set(name('Annots'), kept);
}

/** Takes what acts and tells out of everything that stands in an object. Deeper than this no page goes. */
function strip(object: PDFObject, depth: number): void {
  if (depth > 40) return;
  if (object instanceof PDFStream) strip(object.dict, depth + 1);
  if (object instanceof PDFArray) {
    for (let index = 0; index < object.size(); index += 1) strip(object.get(index), depth + 1);
  }
  if (!(object instanceof PDFDict)) return;
  for (const key of TELLING) object.delete(name(key));
  // An action stands where a mark, a page or an entry of the outline is pressed.
  if (object.has(name('S')) && object.has(name('JS'))) object.delete(name('JS'));
  for (const value of object.values()) strip(value, depth + 1);
}

/** A photograph without what it tells; undefined where the object is none, or nothing was to be taken out. */
function cleanImage(
  object: PDFObject,
  limits: PictureLimits,
): PDFRawStream | 'many-pixels' | undefined {
  if (!(object instanceof PDFRawStream)) return undefined;
  if (object.dict.lookup(name('Subtype')) !== name('Image')) return undefined;
  const [width, height] = ['Width', 'Height'].map((key) => object.dict.lookup(name(key)));
  const pixels =
    width instanceof PDFNumber && height instanceof PDFNumber
      ? width.asNumber() * height.asNumber()
      : 0;
  if (!(pixels <= limits.pixels)) return 'many-pixels';
  const filter = object.dict.lookup(name('Filter'));
  const only = filter instanceof PDFArray && filter.size() === 1 ? filter.lookup(0) : filter;
  if (only !== name('DCTDecode')) return undefined;
  const photograph = cleanPicture(object.getContents(), { ...limits, bytes: Number.MAX_VALUE });
  return photograph.ok && photograph.value.mediaType === 'image/jpeg'
    ? PDFRawStream.of(object.dict, photograph.value.bytes)
    : undefined;
}
