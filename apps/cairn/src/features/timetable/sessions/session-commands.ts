import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { counted } from '@cairn/kernel/words';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Organiser } from '../../people/rights.ts';
import { lockSummit } from '../../summits/queries.ts';
import { frameOf } from '../frame/frame-queries.ts';
import { sessionPeople } from './people-queries.ts';
import { sessionRulesOf, sessionsOf } from './session-queries.ts';
import { roundedUp, type Session } from './session-rules.ts';

/** More sessions than any summit has. */
export const MOST_SESSIONS = 2000;

/** What a session is to be. Those in free space are made and changed in open space only. */
export interface SavedSession extends Omit<Session, 'id' | 'kind'> {
  readonly id?: string | undefined;
  readonly kind: 'work' | 'plenary';
}

/**
 * Saves a session. Its length is rounded up to whole slots, which the answer says. Event
 * `session.saved`. Refused where somebody named does not come.
 */
export async function saveSession(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  { id, leads, needed, ...session }: SavedSession,
): Promise<Result<{ readonly id: string; readonly minutes: number }, Problem>> {
  const frame = await frameOf(tx, await lockSummit(tx, summitId));
  const sessions = await sessionsOf(tx, summitId);
  const known = sessions.find((each) => each.id === id);
  if (id !== undefined && known === undefined) return goneSession();
  if (known?.kind === 'open') {
    const sentence = 'This session is in open space; change it there.';
    return fail(problem('open-session', sentence));
  }
  const people = new Set((await sessionPeople(tx, summitId)).map((person) => person.id));
  // Who was named before may have declined since: that contradicts, and does not stop other changes.
  const named = new Set([...(known?.leads ?? []), ...(known?.needed ?? [])]);
  const stranger = [...leads, ...needed].find((each) => !people.has(each) && !named.has(each));
  if (stranger !== undefined) {
    const sentence = 'Leads and needed people are among those who come to this summit.';
    const path = leads.includes(stranger) ? 'leads[]' : 'needed[]';
    return fail(problem('does-not-come', sentence, { path }));
  }
  if (known === undefined && sessions.length >= MOST_SESSIONS) return tooMany();
  const minutes = roundedUp(session.minutes, frame?.slotMinutes);
  const values = { ...session, minutes, needs: [...new Set(session.needs)] };
  const saved =
    known === undefined
      ? await insertSession(tx, actor, summitId, values)
      : await tx
          .updateTable('timetableSession')
          .set(values)
          .where('id', '=', known.id)
          .returning('id')
          .executeTakeFirstOrThrow();
  await setPeople(tx, saved.id, { leads, needed });
  const data = { session: saved.id };
  await recordEvent(tx, actor, { kind: 'session.saved', summitId, data });
  return ok({ id: saved.id, minutes });
}

/** The row of a new session. */
export const insertSession = (
  tx: Tx,
  actor: Actor,
  summitId: string,
  session: Omit<SavedSession, 'id' | 'leads' | 'needed'>,
): Promise<{ readonly id: string }> =>
  tx
    .insertInto('timetableSession')
    .values({
      ...session,
      needs: [...session.needs],
      summitId,
      createdAt: actor.now,
      createdBy: actor.personId ?? null,
      removedAt: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();

/** Sets who leads a session and who else must be there; whoever leads it is not listed twice. */
export async function setPeople(
  tx: Tx,
  sessionId: string,
  { leads, needed }: Pick<Session, 'leads' | 'needed'>,
): Promise<void> {
  await tx.deleteFrom('sessionPerson').where('sessionId', '=', sessionId).execute();
  const others = new Set(needed.filter((each) => !leads.includes(each)));
  const rows = [
    ...[...new Set(leads)].map((personId) => ({ sessionId, personId, part: 'lead' as const })),
    ...[...others].map((personId) => ({ sessionId, personId, part: 'needed' as const })),
  ];
  if (rows.length > 0) await tx.insertInto('sessionPerson').values(rows).execute();
}

/**
 * Removes sessions, and the rules that speak of them. Event `session.removed` for each. What was
 * released keeps them until the next release.
 */
export async function removeSessions(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  { ids }: { readonly ids: readonly string[] },
): Promise<Result<{ readonly removed: number }, Problem>> {
  const known = (await sessionsOf(tx, summitId)).filter(
    ({ id, kind }) => ids.includes(id) && kind !== 'open',
  );
  if (known.length === 0) return goneSession();
  const gone = new Set(known.map(({ id }) => id));
  for (const id of gone) {
    await tx
      .updateTable('timetableSession')
      .set({ removedAt: actor.now })
      .where('id', '=', id)
      .execute();
    await recordEvent(tx, actor, { kind: 'session.removed', summitId, data: { session: id } });
  }
  const idle = (await sessionRulesOf(tx, summitId)).filter(({ sessions }) =>
    sessions.some((id) => gone.has(id)),
  );
  for (const rule of idle) {
    await tx.deleteFrom('sessionRule').where('id', '=', rule.id).execute();
    await recordEvent(tx, actor, {
      kind: 'session_rule.removed',
      summitId,
      data: { rule: rule.id },
    });
  }
  return ok({ removed: gone.size });
}

/** Removes one session; see `removeSessions`. */
export const removeSession = (
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  { id }: { readonly id: string },
) => removeSessions(tx, actor, organiser, { ids: [id] });

export const tooMany = () =>
  fail(
    problem(
      'too-many-sessions',
      `A timetable has at most ${counted(MOST_SESSIONS, 'session')}; remove some first.`,
    ),
  );

const goneSession = () =>
  fail(problem('no-session', 'This session is gone; look at the list of sessions again.'));
