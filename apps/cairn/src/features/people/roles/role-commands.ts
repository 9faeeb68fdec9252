import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { lockSummit } from '../../summits/queries.ts';
import { notify } from '../invitations/notify-commands.ts';
import type { Organiser } from '../rights.ts';
import type { GivenRole } from './role-rules.ts';

const MEANINGS: Record<GivenRole, string> = {
  organiser: 'You can change everything about the summit, and you see everybody’s contact data.',
  treasurer: 'You look after the summit’s money.',
  guest: 'You can see the summit’s pages for its participants.',
};

/** Gives somebody a role in a summit and writes to them; harmless when they have it already. */
export async function giveRole(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  personId: string,
  role: GivenRole,
): Promise<Result<void, Problem>> {
  const summit = await lockSummit(tx, summitId);
  const given = await tx
    .insertInto('role')
    .values({
      summitId,
      personId,
      role,
      grantedAt: actor.now,
      grantedBy: actor.personId ?? null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('role')
    .executeTakeFirst();
  if (given === undefined) return ok(undefined);
  await recordEvent(tx, actor, { kind: 'role.given', summitId, personId, data: { role } });
  const { title } = summit.definition;
  await notify(tx, actor, {
    summitId,
    personId,
    key: `role:${summitId}:${personId}:${role}:${actor.now.epochMilliseconds}`,
    subject: `You are now ${role} of ${title}`,
    body: `You are now ${role} of ${title}. ${MEANINGS[role]} Sign in with this address to begin.`,
    // Only organisers may open the organisers’ pages.
    page: role === 'organiser' ? `/s/${summit.slug}/organise` : `/s/${summit.slug}`,
  });
  return ok(undefined);
}

/** Takes a role away. The last organiser keeps theirs: a summit is never left without one. */
export async function takeRole(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  personId: string,
  role: GivenRole,
): Promise<Result<void, Problem>> {
  // The summit is held, so that two organisers cannot each remove the other.
  await lockSummit(tx, summitId);
  if (role === 'organiser') {
    const organisers = await tx
      .selectFrom('role')
      .select('personId')
      .where('summitId', '=', summitId)
      .where('role', '=', 'organiser')
      .execute();
    if (organisers.length === 1 && organisers[0]?.personId === personId) {
      return fail(
        problem(
          'last-organiser',
          'This is the summit’s only organiser; make somebody else one first.',
        ),
      );
    }
  }
  const taken = await tx
    .deleteFrom('role')
    .where('summitId', '=', summitId)
    .where('personId', '=', personId)
    .where('role', '=', role)
    .returning('role')
    .executeTakeFirst();
  if (taken !== undefined) {
    await recordEvent(tx, actor, { kind: 'role.taken', summitId, personId, data: { role } });
  }
  return ok(undefined);
}
