import { z } from 'zod';
import { INVITATION_STATES } from '../invitations/invitation-rules.ts';

const SORTS = ['name', 'state', 'since'] as const;

/** What a list of people shows: a part of an address, so anything unknown in it means “all”. */
export const peopleFilterSchema = z.object({
  q: z.string().trim().max(200).catch('').default(''),
  community: z.string().catch('').default(''),
  state: z
    .enum(['', 'none', ...INVITATION_STATES])
    .catch('')
    .default(''),
  sort: z.enum(SORTS).catch('name').default('name'),
  order: z.enum(['ascending', 'descending']).catch('ascending').default('ascending'),
  page: z.coerce.number().int().min(1).max(100_000).catch(1).default(1),
});
export type PeopleFilter = z.output<typeof peopleFilterSchema>;

/** The address of the same list with something changed; what means “all” is left out. */
export function filterHref(path: string, filter: PeopleFilter, change: Partial<PeopleFilter> = {}) {
  const next = { ...filter, ...change };
  const query = new URLSearchParams();
  for (const [name, usual] of Object.entries(peopleFilterSchema.parse({}))) {
    const value = String(next[name as keyof PeopleFilter]); // the schema's own keys
    if (value !== String(usual)) query.set(name, value);
  }
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}
