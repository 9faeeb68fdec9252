import { z } from '@hono/zod-openapi';
import { slugParam } from '../../summits/api-schema.ts';
import { day } from '../frame/api-schema.ts';
import type { Grouping } from './grouping-queries.ts';

const uuidParam = (name: string) => z.uuid().openapi({ param: { name, in: 'path' } });
const key = z.string().regex(/^[a-z][a-z0-9_]{0,70}$/);
const size = z.number().int().min(1).max(1_000);

export const groupingParams = slugParam.extend({ grouping: uuidParam('grouping') });
export const memberParams = groupingParams.extend({ person: uuidParam('person') });
export const groupParams = groupingParams.extend({
  group: key.openapi({ param: { name: 'group', in: 'path' }, example: 'sparse_arrays' }),
});
export const swapParams = slugParam.extend({ swap: uuidParam('swap') });

export const dateQuery = z.object({
  date: day
    .optional()
    .openapi({ description: 'The groups that hold on a day; those of the week when left out.' }),
});

const groupSchema = z
  .object({
    key: z.string(),
    title: z.string(),
    topic: z.number().int().nullable(),
    people: z.array(z.object({ person: z.uuid(), name: z.string(), leads: z.boolean() })),
    room_for: z.number().int().openapi({ description: 'Below 0 where it is too full.' }),
  })
  .openapi('Group');

export const groupsSchema = z
  .object({
    grouping: z.uuid().nullable().openapi({ description: 'Null while none are set.' }),
    date: z.string().nullable().openapi({ description: 'Null for those of the week.' }),
    groups: z.array(groupSchema),
  })
  .openapi('Groups');

export const ownGroupSchema = z
  .object({
    grouping: z.uuid(),
    group: z.string().nullable(),
    title: z.string().nullable(),
    out: z.boolean(),
    why: z.array(z.string()),
    may_join: z.array(z.string()).openapi({ description: 'Keys of groups that have room.' }),
    may_ask: z.array(z.uuid()).openapi({ description: 'People who could change places.' }),
  })
  .openapi('OwnGroup');

export const swapSchema = z
  .object({
    id: z.uuid(),
    grouping: z.uuid(),
    asked_by: z.uuid(),
    asked_of: z.uuid(),
    asked_at: z.string(),
  })
  .openapi('GroupSwap');

const groupingRowSchema = z.object({
  id: z.uuid(),
  title: z.string(),
  date: z.string().nullable(),
  state: z.enum(['draft', 'set', 'dropped']),
  least: z.number().int(),
  most: z.number().int(),
  different: z.number().int(),
  from: z.uuid().nullable(),
  keeps_places: z.boolean(),
  seed: z.number().int(),
  statement: z.array(z.string()),
});

export const groupingListSchema = z
  .object({ items: z.array(groupingRowSchema) })
  .openapi('Groupings');

export const groupingSchema = groupingRowSchema
  .extend({
    groups: z.array(
      z.object({
        key: z.string(),
        title: z.string(),
        topic: z.number().int().nullable(),
        least: z.number().int().nullable(),
        most: z.number().int().nullable(),
        stays: z.boolean(),
        needed: z.array(z.uuid()),
      }),
    ),
    members: z.array(
      z.object({
        person: z.uuid(),
        group: z.string().nullable(),
        out: z.boolean(),
        leads: z.boolean(),
        kept: z.boolean(),
        came_by: z.enum(['search', 'hand', 'self', 'swap']),
        why: z.array(z.string()),
      }),
    ),
  })
  .openapi('Grouping');

export const groupingRowJson = (row: Omit<Grouping, 'groups' | 'members'>) => ({
  id: row.id,
  title: row.title,
  date: row.date,
  state: row.state,
  least: row.least,
  most: row.most,
  different: row.different,
  from: row.fromId,
  keeps_places: row.keepsPlaces,
  seed: row.seed,
  statement: [...row.statement],
});

export const groupingJson = (grouping: Grouping) => ({
  ...groupingRowJson(grouping),
  groups: grouping.groups.map(
    ({ key: own, title, topicNumber, least, most, isPinned, needed }) => ({
      key: own,
      title,
      topic: topicNumber,
      least,
      most,
      stays: isPinned,
      needed: [...needed],
    }),
  ),
  members: grouping.members.map((member) => ({
    person: member.personId,
    group: member.key,
    out: member.isOut,
    leads: member.isLead,
    kept: member.isPinned,
    came_by: member.cameBy,
    why: [...member.why],
  })),
});

export const proposeBody = z
  .strictObject({
    date: z.string().nullable().default(null).openapi({ description: 'Null for the week.' }),
    least: size.default(2),
    most: size.default(10),
    different: size.default(1),
    from: z.uuid().nullable().default(null),
    keeps_places: z.boolean().default(false),
    seed: z.number().int().min(0).max(2_147_483_647).default(1),
    topics: z
      .array(z.number().int().positive())
      .optional()
      .openapi({ description: 'The planned ones when left out.' }),
  })
  .openapi('GroupsProposal');

export const moveBody = z
  .strictObject({
    to: z
      .union([z.strictObject({ group: key }), z.enum(['none', 'out'])])
      .openapi({ description: '`{"group": "sparse_arrays"}`, `"none"` or `"out"`.' }),
    kept: z.boolean().default(true),
  })
  .openapi('GroupMove');

const title = z.string().trim().max(120);

export const addBody = z
  .strictObject({ title: title.default(''), topic: z.number().int().positive().nullable() })
  .openapi('NewGroup');

export const changeBody = z
  .strictObject({
    title: title.min(1),
    least: size.nullable().default(null),
    most: size.nullable().default(null),
    stays: z.boolean(),
    needed: z.array(z.uuid()).max(500).default([]),
  })
  .openapi('GroupChange');

export const splitBody = z
  .strictObject({ title: title.min(1), people: z.array(z.uuid()).min(1).max(500) })
  .openapi('GroupSplit');
