import { z } from 'zod';
import { TOPIC_STATES } from '../documents/kind-schema.ts';

const SORTS = ['updated', 'number', 'title', 'state', 'comments', 'wanting'] as const;
export type TopicSort = (typeof SORTS)[number];

const word = z
  .string()
  .trim()
  .max(100)
  .transform((text) => (text === '' ? undefined : text))
  .optional()
  .catch(undefined);

/** Which topics are asked for; what cannot be read counts as not asked. */
export const topicFilter = z.object({
  state: z.enum(TOPIC_STATES).optional().catch(undefined),
  label: word,
  lead: word,
  project: word,
  mine: z
    .string()
    .optional()
    .transform((text) => text === '1'),
  lacks: z
    .string()
    .optional()
    .transform((text) => text === '1'),
  q: z.string().trim().max(200).catch('').default(''),
  sort: z.enum(SORTS).catch('updated').default('updated'),
  view: z.enum(['list', 'board']).catch('list').default('list'),
  page: z.coerce.number<string | number>().int().min(1).max(10_000).catch(1).default(1),
});
export type TopicFilter = z.output<typeof topicFilter>;

/** The address of a list with some of its wishes changed; what is as usual is left out. */
export function filterQuery(filter: TopicFilter, change: Partial<TopicFilter> = {}): string {
  const { state, label, lead, project, mine, lacks, q, sort, view, page } = {
    ...filter,
    page: 1,
    ...change,
  };
  const query = new URLSearchParams();
  const put = (name: string, value: string | undefined, usual = ''): void => {
    if (value !== undefined && value !== usual) query.set(name, value);
  };
  put('state', state);
  put('label', label);
  put('lead', lead);
  put('project', project);
  put('mine', mine ? '1' : '');
  put('lacks', lacks ? '1' : '');
  put('q', q);
  put('sort', sort, 'updated');
  put('view', view, 'list');
  put('page', String(page), '1');
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}
