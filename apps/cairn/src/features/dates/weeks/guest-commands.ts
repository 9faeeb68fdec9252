import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { hashSecret, newSecret } from '../../../platform/http/secret.ts';
import type { Organiser } from '../../people/rights.ts';
import { guestsOf, peopleNotAsked } from './guest-queries.ts';
import { UNASKED } from './poll-commands.ts';
import { editablePoll, lockedPoll } from './poll-lock-commands.ts';

/** What organisers say of somebody: whether they are asked, needed, and how much they weigh. */
export interface GuestWord {
  readonly personId: string;
  readonly isAsked: boolean;
  readonly isNeeded: boolean;
  /** 1 to 9; seats filled are counted with it. */
  readonly weight: number;
}

/**
 * Says who is asked, who is needed and how much each counts; people who are not in the list stay as
 * they are. Whoever is no longer asked keeps what they said, and it counts again when they are.
 * Returns how many changed.
 */
export async function sayOfGuests(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  words: readonly GuestWord[],
): Promise<Result<number, Problem>> {
  const locked = await editablePoll(tx, organiser);
  if (!locked.ok) return locked;
  const { summitId } = organiser;
  const asked = new Map((await guestsOf(tx, organiser)).map((guest) => [guest.personId, guest]));
  const others = new Set((await peopleNotAsked(tx, organiser)).map(({ personId }) => personId));
  let changed = 0;
  for (const { personId, isAsked, isNeeded, weight } of words) {
    const guest = asked.get(personId);
    if (guest === undefined) {
      if (!isAsked || !others.has(personId)) continue;
      await tx
        .insertInto('weekGuest')
        .values({ summitId, personId, isNeeded, weight, ...UNASKED, addedAt: actor.now })
        .onConflict((conflict) =>
          conflict
            .columns(['summitId', 'personId'])
            .doUpdateSet({ isNeeded, weight, withdrawnAt: null }),
        )
        .execute();
      await recordEvent(tx, actor, { kind: 'weeks.guest_added', summitId, personId });
    } else if (!isAsked) {
      await setGuest(tx, summitId, personId, { withdrawnAt: actor.now });
      await recordEvent(tx, actor, { kind: 'weeks.guest_removed', summitId, personId });
    } else if (guest.isNeeded !== isNeeded || guest.weight !== weight) {
      await setGuest(tx, summitId, personId, { isNeeded, weight });
      await recordEvent(tx, actor, {
        kind: 'weeks.guest_changed',
        summitId,
        personId,
        data: { needed: isNeeded, weight },
      });
    } else continue;
    changed += 1;
  }
  return ok(changed);
}

const setGuest = (
  tx: Tx,
  summitId: string,
  personId: string,
  change: Partial<{ isNeeded: boolean; weight: number; withdrawnAt: Actor['now'] }>,
) =>
  tx
    .updateTable('weekGuest')
    .set(change)
    .where('summitId', '=', summitId)
    .where('personId', '=', personId)
    .execute();

/** A new link for somebody who is asked; returns its secret, of which only the hash is kept. */
export async function insertLink(
  tx: Tx,
  actor: Actor,
  summitId: string,
  personId: string,
): Promise<{ readonly id: string; readonly secret: string }> {
  const secret = newSecret();
  const { id } = await tx
    .insertInto('weekLink')
    .values({
      summitId,
      personId,
      tokenHash: hashSecret(secret),
      madeAt: actor.now,
      revokedAt: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { id, secret };
}

/**
 * Makes a link for an organiser to pass on by hand, to somebody whom no mail reaches. Links that
 * were sent before stay valid. The secret is told this once.
 */
export async function makeLink(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  personId: string,
): Promise<Result<{ readonly name: string; readonly secret: string }, Problem>> {
  const locked = await lockedPoll(tx, organiser);
  if (!locked.ok) return locked;
  const guest = (await guestsOf(tx, organiser)).find((each) => each.personId === personId);
  if (guest === undefined) return fail(NOT_ASKED);
  const { id, secret } = await insertLink(tx, actor, organiser.summitId, personId);
  await recordEvent(tx, actor, {
    kind: 'weeks.link_made',
    summitId: organiser.summitId,
    personId,
    data: { link: id },
  });
  return ok({ name: guest.name, secret });
}

const NOT_ASKED = problem('not-asked', 'This person is not among those who are asked.');

/** Closes all links of somebody; what was answered by them stays. Returns how many there were. */
export async function revokeLinks(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  personId: string,
): Promise<Result<number, Problem>> {
  const gone = await tx
    .updateTable('weekLink')
    .set({ revokedAt: actor.now })
    .where('summitId', '=', summitId)
    .where('personId', '=', personId)
    .where('revokedAt', 'is', null)
    .returning('id')
    .execute();
  if (gone.length > 0) {
    await recordEvent(tx, actor, {
      kind: 'weeks.links_revoked',
      summitId,
      personId,
      data: { links: gone.length },
    });
  }
  return ok(gone.length);
}
