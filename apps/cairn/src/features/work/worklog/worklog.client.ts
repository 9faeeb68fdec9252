/**
 * Entries of a worklog that survive a lost network. What is typed is kept in this browser until it is
 * saved; Save sends it, and where that fails it is sent as soon as the network is back, with a key by
 * which the server knows it: it never counts twice. What others wrote meanwhile is merged there, and
 * comes back into the boxes. Without this script the page is a form, which merges as well.
 */
import { mergeTexts } from '../../meetings/notes/merge-rules.ts';
import { forgetLog, type KeptLog, keepLog, keptLogs } from './kept-log.ts';
import {
  isSame,
  mergeWords,
  WORKLOG_FIELDS,
  type WorklogWords,
  wordsFrom,
} from './worklog-rules.ts';

const SOONEST_RETRY_MS = 3_000;
const LATEST_RETRY_MS = 60_000;

interface Saved {
  readonly revision: number;
  readonly words: WorklogWords;
}

/** What came of sending: saved, not there (try again), or refused with a sentence. */
type Sent =
  | { readonly kind: 'saved'; readonly saved: Saved }
  | { readonly kind: 'later'; readonly why: string }
  | { readonly kind: 'refused'; readonly sentence: string };

const isSaved = (value: unknown): value is Saved =>
  typeof value === 'object' && value !== null && 'revision' in value && 'words' in value;

const problemIn = (answer: unknown): string =>
  typeof answer === 'object' && answer !== null && 'problem' in answer
    ? String(answer.problem)
    : 'Cairn answered something else; load this page again.';

async function send({ action, words, base, key }: KeptLog): Promise<Sent> {
  const response = await fetch(action, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...words, base, key }),
    redirect: 'manual',
  }).catch(() => undefined);
  const answer: unknown = await response?.json().catch(() => undefined);
  if (response === undefined || response.status >= 500 || response.status === 429) {
    return { kind: 'later', why: 'No network.' };
  }
  // A redirect leads to the page for signing in.
  if (response.type === 'opaqueredirect') return { kind: 'later', why: 'You are signed out.' };
  return response.ok && isSaved(answer)
    ? { kind: 'saved', saved: answer }
    : { kind: 'refused', sentence: problemIn(answer) };
}

const LATER = 'It is kept in this browser, and sent as soon as that works.';

/** One entry of the page. */
function begin(personId: string, place: HTMLElement, form: HTMLFormElement): void {
  const action = place.dataset['log'] ?? '';
  const title = place.dataset['title'] ?? '';
  const told = place.querySelector<HTMLElement>('[data-state]');
  const field = (name: string) =>
    form.elements.namedItem(name) as HTMLTextAreaElement | HTMLInputElement | null;
  const read = (): WorklogWords => wordsFrom((name) => field(name)?.value ?? '');
  const put = (words: WorklogWords): void => {
    for (const name of WORKLOG_FIELDS) {
      const box = field(name);
      if (box !== null && box.value !== words[name]) box.value = words[name];
    }
  };

  // The state that the server told of. A browser may have put back other words than the page came with.
  let before = wordsFrom((name) => field(name)?.defaultValue ?? '');
  let base = Number(field('base')?.defaultValue) || 0;
  let pressed: KeptLog | undefined;
  let isSending = false;
  let isAskedAgain = false;
  let retryMs = SOONEST_RETRY_MS;
  let timer = 0;

  const say = (words: string, isTrouble = false): void => {
    if (told === null) return;
    told.textContent = words;
    told.classList.toggle('trouble', isTrouble);
  };
  const draft = (): KeptLog => ({
    ...{ action, title, before, base, words: read(), isPressed: false },
    key: crypto.randomUUID(),
  });

  const trySending = async (): Promise<void> => {
    const kept = pressed;
    if (kept === undefined || isSending) return;
    window.clearTimeout(timer);
    isSending = true;
    say('Saving …');
    const sent = await send(kept);
    isSending = false;
    if (sent.kind === 'later') {
      say(`${sent.why} ${LATER}`, true);
      timer = window.setTimeout(trySending, retryMs);
      retryMs = Math.min(retryMs * 2, LATEST_RETRY_MS);
      return;
    }
    retryMs = SOONEST_RETRY_MS;
    pressed = undefined;
    if (sent.kind === 'refused') {
      keepLog(personId, draft());
      return say(sent.sentence, true);
    }
    const { revision, words } = sent.saved;
    // What was typed while it was on its way stays.
    const now = read();
    put(wordsFrom((name) => mergeTexts(kept.words[name], now[name], words[name]).text));
    before = words;
    base = revision;
    const isDone = isSame(read(), words);
    if (isDone) forgetLog(personId, action);
    else keepLog(personId, draft());
    if (isAskedAgain && !isDone) return press();
    say(isDone ? 'Saved.' : 'Saved, but for what you typed since.');
  };

  const press = (): void => {
    pressed = { ...(pressed ?? draft()), words: read(), isPressed: true };
    keepLog(personId, pressed);
    void trySending();
  };

  form.addEventListener('input', () => {
    if (pressed !== undefined) {
      // Goes along with what waits already, under the same key.
      pressed = { ...pressed, words: read() };
      keepLog(personId, pressed);
      return;
    }
    if (isSame(read(), before)) return forgetLog(personId, action);
    const isKept = keepLog(personId, draft());
    say(isKept ? 'Not saved yet; kept in this browser.' : 'Not saved yet.');
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    isAskedAgain = isSending;
    press();
  });
  window.addEventListener('online', () => void trySending());

  const kept = keptLogs(personId).find((each) => each.action === action);
  put(before);
  if (kept === undefined) return;
  if (kept.isPressed) {
    // It may have arrived all the same: sent with its own key, it counts once.
    put(kept.words);
    before = kept.before;
    base = kept.base;
    pressed = kept;
    void trySending();
  } else {
    put(mergeWords(kept.before, kept.words, before).words);
    if (isSame(read(), before)) forgetLog(personId, action);
    else {
      keepLog(personId, draft());
      say('Not saved yet: this is what you typed here earlier.', true);
    }
  }
}

/** Sends what was pressed on other pages, of which this one has no form. */
async function sendOthers(personId: string, here: ReadonlySet<string>): Promise<void> {
  const told = document.querySelector<HTMLElement>('[data-sent]');
  for (const kept of keptLogs(personId)) {
    if (!kept.isPressed || here.has(kept.action)) continue;
    const sent = await send(kept);
    if (sent.kind !== 'saved') continue;
    forgetLog(personId, kept.action);
    if (told !== null) told.textContent = `Sent what you wrote earlier for “${kept.title}”.`;
  }
}

const page = document.querySelector<HTMLElement>('[data-worklog]');
const personId = page?.dataset['worklog'];
if (page && personId !== undefined) {
  const here = new Set<string>();
  for (const place of page.querySelectorAll<HTMLElement>('[data-log]')) {
    const form = place.querySelector('form');
    if (form === null) continue;
    here.add(place.dataset['log'] ?? '');
    begin(personId, place, form);
  }
  void sendOthers(personId, here);
  window.addEventListener('online', () => void sendOthers(personId, here));
}
