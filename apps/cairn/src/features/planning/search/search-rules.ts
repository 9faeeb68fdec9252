import { z } from 'zod';

/** What can be searched, as it is called on screens; the values of the filter. */
export const SEARCHED = {
  topic: 'Topics',
  issue: 'Issues',
  proposal: 'Proposals',
  decision: 'Decisions',
  comment: 'Comments',
  review: 'Reviews',
  notes: 'Notes of meetings',
  practice: 'Practices',
  standard: 'Standards',
  goal: 'Goals',
  page: 'Other documents',
} as const;
export type Searched = keyof typeof SEARCHED;
export const SEARCHED_KINDS = Object.keys(SEARCHED) as Searched[]; // the keys of the constant above

/** Kinds that are documents of main, which whoever may read the plan may search. */
export const DOCUMENT_KINDS: readonly Searched[] = [
  ...(['topic', 'decision', 'notes', 'practice', 'standard', 'goal', 'page'] as const),
];

/** Nobody types more, and a longer one would only cost. */
const LONGEST = 300;

/** What somebody looks for. What does not fit a filter is as if it had not been said. */
export const searchQuery = z.object({
  q: z
    .string()
    .transform((text) => text.replaceAll('\0', ' ').trim().slice(0, LONGEST))
    .catch(''),
  kind: z.enum(SEARCHED_KINDS).optional().catch(undefined),
  state: z.enum(['open', 'closed']).optional().catch(undefined),
  by: z
    .string()
    .trim()
    .regex(/^@?[a-z0-9-]{1,39}$/i)
    .transform((handle) => handle.replace('@', '').toLowerCase())
    .optional()
    .catch(undefined),
  label: z
    .string()
    .transform((text) => text.replaceAll('\0', '').trim().slice(0, 100))
    .transform((text) => (text === '' ? undefined : text))
    .optional()
    .catch(undefined),
  page: z.coerce.number().int().min(1).max(100).catch(1),
});
export type SearchQuery = z.infer<typeof searchQuery>;

/** The number that somebody typed to go to a thread: `#12` or `12`. */
export const numberTyped = (q: string): number | undefined => {
  const digits = /^#?([1-9]\d{0,8})$/.exec(q)?.[1];
  return digits === undefined ? undefined : Number(digits);
};

/** Signs that no text of ours holds: they stand around what was found, until it is shown. */
export const FOUND = { from: '\uE000', to: '\uE001' } as const;

/** A part of a snippet. */
export interface Segment {
  readonly text: string;
  readonly isHit: boolean;
}

/** A snippet in parts, so that a page can mark what was found without ever building HTML of a text. */
export const segmentsOf = (snippet: string): Segment[] =>
  snippet
    .split(FOUND.from)
    .flatMap((part, index) => {
      const end = index === 0 ? -1 : part.indexOf(FOUND.to);
      if (end < 0) return [{ text: part.replaceAll(FOUND.to, ''), isHit: false }];
      return [
        { text: part.slice(0, end), isHit: true },
        { text: part.slice(end + 1).replaceAll(FOUND.to, ''), isHit: false },
      ];
    })
    .filter(({ text }) => text !== '');

/** The address of a page of results. */
export function searchHref(home: string, query: Partial<SearchQuery>): string {
  const said = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === '' || (name === 'page' && value === 1)) continue;
    said.set(name, String(value));
  }
  return `${home}/plan/search?${said}`;
}
