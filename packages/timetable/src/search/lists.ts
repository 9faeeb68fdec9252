/** Lists of numbers in one: row `i` is `items[from[i]]` up to, without, `items[from[i + 1]]`. */
export interface Lists {
  readonly from: Int32Array;
  readonly items: Int32Array;
}

/** Packs lists of whole numbers so that a loop over one of them touches two arrays only. */
export function listsOf(rows: readonly (readonly number[])[]): Lists {
  const from = new Int32Array(rows.length + 1);
  for (const [index, row] of rows.entries()) from[index + 1] = (from[index] as number) + row.length;
  const items = new Int32Array(from[rows.length] as number);
  for (const [index, row] of rows.entries()) items.set(row, from[index]);
  return { from, items };
}
