import { problem } from '@cairn/kernel/problem';
import { expectZone } from '@cairn/kernel/time';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { ApiEnv } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { refused } from '../../../platform/http/api-problem.ts';
import { ownSummit } from '../../summits/api-access.ts';
import { slugParam } from '../../summits/api-schema.ts';
import { ownCallsSchema, tag, tracksSchema } from './api-schema.ts';
import { ownTimes } from './own-times-queries.ts';
import { sayTracks } from './times-commands.ts';
import { ownTracks } from './times-queries.ts';
import { readTracks } from './track-rules.ts';

export function ownOperations(routes: OpenAPIHono<ApiEnv>): void {
  operation(
    routes,
    {
      id: 'getOwnTracks',
      method: 'get',
      path: '/summits/{slug}/me/tracks',
      tag,
      summary: 'What you want of the tracks of the planning meetings',
      scope: 'read:me',
      params: slugParam,
      answer: { status: 200, description: 'Your tracks.', schema: tracksSchema },
      refuses: [403],
    },
    async (c, { params }) => {
      const own = await ownSummit(c, params.slug);
      if (!own.ok) return own;
      return answered({ items: await ownTracks(c.var.services.db, own.value.self) });
    },
  );

  operation(
    routes,
    {
      id: 'sayTracks',
      method: 'put',
      path: '/summits/{slug}/me/tracks',
      tag,
      summary: 'Say what you want of the tracks; what you leave out is not for you',
      scope: 'write:me',
      params: slugParam,
      body: { json: tracksSchema },
      answer: { status: 204, description: 'Kept.' },
      refuses: [403],
    },
    async (c, { params, body }) => {
      const own = await ownSummit(c, params.slug);
      if (!own.ok) return own;
      const { summit, self } = own.value;
      const known = new Set(summit.definition.planning_meetings.tracks.map(({ key }) => key));
      const unknown = body.items.find(({ track }) => !known.has(track));
      if (unknown !== undefined) {
        const sentence = `There is no track “${unknown.track}”; the definition lists them.`;
        return refused(422, problem('unknown-track', sentence, { path: 'items' }));
      }
      const typed = Object.fromEntries(
        body.items.flatMap(({ track, level, why }) => [
          [`level_${track}`, level],
          [`why_${track}`, why],
        ]),
      );
      const said = readTracks(typed, summit.definition);
      if (!said.ok) return refused(422, said.error);
      const kept = await command(c, (tx, actor) => sayTracks(tx, actor, self, said.value));
      return kept.ok ? answered(undefined) : kept;
    },
  );

  operation(
    routes,
    {
      id: 'getOwnTimes',
      method: 'get',
      path: '/summits/{slug}/me/times',
      tag,
      summary: 'Which of the calls to come you can make, and what would help',
      scope: 'read:me',
      params: slugParam,
      answer: { status: 200, description: 'Your calls.', schema: ownCallsSchema },
      refuses: [403],
    },
    async (c, { params }) => {
      const own = await ownSummit(c, params.slug);
      if (!own.ok) return own;
      const { summit, self } = own.value;
      const { db, clock } = c.var.services;
      const zone = expectZone(summit.definition.zone);
      const times = await ownTimes(db, self, summit, { now: clock.now(), zone });
      return answered({
        has_said: times.hasSaid,
        calls: times.calls.map(({ meeting, can, pain }) => ({
          meeting: meeting.key,
          title: meeting.title,
          begins: meeting.begins?.toString() ?? '',
          can: (['no', 'if_need_be', 'yes'] as const)[can],
          is_unsociable: pain > 0,
        })),
        sentences: [...times.sentences],
      });
    },
  );
}
