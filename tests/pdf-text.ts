import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

/**
 * The words of a PDF as a reader program gets them, in reading order. Running heads and page
 * numbers, which the document marks as no part of its text, are left out.
 */
export async function pdfText(pdf: Uint8Array): Promise<string> {
  const document = await getDocument({ data: pdf.slice(), verbosity: 0 }).promise;
  const pages: string[] = [];
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number);
    const { items } = await page.getTextContent({ includeMarkedContent: true });
    const open: string[] = [];
    let text = '';
    for (const item of items) {
      if ('str' in item) {
        if (!open.includes('Artifact')) text += item.str + (item.hasEOL ? '\n' : '');
      } else if (item.type === 'endMarkedContent') {
        open.pop();
      } else {
        // The library gives the tag but leaves it out of its types.
        open.push((item as { tag?: string }).tag ?? '');
      }
    }
    pages.push(text);
  }
  await document.loadingTask.destroy();
  return pages.join('\n');
}

/** The number of pages and what the document says about itself. */
export async function pdfFacts(
  pdf: Uint8Array,
): Promise<{ readonly pages: number; readonly title: unknown; readonly author: unknown }> {
  const document = await getDocument({ data: pdf.slice(), verbosity: 0 }).promise;
  const { info } = await document.getMetadata();
  const pages = document.numPages;
  await document.loadingTask.destroy();
  // The library types this part of its answer as an object of anything.
  const { Title: title, Author: author } = info as { Title?: unknown; Author?: unknown };
  return { pages, title, author };
}
