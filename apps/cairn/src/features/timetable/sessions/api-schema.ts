import { z } from '@hono/zod-openapi';
import { slugParam } from '../../summits/api-schema.ts';
import { equipment, text } from '../frame/api-schema.ts';
import type { SavedSession } from './session-commands.ts';
import { SESSION_RULE_KINDS, type Session, type SessionRule } from './session-rules.ts';

const uuidParam = (name: string) => z.uuid().openapi({ param: { name, in: 'path' } });
export const sessionParams = slugParam.extend({ session: uuidParam('session') });
export const ruleParams = slugParam.extend({ rule: uuidParam('rule') });

export const sessionBody = z
  .strictObject({
    title: text(200).min(1, 'write what it is called'),
    kind: z.enum(['work', 'plenary'], 'write work or plenary').default('work'),
    text: text(5000).default(''),
    topic: z.int().min(1).max(999_999).nullable().default(null),
    group: z
      .string()
      .regex(/^[a-z][a-z0-9_]*$/)
      .max(100)
      .nullable()
      .default(null),
    minutes: z.int().min(5).max(1440),
    size: z.int().min(1).max(100_000).nullable().default(null),
    needs: equipment.default([]),
    track: text(100).default(''),
    is_optional: z.boolean().default(false),
    leads: z.array(z.uuid()).max(500).default([]),
    needed: z.array(z.uuid()).max(500).default([]),
  })
  .openapi('SessionInput');

export const asSession = (body: z.output<typeof sessionBody>): SavedSession => ({
  title: body.title,
  kind: body.kind,
  text: body.text,
  topicNumber: body.topic,
  groupKey: body.group,
  minutes: body.minutes,
  size: body.size,
  needs: body.needs,
  track: body.track,
  isOptional: body.is_optional,
  leads: body.leads,
  needed: body.needed,
});

export const savedSchema = z.object({
  id: z.uuid(),
  minutes: z.int().openapi({ description: 'Rounded up to whole slots.' }),
});

export const sessionListSchema = z.object({
  items: z.array(
    z
      .object({
        id: z.uuid(),
        kind: z.enum(['work', 'plenary', 'open']),
        title: z.string(),
        text: z.string(),
        topic: z.int().nullable(),
        group: z.string().nullable(),
        minutes: z.int(),
        size: z.int().nullable(),
        needs: z.array(z.string()),
        track: z.string(),
        is_optional: z.boolean(),
        leads: z.array(z.uuid()),
        needed: z.array(z.uuid()),
      })
      .openapi('Session'),
  ),
});

export const sessionJson = (session: Session) => ({
  id: session.id,
  kind: session.kind,
  title: session.title,
  text: session.text,
  topic: session.topicNumber,
  group: session.groupKey,
  minutes: session.minutes,
  size: session.size,
  needs: [...session.needs],
  track: session.track,
  is_optional: session.isOptional,
  leads: [...session.leads],
  needed: [...session.needed],
});

export const makeBody = z
  .strictObject({
    from: z.enum(['groups', 'topics'], 'write groups or topics'),
    count: z.int().min(1).max(20),
    minutes: z.int().min(5).max(1440),
    only: z.array(z.string().max(100)).max(1000).optional().openapi({
      description: 'Keys of groups or topics; all of them when left out.',
    }),
    in_order: z.boolean().default(false),
  })
  .openapi('MakeSessions');
export const madeSchema = z.object({
  made: z.int(),
  taken: z.int().openapi({ description: 'Sessions of topics that became those of groups.' }),
});

export const ruleBody = z
  .strictObject({
    kind: z.enum(SESSION_RULE_KINDS, `write one of ${SESSION_RULE_KINDS.join(', ')}`),
    sessions: z.array(z.uuid()).min(1).max(200),
    at: z.array(z.string().max(60)).max(500).default([]).openapi({
      description: 'Of slot-wish: local times such as 2023-05-22T09:30; of room-wish: rooms’ ids.',
    }),
    wish: z.enum(['in', 'out']).nullable().default(null),
    is_hard: z.boolean().default(true),
  })
  .openapi('SessionRuleInput');

export const asRule = ({ is_hard: isHard, ...rule }: z.output<typeof ruleBody>) => ({
  ...rule,
  isHard,
});

export const ruleListSchema = z.object({
  items: z.array(
    z
      .object({
        id: z.uuid(),
        kind: z.enum(SESSION_RULE_KINDS),
        sessions: z.array(z.uuid()),
        at: z.array(z.string()),
        wish: z.enum(['in', 'out']).nullable(),
        is_hard: z.boolean(),
      })
      .openapi('SessionRule'),
  ),
});

export const ruleJson = ({ isHard, sessions, at, ...rule }: SessionRule) => ({
  ...rule,
  sessions: [...sessions],
  at: [...at],
  is_hard: isHard,
});
