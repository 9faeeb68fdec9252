import { z } from 'zod';

/** Which issues are asked for; what cannot be read counts as not asked. */
export const issueFilter = z.object({
  state: z.enum(['open', 'closed', 'all']).catch('open').default('open'),
  label: z
    .string()
    .trim()
    .max(100)
    .transform((text) => (text === '' ? undefined : text))
    .optional()
    .catch(undefined),
  q: z.string().trim().max(200).catch('').default(''),
  sort: z.enum(['updated', 'number', 'comments']).catch('updated').default('updated'),
  page: z.coerce.number<string | number>().int().min(1).max(10_000).catch(1).default(1),
});
export type IssueFilter = z.output<typeof issueFilter>;

/** The address of a list with some of its wishes changed; what is as usual is left out. */
export function issueQuery(filter: IssueFilter, change: Partial<IssueFilter> = {}): string {
  const { state, label, q, sort, page } = { ...filter, page: 1, ...change };
  const query = new URLSearchParams();
  if (state !== 'open') query.set('state', state);
  if (label !== undefined) query.set('label', label);
  if (q !== '') query.set('q', q);
  if (sort !== 'updated') query.set('sort', sort);
  if (page !== 1) query.set('page', String(page));
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}
