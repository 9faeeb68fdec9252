import { problem } from '@cairn/kernel/problem';
import { ok, type Result } from '@cairn/kernel/result';
import { OpenAPIHono } from '@hono/zod-openapi';
import type { ApiContext, ApiEnv } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { type Refusal, refused } from '../../../platform/http/api-problem.ts';
import { selfIn } from '../../people/rights.ts';
import { organisedSummit, ownSummit, seenSummit } from '../../summits/api-access.ts';
import { slugParam } from '../../summits/api-schema.ts';
import type { Summit } from '../../summits/queries.ts';
import { saveAnswers } from './answer-commands.ts';
import { countsForGuests, ownPart } from './answer-queries.ts';
import type { WeekCounts } from './answer-rules.ts';
import {
  chooseSchema,
  chosenSchema,
  rankingQuery,
  rankingSchema,
  weekAnswersSchema,
  weekPollSchema,
  weekReplySchema,
} from './api-schema.ts';
import { chooseWeek } from './choice-commands.ts';
import { replyToChoice } from './concern-commands.ts';
import { ownConcern } from './concern-queries.ts';
import { guestsOf } from './guest-queries.ts';
import { pollOf, weeksOfPoll } from './poll-queries.ts';
import { expectDay, type Poll, rankedOn, takesAnswers, todayAt } from './poll-rules.ts';
import { ranking } from './ranking-rules.ts';
import { offered, type Week } from './week-rules.ts';

const tag = 'Week poll';

/** The poll of a summit with its weeks as of today. */
async function pollIn(
  c: ApiContext,
  summit: Summit,
): Promise<Result<{ poll: Poll; weeks: Week[] }, Refusal>> {
  const { db, clock } = c.var.services;
  const poll = await pollOf(db, summit.id);
  if (poll === undefined) return refused(404, problem('no-poll', 'This summit has no week poll.'));
  const today = todayAt(summit.definition, clock.now());
  return ok({ poll, weeks: await weeksOfPoll(db, poll, today) });
}

const countsOf = (counts: WeekCounts | undefined) =>
  counts === undefined
    ? null
    : {
        yes: counts.yes,
        if_need_be: counts.ifNeedBe,
        no: counts.no,
        unanswered: counts.unanswered,
      };

/** Somebody’s own part in a poll, as JSON; null for somebody who is not asked. */
async function youIn(c: ApiContext, summit: Summit, poll: Poll) {
  const who = c.var.caller?.who;
  if (who?.personId === undefined) return null;
  const { db } = c.var.services;
  const self = selfIn(summit.id, who);
  const part = await ownPart(db, self);
  if (part === undefined) return null;
  const concern =
    poll.chosenStart === undefined ? undefined : await ownConcern(db, self, poll.chosenStart);
  return {
    answers: [...part.weeks].map(([start, { answer, note }]) => ({
      start,
      answer: answer ?? null,
      note,
    })),
    remark: part.remark,
    answered_at: part.answeredAt?.toString() ?? null,
    concern:
      concern === undefined
        ? null
        : { why: concern.why, reply: concern.reply ?? null, note: concern.note },
  };
}

