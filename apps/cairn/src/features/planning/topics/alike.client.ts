// Finds, while somebody types a title or a problem, what is there already and looks alike. It says so
// in a line that screen readers read out; the form works the same without it.

interface Alike {
  readonly number: number;
  readonly title: string;
  readonly state: string;
  readonly href: string;
}

const PAUSE_MS = 500;

for (const place of document.querySelectorAll<HTMLElement>('[data-alike]')) {
  const form = place.closest('form');
  const address = place.dataset['alike'];
  if (form === null || address === undefined) continue;
  const of = place.dataset['of'] ?? 'topic';
  const textOf = (name: string): string => {
    const field = form.elements.namedItem(name);
    return field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement
      ? field.value
      : '';
  };
  let timer: number | undefined;
  let asked = '';
  let latest = 0;
  const look = async (): Promise<void> => {
    const query = new URLSearchParams({
      title: textOf('title').slice(0, 200),
      problem: textOf('problem').slice(0, 600),
    }).toString();
    if (query === asked) return;
    asked = query;
    latest += 1;
    const turn = latest;
    const answer = await fetch(`${address}?${query}`, { headers: { accept: 'application/json' } });
    if (!answer.ok || turn !== latest) return;
    const { items }: { items: readonly Alike[] } = await answer.json();
    show(items);
  };
  const show = (items: readonly Alike[]): void => {
    place.replaceChildren();
    if (items.length === 0) return;
    const words = document.createElement('p');
    words.textContent =
      items.length === 1
        ? `This looks alike; is it the ${of} that you mean?`
        : 'These look alike; is it one of them?';
    const list = document.createElement('ul');
    for (const { number, title, state, href } of items) {
      const line = document.createElement('li');
      const link = document.createElement('a');
      link.href = href;
      // What was typed so far stays in this window.
      link.target = '_blank';
      link.rel = 'noopener';
      link.textContent = title;
      link.dir = 'auto';
      line.append(link, ` #${number}, ${state}`);
      list.append(line);
    }
    place.append(words, list);
  };
  form.addEventListener('input', (event) => {
    const { target } = event;
    const isAsked =
      (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) &&
      ['title', 'problem'].includes(target.name);
    if (!isAsked) return;
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void look().catch(() => undefined), PAUSE_MS);
  });
}

export {};
