import type { MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { AppEnv, SignedIn } from '../../platform/http/env.ts';
import { hasCallCalendars } from '../meetings/calls/call-queries.ts';
import { isComing, takesPartIn } from '../people/invitations/participation-queries.ts';
import { type Organiser, organiserOf, type Treasurer, treasurerOf } from '../people/rights.ts';
import { type Summit, summitBySlug } from './queries.ts';

/** What a handler under `/s/:summit` finds: the summit, and what the visitor is to it. */
export interface SummitEnv extends AppEnv {
  Variables: AppEnv['Variables'] & {
    summit: Summit;
    organiser: Organiser | undefined;
    treasurer: Treasurer | undefined;
    /** The visitor has an invitation or a role here. */
    takesPart: boolean;
    /** The visitor comes, as far as they have said: who declined reads no notes and no tasks. */
    comes: boolean;
    /** There is a calendar of recurring calls to look at. */
    hasCalls: boolean;
  };
}

/** What a handler under `/s/:summit/organise` finds: the proof that the visitor may organise. */
export interface OrganiserEnv extends AppEnv {
  Variables: SummitEnv['Variables'] & { organiser: Organiser };
}

/** What a handler under `/s/:summit/treasury` finds: the proof that the visitor looks after the money. */
export interface TreasurerEnv extends AppEnv {
  Variables: SummitEnv['Variables'] & { treasurer: Treasurer; signedIn: SignedIn };
}

/** What a handler under `/s/:summit/me` finds: somebody who has signed in and takes part. */
export interface ParticipantEnv extends AppEnv {
  Variables: SummitEnv['Variables'] & { signedIn: SignedIn };
}

/** Loads the summit of the address, or answers 404. A draft exists only for those who take part in it. */
export const withSummit: MiddlewareHandler<SummitEnv> = createMiddleware(async (c, next) => {
  const { services, visitor } = c.var;
  const summit = await summitBySlug(services.db, c.req.param('summit') ?? '');
  if (summit === undefined) return c.notFound();
  const organiser = await organiserOf(services.db, summit.id, visitor.signedIn);
  const takesPart =
    visitor.signedIn !== undefined &&
    (await takesPartIn(services.db, summit.id, visitor.signedIn.personId));
  if (summit.state === 'draft' && organiser === undefined && !takesPart) {
    // Whoever has not signed in may take part all the same; the address gives nothing away.
    return visitor.signedIn === undefined && c.req.path.includes('/me')
      ? c.redirect(signInFirst(c.req.path), 303)
      : c.notFound();
  }
  c.set('summit', summit);
  c.set('organiser', organiser);
  c.set('treasurer', await treasurerOf(services.db, summit.id, visitor.signedIn));
  c.set('takesPart', takesPart);
  c.set(
    'comes',
    takesPart && (await isComing(services.db, summit.id, visitor.signedIn?.personId ?? '')),
  );
  c.set('hasCalls', await hasCallCalendars(services.db, summit.id));
  await next();
  return undefined;
});

const signInFirst = (path: string): string => `/sign-in?to=${encodeURIComponent(path)}`;

/** Lets organisers in; sends those who have not signed in to do so, and answers 404 to everyone else. */
export const organisersOnly: MiddlewareHandler<OrganiserEnv> = createMiddleware(async (c, next) => {
  // The proof is there or the request ends here, whatever the narrower type promises the handlers.
  if ((c.var.organiser as Organiser | undefined) === undefined) {
    if (c.var.visitor.signedIn !== undefined) return c.notFound();
    return c.redirect(signInFirst(c.req.path), 303);
  }
  await next();
  return undefined;
});

/** Lets those in who look after the money; the others as above. */
export const treasurersOnly: MiddlewareHandler<TreasurerEnv> = createMiddleware(async (c, next) => {
  const { signedIn } = c.var.visitor;
  if (signedIn === undefined) return c.redirect(signInFirst(c.req.path), 303);
  if ((c.var.treasurer as Treasurer | undefined) === undefined) return c.notFound();
  c.set('signedIn', signedIn);
  await next();
  return undefined;
});

/** Lets in whoever has an invitation or a role; sends those who have not signed in to do so. */
export const participantsOnly: MiddlewareHandler<ParticipantEnv> = createMiddleware(
  async (c, next) => {
    const { signedIn } = c.var.visitor;
    if (signedIn === undefined) return c.redirect(signInFirst(c.req.path), 303);
    if (!c.var.takesPart && c.var.organiser === undefined) return c.notFound();
    c.set('signedIn', signedIn);
    await next();
    return undefined;
  },
);

/** Lets in whoever comes; for what those who come write for each other. After `participantsOnly`. */
export const comersOnly: MiddlewareHandler<ParticipantEnv> = createMiddleware(async (c, next) => {
  if (!c.var.comes && c.var.organiser === undefined) return c.notFound();
  await next();
  return undefined;
});
