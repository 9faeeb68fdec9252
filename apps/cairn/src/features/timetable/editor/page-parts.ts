/** Parts of the page that follow the draft, by their ids. */
export const PARTS = ['board', 'side', 'undo', 'panel'] as const;

/** What of an address says which session is moved, and where to. */
const ASKED = ['move', 'to', 'when', 'room'];

/** What an address asks: the session that is moved, and where to. */
export const askedIn = (query: URLSearchParams): Record<string, string> =>
  Object.fromEntries([...query].filter(([name]) => ASKED.includes(name)));

/** The address of the page, with what is shown of the draft, and nothing asked. */
function plainAddress(): URL {
  const address = new URL(location.href);
  for (const name of ASKED) address.searchParams.delete(name);
  return address;
}

/** Takes what was asked out of the address, so that the page loads without it. */
export function forgetAsked(): void {
  const address = plainAddress();
  if (address.search !== location.search) history.replaceState(null, '', address);
}

/** The page as the server draws it now; undefined where it cannot be had. */
export async function askPage(
  query: Readonly<Record<string, string>>,
): Promise<Document | undefined> {
  const address = plainAddress();
  for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
  address.hash = '';
  const answer = await fetch(address, { redirect: 'manual' }).catch(() => undefined);
  const text = answer?.ok === true ? await answer.text().catch(() => undefined) : undefined;
  return text === undefined ? undefined : new DOMParser().parseFromString(text, 'text/html');
}

/** Puts the parts of another page in the place of this one's. */
export function putParts(page: Document): void {
  for (const id of PARTS) {
    const part = page.getElementById(id);
    if (part !== null) document.getElementById(id)?.replaceWith(part);
  }
}
