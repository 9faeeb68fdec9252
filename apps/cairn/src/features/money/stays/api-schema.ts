import { z } from '@hono/zod-openapi';
import { slugParam } from '../../summits/api-schema.ts';
import { day, text, time } from '../../timetable/frame/api-schema.ts';
import { isCountry } from './country-rules.ts';
import type { SaidStay } from './said-rules.ts';
import {
  extraNightsOf,
  GROUPS,
  HABITS,
  nightsOf,
  PAYERS,
  ROOMS,
  type Stay,
  type SummitDates,
} from './stay-rules.ts';
import { MOST_NAMED } from './stay-schema.ts';

const said = {
  from_city: text(100).default(''),
  from_country: z.string().refine(isCountry, 'write a code of ISO 3166').nullable().default(null),
  from_airport: z
    .string()
    .regex(/^[A-Z]{3}$/, 'write three letters')
    .nullable()
    .default(null),
  arrives_on: day.nullable().default(null),
  arrives_at: time.nullable().default(null),
  leaves_on: day.nullable().default(null),
  leaves_at: time.nullable().default(null),
  is_remote: z.boolean().default(false),
  extra_paid_by: z.enum(PAYERS).nullable().default(null),
  extra_reason: text(500).default(''),
  room: z.enum(ROOMS).default('shared'),
  single_reason: text(500).default(''),
  shares_with: z.enum(GROUPS).default('anyone'),
  note: text(500).default(''),
  revision: z.int().min(0).openapi({ description: 'As read; 0 where nothing was said yet.' }),
};
const wished = {
  habits: z.array(z.enum(HABITS)).max(HABITS.length).default([]),
  with: z.array(z.uuid()).max(MOST_NAMED).default([]),
  not_with: z.array(z.uuid()).max(MOST_NAMED).default([]),
};

/** A stay as an organiser notes it. */
export const noteBody = z.strictObject(said).openapi('StayInput');

/** One’s own stay, with one’s wishes. */
export const ownBody = z.strictObject({ ...said, ...wished }).openapi('OwnStayInput');

const ASKED = ['none', 'asked', 'agreed', 'declined'] as const;
const shown = {
  has_said: z.boolean(),
  from_city: z.string(),
  from_country: z.string().nullable(),
  from_airport: z.string().nullable(),
  arrives_on: z.string().nullable(),
  leaves_on: z.string().nullable(),
  is_remote: z.boolean(),
  nights: z.array(z.string()).openapi({ description: 'Each by the day on which it begins.' }),
  extra_nights: z.array(z.string()),
  extra_paid_by: z.enum(PAYERS).nullable(),
  extra_reason: z.string(),
  extra_state: z.enum(['none', 'unsaid', 'own', 'asked', 'agreed', 'declined']),
  extra_answer: z.string(),
  room: z.enum(ROOMS),
  single_state: z.enum(ASKED),
  revision: z.number().int(),
};
const hosted = {
  single_reason: z.string(),
  single_answer: z.string(),
  shares_with: z.enum(GROUPS),
  note: z.string(),
};

/** One’s own stay. */
export const ownSchema = z
  .object({
    ...shown,
    ...hosted,
    arrives_at: z.string().nullable(),
    leaves_at: z.string().nullable(),
    habits: z.array(z.enum(HABITS)),
    with: z.array(z.string()),
    not_with: z.array(z.string()),
  })
  .openapi('OwnStay', { description: 'Habits and wishes are read by their owner only.' });

/** Stays as organisers read them: without any wish. */
export const listSchema = z.object({
  items: z.array(z.object({ person: z.uuid(), name: z.string(), ...shown, ...hosted })),
  nights: z.array(
    z.object({
      night: z.string(),
      lodged: z.number().int(),
      single: z.number().int(),
      elsewhere: z.number().int(),
      unsaid: z.number().int(),
      is_extra: z.boolean(),
    }),
  ),
});

/** A stay, with its nights. */
export function asJson(stay: Stay, dates: SummitDates) {
  const extra = extraNightsOf(stay, dates);
  return {
    has_said: stay.hasSaid,
    from_city: stay.fromCity,
    from_country: stay.fromCountry,
    from_airport: stay.fromAirport,
    arrives_on: stay.arrivesOn,
    leaves_on: stay.leavesOn,
    is_remote: stay.isRemote,
    nights: [...nightsOf(stay)],
    extra_nights: [...extra.nights],
    extra_paid_by: stay.extraPaidBy,
    extra_reason: stay.extraReason,
    extra_state: extra.state,
    extra_answer: stay.extraAnswer,
    room: stay.room,
    single_state: stay.singleState,
    revision: stay.revision,
  };
}

/** A stay as its form would say it. */
export const asSaid = (body: z.output<typeof noteBody>): SaidStay => ({
  fromCity: body.from_city,
  fromCountry: body.from_country,
  fromAirport: body.from_airport,
  arrivesOn: body.arrives_on,
  arrivesAt: body.arrives_at,
  leavesOn: body.leaves_on,
  leavesAt: body.leaves_at,
  isRemote: body.is_remote,
  extraPaidBy: body.extra_paid_by,
  extraReason: body.extra_reason,
  room: body.room,
  singleReason: body.single_reason,
  sharesWith: body.shares_with,
  note: body.note,
  revision: body.revision,
});

/** A summit and somebody who comes. */
export const personParams = slugParam.extend({
  person: z.uuid().openapi({ param: { name: 'person', in: 'path' } }),
});
