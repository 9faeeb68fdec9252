/** A text in small letters and digits, with underscores for what lies between: `Ünï, 3D` → `uni_3d`. */
export const plainKey = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_');

/** A key made from a title: `scikit-image` → `scikit_image`. Of a title without letters: `item`. */
export function keyFrom(title: string): string {
  const plain = plainKey(title)
    .replace(/^[_0-9]+|_+$/g, '')
    .slice(0, 40)
    .replace(/_+$/, '');
  return plain === '' ? 'item' : plain;
}

/** The key itself, or the first of `key_2`, `key_3` ... that nobody uses yet. */
export function unusedKey(key: string, used: ReadonlySet<string>): string {
  if (!used.has(key)) return key;
  let count = 2;
  while (used.has(`${key}_${count}`)) count += 1;
  return `${key}_${count}`;
}
