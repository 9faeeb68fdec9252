import { problem } from '@cairn/kernel/problem';
import { ok, type Result } from '@cairn/kernel/result';
import { OpenAPIHono, z } from '@hono/zod-openapi';
import { inTransaction } from '../../platform/db/command.ts';
import { type ApiContext, type ApiEnv, apiActor } from '../../platform/http/api-caller.ts';
import { parseJson } from '../../platform/http/api-json.ts';
import { answered, operation } from '../../platform/http/api-operation.ts';
import { orRefuse, type Refusal, refused } from '../../platform/http/api-problem.ts';
import type { TextBody } from '../../platform/http/api-request.ts';
import { organisedSummit, partIn, type SeenSummit, seenSummit } from './api-access.ts';
import {
  createdSchema,
  definitionSchema,
  type SummitAnswer,
  savedSchema,
  slugParam,
  stateSchema,
  summitSchema,
} from './api-schema.ts';
import { createSummit, saveDefinition } from './definition-commands.ts';
import { checkDefinition, newSource, readDefinition } from './definition-text.ts';
import { fillFacts } from './facts.ts';
import { founderOf } from './founding.ts';
import {
  publicSummits,
  type Summit,
  summitById,
  summitSource,
  summitsOfPerson,
} from './queries.ts';
import { announce, archive, reopen } from './state-commands.ts';

const YAML = 'application/yaml';
const FILE = [YAML, 'application/json'] as const;
const tag = 'Summits';

/** The API's part about summits and their definitions. */
export function summitApiRoutes(): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();

  operation(
    routes,
    {
      id: 'listSummits',
      method: 'get',
      path: '/summits',
      tag,
      summary: 'Summits that are announced, and those that you have a part in',
      scope: 'read:summit',
      isPublic: true,
      answer: {
        status: 200,
        description: 'The summits, those to come or last held first.',
        schema: z.object({ items: z.array(summitSchema) }),
      },
    },
    async (c) => {
      const items = await Promise.all(
        (await knownSummits(c)).map(async (summit) => describe(c, await partIn(c, summit))),
      );
      return answered({ items });
    },
  );

  operation(
    routes,
    {
      id: 'foundSummit',
      method: 'post',
      path: '/summits',
      tag,
      summary: 'Found a summit from its file',
      description: 'It begins as a draft that only its organisers see.',
      scope: 'write:summit',
      body: { text: FILE, read: (body) => body, describedAs: definitionSchema },
      answer: {
        status: 201,
        description: 'Founded.',
        schema: createdSchema,
        headers: { Location: 'The new summit.' },
      },
      refuses: [409],
    },
    async (c, { body }) => {
      const { services, caller } = c.var;
      const who = caller?.who;
      const mayFound =
        who !== undefined &&
        (who.personId === undefined || (await founderOf(services.db, who)) !== undefined);
      if (!mayFound) {
        const sentence =
          'Only administrators, and whoever organises a summit already, may found one.';
        return refused(403, problem('not-a-founder', sentence));
      }
      const source = sourceOf(body);
      if (!source.ok) return source;
      const created = await inTransaction(services.db, (tx) =>
        createSummit(tx, apiActor(c), { source: source.value }),
      );
      if (!created.ok) return orRefuse(created);
      const { slug } = created.value;
      const url = `${services.url}/s/${slug}`;
      return answered({ slug, revision: 1, url }, { location: `/api/v1/summits/${slug}` });
    },
  );

  operation(
    routes,
    {
      id: 'getSummit',
      method: 'get',
      path: '/summits/{slug}',
      tag,
      summary: 'One summit',
      scope: 'read:summit',
      isPublic: true,
      params: slugParam,
      answer: { status: 200, description: 'The summit.', schema: summitSchema },
    },
    async (c, { params }) => {
      const seen = await seenSummit(c, params.slug);
      return seen.ok ? answered(describe(c, seen.value)) : seen;
    },
  );

  operation(
    routes,
    {
      id: 'setSummitState',
      method: 'put',
      path: '/summits/{slug}/state',
      tag,
      summary: 'Announce a draft, archive a summit that is over, or put it back on the list',
      scope: 'write:summit',
      params: slugParam,
      body: { json: stateSchema },
      answer: { status: 200, description: 'The summit as it is now.', schema: summitSchema },
      refuses: [409],
    },
    async (c, { params, body }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const { summit, organiser } = organised.value;
      if (summit.state !== body.state) {
        const move =
          body.state === 'archived' ? archive : summit.state === 'archived' ? reopen : announce;
        const moved = await inTransaction(c.var.services.db, (tx) =>
          move(tx, apiActor(c), organiser),
        );
        if (!moved.ok) return orRefuse(moved);
      }
      const now = await summitById(c.var.services.db, summit.id);
      return answered(describe(c, await partIn(c, now)));
    },
  );

  operation(
    routes,
    {
      id: 'getDefinition',
      method: 'get',
      path: '/summits/{slug}/definition',
      tag,
      summary: 'The definition: summit.yaml as it was written, or the same as JSON',
      description:
        'As JSON with “Accept: application/json”, in YAML otherwise. The ETag is what a PUT asks for.',
      scope: 'read:summit',
      params: slugParam,
      answer: {
        status: 200,
        description: 'The definition.',
        text: FILE,
        describedAs: definitionSchema,
        headers: { ETag: 'The revision; send it as If-Match with a PUT.' },
      },
      refuses: [403],
    },
    async (c, { params }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const { summit } = organised.value;
      const isJson = wantsJson(c.req.header('accept') ?? '');
      return ok({
        body: isJson
          ? JSON.stringify(summit.definition)
          : await summitSource(c.var.services.db, summit.id),
        contentType: isJson ? 'application/json' : YAML,
        // One tag a form, or a cache could take one for the other (RFC 9110 §8.8.3).
        headers: { etag: tagOf(summit, isJson ? 'json' : 'yaml') },
      });
    },
  );

  operation(
    routes,
    {
      id: 'putDefinition',
      method: 'put',
      path: '/summits/{slug}/definition',
      tag,
      summary: 'Put a changed definition in force',
      description:
        'Needs If-Match with the ETag of the definition that was changed; 412 when somebody saved meanwhile. Every problem of a wrong file is told at once, with line and column.',
      scope: 'write:summit',
      params: slugParam,
      body: { text: FILE, read: (body) => body, describedAs: definitionSchema },
      answer: {
        status: 200,
        description: 'In force.',
        schema: savedSchema,
        headers: { ETag: 'The new revision.' },
      },
      refuses: [409, 412, 428],
    },
    async (c, { params, body }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const base = revisionAsked(c.req.header('if-match'));
      if (!base.ok) return base;
      const source = sourceOf(body);
      if (!source.ok) return source;
      const { organiser } = organised.value;
      const saved = await inTransaction(c.var.services.db, (tx) =>
        saveDefinition(tx, apiActor(c), organiser, {
          source: source.value,
          baseRevision: base.value,
        }),
      );
      if (!saved.ok) return orRefuse(saved);
      const { slug, revision, changed } = saved.value;
      return answered({ slug, revision, changed: [...changed] }, { etag: `"${revision}-yaml"` });
    },
  );

  return routes;
}

