/** A stretch of plain text, or one sign that is not seen as what it is. */
export type TextPart =
  | { readonly text: string }
  /** `U+202E`, and what it does. */
  | { readonly sign: string; readonly name: string };

/*
 * Signs that turn the text after them around: code, or a sentence, then reads otherwise than it is
 * ("Trojan Source", CVE-2021-42574; Unicode TR36).
 */
const TURNING = new Map([
  [0x202a, 'left-to-right embedding'],
  [0x202b, 'right-to-left embedding'],
  [0x202c, 'end of embedding'],
  [0x202d, 'left-to-right override'],
  [0x202e, 'right-to-left override'],
  [0x2066, 'left-to-right isolate'],
  [0x2067, 'right-to-left isolate'],
  [0x2068, 'first strong isolate'],
  [0x2069, 'end of isolate'],
]);

/** Signs that are not seen at all. The joiners of emoji and of some scripts are left alone. */
const HIDDEN = new Map([
  [0x00ad, 'soft hyphen'],
  [0x061c, 'Arabic letter mark'],
  [0x180e, 'Mongolian vowel separator'],
  [0x200b, 'zero-width space'],
  [0x200e, 'left-to-right mark'],
  [0x200f, 'right-to-left mark'],
  [0x2060, 'word joiner'],
  [0x2028, 'line separator'],
  [0x2029, 'paragraph separator'],
  [0xfeff, 'byte order mark'],
]);

const SIGNS =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\u{e0000}-\u{e007f}]/gu;

/** A text with every sign in it that turns or hides something told apart from the rest. */
export function visibleParts(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let at = 0;
  for (const { 0: sign, index } of text.matchAll(SIGNS)) {
    if (index > at) parts.push({ text: text.slice(at, index) });
    parts.push(named(sign.codePointAt(0) ?? 0));
    at = index + sign.length;
  }
  if (at < text.length) parts.push({ text: text.slice(at) });
  return parts;
}

/** The same as plain text, for where no mark-up can be. */
export const visibleText = (text: string): string =>
  visibleParts(text)
    .map((part) => ('text' in part ? part.text : `[${part.sign}]`))
    .join('');

function named(code: number): TextPart {
  const sign = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  if (code === 0x0d) return { sign: 'CR', name: 'carriage return' };
  const name = TURNING.get(code) ?? HIDDEN.get(code);
  return { sign, name: name ?? (code >= 0xe0000 ? 'hidden tag' : 'control character') };
}

/** What to warn of in a text: that it holds signs which make it read otherwise than it is. */
export function signWarning(text: string): string | undefined {
  const codes = new Set([...text.matchAll(SIGNS)].map(({ 0: sign }) => sign.codePointAt(0) ?? 0));
  if ([...codes].some((code) => TURNING.has(code))) {
    return 'This file holds signs that turn text around, so that it reads otherwise than it is. Each is shown by its number; approve it only if you know what it is for.';
  }
  const isHidden = [...codes].some((code) => code >= 0xe0000 || code === 0x200b || code === 0x2060);
  return isHidden
    ? 'This file holds signs that are not seen. Each is shown by its number.'
    : undefined;
}
