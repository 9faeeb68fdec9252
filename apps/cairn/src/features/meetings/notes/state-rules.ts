/** How a page stands whose text saves itself. */
export type SavingState =
  | { readonly kind: 'saved' }
  | { readonly kind: 'changed' }
  /** Cairn cannot be reached; the words are kept in this browser. */
  | { readonly kind: 'offline'; readonly unsavedSince: number; readonly isKept: boolean }
  | { readonly kind: 'signed-out'; readonly isKept: boolean }
  /** Cairn said no, and why. */
  | { readonly kind: 'refused'; readonly sentence: string };

/** A state in words; `now` in milliseconds. */
export function stateWords(state: SavingState, now: number): string {
  switch (state.kind) {
    case 'saved':
      return 'Saved.';
    case 'changed':
      return 'Saving…';
    case 'offline':
      return `Offline: ${spanWords(now - state.unsavedSince)} unsaved, ${keptWords(state.isKept)}`;
    case 'signed-out':
      return `You are signed out, so this is not saved; it is ${keptWords(state.isKept)} Sign in in another tab, then go on here.`;
    case 'refused':
      return `Not saved: ${state.sentence}`;
    default:
      return state satisfies never;
  }
}

const keptWords = (isKept: boolean): string =>
  isKept
    ? 'kept in this browser.'
    : 'and this browser keeps nothing: leave this page open, or copy your words.';

const spanWords = (milliseconds: number): string => {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) return 'less than a minute';
  if (minutes === 1) return '1 minute';
  return minutes < 120 ? `${minutes} minutes` : `${Math.floor(minutes / 60)} hours`;
};

/** Who else is here: “Ada and Grigor are writing here too.” Nothing when nobody is. */
export function othersWords(names: readonly string[]): string {
  const [first, ...rest] = names;
  if (first === undefined) return '';
  if (rest.length === 0) return `${first} is writing here too.`;
  const named = names.length > 5 ? [...names.slice(0, 4), `${names.length - 4} more`] : names;
  return `${named.slice(0, -1).join(', ')} and ${named.at(-1)} are writing here too.`;
}
