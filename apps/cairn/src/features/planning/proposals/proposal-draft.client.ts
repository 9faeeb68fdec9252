// Keeps what somebody types in the editor of documents in their browser, until it is proposed: a phone
// that runs out of battery loses nothing. It puts nothing back by itself, and the form works without it.

interface Draft {
  readonly fields: readonly (readonly [name: string, value: string])[];
  /** Milliseconds. */
  readonly at: number;
  /** It was sent to be proposed; the page of a proposal then says that it arrived. */
  readonly isSent: boolean;
}

const PREFIX = 'cairn-draft:';
const PAUSE_MS = 800;
const MOMENT = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  timeZoneName: 'short',
});
const KEPT_MS = 14 * 24 * 60 * 60 * 1000;

const read = (key: string): Draft | undefined => {
  try {
    const draft: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
    return typeof draft === 'object' && draft !== null && 'fields' in draft
      ? (draft as Draft) // what is under our own prefix was written below
      : undefined;
  } catch {
    return undefined;
  }
};

const write = (key: string, draft: Draft | undefined): void => {
  try {
    if (draft === undefined) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(draft));
  } catch {
    // A browser that keeps nothing.
  }
};

const keys = (): string[] => {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  } catch {
    return [];
  }
};

const fieldsOf = (form: HTMLFormElement): [string, string][] =>
  [...new FormData(form)].flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as [string, string]] : [],
  );

/** Only what a person types: the rest is the page's. */
const typedIn = (fields: Draft['fields']): string =>
  JSON.stringify(
    fields
      .filter(([name]) => /^(path|text|gone)\.|^(title|why)$/.test(name))
      .map(([name, value]) => [name, value.replace(/\r\n?/g, '\n')]),
  );

/** Sends the draft to the server as a preview, which shows the form again with all of it. */
function putBack(form: HTMLFormElement, { fields }: Draft): void {
  const sent = document.createElement('form');
  sent.method = 'post';
  sent.action = form.action;
  sent.hidden = true;
  for (const [name, value] of [...fields, ['do', 'preview'] as const]) {
    const field = document.createElement('textarea');
    field.name = name;
    field.value = value;
    sent.append(field);
  }
  document.body.append(sent);
  sent.submit();
}

function offer(form: HTMLFormElement, key: string, draft: Draft): void {
  const place = document.createElement('div');
  place.className = 'notice';
  place.setAttribute('role', 'status');
  const words = document.createElement('p');
  words.textContent = `This browser kept what you typed here on ${MOMENT.format(draft.at)} and did not propose. `;
  const button = (label: string, act: () => void): HTMLButtonElement => {
    const made = document.createElement('button');
    made.type = 'button';
    made.className = 'plain';
    made.textContent = label;
    made.addEventListener('click', act);
    return made;
  };
  words.append(
    button('Put it back', () => putBack(form, draft)),
    ' ',
    button('Forget it', () => {
      write(key, undefined);
      place.remove();
    }),
  );
  place.append(words);
  form.before(place);
}

const form = document.querySelector<HTMLFormElement>('[data-draft] form');
if (form === null) {
  for (const key of keys()) {
    const draft = read(key);
    if (draft === undefined || draft.isSent || Date.now() - draft.at > KEPT_MS) {
      write(key, undefined);
    }
  }
} else {
  const key = `${PREFIX}${form.closest<HTMLElement>('[data-draft]')?.dataset['draft'] ?? ''}`;
  const begun = typedIn(fieldsOf(form));
  const kept = read(key);
  if (kept !== undefined && typedIn(kept.fields) !== begun) offer(form, key, kept);
  const keep = (isSent: boolean): void => {
    const fields = fieldsOf(form);
    if (isSent || typedIn(fields) !== begun) write(key, { fields, at: Date.now(), isSent });
  };
  let timer: number | undefined;
  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => keep(false), PAUSE_MS);
  });
  form.addEventListener('submit', (event) => {
    clearTimeout(timer);
    const { submitter } = event;
    keep(submitter instanceof HTMLButtonElement && submitter.value === 'propose');
  });
}
