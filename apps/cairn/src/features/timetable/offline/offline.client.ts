/**
 * On every page: what this browser keeps for when it has no network is kept for who reads now, and for
 * nobody else. On the pages of a timetable the keeping begins here, and a page that was kept says how old it
 * is. Without this script nothing is kept.
 */
import { ageWords, clockIn } from '../now/now-words-rules.ts';
import { canKeep, forgetReader, keepFor, keptFor } from './shelf.ts';

/** Signing out does not wait longer for a browser that does not answer. */
const PATIENCE_MS = 2_000;
const SAY_MS = 30_000;
/** A kept page looks so often whether there is a network again. */
const LOOK_MS = 15_000;

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
  let isBack = false;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const say = (): void => {
    if (isBack) return;
    const text = `No network: this page is as it was at ${clockIn(since, zone)}, ${ageWords(Date.now() - since)} ago.`;
    if (words.textContent !== text) words.textContent = text;
  };
  say();
  window.setInterval(say, SAY_MS);
  const look = async (): Promise<void> => {
    // Not GET, which is answered from the shelf.
    const answer = await fetch(window.location.href, { method: 'HEAD' }).catch(() => undefined);
    if (answer === undefined || isBack) return;
    isBack = true;
    if (!isWritten()) window.location.reload();
    else {
      const again = document.createElement('a');
      again.href = window.location.href;
      again.textContent = 'Load this page anew';
      words.replaceChildren('The network is back. ', again, ' when you have kept what you wrote.');
    }
  };
  // Browsers say so a little before it works.
  window.addEventListener('online', () => {
    for (const wait of [0, 1_000, 4_000]) window.setTimeout(() => void look(), wait);
  });
  window.setInterval(() => void look(), LOOK_MS);
}

/** Whether somebody has typed or chosen something here that loading the page anew would take away. */
const isWritten = (): boolean =>
  [...document.querySelectorAll('textarea')].some(
    ({ value, defaultValue }) => value !== defaultValue,
  ) ||
  [...document.querySelectorAll('input')].some(
    ({ value, defaultValue, checked, defaultChecked }) =>
      value !== defaultValue || checked !== defaultChecked,
  );

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
