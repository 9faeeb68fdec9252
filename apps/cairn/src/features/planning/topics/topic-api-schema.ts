import { z } from '@hono/zod-openapi';
import { EFFORTS, TOPIC_STATES } from '../documents/kind-schema.ts';
import type { TopicForm } from './topic-form-rules.ts';

const names = z.array(z.string().max(100)).max(100);

/** What a topic says, in a body. */
export const topicText = z.strictObject({
  title: z.string().min(1).max(300),
  problem: z.string().min(1).openapi({ description: 'Markdown, as the other texts.' }),
  goal: z.string().default(''),
  done_when: z.string().default(''),
  first_tasks: z
    .array(z.strictObject({ text: z.string(), done: z.boolean().default(false) }))
    .default([]),
  lead: z.string().nullable().default(null).openapi({ description: 'A handle or a whole name.' }),
  people: names.default([]),
  projects: names.default([]),
  effort: z.enum(EFFORTS).nullable().default(null),
  links: z.array(z.string()).default([]),
  labels: names.default([]),
});

/** The body of a request as the form that a page would have sent. */
export const formFrom = (body: z.output<typeof topicText>): TopicForm => ({
  title: body.title,
  problem: body.problem,
  goal: body.goal,
  doneWhen: body.done_when,
  firstTasks: body.first_tasks
    .map(({ text, done }) => `- [${done ? 'x' : ' '}] ${text.replace(/\s+/g, ' ')}`)
    .join('\n'),
  lead: body.lead ?? '',
  people: body.people.join('\n'),
  projects: body.projects.join('\n'),
  effort: body.effort ?? '',
  links: body.links.join('\n'),
  labels: body.labels.join('\n'),
});

/** A topic as the API tells it. */
export const topicSchema = z
  .object({
    number: z.number().int(),
    path: z.string(),
    state: z.enum(TOPIC_STATES),
    merged_into: z.number().int().nullable(),
    blob: z.string().nullable().openapi({
      description: 'The state of its document; send it along when you change the topic.',
    }),
    says: z
      .object({
        title: z.string(),
        problem: z.string(),
        goal: z.string(),
        done_when: z.string(),
        first_tasks: z.array(z.object({ text: z.string(), done: z.boolean() })),
        lead: z.string().nullable(),
        people: z.array(z.string()),
        projects: z.array(z.string()),
        effort: z.enum(EFFORTS).nullable(),
        links: z.array(z.string()),
        labels: z.array(z.string()),
      })
      .nullable()
      .openapi({ description: 'Null where its document was taken away.' }),
    lacks: z.array(z.object({ code: z.string(), sentence: z.string() })),
  })
  .openapi('PlanTopic');
