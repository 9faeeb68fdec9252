/**
 * A text that saves itself and shows what others write, as they write it. Without this script the page
 * is a form, which merges as well. Nothing typed is ever taken away: what cannot be sent is kept in
 * this browser, and merged when it can.
 *
 * `base` is the last state that the server told of; what is in the box differs from it by what has not
 * been saved. A save that failed may have arrived all the same: until one with the same key is
 * answered, nothing else is taken over, so that no word comes in twice.
 */
import { movedPlace, textChanges } from './change-rules.ts';
import { forget, keep, leftBehind, SAY_MS } from './kept-words.ts';
import { mergeTexts } from './merge-rules.ts';
import { othersWords, type SavingState, stateWords } from './state-rules.ts';

/** Saves so long after the last letter, and at the latest so long after the first. */
const PAUSE_MS = 1_000;
const LATEST_MS = 5_000;
const SOONEST_RETRY_MS = 2_000;
const LATEST_RETRY_MS = 30_000;
/** A page that nobody looks at gives its stream back: browsers open only six of them. */
const HIDDEN_MS = 60_000;
/** Browsers take no more with a request that outlives its page. */
const MOST_AT_THE_END = 60_000;

interface Stored {
  readonly revision: number;
  readonly body: string;
}

const newKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(12))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');

