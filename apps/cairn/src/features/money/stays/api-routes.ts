import { problem } from '@cairn/kernel/problem';
import { fail } from '@cairn/kernel/result';
import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnv } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { comersSummit, organisedSummit } from '../../summits/api-access.ts';
import { slugParam } from '../../summits/api-schema.ts';
import { text } from '../../timetable/frame/api-schema.ts';
import { presenceOf } from '../../timetable/presence/presence-queries.ts';
import { sessionPeople } from '../../timetable/sessions/people-queries.ts';
import {
  asJson,
  asSaid,
  listSchema,
  noteBody,
  ownBody,
  ownSchema,
  personParams,
} from './api-schema.ts';
import { askForStays } from './ask-commands.ts';
import { nightCounts } from './count-rules.ts';
import { answerStay } from './decide-commands.ts';
import { noteStay, sayStay } from './stay-commands.ts';
import { hostedStays, ownStay } from './stay-queries.ts';
import { ownWishes } from './wish-queries.ts';

const tag = 'Stays';

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
