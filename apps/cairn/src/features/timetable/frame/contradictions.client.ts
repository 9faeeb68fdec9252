/**
 * Says what contradicts itself while it is typed. Without this script the same is said when the form is
 * sent, and nothing typed is lost.
 */

/** So long after the last letter. */
const PAUSE_MS = 350;

function begin(place: HTMLElement, form: HTMLFormElement, check: string): void {
  let timer = 0;
  let asked = 0;
  const ask = async (): Promise<void> => {
    asked += 1;
    const own = asked;
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (typeof value === 'string') body.append(name, value);
    }
    // Whoever is signed out by now would be sent on, and have that page put in here.
    const answer = await fetch(check, { method: 'POST', body, redirect: 'manual' });
    const words = answer.ok ? await answer.text() : undefined;
    // A later letter has its own answer; and a tick in the words stays where they stay the same.
    if (own !== asked || words === undefined || place.dataset['said'] === words) return;
    place.dataset['said'] = words;
    place.innerHTML = words;
  };
  form.addEventListener('input', (event) => {
    if (event.target instanceof Node && place.contains(event.target)) return;
    window.clearTimeout(timer);
    // Where the network is away the form says the same when it is sent.
    timer = window.setTimeout(() => void ask().catch(() => undefined), PAUSE_MS);
  });
}

for (const place of document.querySelectorAll<HTMLElement>('[data-check]')) {
  const form = place.closest('form');
  const { check } = place.dataset;
  if (form !== null && check !== undefined) begin(place, form, check);
}
