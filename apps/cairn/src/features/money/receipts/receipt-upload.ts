import type { AppContext } from '../../../platform/http/env.ts';
import { readTyped } from '../../../platform/http/form.ts';
import { type TakenIn, takeIn } from './receipt-intake.ts';

/**
 * The files that a form sent under a name, checked and cleaned: `addReceipts` keeps the good ones, the others come with
 * a sentence each at the field. Costs seconds where there are many, so call it outside of a transaction.
 */
export async function receiptsSent(c: AppContext, field = 'receipts'): Promise<TakenIn> {
  const { allFiles } = await readTyped(c);
  const files = allFiles.get(field) ?? [];
  const sent = await Promise.all(
    files.map(async (file) => ({
      name: file.name,
      bytes: new Uint8Array(await file.arrayBuffer()),
    })),
  );
  return takeIn(sent, c.var.services.largestReceipt, field);
}
