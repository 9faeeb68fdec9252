import { z } from '@hono/zod-openapi';
import { summitDefinitionSchema } from './schema.ts';

/** The last part of a summit's address. */
export const slugParam = z.strictObject({
  slug: z
    .string()
    .regex(/^[a-z0-9_]{4,60}$/)
    .openapi({ param: { name: 'slug', in: 'path' }, example: 'sp_summit_2023' }),
});

const SUMMIT_STATES = ['draft', 'announced', 'archived'] as const;

const day = z.string().openapi({ format: 'date' });

/** What everybody may know of an announced summit. */
export const summitSchema = z
  .object({
    slug: z.string(),
    state: z.enum(SUMMIT_STATES),
    title: z.string(),
    full_title: z.string().nullable(),
    series: z.object({ key: z.string(), title: z.string(), edition: z.number().int() }),
    summary: z.string(),
    announced: day,
    dates: z.object({
      arrival: day,
      start: day,
      end: day,
      departure: day,
      status: z.enum(['tentative', 'confirmed']).openapi({
        description: 'Tentative: the week is still looked for, and the days are a proposal.',
      }),
    }),
    zone: z.string().openapi({ description: 'IANA time zone of the place.' }),
    venue: z.object({
      name: z.string(),
      address: z.string().nullable(),
      city: z.string(),
      country: z.string(),
    }),
    hosts: z.array(
      z.object({ name: z.string(), part_of: z.string().nullable(), url: z.string().nullable() }),
    ),
    seats: z.object({ planned: z.number().int(), ceiling: z.number().int() }),
    communities: z.array(z.object({ key: z.string(), name: z.string() })),
    url: z.string().openapi({ format: 'uri' }),
    your_part: z
      .object({
        organises: z.boolean(),
        takes_part: z.boolean(),
        revision: z
          .number()
          .int()
          .nullable()
          .openapi({ description: 'Of the definition; for organisers.' }),
      })
      .nullable()
      .openapi({ description: 'Null for somebody who has no part in it.' }),
  })
  .openapi('Summit');
export type SummitAnswer = z.output<typeof summitSchema>;

/**
 * The definition, as in `summit.yaml`. A schema made before the API's library was loaded cannot be
 * described by it, a copy made now can: so it does not matter which file is imported first.
 */
export const definitionSchema = summitDefinitionSchema.clone().openapi('SummitDefinition');

export const savedSchema = z
  .object({
    slug: z.string(),
    revision: z.number().int(),
    changed: z.array(z.string()).openapi({ description: 'Paths of the values that changed.' }),
  })
  .openapi('SavedDefinition');

export const createdSchema = z
  .object({ slug: z.string(), revision: z.number().int(), url: z.string() })
  .openapi('CreatedSummit');

/** Where a summit is to go in its life. */
export const stateSchema = z.strictObject({
  state: z.enum(['announced', 'archived'], 'write announced or archived'),
});
