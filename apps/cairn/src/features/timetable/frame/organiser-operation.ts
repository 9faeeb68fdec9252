import type { Problem } from '@cairn/kernel/problem';
import type { Result } from '@cairn/kernel/result';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Actor } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { ApiEnv } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { type Operation, operation } from '../../../platform/http/api-operation.ts';
import type { Organiser } from '../../people/rights.ts';
import { organisedSummit } from '../../summits/api-access.ts';

export const tag = 'Timetable';

/** A change that only organisers make: what is particular to it. */
type Change<P, B, A> = Pick<Operation<P, undefined, B, A>, 'id' | 'path' | 'summary' | 'answer'> &
  Partial<Pick<Operation<P, undefined, B, A>, 'description' | 'params' | 'body'>> & {
    readonly method: 'post' | 'put' | 'delete';
  };

/** Adds an operation that organisers change the making of a timetable with: one command, one answer. */
export function organiserChange<P extends { readonly slug: string }, B = undefined, A = undefined>(
  routes: OpenAPIHono<ApiEnv>,
  change: Change<P, B, A>,
  run: (
    tx: Tx,
    actor: Actor,
    organiser: Organiser,
    asked: { readonly params: P; readonly body: B },
  ) => Promise<Result<A, Problem>>,
): void {
  operation<P, undefined, B, A>(
    routes,
    { ...change, tag, scope: 'write:timetable', refuses: [403, 409] },
    async (c, { params, body }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const { organiser } = organised.value;
      const done = await command(c, (tx, actor) => run(tx, actor, organiser, { params, body }));
      return done.ok ? { ok: true, value: { body: done.value } } : done;
    },
  );
}

/** What a change answers that says nothing but that it is done. */
export const DONE = { status: 204, description: 'Done.' } as const;
