import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectZone, Temporal, type ZoneName } from '@cairn/kernel/time';
import type { FindVisitor } from '../apps/cairn/src/app.tsx';
import { sealFor } from '../apps/cairn/src/platform/auth/keys.ts';
import { frozenClock, type SettableClock } from '../apps/cairn/src/platform/clock/clock.ts';
import type { Db } from '../apps/cairn/src/platform/db/database.ts';
import { gitStore } from '../apps/cairn/src/platform/git/store.ts';
import type { Services } from '../apps/cairn/src/platform/http/env.ts';
import { fetcherFor } from '../apps/cairn/src/platform/http/fetch-outside.ts';
import { createBroadcasts } from '../apps/cairn/src/platform/live/broadcast.ts';
import { silentLive } from '../apps/cairn/src/platform/live/live.ts';

/** The public address that tests use; forms posted from elsewhere are refused. */
export const TEST_URL = 'http://cairn.test';

/** Planning repositories of one test file; summits have new ids in each, so nothing meets. */
const testRepositories = mkdtempSync(join(tmpdir(), 'cairn-git-'));
process.once('exit', () => rmSync(testRepositories, { recursive: true, force: true }));
export const testGit = gitStore(testRepositories);

/** Services on a test database, with a clock that stands still until the test moves it. */
export function testServices(
  db: Db,
  overrides: Partial<Services> & { clock?: SettableClock } = {},
): Services & { readonly clock: SettableClock } {
  return {
    db,
    clock: frozenClock(Temporal.Instant.from('2023-02-01T12:00:00Z')),
    url: TEST_URL,
    sessions: { start: async () => [] },
    git: testGit,
    github: undefined,
    userTokens: undefined,
    seal: sealFor('a secret that keeps nothing of anybody', 'tokens of people'),
    isDemo: false,
    mailGoesOut: false,
    mailFrom: 'Cairn <cairn@cairn.test>',
    // Tests serve what is fetched from this machine.
    fetchOutside: fetcherFor('anywhere'),
    largestReceipt: 15_000_000,
    live: silentLive,
    broadcasts: createBroadcasts(silentLive, 10),
    ...overrides,
  };
}

/**
 * Signs people in by a header instead of a session: `x-test-person: <person id>`. For tests of
 * everything but signing in itself.
 */
export const visitorFromHeader =
  (db: Db): FindVisitor =>
  async (headers) => {
    const personId = headers.get('x-test-person');
    const person =
      personId === null
        ? undefined
        : await db
            .selectFrom('person')
            .select(['id', 'name', 'isAdministrator'])
            .where('id', '=', personId)
            .executeTakeFirst();
    return {
      signedIn: person && {
        personId: person.id,
        name: person.name,
        isAdministrator: person.isAdministrator,
        sessionId: 'test-session',
        signInMethod: 'test',
      },
      zone: zoneOf(headers.get('x-test-zone')),
    };
  };

const zoneOf = (name: string | null): ZoneName | undefined =>
  name === null ? undefined : expectZone(name);

/** A posted form as a browser sends it. */
export const post = (
  fields: Record<string, string | readonly string[]>,
  personId?: string,
): RequestInit => {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    for (const one of typeof value === 'string' ? [value] : value) body.append(name, one);
  }
  return {
    method: 'POST',
    body,
    headers: {
      origin: TEST_URL,
      ...(personId === undefined ? {} : { 'x-test-person': personId }),
    },
  };
};
