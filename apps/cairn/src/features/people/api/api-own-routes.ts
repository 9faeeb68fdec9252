import { OpenAPIHono } from '@hono/zod-openapi';
import type { ApiEnv } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { refused } from '../../../platform/http/api-problem.ts';
import { nothingHere } from '../../../platform/http/api-request.ts';
import { SCOPE_NAMES } from '../../../platform/http/api-scope.ts';
import { formProblems } from '../../../platform/http/form.ts';
import { somebody } from '../../summits/api-access.ts';
import { changeDetails } from '../accounts/account-commands.ts';
import { ownDetails } from '../accounts/account-queries.ts';
import { detailsSchema } from '../accounts/account-schema.ts';
import { oneself, ownData } from '../own-data/own-data-queries.ts';
import { detailsBodySchema, meSchema, ownDataSchema } from './api-schema.ts';

const tag = 'Yourself';

/** The API's part about whoever asks. */
export function ownApiRoutes(): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();

  operation(
    routes,
    {
      id: 'getMe',
      method: 'get',
      path: '/me',
      tag,
      summary: 'Whose token this is, and what it allows',
      scope: 'read:me',
      answer: { status: 200, description: 'You.', schema: meSchema },
    },
    async (c) => {
      const { caller } = c.var;
      if (caller === undefined) return refused(404, nothingHere());
      const { who, scopes } = caller;
      return answered({
        id: who.personId ?? null,
        name: who.personId === undefined ? 'the operator of this machine' : who.name,
        is_administrator: who.isAdministrator,
        scopes: scopes === 'all' ? [...SCOPE_NAMES] : [...scopes],
      });
    },
  );

  operation(
    routes,
    {
      id: 'changeMe',
      method: 'patch',
      path: '/me',
      tag,
      summary: 'Change your name or your time zone',
      scope: 'write:me',
      body: { json: detailsBodySchema },
      answer: { status: 204, description: 'Changed.' },
      refuses: [403],
    },
    async (c, { body }) => {
      const own = somebody(c);
      if (!own.ok) return own;
      const before = await ownDetails(c.var.services.db, oneself(own.value));
      const { name = before.name, time_zone: zone = before.zone } = body;
      const read = detailsSchema.safeParse({ name, zone: zone ?? '' });
      if (!read.success) {
        return refused(
          422,
          formProblems(read.error).map((each) => ({
            ...each,
            place: { path: each.place.path === 'zone' ? 'time_zone' : (each.place.path ?? '') },
          })),
        );
      }
      const changed = await command(c, (tx, actor) =>
        changeDetails(tx, actor, own.value, read.data),
      );
      return changed.ok ? answered(undefined) : changed;
    },
  );

  operation(
    routes,
    {
      id: 'getOwnData',
      method: 'get',
      path: '/me/data',
      tag,
      summary: 'Everything that Cairn holds about you, in all summits',
      scope: 'read:me',
      answer: { status: 200, description: 'Your data.', schema: ownDataSchema },
      refuses: [403],
    },
    async (c) => {
      const own = somebody(c);
      if (!own.ok) return own;
      const { db, clock } = c.var.services;
      // One moment for all of it: no row is missed because another changed meanwhile.
      const data = await db
        .transaction()
        .setIsolationLevel('repeatable read')
        .execute((tx) => ownData(tx, oneself(own.value)));
      return answered(
        { exported_at: clock.now().toString(), ...data },
        { 'cache-control': 'no-store' },
      );
    },
  );

  return routes;
}
