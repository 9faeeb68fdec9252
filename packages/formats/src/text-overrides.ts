/** Characters that reorder or hide the text around them (Unicode TR36 §2.10, TR39 §5.4). */
const OVERRIDES = '\\u202a-\\u202e\\u2066-\\u2069';
/** What cannot be seen and can carry words: tags, and marks that take no room. */
const UNSEEN = '\\u{e0000}-\\u{e007f}\\u2060-\\u2064\\u180e';
/** No database column and no PDF takes NUL; the others are control characters without a meaning here. */
const CONTROL = '\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f';

const HIDDEN = new RegExp(`[${CONTROL}${OVERRIDES}]`, 'g');
const SHOWN = new RegExp(`[${OVERRIDES}${UNSEEN}]`, 'gu');
const DROPPED = new RegExp(`[${CONTROL}]`, 'g');

/** Text without the characters that reorder or hide others. The plain marks (U+200E, U+200F) stay. */
export const withoutOverrides = (text: string): string => text.replace(HIDDEN, '');

/**
 * Text in which such characters stand as their names, such as `[U+202E]`: whoever reviews a text must
 * see that there is something in it which is not what it looks like.
 *
 *     withVisibleOverrides('a\\u202eb') // 'a[U+202E]b'
 */
export const withVisibleOverrides = (text: string): string =>
  text
    .replace(DROPPED, '')
    .replace(
      SHOWN,
      (sign) => `[U+${sign.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}]`,
    );
