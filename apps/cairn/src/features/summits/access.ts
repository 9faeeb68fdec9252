import type { MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { AppEnv } from '../../platform/http/env.ts';
import { type Organiser, organiserOf } from '../people/rights.ts';
import { type Summit, summitBySlug } from './queries.ts';

/** What a handler under `/s/:summit` finds: the summit, and the visitor's right to organise it, if any. */
export interface SummitEnv extends AppEnv {
  Variables: AppEnv['Variables'] & { summit: Summit; organiser: Organiser | undefined };
}

/** What a handler under `/s/:summit/organise` finds: the proof that the visitor may organise. */
export interface OrganiserEnv extends AppEnv {
  Variables: AppEnv['Variables'] & { summit: Summit; organiser: Organiser };
}

/** Loads the summit of the address, or answers 404. A draft exists for its organisers only. */
export const withSummit: MiddlewareHandler<SummitEnv> = createMiddleware(async (c, next) => {
  const { services, visitor } = c.var;
  const summit = await summitBySlug(services.db, c.req.param('summit') ?? '');
  if (summit === undefined) return c.notFound();
  const organiser = await organiserOf(services.db, summit.id, visitor.signedIn);
  if (summit.state === 'draft' && organiser === undefined) return c.notFound();
  c.set('summit', summit);
  c.set('organiser', organiser);
  await next();
  return undefined;
});

/** Lets organisers in; sends those who have not signed in to do so, and answers 404 to everyone else. */
export const organisersOnly: MiddlewareHandler<SummitEnv> = createMiddleware(async (c, next) => {
  if (c.var.organiser === undefined) {
    if (c.var.visitor.signedIn !== undefined) return c.notFound();
    return c.redirect(`/sign-in?to=${encodeURIComponent(c.req.path)}`, 303);
  }
  await next();
  return undefined;
});
