import type { Instant } from '@cairn/kernel/time';

/** Every way to prove who one is, as the log of attempts names it. */
export const SIGN_IN_METHODS = [
  'mail',
  'code',
  'link',
  'passkey',
  'github',
  'oidc',
  'invitation',
] as const;
export type SignInMethod = (typeof SIGN_IN_METHODS)[number];

/** What came of an attempt. */
export const OUTCOMES = ['mailed', 'unknown', 'signed-in', 'refused', 'limited'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What the administrator reads for each outcome. */
export const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  mailed: 'mail sent',
  unknown: 'nobody by that address',
  'signed-in': 'signed in',
  refused: 'refused',
  limited: 'too many tries',
};

/**
 * Where to go after signing in: a path of this site, or the start page for everything else. Browsers
 * read `//host` and `/\host` as other sites, so the path is resolved the way that they do it.
 */
export function localPath(to: string | undefined): string {
  if (to === undefined || !to.startsWith('/')) return '/';
  const here = 'http://cairn.invalid';
  try {
    const { origin, pathname, search, hash } = new URL(to, here);
    // What is resolved may begin with `//` again (`/.//host`).
    if (origin !== here || pathname.startsWith('//')) return '/';
    return `${pathname}${search}${hash}`;
  } catch {
    return '/';
  }
}

/** `a…@example.org`: enough to recognise one's own address, not enough to learn another's. */
export function veiledAddress(email: string): string {
  const [local = '', domain = ''] = email.split(/@(?=[^@]*$)/);
  return `${[...local].at(0) ?? ''}…@${domain}`;
}

/** A code as people type it: spaces and dashes between the digits mean nothing. */
export const plainCode = (typed: string): string => typed.replace(/[\s-]/g, '');

/** A code as people read it: `123 456`. */
export const spacedCode = (code: string): string => `${code.slice(0, 3)} ${code.slice(3)}`;

/** The one mail of a sign-in. The code stands first: previews on a locked phone then show it. */
export function signInMail(facts: {
  readonly name: string;
  readonly link: string;
  readonly code: string;
  readonly url: string;
}): { readonly subject: string; readonly body: string } {
  const { name, link, code, url } = facts;
  return {
    subject: `${spacedCode(code)} is your code for Cairn`,
    body: `Dear ${name},

your code is ${spacedCode(code)}.

Type it into the page where you asked for it, or open this link and press the button there:

${link}

Both work once, within 15 minutes. If you did not ask to sign in at ${url}, do nothing: without
this mail nobody gets in.
`,
  };
}

/** How long a network or an address has to wait, in words. */
export function waitSentence(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  return `That was tried too often from here; try again in ${minutes === 1 ? 'one minute' : `${minutes} minutes`}.`;
}

/** A row of the administrator's list of attempts. */
export interface Attempt {
  readonly id: string;
  readonly at: Instant;
  readonly method: string;
  readonly outcome: string;
  readonly name: string | undefined;
  /** The beginning of the address's keyed hash: equal marks are one address. */
  readonly addressMark: string | undefined;
  readonly network: string | undefined;
}
