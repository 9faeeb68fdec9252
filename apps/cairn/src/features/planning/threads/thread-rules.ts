import { fenceWalker } from '@cairn/formats/code-fences';

/** What has a number and a discussion. */
export const THREAD_KINDS = ['topic', 'issue', 'proposal', 'decision'] as const;
export type ThreadKind = (typeof THREAD_KINDS)[number];

/** Where the pages of each kind are, below the plan. */
const FOLDERS: Readonly<Record<ThreadKind, string>> = {
  topic: 'topics',
  issue: 'issues',
  proposal: 'proposals',
  decision: 'decisions',
};

/** The page of a thread: `/s/<summit>/plan/topics/12`. `home` is `/s/<summit>`. */
export const threadHref = (
  home: string,
  { kind, number }: { readonly kind: ThreadKind; readonly number: number },
): string => `${home}/plan/${FOLDERS[kind]}/${number}`;

/** The way to a thread whose kind is not known here; it leads on to its page. */
export const numberHref = (home: string, number: number): string => `${home}/plan/${number}`;

/** How somebody may answer without words: a small fixed set, because it goes to GitHub and back. */
export const REACTIONS = [
  '+1',
  '-1',
  'laugh',
  'hooray',
  'confused',
  'heart',
  'rocket',
  'eyes',
] as const;
export type Reaction = (typeof REACTIONS)[number];

/** Each reaction as a sign, and as it is read out. */
export const REACTION_SIGNS: Readonly<
  Record<Reaction, { readonly sign: string; readonly word: string }>
> = {
  '+1': { sign: '👍', word: 'agree' },
  '-1': { sign: '👎', word: 'disagree' },
  laugh: { sign: '😄', word: 'laugh' },
  hooray: { sign: '🎉', word: 'hooray' },
  confused: { sign: '😕', word: 'confused' },
  heart: { sign: '❤️', word: 'love' },
  rocket: { sign: '🚀', word: 'rocket' },
  eyes: { sign: '👀', word: 'looking at it' },
};

/**
 * Threads named in a text: `#12`, not inside a word, an address or an entity. Text inside code is
 * not looked through, so that a colour such as `#123` in backticks names nothing.
 */
export const numbersIn = (text: string): number[] => [
  ...new Set(
    [...withoutCode(text).matchAll(/(?<![\w&/#])#([1-9]\d{0,8})(?![\w-])/g)].map(([, digits]) =>
      Number(digits),
    ),
  ),
];

/** A text without what stands in blocks of code and between backticks. */
function withoutCode(text: string): string {
  const isCode = fenceWalker();
  return text
    .split('\n')
    .filter((line) => !isCode(line))
    .join('\n')
    .replace(/`[^`\n]*`/g, '');
}

/**
 * Which of many entries of a conversation are shown: all while they are few, else the first and the
 * last ones, and which are left out between them.
 *
 *     trimmed(500, { first: 10, last: 50 }) // { head: 10, tail: 50, hidden: 440 }
 */
export function trimmed(
  count: number,
  { first, last }: { readonly first: number; readonly last: number },
): { readonly head: number; readonly tail: number; readonly hidden: number } {
  // A gap of a few is not worth a click.
  if (count <= first + last + 10) return { head: count, tail: 0, hidden: 0 };
  return { head: first, tail: last, hidden: count - first - last };
}
