/**
 * Passkeys in the browser: shows the blocks marked `data-passkey` where the browser can, and carries
 * question and answer between it and Cairn. Without this script the pages work by mail.
 */

const CEREMONIES = {
  'sign-in': {
    ask: '/sign-in/passkey/options',
    answer: '/sign-in/passkey',
    ceremony: (options: PublicKeyCredentialRequestOptionsJSON) =>
      navigator.credentials.get({
        publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options),
      }),
  },
  add: {
    ask: '/me/passkeys/options',
    answer: '/me/passkeys',
    ceremony: (options: PublicKeyCredentialCreationOptionsJSON) =>
      navigator.credentials.create({
        publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options),
      }),
  },
} as const;

/** What Cairn answers: the question, where to go on, or what is wrong. */
type Answer = { readonly problem?: string; readonly to?: string } & Record<string, unknown>;

async function send(path: string, body: object): Promise<Answer> {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer: Answer = await response.json();
  if (!response.ok) throw new Error(answer.problem ?? 'Cairn did not answer; try again.');
  return answer;
}

async function run(kind: keyof typeof CEREMONIES, block: HTMLElement): Promise<void> {
  const { ask, answer, ceremony } = CEREMONIES[kind];
  const options = await send(ask, {});
  const credential = await ceremony(options as never); // Cairn made them for this very ceremony
  if (!(credential instanceof PublicKeyCredential)) throw new Error('No passkey was chosen.');
  const { to } = await send(answer, {
    answer: credential.toJSON(),
    to: block.dataset['to'],
    name: block.querySelector('input')?.value ?? '',
  });
  window.location.assign(to ?? '/');
}

/** What went wrong, for the person at the screen. */
function sentenceFor(error: unknown): string {
  if (error instanceof DOMException) {
    return error.name === 'InvalidStateError'
      ? 'This device has a passkey for Cairn already.'
      : 'No passkey was used. Try again, or sign in by mail.';
  }
  return error instanceof Error ? error.message : String(error);
}

const isKnown = (kind: string | undefined): kind is keyof typeof CEREMONIES =>
  kind === 'sign-in' || kind === 'add';

const canDoPasskeys =
  typeof PublicKeyCredential !== 'undefined' &&
  'parseRequestOptionsFromJSON' in PublicKeyCredential &&
  'parseCreationOptionsFromJSON' in PublicKeyCredential;

for (const block of document.querySelectorAll<HTMLElement>('[data-passkey]')) {
  const kind = block.dataset['passkey'];
  const button = block.querySelector('button');
  const said = block.querySelector('[role=alert]');
  if (!canDoPasskeys || !isKnown(kind) || button === null) continue;
  block.hidden = false;
  button.addEventListener('click', async () => {
    button.disabled = true;
    try {
      await run(kind, block);
    } catch (error) {
      if (said !== null) said.textContent = sentenceFor(error);
      button.disabled = false;
    }
  });
}

export {};
