import { parentPort, workerData } from 'node:worker_threads';
import type { CleanedPdf, PdfLimits } from './pdf-clean.ts';

// The code of a thread: one PDF is cleaned. A small file can unfold to more than any memory holds, so what the
// thread may ever ask for is counted before the library is loaded, which asks for it with this constructor only.

export interface PdfTask {
  readonly bytes: Uint8Array;
  readonly limits: PdfLimits;
  /** Bytes that may be asked for in all. */
  readonly allowance: number;
}
export type PdfMessage = { readonly cleaned: CleanedPdf | 'unfolds' };

const { bytes, limits, allowance } = workerData as PdfTask; // cleanPdf in pdf-thread.ts sends this

let asked = 0;
globalThis.Uint8Array = new Proxy(Uint8Array, {
  construct(target, parameters: [unknown], asWhat) {
    if (typeof parameters[0] === 'number') asked += parameters[0];
    if (asked > allowance) throw new RangeError('more than this thread may ask for');
    return Reflect.construct(
      target,
      parameters,
      asWhat === globalThis.Uint8Array ? target : asWhat,
    );
  },
});

const { cleanPdf } = await import('./pdf-clean.ts');
const cleaned = await cleanPdf(bytes, limits).catch((error: unknown) => {
  if (error instanceof RangeError) return 'unfolds' as const;
  throw error;
});
// The library goes on after some errors, as if there had been less in the file.
parentPort?.postMessage({ cleaned: asked > allowance ? 'unfolds' : cleaned } satisfies PdfMessage);
