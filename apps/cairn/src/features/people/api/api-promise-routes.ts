import { problem } from '@cairn/kernel/problem';
import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnv } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { asPage, pageOf, pageQuery, partOf } from '../../../platform/http/api-page.ts';
import { refused } from '../../../platform/http/api-problem.ts';
import { nothingHere } from '../../../platform/http/api-request.ts';
import { organisedSummit, ownSummit } from '../../summits/api-access.ts';
import { slugParam } from '../../summits/api-schema.ts';
import { withdrawEvidence } from '../promises/evidence-commands.ts';
import { excusePromise, withdrawExcuse } from '../promises/excuse-commands.ts';
import { filterBoard, type JudgedPromise } from '../promises/obligation-board.ts';
import {
  ownPromises,
  type PersonPromises,
  promiseBoard,
  promisesOfPerson,
} from '../promises/obligation-queries.ts';
import { STANDINGS } from '../promises/obligation-rules.ts';
import { recordFacts } from './api-evidence-commands.ts';
import {
  boardRowSchema,
  evidenceSchema,
  excuseIdSchema,
  iso,
  isoOrNull,
  itemParams,
  newExcuseSchema,
  personParams,
  personPromisesSchema,
  recordedSchema,
  withdrawnSchema,
} from './api-schema.ts';

const tag = 'Promises';

