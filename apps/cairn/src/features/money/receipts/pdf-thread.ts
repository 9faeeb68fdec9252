import { runThread, threadFile } from '../../../platform/threads/run-thread.ts';
import type { CleanedPdf, PdfLimits } from './pdf-clean.ts';
import type { PdfMessage, PdfTask } from './pdf-worker.ts';

const PDF_THREAD = threadFile(new URL('./pdf-worker.ts', import.meta.url), 'receipt-pdf-worker');

/** No slip takes longer than this, and none unfolds to more; what does is no slip. */
const MILLISECONDS = 20_000;
const ALLOWANCE = 600 * 1024 * 1024;

/** Cleans a PDF in a thread, which may ask for so many bytes in all, since what is inside can be anything. */
export async function cleanPdfApart(
  bytes: Uint8Array,
  limits: PdfLimits,
  allowance = ALLOWANCE,
): Promise<CleanedPdf | 'unfolds'> {
  let told: CleanedPdf | 'unfolds' | undefined;
  const data: PdfTask = { bytes, limits, allowance };
  await runThread<PdfMessage>(PDF_THREAD, {
    data,
    milliseconds: MILLISECONDS,
    onMessage: ({ cleaned }) => {
      told = cleaned;
    },
  }).catch(() => undefined);
  return told ?? 'broken';
}
