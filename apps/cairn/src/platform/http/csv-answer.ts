import { type Cell, formatCsv } from '@cairn/formats/csv';
import type { AppContext } from './env.ts';

/** A table as a CSV file, for whoever asked for it and for nothing on the way. */
export const answerCsv = (
  c: AppContext,
  fileName: string,
  header: readonly string[],
  rows: readonly (readonly Cell[])[],
): Response =>
  c.body(formatCsv(header, rows), 200, {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="${fileName}"`,
    'cache-control': 'private, no-store',
  });