/** The API's part about promises, evidence and excuses. */
export function promiseApiRoutes(): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();

  operation(
    routes,
    {
      id: 'listPromises',
      method: 'get',
      path: '/summits/{slug}/promises',
      tag,
      summary: 'Everybody’s promises, those first who need a word now',
      scope: 'read:promises',
      params: slugParam,
      query: z.strictObject({
        ...pageQuery,
        standing: z.enum(STANDINGS).optional(),
        obligation: z.string().max(100).optional().openapi({ description: 'The key of one.' }),
      }),
      answer: { status: 200, description: 'A page of people.', schema: pageOf(boardRowSchema) },
      refuses: [403],
    },
    async (c, { params, query }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const { summit, organiser } = organised.value;
      const { db, clock } = c.var.services;
      const all = await promiseBoard(db, organiser, summit, clock.now());
      const { standing, obligation } = query;
      const fitting = filterBoard(all, { standing, promise: obligation });
      const part = partOf(query);
      const items = fitting.slice(part.offset, part.offset + part.limit).map((row) => ({
        person: row.personId,
        name: row.name,
        seat: row.seat ?? null,
        has_accepted: row.hasAccepted,
        promises: row.promises.map(asPromise),
      }));
      return answered(asPage(items, part, fitting.length));
    },
  );

  operation(
    routes,
    {
      id: 'getOwnPromises',
      method: 'get',
      path: '/summits/{slug}/promises/me',
      tag,
      summary: 'Your own promises, with the evidence for them',
      scope: 'read:me',
      params: slugParam,
      answer: { status: 200, description: 'Your promises.', schema: personPromisesSchema },
      refuses: [403],
    },
    async (c, { params }) => {
      const own = await ownSummit(c, params.slug);
      if (!own.ok) return own;
      const { db, clock } = c.var.services;
      const person = await ownPromises(db, own.value.self, own.value.summit, clock.now());
      return person === undefined ? refused(404, nothingHere()) : answered(asPerson(person));
    },
  );

  operation(
    routes,
    {
      id: 'getPromises',
      method: 'get',
      path: '/summits/{slug}/promises/{person}',
      tag,
      summary: 'One person’s promises, with the evidence for them',
      scope: 'read:promises',
      params: personParams,
      answer: { status: 200, description: 'Their promises.', schema: personPromisesSchema },
      refuses: [403],
    },
    async (c, { params }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const { summit, organiser } = organised.value;
      const { db, clock } = c.var.services;
      const person = await promisesOfPerson(db, organiser, summit, params.person, clock.now());
      return person === undefined ? refused(404, nothingHere()) : answered(asPerson(person));
    },
  );

  operation(
    routes,
    {
      id: 'recordEvidence',
      method: 'post',
      path: '/summits/{slug}/evidence',
      tag,
      summary: 'Record facts that count towards promises, one or many: all or none',
      description:
        'Telling the same fact again changes nothing. Attendance is of a planning meeting (meeting:KEY), presence of the arrival (arrival) or a day (day:DATE), once it has begun.',
      scope: 'write:promises',
      params: slugParam,
      body: { json: evidenceSchema },
      answer: { status: 200, description: 'On record.', schema: recordedSchema },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const { summit, organiser } = organised.value;
      const recorded = await command(c, (tx, actor) =>
        recordFacts(tx, actor, organiser, summit, body.facts),
      );
      if (!recorded.ok) return recorded;
      return answered({
        recorded: recorded.value,
        already_known: body.facts.length - recorded.value,
      });
    },
  );

  operation(
    routes,
    {
      id: 'withdrawEvidence',
      method: 'delete',
      path: '/summits/{slug}/evidence/{id}',
      tag,
      summary: 'Take a fact back: it stays on record as withdrawn, and counts no more',
      scope: 'write:promises',
      params: itemParams,
      answer: { status: 200, description: 'Withdrawn.', schema: withdrawnSchema },
      refuses: [403],
    },
    async (c, { params }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const { organiser } = organised.value;
      const withdrawn = await command(c, (tx, actor) =>
        withdrawEvidence(tx, actor, organiser, params.id),
      );
      return withdrawn.ok ? answered({ was_standing: withdrawn.value.wasStanding }) : withdrawn;
    },
  );

  operation(
    routes,
    {
      id: 'excusePromise',
      method: 'post',
      path: '/summits/{slug}/excuses',
      tag,
      summary: 'Excuse somebody one promise; they see the reason and who gave it',
      scope: 'write:promises',
      params: slugParam,
      body: { json: newExcuseSchema },
      answer: { status: 201, description: 'Excused.', schema: excuseIdSchema },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const { summit, organiser } = organised.value;
      const { person: personId, obligation } = body;
      const keys = summit.definition.agreement.obligations.map(({ key }) => key);
      if (!keys.includes(obligation)) {
        const sentence = `This summit asks for ${keys.join(', ')}; “${obligation}” is none of them.`;
        return refused(422, problem('unknown-obligation', sentence, { path: 'obligation' }));
      }
      const reason = body.reason.trim();
      const excused = await command(c, (tx, actor) =>
        excusePromise(tx, actor, organiser, { personId, obligation, reason }),
      );
      return excused.ok ? answered({ id: excused.value.id }) : excused;
    },
  );

  operation(
    routes,
    {
      id: 'withdrawExcuse',
      method: 'delete',
      path: '/summits/{slug}/excuses/{id}',
      tag,
      summary: 'Take an excuse back: the promise is judged by its evidence again',
      scope: 'write:promises',
      params: itemParams,
      answer: { status: 200, description: 'Withdrawn.', schema: withdrawnSchema },
      refuses: [403],
    },
    async (c, { params }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const { organiser } = organised.value;
      const withdrawn = await command(c, (tx, actor) =>
        withdrawExcuse(tx, actor, organiser, params.id),
      );
      return withdrawn.ok ? answered({ was_standing: withdrawn.value.wasStanding }) : withdrawn;
    },
  );

  return routes;
}

const asPromise = ({ key, wording, forecast }: JudgedPromise) => ({
  obligation: key,
  wording,
  standing: forecast.standing,
  done: forecast.done,
  needed: forecast.needed,
  can_miss: forecast.canMiss ?? null,
  tally: forecast.tally,
  sentence: forecast.sentence,
});

const asPerson = (person: PersonPromises): z.output<typeof personPromisesSchema> => ({
  person: person.personId,
  name: person.name,
  accepted_version: person.acceptedVersion ?? null,
  accepted_at: isoOrNull(person.acceptedAt),
  promises: person.promises.map(asPromise),
  evidence: person.facts.map(({ id, kind, subject, at, source }) => ({
    id,
    kind,
    subject,
    at: iso(at),
    source,
  })),
  excuses: person.excuses.map(({ id, obligation, occasion, reason, by, at }) => ({
    id,
    obligation,
    occasion,
    reason,
    by,
    at: iso(at),
  })),
});
