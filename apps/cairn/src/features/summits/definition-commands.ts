import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { sql } from 'kysely';
import { type Actor, recordEvent } from '../../platform/db/command.ts';
import type { Tx } from '../../platform/db/database.ts';
import type { Organiser } from '../people/rights.ts';
import { seatCount } from '../people/seats/seat-queries.ts';
import { settleChanged } from './carried-commands.ts';
import { changedPaths } from './definition-changes.ts';
import { readDefinition } from './definition-text.ts';
import { lockSummit } from './queries.ts';
import type { SummitDefinition } from './schema.ts';
import type { StablePath } from './stable-path.ts';

/** A summit that has just come into being. */
export interface Created {
  readonly id: string;
  readonly slug: string;
}

/**
 * Founds a summit, as a draft, from the text of its file. Whoever does it becomes its organiser.
 * Whether they may is asked before (`founderOf`).
 */
export async function createSummit(
  tx: Tx,
  actor: Actor,
  { source }: { readonly source: string },
): Promise<Result<Created, Problem>> {
  const read = readDefinition(source);
  if (!read.ok) return fail(firstOf(read.error));
  const created = await insertSummit(tx, actor, { source, definition: read.value.definition });
  if (!created.ok) return created;
  if (actor.personId !== undefined) {
    await tx
      .insertInto('role')
      .values({
        summitId: created.value.id,
        personId: actor.personId,
        role: 'organiser',
        grantedAt: actor.now,
        grantedBy: actor.personId,
      })
      .execute();
  }
  await recordEvent(tx, actor, { kind: 'summit.created', summitId: created.value.id });
  return created;
}

/** Writes a new draft and its first revision; the caller records what happened. */
export async function insertSummit(
  tx: Tx,
  actor: Actor,
  summit: {
    readonly source: string;
    readonly definition: SummitDefinition;
    readonly copiedFrom?: string;
  },
): Promise<Result<Created, Problem>> {
  const { source, definition } = summit;
  await keepSeries(tx, definition);
  await holdAddress(tx, definition.slug);
  const row = await tx
    .insertInto('summit')
    .values({
      slug: definition.slug,
      seriesSlug: definition.series.key,
      definition: JSON.stringify(definition),
      source,
      seats: definition.seats.planned,
      copiedFrom: summit.copiedFrom ?? null,
      announcedAt: null,
      createdAt: actor.now,
    })
    .onConflict((conflict) => conflict.column('slug').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (row === undefined) return fail(slugTaken(definition.slug));
  await keepRevision(tx, actor, row.id, { revision: 1, source, definition });
  return ok({ id: row.id, slug: definition.slug });
}

/** What a saved definition came to. */
export interface Saved {
  readonly slug: string;
  /** The revision that is now in force; the base revision when nothing had changed. */
  readonly revision: number;
  readonly changed: readonly StablePath[];
}

/**
 * Puts a definition in force: the text of its file, begun from the revision `baseRevision`.
 * Refused when the file is wrong, when somebody saved meanwhile (`stale-revision`), when an
 * announced summit would change its address, or when fewer seats are planned than are taken.
 */
export async function saveDefinition(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  { source, baseRevision }: { readonly source: string; readonly baseRevision: number },
): Promise<Result<Saved, Problem>> {
  const summit = await lockSummit(tx, summitId);
  if (summit.revision !== baseRevision) return fail(stale(summit.revision));
  const read = readDefinition(source);
  if (!read.ok) return fail(firstOf(read.error));
  const { definition } = read.value;
  if (source === summit.source) {
    return ok({ slug: summit.slug, revision: baseRevision, changed: [] });
  }
  const refusal =
    (await refusedAddress(tx, summit, definition)) ??
    (await refusedSeats(tx, summitId, definition));
  if (refusal !== undefined) return fail(refusal);
  const revision = baseRevision + 1;
  await keepSeries(tx, definition);
  await tx
    .updateTable('summit')
    .set({
      slug: definition.slug,
      seriesSlug: definition.series.key,
      definition: JSON.stringify(definition),
      source,
      revision,
      seats: definition.seats.planned,
    })
    .where('id', '=', summitId)
    .execute();
  await keepRevision(tx, actor, summitId, { revision, source, definition });
  const settled = await settleChanged(tx, actor, summitId, definition);
  const changed = changedPaths(summit.definition, definition);
  await recordEvent(tx, actor, {
    kind: 'summit.definition_saved',
    summitId,
    data: { revision, changed: changed.length, settled },
  });
  return ok({ slug: definition.slug, revision, changed });
}

async function refusedAddress(
  tx: Tx,
  summit: { readonly id: string; readonly slug: string; readonly state: string },
  { slug }: SummitDefinition,
): Promise<Problem | undefined> {
  if (slug === summit.slug) return undefined;
  if (summit.state !== 'draft') {
    return problem(
      'address-fixed',
      `This summit is announced, and people have links to “${summit.slug}”; leave the address as it is.`,
      { path: 'slug' },
    );
  }
  await holdAddress(tx, slug);
  const taken = await tx
    .selectFrom('summit')
    .select('id')
    .where('slug', '=', slug)
    .executeTakeFirst();
  return taken === undefined ? undefined : slugTaken(slug);
}

/** Whoever wants the same address meanwhile waits, and then finds it taken instead of failing. */
const holdAddress = async (tx: Tx, slug: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtext('summit address'), hashtext(${slug}))`.execute(
    tx,
  );
};

async function refusedSeats(
  tx: Tx,
  summitId: string,
  { seats }: SummitDefinition,
): Promise<Problem | undefined> {
  const taken = (await seatCount(tx, summitId)).taken.length;
  if (seats.planned >= taken) return undefined;
  return problem(
    'seats-taken',
    `${taken} people hold a seat, so ${seats.planned} are too few; write at least ${taken}, or free seats first.`,
    { path: 'seats.planned' },
  );
}

const slugTaken = (slug: string): Problem =>
  problem('slug-taken', `Another summit has the address “${slug}”; write another one.`, {
    path: 'slug',
  });

const stale = (revision: number): Problem =>
  problem(
    'stale-revision',
    `Somebody saved this definition meanwhile (it is now at revision ${revision}); look at what changed and save again.`,
  );

/** Pages show every problem before they call a command; a command that is called anyway tells one. */
const firstOf = ([first]: readonly Problem[]): Problem =>
  first ?? problem('invalid-definition', 'This is no summit file.');

async function keepSeries(tx: Tx, { series }: SummitDefinition): Promise<void> {
  await tx
    .insertInto('series')
    .values({ slug: series.key, title: series.title })
    .onConflict((conflict) => conflict.column('slug').doUpdateSet({ title: series.title }))
    .execute();
}

async function keepRevision(
  tx: Tx,
  actor: Actor,
  summitId: string,
  kept: {
    readonly revision: number;
    readonly source: string;
    readonly definition: SummitDefinition;
  },
): Promise<void> {
  await tx
    .insertInto('summitRevision')
    .values({
      summitId,
      revision: kept.revision,
      source: kept.source,
      definition: JSON.stringify(kept.definition),
      byPerson: actor.personId ?? null,
      at: actor.now,
    })
    .execute();
}
