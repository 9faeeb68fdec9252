/** The editor's address with what is shown of it. */
export function viewHref(
  href: string,
  view: Readonly<Record<string, string>>,
  more: Readonly<Record<string, string>> = {},
): string {
  const query = new URLSearchParams({ ...view, ...more }).toString();
  return query === '' ? href : `${href}?${query}`;
}
