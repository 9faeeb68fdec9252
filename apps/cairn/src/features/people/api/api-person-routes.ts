import { ok, type Result } from '@cairn/kernel/result';
import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiContext, ApiEnv } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { asPage, pageOf, pageQuery, partOf } from '../../../platform/http/api-page.ts';
import { type Refusal, refused } from '../../../platform/http/api-problem.ts';
import { nothingHere } from '../../../platform/http/api-request.ts';
import { formProblems } from '../../../platform/http/form.ts';
import { organisedSummit } from '../../summits/api-access.ts';
import { slugParam } from '../../summits/api-schema.ts';
import type { Summit } from '../../summits/queries.ts';
import { INVITATION_STATES } from '../invitations/invitation-rules.ts';
import { takeImport } from '../persons/import-commands.ts';
import { type ReadImport, readImport } from '../persons/import-reading.ts';
import { fatesOf } from '../persons/import-rules.ts';
import { addPerson, changePerson } from '../persons/person-commands.ts';
import { peopleFilterSchema } from '../persons/person-filter.ts';
import {
  countPeople,
  type PersonDetail,
  type PersonRow,
  peopleBehind,
  peopleOf,
  personOf,
} from '../persons/person-queries.ts';
import { identitiesOf, type PersonEntry, personForm } from '../persons/person-schema.ts';
import type { Organiser } from '../rights.ts';
import {
  addedPersonSchema,
  importSchema,
  isoOrNull,
  type PersonAnswer,
  personEntrySchema,
  personParams,
  personSchema,
} from './api-schema.ts';

const tag = 'People';

/** The API's part about the people of a summit. */
export function personApiRoutes(): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();

  operation(
    routes,
    {
      id: 'listPeople',
      method: 'get',
      path: '/summits/{slug}/people',
      tag,
      summary: 'The people of a summit by name: invited, drafted, or with a role',
      scope: 'read:people',
      params: slugParam,
      query: z.strictObject({
        ...pageQuery,
        q: z.string().max(200).optional().openapi({ description: 'In a name, address or remark.' }),
        community: z.string().max(100).optional(),
        state: z
          .enum(['none', ...INVITATION_STATES])
          .optional()
          .openapi({ description: 'Of their invitation; none: they have none.' }),
      }),
      answer: { status: 200, description: 'A page of people.', schema: pageOf(personSchema) },
      refuses: [403],
    },
    async (c, { params, query }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const { organiser } = organised.value;
      const { db } = c.var.services;
      const { q, community, state } = query;
      const filter = peopleFilterSchema.parse({ q, community, state });
      const part = partOf(query);
      const people = await peopleOf(db, organiser, filter, part);
      const total = Number(await countPeople(db, organiser, filter));
      return answered(asPage(people.map(asAnswer), part, total));
    },
  );

  operation(
    routes,
    {
      id: 'addPerson',
      method: 'post',
      path: '/summits/{slug}/people',
      tag,
      summary: 'Add somebody and draft their invitation',
      description: 'Somebody who is known already is found by their address or handle.',
      scope: 'write:people',
      params: slugParam,
      body: { json: personEntrySchema },
      answer: { status: 201, description: 'Added, or found.', schema: addedPersonSchema },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const { summit, organiser } = organised.value;
      const entry = entryOf(summit, body);
      if (!entry.ok) return entry;
      const added = await command(c, (tx, actor) => addPerson(tx, actor, organiser, entry.value));
      if (!added.ok) return added;
      const { personId, isNew, notAdded } = added.value;
      return answered({ id: personId, is_new: isNew, not_added: [...notAdded] });
    },
  );

  operation(
    routes,
    {
      id: 'importPeople',
      method: 'post',
      path: '/summits/{slug}/people/import',
      tag,
      summary: 'Add people from a table (CSV), or see what that would do',
      description:
        'Columns: name, email, github, communities, seat_kind, note. Rows that cannot be taken are kept until somebody corrects them. The same table twice adds nobody.',
      scope: 'write:people',
      params: slugParam,
      query: z.strictObject({
        dry_run: z.enum(['true', 'false'], 'write true or false').optional(),
      }),
      body: { text: ['text/csv'], read: ({ text }) => text },
      answer: { status: 200, description: 'What became of it.', schema: importSchema },
      refuses: [403],
    },
    async (c, { params, query, body }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const { summit, organiser } = organised.value;
      const read = readImport(body, summit.definition.communities);
      if (!read.ok) return refused(422, read.error);
      const unknown = [...read.value.unknownColumns];
      if (query.dry_run === 'true') {
        return answered({ ...(await foresee(c, organiser, read.value)), unknown_columns: unknown });
      }
      const taken = await command(c, (tx, actor) => takeImport(tx, actor, organiser, read.value));
      if (!taken.ok) return taken;
      const { added, known, kept } = taken.value;
      return answered({
        dry_run: false,
        new: added,
        known,
        kept,
        rows: [],
        unknown_columns: unknown,
      });
    },
  );

  operation(
    routes,
    {
      id: 'getPerson',
      method: 'get',
      path: '/summits/{slug}/people/{person}',
      tag,
      summary: 'One person of a summit',
      scope: 'read:people',
      params: personParams,
      answer: { status: 200, description: 'The person.', schema: personSchema },
      refuses: [403],
    },
    async (c, { params }) => {
      const found = await knownPerson(c, params);
      return found.ok ? answered(asAnswer(found.value.person)) : found;
    },
  );

  operation(
    routes,
    {
      id: 'changePerson',
      method: 'put',
      path: '/summits/{slug}/people/{person}',
      tag,
      summary: 'Change what the organisers say of somebody, all of it at once',
      description:
        'Name, address and handle of somebody who has signed in, or is known elsewhere, are theirs: they stay.',
      scope: 'write:people',
      params: personParams,
      body: { json: personEntrySchema },
      answer: { status: 200, description: 'The person as they are now.', schema: personSchema },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const found = await knownPerson(c, params);
      if (!found.ok) return found;
      const { summit, organiser } = found.value;
      const entry = entryOf(summit, body);
      if (!entry.ok) return entry;
      const changed = await command(c, (tx, actor) =>
        changePerson(tx, actor, organiser, params.person, entry.value),
      );
      if (!changed.ok) return changed;
      const now = await knownPerson(c, params);
      return now.ok ? answered(asAnswer(now.value.person)) : now;
    },
  );

  return routes;
}

