import * as z from 'zod';
import { EFFORTS } from '../documents/kind-schema.ts';
import type { TopicDocument } from '../documents/topic-rules.ts';

const text = z.string().nullable().catch(null);
const texts = z.array(z.string()).catch([]);

const factsSchema = z.object({
  lead: text,
  people: texts,
  by: text,
  projects: texts,
  effort: z.enum(EFFORTS).nullable().catch(null),
  labels: texts,
  links: texts,
  opened: text,
  duplicateOf: text,
  goal: z.string().catch(''),
  doneWhen: z.string().catch(''),
  tasks: z.number().catch(0),
  /** Sets two states of its longer texts apart. */
  texts: z.string().catch(''),
});

/** What of a topic's document is kept beside its number, so that lists need not read documents. */
export type TopicFacts = z.infer<typeof factsSchema>;

/** What is kept of a document; `texts` says by which mark its longer texts are known. */
export const factsOf = (topic: TopicDocument, texts: string): TopicFacts => ({
  lead: topic.lead ?? null,
  people: [...topic.people],
  by: topic.by ?? null,
  projects: [...topic.projects],
  effort: topic.effort ?? null,
  labels: [...topic.labels],
  links: [...topic.links],
  opened: topic.opened ?? null,
  duplicateOf: topic.duplicateOf ?? null,
  goal: shortened(topic.goal),
  doneWhen: shortened(topic.doneWhen),
  tasks: topic.firstTasks.length,
  texts,
});

/** Facts as they were kept; of a topic from before there were any, none. */
export const readFacts = (stored: unknown): TopicFacts => factsSchema.parse(Object(stored));

/** As much of a text as lists show. */
const shortened = (said: string): string => said.slice(0, 2_000);

/** As much of the problem as is looked through for topics like another. */
export const problemText = (topic: TopicDocument): string => topic.problem.slice(0, 4_000);

/** Whether a person is of a topic: leads it, is one of its people, or brought it. */
export const isOf = (
  facts: Pick<TopicFacts, 'lead' | 'people' | 'by'>,
  handle: string | undefined,
): boolean => {
  if (handle === undefined) return false;
  const own = handle.toLowerCase();
  return [facts.lead, facts.by, ...facts.people].some((each) => each?.toLowerCase() === own);
};
