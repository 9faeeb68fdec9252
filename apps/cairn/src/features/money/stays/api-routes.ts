import { problem } from '@cairn/kernel/problem';
import { fail } from '@cairn/kernel/result';
import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnv } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { comersSummit, organisedSummit } from '../../summits/api-access.ts';
import { slugParam } from '../../summits/api-schema.ts';
import { day, text, time } from '../../timetable/frame/api-schema.ts';
import { presenceOf } from '../../timetable/presence/presence-queries.ts';
import { sessionPeople } from '../../timetable/sessions/people-queries.ts';
import { askForStays } from './ask-commands.ts';
import { nightCounts } from './count-rules.ts';
import { isCountry } from './country-rules.ts';
import { answerStay } from './decide-commands.ts';
import type { SaidStay } from './said-rules.ts';
import { noteStay, sayStay } from './stay-commands.ts';
import { hostedStays, ownStay } from './stay-queries.ts';
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
import { ownWishes } from './wish-queries.ts';

const tag = 'Stays';

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
const noteBody = z.strictObject(said).openapi('StayInput');
const ownBody = z.strictObject({ ...said, ...wished }).openapi('OwnStayInput');

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
const ownSchema = z
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
const listSchema = z.object({
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

function asJson(stay: Stay, dates: SummitDates) {
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

const asSaid = (body: z.output<typeof noteBody>): SaidStay => ({
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

const personParams = slugParam.extend({
  person: z.uuid().openapi({ param: { name: 'person', in: 'path' } }),
});

/** The API's part about stays. */
export function stayApiRoutes(): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();
  addOwn(routes);
  addHosting(routes);
  return routes;
}

function addOwn(routes: OpenAPIHono<ApiEnv>): void {
  const path = '/summits/{slug}/me/stay';
  operation(
    routes,
    {
      id: 'getOwnStay',
      method: 'get',
      path,
      tag,
      summary: 'Your stay, and whom you would share a room with',
      scope: 'read:stays',
      params: slugParam,
      answer: { status: 200, description: 'As you said.', schema: ownSchema },
      refuses: [403],
    },
    async (c, { params }) => {
      const own = await comersSummit(c, params.slug);
      if (!own.ok) return own;
      const { summit, self } = own.value;
      const { db } = c.var.services;
      const stay = (await ownStay(db, self)) ?? NOTHING_SAID;
      const wishes = await ownWishes(db, self);
      const presence = (await presenceOf(db, summit.id)).get(self.personId);
      return answered({
        ...asJson({ ...stay, personId: self.personId }, summit.definition.dates),
        single_reason: stay.singleReason,
        single_answer: stay.singleAnswer,
        shares_with: stay.sharesWith,
        note: stay.note,
        arrives_at: presence?.arrivesAt ?? null,
        leaves_at: presence?.leavesAt ?? null,
        habits: [...stay.habits],
        with: [...wishes.with],
        not_with: [...wishes.notWith],
      });
    },
  );
  operation(
    routes,
    {
      id: 'sayStay',
      method: 'put',
      path,
      tag,
      summary: 'Say your stay',
      description:
        'The whole of it: what is left out becomes empty. The days become those of the timetable.',
      scope: 'write:stays',
      params: slugParam,
      body: { json: ownBody },
      answer: { status: 204, description: 'Kept.' },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const own = await comersSummit(c, params.slug);
      if (!own.ok) return own;
      const { summit, self } = own.value;
      const stay = asSaid(body);
      const kept = await command(c, async (tx, actor) => {
        const people = new Set((await sessionPeople(tx, summit.id)).map(({ id }) => id));
        if ([...body.with, ...body.not_with].some((id) => !people.has(id))) {
          return fail(problem('bad-wish', 'Somebody whom you named does not come.'));
        }
        const wishes = { habits: body.habits, with: body.with, notWith: body.not_with };
        return sayStay(tx, actor, self, stay, wishes);
      });
      return kept.ok ? answered(undefined) : kept;
    },
  );
}

const NOTHING_SAID = {
  hasSaid: false,
  fromCity: '',
  fromCountry: null,
  fromAirport: null,
  arrivesOn: null,
  leavesOn: null,
  isRemote: false,
  extraReason: '',
  extraPaidBy: null,
  extraState: 'none',
  extraAnswer: '',
  extraNights: [],
  room: 'shared',
  singleState: 'none',
  revision: 0,
  singleReason: '',
  singleAnswer: '',
  sharesWith: 'anyone',
  note: '',
  habits: [],
} as const;

function addHosting(routes: OpenAPIHono<ApiEnv>): void {
  operation(
    routes,
    {
      id: 'listStays',
      method: 'get',
      path: '/summits/{slug}/stays',
      tag,
      summary: 'The stays of all who come, and head-counts for each night',
      description: 'For organisers. Habits and wishes for room-mates are not in it.',
      scope: 'read:stays',
      params: slugParam,
      answer: { status: 200, description: 'By name.', schema: listSchema },
      refuses: [403],
    },
    async (c, { params }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const { summit, organiser } = organised.value;
      const { dates } = summit.definition;
      const stays = await hostedStays(c.var.services.db, organiser);
      return answered({
        items: stays.map((stay) => ({
          person: stay.personId,
          name: stay.name,
          ...asJson(stay, dates),
          single_reason: stay.singleReason,
          single_answer: stay.singleAnswer,
          shares_with: stay.sharesWith,
          note: stay.note,
        })),
        nights: nightCounts(stays, dates).map(({ isExtra, ...count }) => ({
          ...count,
          is_extra: isExtra,
        })),
      });
    },
  );
  operation(
    routes,
    {
      id: 'noteStay',
      method: 'put',
      path: '/summits/{slug}/stays/{person}',
      tag,
      summary: 'Note the stay of somebody who told you',
      scope: 'write:stays',
      params: personParams,
      body: { json: noteBody },
      answer: { status: 204, description: 'Kept.' },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const { organiser } = organised.value;
      const kept = await command(c, (tx, actor) =>
        noteStay(tx, actor, organiser, params.person, asSaid(body)),
      );
      return kept.ok ? answered(undefined) : kept;
    },
  );
  operation(
    routes,
    {
      id: 'answerStay',
      method: 'post',
      path: '/summits/{slug}/stays/{person}/answer',
      tag,
      summary: 'Agree to extra nights or to a room alone, or decline them',
      scope: 'write:stays',
      params: personParams,
      body: {
        json: z.strictObject({
          request: z.enum(['extra', 'single']),
          is_agreed: z.boolean(),
          answer: text(1000).default(''),
          revision: z.int().min(0),
        }),
      },
      answer: { status: 204, description: 'Answered; whoever asked is told by mail.' },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const { organiser } = organised.value;
      const { request, answer, revision } = body;
      const done = await command(c, (tx, actor) =>
        answerStay(tx, actor, organiser, {
          ...{ personId: params.person, request, answer, revision },
          isAgreed: body.is_agreed,
        }),
      );
      return done.ok ? answered(undefined) : done;
    },
  );
  operation(
    routes,
    {
      id: 'askForStays',
      method: 'post',
      path: '/summits/{slug}/stays/ask',
      tag,
      summary: 'Ask people by mail to say their stay',
      scope: 'write:stays',
      params: slugParam,
      body: { json: z.strictObject({ people: z.array(z.uuid()).min(1).max(1000) }) },
      answer: {
        status: 200,
        description: 'How many were asked.',
        schema: z.object({ asked: z.number().int() }),
      },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const { organiser } = organised.value;
      const asked = await command(c, (tx, actor) => askForStays(tx, actor, organiser, body.people));
      return asked.ok ? answered({ asked: asked.value }) : asked;
    },
  );
}