/** A person of a summit that the caller organises. */
export async function knownPerson(
  c: ApiContext,
  { slug, person: id }: { readonly slug: string; readonly person: string },
): Promise<
  Result<
    { readonly summit: Summit; readonly organiser: Organiser; readonly person: PersonDetail },
    Refusal
  >
> {
  const organised = await organisedSummit(c, slug);
  if (!organised.ok) return organised;
  const person = await personOf(c.var.services.db, organised.value.organiser, id);
  return person === undefined ? refused(404, nothingHere()) : ok({ ...organised.value, person });
}

function asAnswer(row: PersonRow): PersonAnswer {
  const { personId, name, email, github, communities, remark, state, seatKind } = row;
  return {
    id: personId,
    name,
    email,
    github,
    communities: [...communities],
    invitation:
      state === null
        ? null
        : {
            state,
            seat_kind: seatKind ?? 'funded',
            sent_at: isoOrNull(row.sentAt),
            answered_at: isoOrNull(row.answeredAt),
            expires_at: isoOrNull(row.expiresAt),
          },
    note: remark,
  };
}

/** Reads an entry as the form on the page is read: the same rules, the same sentences. */
function entryOf(
  { definition }: Summit,
  { communities, ...typed }: z.output<typeof personEntrySchema>,
): Result<PersonEntry, Refusal> {
  const read = personForm(definition.communities).safeParse({
    ...typed,
    'communities[]': communities,
  });
  if (read.success) return ok(read.data);
  return refused(
    422,
    formProblems(read.error).map(({ place, ...each }) => ({
      ...each,
      place: { path: place.path?.replace('communities[]', 'communities') ?? '' },
    })),
  );
}

/** What taking a table would do. */
async function foresee(c: ApiContext, organiser: Organiser, { rows, bad }: ReadImport) {
  const identities = rows.flatMap(({ entry }) => identitiesOf(entry));
  const known = await peopleBehind(c.var.services.db, organiser.summitId, identities);
  const fated = fatesOf(rows, known);
  const told = [
    ...fated.map(({ line, fate }) => ({
      line,
      fate: fate.kind,
      problems: fate.kind === 'bad' ? [fate.problem.sentence] : [],
    })),
    ...bad.map(({ line, problems }) => ({
      line,
      fate: 'bad' as const,
      problems: problems.map(({ sentence }) => sentence),
    })),
  ].sort((a, b) => a.line - b.line);
  const of = (fate: (typeof told)[number]['fate']) =>
    told.filter((each) => each.fate === fate).length;
  return { dry_run: true, new: of('new'), known: of('known'), kept: of('bad'), rows: told };
}
