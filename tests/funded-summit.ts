import { expectOk } from '@cairn/kernel/result';
import type { Hono } from 'hono';
import { createApp } from '../apps/cairn/src/app.tsx';
import type { Category } from '../apps/cairn/src/features/money/category-rules.ts';
import { writeJournal } from '../apps/cairn/src/features/money/journal/journal-commands.ts';
import { allotted } from '../apps/cairn/src/features/money/journal/journal-rules.ts';
import {
  type Organiser,
  organiserOf,
  type Self,
  selfIn,
  type Treasurer,
  treasurerOf,
} from '../apps/cairn/src/features/people/rights.ts';
import type { Summit } from '../apps/cairn/src/features/summits/queries.ts';
import type { SettableClock } from '../apps/cairn/src/platform/clock/clock.ts';
import { type Actor, inTransaction } from '../apps/cairn/src/platform/db/command.ts';
import { type Db, openKysely } from '../apps/cairn/src/platform/db/database.ts';
import type { AppEnv } from '../apps/cairn/src/platform/http/env.ts';
import { cloneDatabase, type TestDatabase } from './database.ts';
import { post, testServices, visitorFromHeader } from './services.ts';
import { NOW, storePerson, storeSummit } from './summit.ts';

/** What a line pays unless a test says otherwise. */
const USUAL: readonly Category[] = [
  'travel',
  'local_transport',
  'mileage',
  'visa',
  'lodging',
  'meals',
  'per_diem',
  'care',
  'other',
];

/** A summit with money: one funder in dollars with one line, two treasurers, and participants with funded seats. */
export interface FundedSummit {
  readonly database: TestDatabase;
  readonly db: Db;
  readonly app: Hono<AppEnv>;
  readonly clock: SettableClock;
  readonly summit: Summit;
  readonly summitId: string;
  readonly slug: string;
  readonly funderId: string;
  readonly lineId: string;
  /** Tove and Theo look after the money; Tove organises besides. */
  readonly tove: string;
  readonly theo: string;
  readonly treasurer: Treasurer;
  readonly second: Treasurer;
  readonly organiser: Organiser;
  /** Participants by their first names, the first of them `personId`. */
  readonly people: Readonly<Record<'mira' | 'noor' | 'kofi' | 'lena', string>>;
  readonly personId: string;
  readonly self: Self;
  /** What Tove does by command. */
  readonly actor: Actor;
  /** The actor for somebody. */
  as(personId: string): Actor;
  get(path: string, as?: string): Promise<Response>;
  post(
    path: string,
    fields: Record<string, string | readonly string[]>,
    as?: string,
  ): Promise<Response>;
  close(): Promise<void>;
}

/** Stores it in a database of its own. `granted` is what the line was allotted, in cents; nothing by default. */
export async function fundedSummit({
  granted = 0,
  needsEstimate = false,
}: {
  readonly granted?: number;
  readonly needsEstimate?: boolean;
} = {}): Promise<FundedSummit> {
  const database = await cloneDatabase();
  const db = openKysely(database.pool);
  const services = testServices(db);
  const app = createApp(services, visitorFromHeader(db));
  const summit = await storeSummit(db);
  const summitId = summit.id;
  const tove = await storePerson(db, 'Tove Treasurer', { summitId, role: 'treasurer' });
  await db
    .insertInto('role')
    .values({ summitId, personId: tove, role: 'organiser', grantedAt: NOW, grantedBy: null })
    .execute();
  const theo = await storePerson(db, 'Theo Treasurer', { summitId, role: 'treasurer' });
  const people = {
    mira: await seated(db, summitId, 'Mira Example', 1),
    noor: await seated(db, summitId, 'Noor Example', 2),
    kofi: await seated(db, summitId, 'Kofi Example', 3),
    lena: await seated(db, summitId, 'Lena Example', 4),
  };
  const { funderId, lineId } = await storeFunder(db, summitId, needsEstimate);
  const [treasurer, second] = [
    await treasurerOf(db, summitId, { personId: tove }),
    await treasurerOf(db, summitId, { personId: theo }),
  ];
  const organiser = await organiserOf(db, summitId, { personId: tove, isAdministrator: false });
  if (!treasurer || !second || !organiser) throw new Error('the test’s people have their roles');
  const as = (personId: string): Actor => ({ personId, door: 'web', now: services.clock.now() });
  const allotment = { kind: 'allotment', key: 'allotment:test' } as const;
  if (granted !== 0) {
    const entry = { ...allotment, postings: allotted(lineId, granted) };
    expectOk(await inTransaction(db, (tx) => writeJournal(tx, as(tove), summitId, [entry])));
  }
  return {
    database,
    db,
    app,
    clock: services.clock,
    summit,
    summitId,
    slug: summit.slug,
    funderId,
    lineId,
    tove,
    theo,
    treasurer,
    second,
    organiser,
    people,
    personId: people.mira,
    self: selfIn(summitId, { personId: people.mira }),
    actor: as(tove),
    as,
    get: async (path, who = tove) => app.request(path, { headers: { 'x-test-person': who } }),
    post: async (path, fields, who = tove) => app.request(path, post(fields, who)),
    close: () => database.drop(),
  };
}

async function seated(db: Db, summitId: string, name: string, number: number): Promise<string> {
  const personId = await storePerson(db, name, { summitId, role: 'participant' });
  await db
    .insertInto('seat')
    .values({ summitId, number, personId, kind: 'funded', takenAt: NOW })
    .execute();
  return personId;
}

async function storeFunder(db: Db, summitId: string, needsEstimate: boolean) {
  const { id: funderId } = await db
    .insertInto('funder')
    .values({
      summitId,
      key: 'foundation',
      name: 'Example Foundation',
      currency: 'USD',
      link: null,
      fromOn: null,
      untilOn: null,
      indirectRate: null,
      removedAt: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const { id: lineId } = await db
    .insertInto('fundLine')
    .values({
      summitId,
      funderId,
      key: 'participants',
      title: 'Participants',
      categories: [...USUAL],
      personCeiling: null,
      needsEstimate,
      policyId: null,
      closedAt: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { funderId, lineId };
}