function begin(place: HTMLElement, form: HTMLFormElement, box: HTMLTextAreaElement): void {
  const hidden = (name: string) => form.elements.namedItem(name) as HTMLInputElement | null;
  const { writing = '', stream = '', save: saveAt = '' } = place.dataset;
  const told = place.querySelector<HTMLElement>('[data-state]');
  const toldSaved = place.querySelector<HTMLElement>('[data-saved]');
  const toldOthers = place.querySelector<HTMLElement>('[data-others]');
  const prefix = `cairn-text:${writing}:`;
  const own = `${prefix}${newKey()}`;

  // A browser may have put back what was typed in an earlier visit; kept words are better known.
  let base: Stored = { revision: Number(hidden('base')?.defaultValue), body: box.defaultValue };
  let template = hidden('template')?.defaultValue ?? '';
  let key = newKey();
  box.value = base.body;

  let state: SavingState = { kind: 'saved' };
  let since = 0;
  let isKept = true;
  let isSaving = false;
  let isUnanswered = false;
  let isComposing = false;
  let newest: Stored | undefined;
  let timer = 0;
  let firstChange = 0;
  let retryMs = SOONEST_RETRY_MS;

  const isDirty = (): boolean => box.value !== base.body;

  const keepWords = (isLeft = false): void => {
    if (!isDirty() && !isUnanswered) {
      forget(own);
      return;
    }
    const { revision, body: baseText } = base;
    const at = Date.now();
    isKept = keep(own, { revision, baseText, template, text: box.value, key, since, at, isLeft });
  };

  const show = (next: SavingState = state): void => {
    state = next;
    if (told === null || toldSaved === null) return;
    told.hidden = false;
    const isTrouble = state.kind !== 'saved' && state.kind !== 'changed';
    told.classList.toggle('trouble', isTrouble);
    const words = stateWords(state, Date.now());
    // A text that nobody has begun is not saved either.
    toldSaved.hidden = next.kind === 'saved' && base.revision === 0;
    if (toldSaved.textContent !== words) toldSaved.textContent = words;
    // Read out when something is wrong, and not at every save.
    toldSaved.setAttribute('aria-live', isTrouble ? 'polite' : 'off');
  };

  /** Puts a text into the box, with caret, selection and place on the screen where they were. */
  const put = (text: string): void => {
    const old = box.value;
    const changes = textChanges(old, text);
    if (changes.length === 0) return;
    const { selectionStart, selectionEnd, selectionDirection, scrollTop } = box;
    const lineHeight = Number.parseFloat(getComputedStyle(box).lineHeight) || 20;
    const lines = old.split('\n');
    const topLine = Math.floor(scrollTop / lineHeight);
    const top = lines.slice(0, topLine).reduce((sum, line) => sum + line.length + 1, 0);
    const linesUntil = (whole: string, end: number) => whole.slice(0, end).split('\n').length;
    box.value = text;
    const [from, to] = [movedPlace(changes, selectionStart), movedPlace(changes, selectionEnd)];
    box.setSelectionRange(from, to, selectionDirection);
    const moved = linesUntil(text, movedPlace(changes, top)) - linesUntil(old, top);
    box.scrollTop = scrollTop + moved * lineHeight;
  };

  /** Takes over what the server has; `from` is the text of ours that is already in it. */
  const accept = (stored: Stored, from: string): void => {
    const merged = mergeTexts(from, box.value, stored.body).text;
    base = stored;
    template = '';
    put(merged);
    keepWords();
  };

  const acceptNewest = (): void => {
    if (newest === undefined || isSaving || isUnanswered || isComposing) return;
    if (newest.revision > base.revision) accept(newest, base.body);
    newest = undefined;
  };

  const saveSoon = (): void => {
    window.clearTimeout(timer);
    const now = Date.now();
    if (firstChange === 0) firstChange = now;
    const wait = Math.min(PAUSE_MS, Math.max(0, firstChange + LATEST_MS - now));
    timer = window.setTimeout(save, wait);
  };

  const fail = (next: SavingState): void => {
    isUnanswered = true;
    keepWords();
    show(next);
    window.clearTimeout(timer);
    timer = window.setTimeout(save, retryMs);
    retryMs = Math.min(retryMs * 2, LATEST_RETRY_MS);
  };

  const post = (text: string, keepalive = false): Promise<Response> =>
    fetch(saveAt, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ text, base: base.revision, template, key }),
      redirect: 'manual',
      keepalive,
    });

  async function save(): Promise<void> {
    if (isSaving || isComposing) return;
    if (!isDirty() && !isUnanswered) return;
    isSaving = true;
    firstChange = 0;
    const sent = box.value;
    const response = await post(sent).catch(() => undefined);
    const answer: unknown = await response?.json().catch(() => undefined);
    isSaving = false;
    if (response === undefined || response.status >= 500 || response.status === 429) {
      return fail({ kind: 'offline', unsavedSince: since, isKept });
    }
    // A redirect leads to the page for signing in.
    if (response.type === 'opaqueredirect') return fail({ kind: 'signed-out', isKept });
    isUnanswered = false;
    if (!response.ok || !isStored(answer)) {
      return show({ kind: 'refused', sentence: problemIn(answer) });
    }
    retryMs = SOONEST_RETRY_MS;
    key = newKey();
    accept(answer, sent);
    acceptNewest();
    if (isDirty()) saveSoon();
    else show({ kind: 'saved' });
  }

  box.addEventListener('input', () => {
    if (!isDirty() && !isUnanswered) return show({ kind: 'saved' });
    if (state.kind === 'saved') {
      since = Date.now();
      show({ kind: 'changed' });
    }
    keepWords();
    if (!isUnanswered) saveSoon();
  });
  box.addEventListener('compositionstart', () => {
    isComposing = true;
  });
  box.addEventListener('compositionend', () => {
    isComposing = false;
    acceptNewest();
    saveSoon();
  });
  // The button saves as without this script: with the same key, so that it is one save.
  form.addEventListener('submit', () => {
    const set = (name: string, value: string) => {
      const field = hidden(name);
      if (field !== null) field.value = value;
    };
    set('base', String(base.revision));
    set('key', key);
    if (template !== '') set('template', template);
    window.clearTimeout(timer);
  });

  let events: EventSource | undefined;
  let hiding = 0;
  const close = (): void => {
    events?.close();
    events = undefined;
  };
  const open = (): void => {
    if (events !== undefined) return;
    const opened = new EventSource(`${stream}?since=${base.revision}`);
    events = opened;
    opened.addEventListener('text', ({ data }) => {
      const stored: unknown = JSON.parse(String(data));
      if (!isStored(stored)) return;
      newest = stored;
      if (isUnanswered) void save();
      else acceptNewest();
    });
    opened.addEventListener('here', ({ data }) => {
      const names: unknown = JSON.parse(String(data));
      if (toldOthers === null || !Array.isArray(names)) return;
      toldOthers.textContent = othersWords(names.map(String));
      show();
    });
    opened.addEventListener('error', () => {
      // The browser comes back by itself, unless it was refused.
      if (opened.readyState !== EventSource.CLOSED || events !== opened) return;
      close();
      window.setTimeout(open, LATEST_RETRY_MS);
    });
  };

  document.addEventListener('visibilitychange', () => {
    window.clearTimeout(hiding);
    if (document.visibilityState === 'hidden') hiding = window.setTimeout(close, HIDDEN_MS);
    else {
      open();
      void save();
    }
  });
  window.addEventListener('online', () => void save());
  window.addEventListener('pagehide', () => {
    close();
    if (!isDirty()) return;
    keepWords(true);
    if (box.value.length < MOST_AT_THE_END) void post(box.value, true).catch(() => undefined);
  });
  window.addEventListener('pageshow', ({ persisted }) => {
    if (!persisted) return;
    isUnanswered = isDirty();
    keepWords();
    open();
    void save();
  });
  window.setInterval(() => {
    if (isDirty()) keepWords();
    show();
  }, SAY_MS);

  const [latest, ...others] = leftBehind(prefix, Date.now());
  if (latest !== undefined) {
    const { kept, name } = latest;
    ({ template, key, since } = kept);
    base = { revision: kept.revision, body: kept.baseText };
    box.value = kept.text;
    // It may have arrived when the page was left.
    isUnanswered = true;
    keepWords();
    forget(name);
    show({ kind: 'changed' });
    void save();
  }
  for (const { name, kept } of others) void sendKept(saveAt, kept, () => forget(name));
  show();
  open();
}

/** Sends what another page of this browser left; its words come back with the next change. */
async function sendKept(
  saveAt: string,
  {
    text,
    revision,
    template,
    key,
  }: Pick<Parameters<typeof keep>[1], 'text' | 'revision' | 'template' | 'key'>,
  done: () => void,
): Promise<void> {
  const response = await fetch(saveAt, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text, base: revision, template, key }),
    redirect: 'manual',
  }).catch(() => undefined);
  if (response?.ok === true) done();
}

const isStored = (value: unknown): value is Stored =>
  typeof value === 'object' &&
  value !== null &&
  'revision' in value &&
  typeof value.revision === 'number' &&
  'body' in value &&
  typeof value.body === 'string';

const problemIn = (answer: unknown): string =>
  typeof answer === 'object' && answer !== null && 'problem' in answer
    ? String(answer.problem)
    : 'Cairn answered something else; load this page again.';

const place = document.querySelector<HTMLElement>('[data-writing]');
const form = place?.querySelector('form');
const box = form?.querySelector<HTMLTextAreaElement>('textarea[name="text"]');
if (place && form && box) begin(place, form, box);
