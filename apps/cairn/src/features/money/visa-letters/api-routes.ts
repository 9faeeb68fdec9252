import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnv } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { comersSummit } from '../../summits/api-access.ts';
import { slugParam } from '../../summits/api-schema.ts';
import { askLetter, sayOutcome, withdrawLetter } from './letter-commands.ts';
import { ownLetters } from './letter-queries.ts';
import { LETTER_STATES } from './letter-rules.ts';
import { askForm } from './letter-schema.ts';

const tag = 'Stays';
const path = '/summits/{slug}/me/visa-letters';
const outcome = z.enum(['granted', 'refused', 'not_needed']);

const letterSchema = z
  .object({
    id: z.uuid(),
    state: z.enum(LETTER_STATES),
    full_name: z.string(),
    born_on: z.string().nullable(),
    citizenship: z.string(),
    affiliation: z.string(),
    consulate: z.string(),
    note: z.string(),
    says_money: z.boolean(),
    answer: z.string(),
    requested_at: z.string(),
    issued_at: z.string().nullable(),
    outcome: outcome.nullable(),
  })
  .openapi('VisaLetter');

const askBody = z
  .strictObject({
    full_name: z.string().min(1).max(150),
    born_on: z.iso.date().nullable().default(null),
    citizenship: z.string().min(1).max(100),
    affiliation: z.string().max(200).default(''),
    consulate: z.string().max(300).default(''),
    note: z.string().max(1000).default(''),
    says_money: z.boolean().default(false),
  })
  .superRefine((body, context) => {
    const read = askForm.safeParse(asTyped(body));
    for (const { message, path: at } of read.error?.issues ?? []) {
      context.addIssue({ code: 'custom', message, path: [...at] });
    }
  })
  .openapi('VisaLetterInput', { description: 'The number of a passport is never asked for.' });

const asTyped = ({
  says_money,
  born_on,
  ...body
}: {
  readonly says_money: boolean;
  readonly born_on: string | null;
}) => ({
  ...body,
  born_on: born_on ?? '',
  ...(says_money ? { says_money: 'yes' } : {}),
});

const one = slugParam.extend({ id: z.uuid().openapi({ param: { name: 'id', in: 'path' } }) });

/** The API's part about letters for visas: one's own. */
export function letterApiRoutes(): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();

  operation(
    routes,
    {
      id: 'listOwnVisaLetters',
      method: 'get',
      path,
      tag,
      summary: 'Your letters for visas, and how far they are',
      scope: 'read:stays',
      params: slugParam,
      answer: {
        status: 200,
        description: 'Newest first.',
        schema: z.object({ items: z.array(letterSchema) }),
      },
      refuses: [403],
    },
    async (c, { params }) => {
      const own = await comersSummit(c, params.slug);
      if (!own.ok) return own;
      const letters = await ownLetters(c.var.services.db, own.value.self);
      return answered({
        items: letters.map((letter) => ({
          id: letter.id,
          state: letter.state,
          full_name: letter.fullName,
          born_on: letter.bornOn,
          citizenship: letter.citizenship,
          affiliation: letter.affiliation,
          consulate: letter.consulate,
          note: letter.note,
          says_money: letter.saysMoney,
          answer: letter.answer,
          requested_at: letter.requestedAt.toString(),
          issued_at: letter.issuedAt?.toString() ?? null,
          outcome: letter.outcome,
        })),
      });
    },
  );

  operation(
    routes,
    {
      id: 'askVisaLetter',
      method: 'post',
      path,
      tag,
      summary: 'Ask for a letter, or mend a request that came back',
      scope: 'write:stays',
      params: slugParam,
      body: { json: askBody },
      answer: { status: 204, description: 'Organisers have it.' },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const own = await comersSummit(c, params.slug);
      if (!own.ok) return own;
      const asked = askForm.parse(asTyped(body));
      const done = await command(c, (tx, actor) => askLetter(tx, actor, own.value.self, asked));
      return done.ok ? answered(undefined) : done;
    },
  );

  operation(
    routes,
    {
      id: 'withdrawVisaLetter',
      method: 'delete',
      path: `${path}/{id}`,
      tag,
      summary: 'Withdraw a request',
      scope: 'write:stays',
      params: one,
      answer: { status: 204, description: 'Withdrawn.' },
      refuses: [403, 409],
    },
    async (c, { params }) => {
      const own = await comersSummit(c, params.slug);
      if (!own.ok) return own;
      const done = await command(c, (tx, actor) =>
        withdrawLetter(tx, actor, own.value.self, params.id),
      );
      return done.ok ? answered(undefined) : done;
    },
  );

  operation(
    routes,
    {
      id: 'sayVisaOutcome',
      method: 'put',
      path: `${path}/{id}/outcome`,
      tag,
      summary: 'Say what the consulate decided',
      scope: 'write:stays',
      params: one,
      body: { json: z.strictObject({ outcome }).openapi('VisaOutcomeInput') },
      answer: { status: 204, description: 'Kept.' },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const own = await comersSummit(c, params.slug);
      if (!own.ok) return own;
      const done = await command(c, (tx, actor) =>
        sayOutcome(tx, actor, own.value.self, { id: params.id, outcome: body.outcome }),
      );
      return done.ok ? answered(undefined) : done;
    },
  );

  return routes;
}
