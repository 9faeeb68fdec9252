const SCHEMES: readonly string[] = ['http', 'https', 'mailto'];

/** Browsers drop these, or people do not see them; either way they only serve to hide a scheme. */
const INVISIBLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: taking control characters out is the purpose.
  /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/**
 * A link's address as it may stand in a page or a PDF: to the web, to mail, or within the same
 * site. Anything else (`javascript:`, `data:`, `//host`, unknown schemes) is undefined.
 */
export function safeLink(address: string): string | undefined {
  const bare = address.replace(INVISIBLE, '').trim();
  if (bare === '') return undefined;
  // A colon is part of a path only behind a slash, a question mark or a hash (RFC 3986 §4.2).
  const scheme = /^([^/?#]*?):/.exec(bare)?.[1];
  if (scheme !== undefined) return SCHEMES.includes(scheme.toLowerCase()) ? bare : undefined;
  // Two slashes of either kind leave the site although they look relative.
  return /^[/\\]{2}/.test(bare) ? undefined : bare;
}
