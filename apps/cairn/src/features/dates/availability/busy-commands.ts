import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Oneself } from '../../people/own-data/own-data-queries.ts';
import { lockPerson } from '../../people/persons/person-queries.ts';
import type { Self } from '../../people/rights.ts';
import type { ReadBusy } from './busy-reading.ts';
import { MOST_SOURCES } from './busy-rules.ts';

type Own = Self | Oneself;

const rowOf = (actor: Actor, { coversFrom, coversUntil, pairs, events, skipped }: ReadBusy) => ({
  coversFrom,
  coversUntil,
  busy: [...pairs],
  events,
  skipped,
  readAt: actor.now,
});

const factsOf = ({ pairs, events, skipped }: ReadBusy) => ({
  spans: pairs.length / 2,
  events,
  skipped,
});

/** Keeps when somebody is busy by one more calendar, under the name that they give it. Event `busy.read`. */
export async function addBusySource(
  tx: Tx,
  actor: Actor,
  { personId }: Own,
  { name, read }: { readonly name: string; readonly read: ReadBusy },
): Promise<Result<{ readonly id: string }, Problem>> {
  await lockPerson(tx, personId);
  const known = await tx
    .selectFrom('busySource')
    .select('name')
    .where('personId', '=', personId)
    .execute();
  if (known.some((source) => source.name === name)) {
    const sentence = `You have a calendar named “${name}”; replace that one, or give this another name.`;
    return fail(problem('name-taken', sentence, { path: 'name' }));
  }
  if (known.length >= MOST_SOURCES) {
    const sentence = `You have given ${MOST_SOURCES} calendars, which is the most; delete one first.`;
    return fail(problem('too-many-calendars', sentence, { path: 'name' }));
  }
  const { id } = await tx
    .insertInto('busySource')
    .values({ personId, name, ...rowOf(actor, read) })
    .returning('id')
    .executeTakeFirstOrThrow();
  await recordEvent(tx, actor, { kind: 'busy.read', personId, data: factsOf(read) });
  return ok({ id });
}

/** Puts what a calendar says now in the place of what it said. Event `busy.read`. */
export async function replaceBusySource(
  tx: Tx,
  actor: Actor,
  { personId }: Own,
  { id, read }: { readonly id: string; readonly read: ReadBusy },
): Promise<Result<void, Problem>> {
  const changed = await tx
    .updateTable('busySource')
    .set(rowOf(actor, read))
    .where('id', '=', id)
    .where('personId', '=', personId)
    .executeTakeFirst();
  if (changed.numUpdatedRows === 0n) return fail(noSuchCalendar());
  await recordEvent(tx, actor, { kind: 'busy.read', personId, data: factsOf(read) });
  return ok(undefined);
}

/** Forgets a calendar's busy times. Event `busy.deleted`. */
export async function deleteBusySource(
  tx: Tx,
  actor: Actor,
  { personId }: Own,
  { id }: { readonly id: string },
): Promise<Result<void, Problem>> {
  const gone = await tx
    .deleteFrom('busySource')
    .where('id', '=', id)
    .where('personId', '=', personId)
    .executeTakeFirst();
  if (gone.numDeletedRows === 0n) return fail(noSuchCalendar());
  await recordEvent(tx, actor, { kind: 'busy.deleted', personId });
  return ok(undefined);
}

const noSuchCalendar = (): Problem =>
  problem('no-such-calendar', 'This calendar is not there any more; look at the list again.');