/** Announced summits, and the caller's own; an operator and an administrator see them by address. */
async function knownSummits(c: ApiContext): Promise<Summit[]> {
  const { services, caller } = c.var;
  const shown = await publicSummits(services.db);
  const personId = caller?.who.personId;
  if (personId === undefined) return shown;
  const ids = new Set(shown.map(({ id }) => id));
  const own = await summitsOfPerson(services.db, personId);
  return [...own.filter(({ id }) => !ids.has(id)), ...shown];
}

function describe(c: ApiContext, { summit, organiser, takesPart }: SeenSummit): SummitAnswer {
  const { definition: d, slug, state, revision } = summit;
  const { arrival, start, end, departure, status } = d.dates;
  return {
    slug,
    state,
    title: d.title,
    full_title: d.full_title ?? null,
    series: d.series,
    summary: fillFacts(d.summary, d),
    announced: d.announced,
    dates: { arrival, start, end, departure, status },
    zone: d.zone,
    venue: { ...d.venue, address: d.venue.address ?? null },
    hosts: d.hosts.map(({ name, part_of, url }) => ({
      name,
      part_of: part_of ?? null,
      url: url ?? null,
    })),
    seats: d.seats,
    communities: d.communities.map(({ key, name }) => ({ key, name })),
    url: `${c.var.services.url}/s/${slug}`,
    your_part:
      organiser === undefined && !takesPart
        ? null
        : {
            organises: organiser !== undefined,
            takes_part: takesPart,
            revision: organiser === undefined ? null : revision,
          },
  };
}

/** A file's text: YAML as it is; JSON written as a new file. Every problem of a wrong one is told. */
function sourceOf({ contentType, text }: TextBody): Result<string, Refusal> {
  if (contentType === YAML) {
    const read = readDefinition(text);
    return read.ok ? ok(text) : refused(422, read.error);
  }
  const parsed = parseJson(text);
  if (!parsed.ok) return refused(parsed.error.code === 'not-json' ? 400 : 422, parsed.error);
  const checked = checkDefinition(parsed.value);
  return checked.ok ? ok(newSource(checked.value)) : refused(422, checked.error);
}

const tagOf = ({ revision }: Summit, form: string): string => `"${revision}-${form}"`;

/** The revision that a change was made from: either form's tag says it. */
function revisionAsked(header: string | undefined): Result<number, Refusal> {
  if (header === undefined) {
    const sentence =
      'Say which revision you changed: send the ETag of the definition that you read as If-Match.';
    return refused(428, problem('if-match-missing', sentence));
  }
  const revision = /^"(\d{1,9})(?:-yaml|-json)?"$/.exec(header.trim())?.[1];
  if (revision !== undefined) return ok(Number(revision));
  const sentence =
    'If-Match is no ETag of a definition; send the one that you read, quotes included.';
  return refused(412, problem('if-match-strange', sentence));
}

/** JSON where it is asked for and YAML is not. */
const wantsJson = (accept: string): boolean =>
  accept.includes('application/json') && !accept.includes('yaml');
