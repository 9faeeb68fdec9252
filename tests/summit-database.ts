import { readFileSync } from 'node:fs';
import { expectOk } from '@cairn/kernel/result';
import { Temporal } from '@cairn/kernel/time';
import type { Hono } from 'hono';
import { expect } from 'vitest';
import { createApp } from '../apps/cairn/src/app.tsx';
import { type Organiser, organiserOf } from '../apps/cairn/src/features/people/rights.ts';
import { createSummit } from '../apps/cairn/src/features/summits/definition-commands.ts';
import { type Summit, summitBySlug } from '../apps/cairn/src/features/summits/queries.ts';
import type { SettableClock } from '../apps/cairn/src/platform/clock/clock.ts';
import { type Actor, inTransaction } from '../apps/cairn/src/platform/db/command.ts';
import { type Db, openKysely } from '../apps/cairn/src/platform/db/database.ts';
import type { AppEnv } from '../apps/cairn/src/platform/http/env.ts';
import { cloneDatabase } from './database.ts';
import { post, testServices, visitorFromHeader } from './services.ts';

/** The file of the first summit, as the demo has it. */
export const FIRST_SUMMIT = readFileSync(
  new URL('../apps/cairn/demo/sp_summit_2023.yaml', import.meta.url),
  'utf8',
);

/** A database with the app on it, and two people: an administrator and one without any right. */
export interface SummitDatabase {
  readonly db: Db;
  readonly app: Hono<AppEnv>;
  readonly clock: SettableClock;
  readonly ada: string;
  readonly stranger: string;
  /** What Ada does by command. */
  readonly actor: Actor;
  get(path: string, as?: string): Promise<Response>;
  post(
    path: string,
    fields: Record<string, string | readonly string[]>,
    as?: string,
  ): Promise<Response>;
  summit(slug: string): Promise<Summit>;
  organiser(slug: string): Promise<Organiser>;
  /** Founds the first summit. */
  found(source?: string): Promise<void>;
  drop(): Promise<void>;
}

/** Clones a database and stands the app on it; its clock says noon of 1 February 2023. */
export async function openSummitDatabase(): Promise<SummitDatabase> {
  const database = await cloneDatabase();
  const db = openKysely(database.pool);
  const services = testServices(db);
  const app = createApp(services, visitorFromHeader(db));
  const ada = await addPerson(db, 'Ada', true);
  const actor: Actor = { personId: ada, door: 'web', now: services.clock.now() };
  const summit = async (slug: string) => {
    const found = await summitBySlug(db, slug);
    if (found === undefined) throw new Error(`the test has no summit ${slug}`);
    return found;
  };
  return {
    db,
    app,
    clock: services.clock,
    ada,
    stranger: await addPerson(db, 'Grace', false),
    actor,
    get: async (path, as = ada) => app.request(path, { headers: { 'x-test-person': as } }),
    post: async (path, fields, as = ada) => app.request(path, post(fields, as)),
    summit,
    organiser: async (slug) => {
      const { id } = await summit(slug);
      const proof = await organiserOf(db, id, { personId: ada, isAdministrator: true });
      if (proof === undefined) throw new Error('administrators may organise');
      return proof;
    },
    found: async (source = FIRST_SUMMIT) => {
      expectOk(await inTransaction(db, (tx) => createSummit(tx, actor, { source })));
    },
    drop: () => database.drop(),
  };
}

/** A person without any identity. */
export async function addPerson(db: Db, name: string, isAdministrator = false): Promise<string> {
  const { id } = await db
    .insertInto('person')
    .values({
      name,
      zone: null,
      isAdministrator,
      authUserId: null,
      createdAt: Temporal.Instant.from('2023-01-01T00:00:00Z'),
      erasedAt: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Whole pages make poor messages, so a failure tells only what was looked for. */
export const expectIn = (page: string, text: string): void =>
  expect(page.includes(text), `the page says “${text.slice(0, 80)}”`).toBe(true);

/** The opposite of `expectIn`. */
export const expectNotIn = (page: string, text: string): void =>
  expect(page.includes(text), `the page says “${text.slice(0, 80)}”`).toBe(false);
