/**
 * On every page: what this browser keeps for when it has no network is kept for who reads now, and for
 * nobody else. On the pages of a timetable the keeping begins here, and a page that was kept says how old it
 * is. Without this script nothing is kept.
 */
import { ageWords, clockIn } from '../now/now-words-rules.ts';
import { canKeep, forgetReader, keepFor, keptFor } from './shelf.ts';

/** Signing out does not wait longer for a browser that does not answer. */
const PATIENCE_MS = 2_000;

const { keeps, kept, reader = '' } = document.documentElement.dataset;
const isWall = document.body.classList.contains('screen');

/** Says of a kept page how old it is, and goes on saying so. */
function tellAge(since: number): void {
  const main = document.querySelector('main');
  if (main === null) return;
  const line = document.createElement('div');
  line.className = 'notice info kept';
  line.setAttribute('role', 'status');
  const words = document.createElement('p');
  line.append(words);
  main.prepend(line);
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const say = (): void => {
    const text = `No network: this page is as it was at ${clockIn(since, zone)}, ${ageWords(Date.now() - since)} ago.`;
    if (words.textContent !== text) words.textContent = text;
  };
  say();
  window.setInterval(say, 30_000);
  window.addEventListener('online', () => window.location.reload());
}

/** Empties the shelves before somebody signs out, so that the next one at this device finds nothing. */
function emptyAtSignOut(): void {
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || new URL(form.action).pathname !== '/sign-out') return;
    event.preventDefault();
    const late = new Promise((resolve) => window.setTimeout(resolve, PATIENCE_MS));
    void Promise.race([forgetReader(), late])
      .catch(() => undefined)
      .finally(() => form.submit());
  });
}

async function keepHere(scope: string): Promise<void> {
  const script = `${scope}service-worker.js`;
  const registration = await navigator.serviceWorker.register(script, { scope });
  await navigator.serviceWorker.ready;
  registration.active?.postMessage('keep');
}

if (canKeep()) {
  emptyAtSignOut();
  if (kept === undefined && !isWall) {
    // Somebody else than before, or nobody any more: what was kept goes, even where no worker runs.
    void keptFor()
      .then((before) => (before === undefined || before === reader ? undefined : keepFor(reader)))
      .then(() => (keeps === undefined ? undefined : keepFor(reader)))
      .then(() =>
        keeps === undefined || !('serviceWorker' in navigator) ? undefined : keepHere(keeps),
      )
      .catch(() => undefined);
  }
}
if (kept !== undefined) tellAge(Number(kept));
