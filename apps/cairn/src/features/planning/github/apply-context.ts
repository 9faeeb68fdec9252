import type { Instant } from '@cairn/kernel/time';
import type { Actor } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { PlanServices } from '../repository/main-commands.ts';
import type { ThreadPlace, Writer } from '../threads/thread-commands.ts';
import { writerOf } from './account-commands.ts';
import { asInstant } from './link-commands.ts';
import type { RemoteUser } from './remote-schema.ts';
import type { Connected } from './settings-queries.ts';
import type { Source } from './state-rules.ts';

/** What applying something from GitHub needs. All of one plan is applied by one at a time. */
export interface Applying {
  readonly tx: Tx;
  readonly services: PlanServices;
  readonly plan: Connected;
  readonly source: Source;
  /** By the installation's clock; what is applied happened when GitHub says. */
  readonly now: Instant;
}

/** Who did something on GitHub, and when: an actor of that moment and whose words they are. */
export interface Did {
  readonly actor: Actor;
  readonly writer: Writer;
}

export async function whoDid({ tx }: Applying, user: RemoteUser, moment: string): Promise<Did> {
  const at = asInstant(moment);
  const writer = await writerOf(tx, user, at);
  return { actor: { personId: writer.personId, door: 'github', now: at }, writer };
}

/** Somebody at GitHub, of whom nothing says who: a change of an issue names only who opened it. */
export const somebodyDid = (moment: string): Did => ({
  actor: { personId: undefined, door: 'github', now: asInstant(moment) },
  writer: { personId: undefined, accountId: undefined },
});

/** Does something in a thread whose place in the lists is by the latest that was heard of it, in whatever order. */
export async function inThread<T>(
  { tx }: Applying,
  { summitId, number }: ThreadPlace,
  act: () => Promise<T>,
): Promise<T> {
  const here = () =>
    tx
      .selectFrom('planThread')
      .select('updatedAt')
      .where('summitId', '=', summitId)
      .where('number', '=', number)
      .executeTakeFirst();
  const before = await here();
  const done = await act();
  const after = await here();
  const isSetBack =
    before !== undefined &&
    after !== undefined &&
    after.updatedAt.epochMilliseconds < before.updatedAt.epochMilliseconds;
  if (isSetBack) {
    await tx
      .updateTable('planThread')
      .set({ updatedAt: before.updatedAt })
      .where('summitId', '=', summitId)
      .where('number', '=', number)
      .execute();
  }
  return done;
}
