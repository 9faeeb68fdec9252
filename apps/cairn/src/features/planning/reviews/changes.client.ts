// Opens the form to say something about a line under that line, without leaving the page, and goes
// to the next and the previous change by `n` and `p` while the focus is on a line.

/** The form of a line as the server makes it for readers without scripts. */
async function formOf(address: string): Promise<Element | null> {
  const answer = await fetch(address);
  if (!answer.ok) return null;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  return page.getElementById('say')?.closest('tr') ?? null;
}

/** The last line whose number was pressed: with Shift on a later one, the remark is on both and between. */
let begun: HTMLAnchorElement | undefined;

document.addEventListener('click', async (event) => {
  const link = event.target instanceof Element ? event.target.closest('a[data-line]') : null;
  if (!(link instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey) return;
  const row = link.closest('tr');
  if (row === null) return;
  event.preventDefault();
  const first = event.shiftKey ? firstOf(link) : undefined;
  begun = link;
  const made = await formOf(link.href.replace(/#.*/, '')).catch(() => null);
  if (made === null) {
    window.location.assign(link.href);
    return;
  }
  const written = document.getElementById('say');
  const kept = written?.querySelector('textarea')?.value ?? '';
  written?.closest('tr')?.remove();
  const form = document.importNode(made, true);
  row.after(form);
  const field = form.querySelector<HTMLInputElement>('[name="firstLine"]');
  if (field !== null && first !== undefined) field.value = first;
  const text = form.querySelector('textarea');
  if (text === null) return;
  if (text.value === '') text.value = kept;
  text.focus();
});

function firstOf(link: HTMLAnchorElement): string | undefined {
  const [one, other] = [begun?.dataset, link.dataset];
  if (one === undefined || one['side'] !== other['side']) return undefined;
  return Number(one['line']) < Number(other['line']) ? one['line'] : undefined;
}

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const here = document.activeElement;
  if (here?.closest('.diff') == null || here.matches('input, textarea, select')) return;
  if (event.key !== 'n' && event.key !== 'p') return;
  const changes = [...document.querySelectorAll<HTMLElement>('.diff-change')];
  const isAfter = (change: HTMLElement) =>
    (here.compareDocumentPosition(change) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
  const rest = changes.filter((change) => !change.contains(here) && change !== here);
  const next = event.key === 'n' ? rest.find(isAfter) : rest.findLast((change) => !isAfter(change));
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
});

export {};