/** The API's part about the week poll. */
export function weekApiRoutes(): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();

  operation(
    routes,
    {
      id: 'getWeekPoll',
      method: 'get',
      path: '/summits/{slug}/weeks',
      tag,
      summary: 'The candidate weeks, why some are not offered, and your own answers',
      scope: 'read:me',
      params: slugParam,
      answer: { status: 200, description: 'The poll.', schema: weekPollSchema },
      refuses: [403, 404],
    },
    async (c, { params }) => {
      const seen = await seenSummit(c, params.slug);
      if (!seen.ok) return seen;
      const { summit, organiser, takesPart } = seen.value;
      const found = await pollIn(c, summit);
      if (!found.ok) return found;
      const { poll, weeks } = found.value;
      const you = await youIn(c, summit, poll);
      if (organiser === undefined && !takesPart && you === null) {
        return refused(403, problem('no-part', 'You have no part in this summit.'));
      }
      const { db, clock } = c.var.services;
      const counts = await countsForGuests(db, poll, offered(weeks));
      return answered({
        state: poll.state,
        takes_answers: takesAnswers(poll, todayAt(summit.definition, clock.now())),
        from: poll.from.toString(),
        until: poll.until.toString(),
        days: poll.days,
        closes_on: poll.closesOn?.toString() ?? null,
        chosen: poll.chosenStart?.toString() ?? null,
        weeks: weeks.map((week) => ({
          start: week.id,
          end: week.end.toString(),
          arrival: week.arrival.toString(),
          departure: week.departure.toString(),
          offered: week.isOffered,
          excluded: [...week.excluded],
          mentioned: [...week.mentioned],
          note: week.note,
          counts: countsOf(counts?.get(week.id)),
        })),
        you,
      });
    },
  );

  operation(
    routes,
    {
      id: 'answerWeeks',
      method: 'put',
      path: '/summits/{slug}/weeks/me',
      tag,
      summary: 'Answer candidate weeks; weeks that are not in the list stay as they are',
      scope: 'answer',
      params: slugParam,
      body: { json: weekAnswersSchema },
      answer: { status: 204, description: 'Saved.' },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const own = await ownSummit(c, params.slug);
      if (!own.ok) return own;
      const { self } = own.value;
      const before = await ownPart(c.var.services.db, self);
      const saved = await command(c, (tx, actor) =>
        saveAnswers(tx, actor, self, {
          weeks: new Map(
            body.answers.map(({ start, answer, note }) => [
              start,
              { answer: answer ?? undefined, note },
            ]),
          ),
          remark: body.remark ?? before?.remark ?? '',
        }),
      );
      return saved.ok ? answered(undefined) : saved;
    },
  );

  operation(
    routes,
    {
      id: 'replyToWeek',
      method: 'post',
      path: '/summits/{slug}/weeks/me/reply',
      tag,
      summary: 'Say what you want to do if the chosen week does not suit you',
      description: '`decline` gives your seat back; it goes to the next who waits.',
      scope: 'answer',
      params: slugParam,
      body: { json: weekReplySchema },
      answer: { status: 204, description: 'Noted.' },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const own = await ownSummit(c, params.slug);
      if (!own.ok) return own;
      const replied = await command(c, (tx, actor) =>
        replyToChoice(tx, actor, own.value.self, body),
      );
      return replied.ok ? answered(undefined) : replied;
    },
  );

  operation(
    routes,
    {
      id: 'rankWeeks',
      method: 'get',
      path: '/summits/{slug}/weeks/ranking',
      tag,
      summary: 'How the weeks rank, why, and what everybody answered; organisers only',
      description: 'Leave people out or narrow the days to see the ranking move; nothing changes.',
      scope: 'read:people',
      params: slugParam,
      query: rankingQuery,
      answer: { status: 200, description: 'The ranking.', schema: rankingSchema },
      refuses: [403, 404],
    },
    async (c, { params, query }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const { summit, organiser } = organised.value;
      const found = await pollIn(c, summit);
      if (!found.ok) return found;
      const { db, clock } = c.var.services;
      const guests = await guestsOf(db, organiser);
      const told = ranking(
        found.value.poll,
        summit.definition,
        offered(found.value.weeks),
        guests,
        rankedOn(found.value.poll, summit.definition, clock.now()),
        {
          without: new Set(query.without?.split(',')),
          from: query.from === undefined ? undefined : expectDay(query.from),
          until: query.until === undefined ? undefined : expectDay(query.until),
        },
      );
      return answered({
        weeks: told.map(({ week, ranked, sentences }) => ({
          start: week.id,
          rank: ranked.rank,
          is_tied: ranked.isTied,
          counts: {
            yes: ranked.counts.yes,
            if_need_be: ranked.counts.ifNeedBe,
            no: ranked.counts.no,
            unanswered: ranked.counts.unanswered,
          },
          seats_filled: ranked.counts.seatsFilled,
          needed_missing: [...ranked.neededMissing],
          needed_unanswered: [...ranked.neededUnknown],
          communities_left_out: [...ranked.communitiesLeftOut],
          communities_short: [...ranked.communitiesUnder],
          could_lead: ranked.couldLead,
          sentences: [...sentences],
        })),
        people: guests.map(({ personId, name, isNeeded, weight, answers }) => ({
          id: personId,
          name,
          is_needed: isNeeded,
          weight,
          answers: { ...answers },
        })),
      });
    },
  );

  operation(
    routes,
    {
      id: 'chooseWeek',
      method: 'post',
      path: '/summits/{slug}/weeks/choose',
      tag,
      summary: 'Choose a week: the definition gets its days, and those it does not suit are asked',
      scope: 'write:summit',
      params: slugParam,
      body: { json: chooseSchema },
      answer: { status: 200, description: 'Chosen.', schema: chosenSchema },
      refuses: [403, 409, 422],
    },
    async (c, { params, body }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const chosen = await command(c, (tx, actor) =>
        chooseWeek(tx, actor, organised.value.organiser, {
          start: expectDay(body.start),
          closing: body.closing,
          url: c.var.services.url,
        }),
      );
      return chosen.ok ? answered(chosen.value) : chosen;
    },
  );

  return routes;
}
