import { readFileSync } from 'node:fs';
import { type Instant, Temporal } from '@cairn/kernel/time';
import { parse } from 'yaml';
import { type Summit, summitBySlug } from '../apps/cairn/src/features/summits/queries.ts';
import { validSummitSchema } from '../apps/cairn/src/features/summits/rules.ts';
import type { SummitDefinition } from '../apps/cairn/src/features/summits/schema.ts';
import type { Actor } from '../apps/cairn/src/platform/db/command.ts';
import type { Db } from '../apps/cairn/src/platform/db/database.ts';
import { hashSecret } from '../apps/cairn/src/platform/http/secret.ts';

/** The summit file of the seeds. */
export const SEED_FILE = new URL('../apps/cairn/demo/sp_summit_2023.yaml', import.meta.url);

/** The seeds' summit as a definition, changed where a test wants it so. */
export function seedDefinition(change: Partial<SummitDefinition> = {}): SummitDefinition {
  const parsed = validSummitSchema.safeParse(parse(readFileSync(SEED_FILE, 'utf8')));
  if (!parsed.success)
    throw new Error('the seeds’ summit file is not valid', { cause: parsed.error });
  return { ...parsed.data, ...change };
}

/** The moment at which tests stand unless they say otherwise. */
export const NOW: Instant = Temporal.Instant.from('2023-02-01T12:00:00Z');

/** Cairn itself as the actor, for what a test only sets up. */
export const setUp = (now: Instant = NOW): Actor => ({ personId: undefined, door: 'job', now });

/** Stores a summit as it would stand after it was announced. */
export async function storeSummit(db: Db, change: Partial<SummitDefinition> = {}): Promise<Summit> {
  const definition = seedDefinition(change);
  await db
    .insertInto('series')
    .values({ slug: definition.series.key, title: definition.series.title })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await db
    .insertInto('summit')
    .values({
      slug: definition.slug,
      seriesSlug: definition.series.key,
      state: 'announced',
      definition: JSON.stringify(definition),
      source: '',
      seats: definition.seats.planned,
      createdAt: NOW,
      copiedFrom: null,
      announcedAt: NOW,
    })
    .execute();
  const summit = await summitBySlug(db, definition.slug);
  if (summit === undefined) throw new Error('the summit just stored is gone');
  return summit;
}

/** Stores a person known by an address made from their name. */
export async function storePerson(
  db: Db,
  name: string,
  role?: { summitId: string; role: 'organiser' | 'treasurer' | 'participant' | 'guest' },
): Promise<string> {
  const { id } = await db
    .insertInto('person')
    .values({ name, zone: null, authUserId: null, createdAt: NOW, erasedAt: null })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('personIdentity')
    .values({ kind: 'email', value: addressOf(name), personId: id, verifiedAt: null })
    .execute();
  if (role !== undefined) {
    await db
      .insertInto('role')
      .values({ ...role, personId: id, grantedAt: NOW, grantedBy: null })
      .execute();
  }
  return id;
}

/** The address that `storePerson` gives. */
export const addressOf = (name: string): string =>
  `${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '.')}@example.org`;

/** Stores an invitation that has been sent, with a secret that the test knows. */
export async function storeInvitation(
  db: Db,
  summitId: string,
  personId: string,
  secret: string = personId,
): Promise<void> {
  await db
    .insertInto('invitation')
    .values({
      summitId,
      personId,
      state: 'sent',
      tokenHash: hashSecret(secret),
      tokenSpentAt: null,
      expiresAt: NOW.add({ hours: 24 * 21 }),
      draftedAt: NOW,
      sentAt: NOW,
      openedAt: null,
      answeredAt: null,
      closedAt: null,
      remindedAt: null,
    })
    .execute();
}
