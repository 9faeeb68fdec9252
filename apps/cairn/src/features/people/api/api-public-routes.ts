import { OpenAPIHono } from '@hono/zod-openapi';
import type { ApiEnv } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { organisedSummit, seenSummit } from '../../summits/api-access.ts';
import { slugParam } from '../../summits/api-schema.ts';
import { publishAgreement } from '../agreement/agreement-commands.ts';
import { agreementHistory, currentAgreement } from '../agreement/agreement-queries.ts';
import { agreementOf } from '../agreement/agreement-rules.ts';
import { participantList } from '../listing/listing-queries.ts';
import { agreementSchema, iso, participantsSchema, versionSchema } from './api-schema.ts';

/** The API's part about what everybody may see: who takes part, and what they promise. */
export function publicApiRoutes(): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();

  operation(
    routes,
    {
      id: 'listParticipants',
      method: 'get',
      path: '/summits/{slug}/participants',
      tag: 'Summits',
      summary: 'Who takes part, each with what they chose to show',
      scope: 'read:summit',
      isPublic: true,
      params: slugParam,
      answer: { status: 200, description: 'The participants by name.', schema: participantsSchema },
    },
    async (c, { params }) => {
      const seen = await seenSummit(c, params.slug);
      if (!seen.ok) return seen;
      const { db, clock } = c.var.services;
      const { entries, unlisted } = await participantList(db, seen.value.summit, clock.now());
      return answered({
        participants: entries.map(({ communities, promises, ...entry }) => ({
          ...entry,
          ...(communities === undefined ? {} : { communities: [...communities] }),
          ...(promises === undefined ? {} : { promises: [...promises] }),
        })),
        unlisted: Number(unlisted),
        total: entries.length + Number(unlisted),
      });
    },
  );

  operation(
    routes,
    {
      id: 'getAgreement',
      method: 'get',
      path: '/summits/{slug}/agreement',
      tag: 'Agreement',
      summary: 'The agreement that a yes accepts now',
      scope: 'read:summit',
      params: slugParam,
      answer: { status: 200, description: 'The agreement.', schema: agreementSchema },
    },
    async (c, { params }) => {
      const seen = await seenSummit(c, params.slug);
      if (!seen.ok) return seen;
      const { summit, organiser } = seen.value;
      const { db } = c.var.services;
      const published = await currentAgreement(db, summit.id);
      const { text, obligations } = published ?? agreementOf(summit.definition);
      const history = organiser === undefined ? undefined : await agreementHistory(db, summit.id);
      return answered({
        // The first yes publishes the definition's text as version 1.
        version: published?.version ?? 1,
        is_published: published !== undefined,
        text,
        obligations: obligations.map(({ key, text: words }) => ({ key, text: words })),
        versions:
          history?.map(({ version, createdAt, accepted }) => ({
            version,
            created_at: iso(createdAt),
            accepted: Number(accepted),
          })) ?? null,
      });
    },
  );

  operation(
    routes,
    {
      id: 'publishAgreement',
      method: 'post',
      path: '/summits/{slug}/agreement',
      tag: 'Agreement',
      summary: 'Publish the definition’s present agreement as the next version',
      description: 'Whoever accepted an older one is asked again; their seat stays theirs.',
      scope: 'write:summit',
      params: slugParam,
      answer: { status: 201, description: 'In force.', schema: versionSchema },
      refuses: [403, 409],
    },
    async (c, { params }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const published = await command(c, (tx, actor) =>
        publishAgreement(tx, actor, organised.value.summit.id),
      );
      return published.ok ? answered({ version: published.value.version }) : published;
    },
  );

  return routes;
}
