import type { Stage } from './journal-rules.ts';

/** Which entries a number of the budget is made of. */
export interface AskedEntries {
  readonly lineId?: string | undefined;
  readonly category?: string | undefined;
  /** `none` for what is for nobody in particular. */
  readonly personId?: string | undefined;
  readonly stages?: readonly Stage[] | undefined;
  readonly kind?: string | undefined;
  readonly isOverride?: boolean | undefined;
}

/** The address of the journal with the entries that are asked for; `journal` is its address without. */
export function journalAddress(journal: string, asked: AskedEntries, page = 1): string {
  const pairs = [
    ['line', asked.lineId],
    ['category', asked.category],
    ['person', asked.personId],
    ['stage', asked.stages?.join(',')],
    ['kind', asked.kind],
    ['overridden', asked.isOverride === true ? 'yes' : undefined],
    ['page', page === 1 ? undefined : String(page)],
  ].flatMap(([name, value]) => (name === undefined || value === undefined ? [] : [[name, value]]));
  return pairs.length === 0 ? journal : `${journal}?${new URLSearchParams(pairs)}`;
}
