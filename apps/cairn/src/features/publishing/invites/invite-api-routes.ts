import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnv } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { refused } from '../../../platform/http/api-problem.ts';
import { organiserOf } from '../../people/rights.ts';
import { organisedSummit, ownSummit } from '../../summits/api-access.ts';
import { slugParam } from '../../summits/api-schema.ts';
import { answerOwnInvite } from './answer-commands.ts';
import { ANSWERS } from './answer-rules.ts';
import { repliesTo } from './invite-queries.ts';
import { ownInvites } from './own-invite-queries.ts';
import { takeReply, unknownUid } from './reply-commands.ts';
import { summitOfUid } from './reply-queries.ts';
import { readReplies } from './reply-reading.ts';
import { isBadNews, outcomeSentence } from './reply-rules.ts';

const moment = z.string().openapi({ format: 'date-time' });
const answerName = z.enum(ANSWERS, `write one of ${ANSWERS.join(', ')}`);
const answerOrNone = z.enum([...ANSWERS, 'NEEDS-ACTION']);

const entryParams = slugParam.extend({
  entry: z
    .string()
    .regex(/^[a-z][a-z0-9_.]*$/)
    .openapi({
      param: { name: 'entry', in: 'path' },
      description: 'The entry’s key: summit, meeting.february.',
    }),
});

const inviteSchema = z
  .object({
    entry: z.string(),
    title: z.string(),
    uid: z.string(),
    sequence: z.number().int(),
    answer: answerOrNone,
    answered_at: moment.nullable(),
    told_at: moment.nullable(),
    is_open: z.boolean(),
  })
  .openapi('CalendarInvitation');

const repliesSchema = z
  .object({
    counts: z.object({
      ACCEPTED: z.number().int(),
      TENTATIVE: z.number().int(),
      DECLINED: z.number().int(),
      'NEEDS-ACTION': z.number().int(),
    }),
    items: z.array(
      z.object({
        person: z.uuid(),
        name: z.string(),
        answer: answerOrNone,
        by: z.enum(['link', 'mail', 'page', 'organiser']).nullable(),
        answered_at: moment.nullable(),
      }),
    ),
  })
  .openapi('CalendarAnswers');

const takenSchema = z
  .object({
    items: z.array(
      z.object({
        summit: z.string(),
        entry: z.string(),
        attendee: z.string(),
        answer: answerName,
        outcome: z.enum(['counted', 'same', 'older', 'kept', 'closed']),
        sentence: z.string(),
      }),
    ),
    is_bad_news: z.boolean().openapi({ description: 'Something was not counted.' }),
  })
  .openapi('TakenReplies');

/** The API's part about calendar invitations. */
export function inviteApiRoutes(): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();
  ownOperations(routes);
  organiserOperations(routes);
  return routes;
}

function ownOperations(routes: OpenAPIHono<ApiEnv>): void {
  const tag = 'Your part';

  operation(
    routes,
    {
      id: 'listCalendarInvitations',
      method: 'get',
      path: '/summits/{slug}/me/calendar',
      tag,
      summary: 'What of the summit’s calendar you are invited to, and what you answered',
      scope: 'read:me',
      params: slugParam,
      answer: {
        status: 200,
        description: 'The entries that have a time, in the calendar’s order.',
        schema: z.object({ items: z.array(inviteSchema) }),
      },
      refuses: [403],
    },
    async (c, { params }) => {
      const own = await ownSummit(c, params.slug);
      if (!own.ok) return own;
      const { services } = c.var;
      const { self, summit } = own.value;
      const invites = await ownInvites(services.db, self, summit, services, services.clock.now());
      return answered({
        items: invites.map(({ entry, answer, answeredAt, told, isOpen }) => ({
          entry: entry.key,
          title: entry.content.summary,
          uid: entry.uid,
          sequence: told?.sequence ?? entry.sequence,
          answer,
          answered_at: answeredAt?.toString() ?? null,
          told_at: told?.at.toString() ?? null,
          is_open: isOpen,
        })),
      });
    },
  );

  operation(
    routes,
    {
      id: 'answerCalendarInvitation',
      method: 'put',
      path: '/summits/{slug}/me/calendar/{entry}',
      tag,
      summary: 'Say whether you come to a call, or have the week in your calendar',
      description:
        'A sign for the organisers: it counts neither as attendance nor as giving a seat back.',
      scope: 'answer',
      params: entryParams,
      body: { json: z.strictObject({ answer: answerName }).openapi('CalendarAnswer') },
      answer: { status: 204, description: 'Noted.' },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const own = await ownSummit(c, params.slug);
      if (!own.ok) return own;
      const given = { key: params.entry, answer: body.answer, seen: undefined };
      const noted = await command(c, (tx, actor) =>
        answerOwnInvite(tx, actor, own.value.self, given, c.var.services),
      );
      return noted.ok ? answered(undefined) : noted;
    },
  );
}

function organiserOperations(routes: OpenAPIHono<ApiEnv>): void {
  const tag = 'Calendar';

  operation(
    routes,
    {
      id: 'listCalendarAnswers',
      method: 'get',
      path: '/summits/{slug}/calendar/{entry}/answers',
      tag,
      summary: 'Who answers what to an entry of the calendar',
      scope: 'read:people',
      params: entryParams,
      answer: {
        status: 200,
        description: 'Everybody who is invited, by name; the counts are of the entry’s time now.',
        schema: repliesSchema,
      },
      refuses: [403],
    },
    async (c, { params }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const { services } = c.var;
      const { organiser } = organised.value;
      const { counts, replies } = await repliesTo(services.db, organiser, params.entry, services);
      return answered({
        counts,
        items: replies
          .filter(({ isInvited }) => isInvited)
          .map(({ personId, name, answer, by, answeredAt }) => ({
            person: personId,
            name,
            answer,
            by: by ?? null,
            answered_at: answeredAt?.toString() ?? null,
          })),
      });
    },
  );

  operation(
    routes,
    {
      id: 'takeCalendarReplies',
      method: 'post',
      path: '/calendar/replies',
      tag,
      summary: 'Hand in a mail by which a calendar program answers an invitation',
      description:
        'A whole mail, or the METHOD:REPLY in it. The summit is found by the UID; what fits nobody who was invited is kept for its organisers.',
      scope: 'write:people',
      body: {
        text: ['message/rfc822', 'text/calendar'],
        read: ({ text }) => text,
      },
      answer: { status: 200, description: 'What became of each answer.', schema: takenSchema },
      refuses: [404, 409],
    },
    async (c, { body }) => {
      const read = await readReplies(body);
      if (!read.ok) return refused(422, read.error);
      const { services, caller } = c.var;
      const items: z.output<typeof takenSchema>['items'] = [];
      let isAnyBad = false;
      for (const reply of read.value) {
        const found = await summitOfUid(services.db, reply.uid);
        const organiser = found && (await organiserOf(services.db, found.summitId, caller?.who));
        if (found === undefined || organiser === undefined) {
          return refused(404, unknownUid(reply.uid));
        }
        const taken = await command(c, (tx, actor) =>
          takeReply(tx, actor, organiser, reply, services),
        );
        if (!taken.ok) return taken;
        const { key, title, outcome } = taken.value;
        isAnyBad ||= isBadNews(outcome);
        items.push({
          summit: found.slug,
          entry: key,
          attendee: reply.attendee,
          answer: reply.answer,
          outcome: outcome.kind,
          sentence: outcomeSentence({ ...reply, title }, outcome),
        });
      }
      return answered({ items, is_bad_news: isAnyBad });
    },
  );
}
