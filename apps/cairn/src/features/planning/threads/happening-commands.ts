import type { Actor } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { ThreadPlace, Writer } from './thread-commands.ts';

/** What can be told between the comments of a thread, and what is kept of each. */
export type Happened =
  | { readonly kind: 'closed' | 'reopened' | 'locked' | 'unlocked' }
  | {
      readonly kind: 'labels';
      readonly data: { readonly added: readonly string[]; readonly removed: readonly string[] };
    }
  | { readonly kind: 'titled'; readonly data: { readonly from: string; readonly to: string } }
  /** A topic or a decision changed its state. */
  | { readonly kind: 'state'; readonly data: { readonly from: string; readonly to: string } }
  /** Another thread names this one. */
  | { readonly kind: 'mentioned'; readonly data: { readonly by: number } }
  /** Another topic became part of this one, or this one of another; or that was taken back. */
  | { readonly kind: 'merged' | 'unmerged'; readonly data: { readonly from: number } }
  | { readonly kind: 'merged-into' | 'unmerged-from'; readonly data: { readonly into: number } }
  /** The document of this thread was changed on main, or taken away. */
  | { readonly kind: 'document'; readonly data: { readonly path: string; readonly commit: string } }
  | { readonly kind: 'document-gone'; readonly data: { readonly path: string } };

/** Notes in a thread what was done, to be told between its comments. */
export async function noteHappening(
  tx: Tx,
  actor: Actor,
  { summitId, number }: ThreadPlace,
  happened: Happened,
  writer?: Writer,
): Promise<void> {
  await tx
    .insertInto('planHappening')
    .values({
      summitId,
      number,
      kind: happened.kind,
      data: JSON.stringify('data' in happened ? happened.data : {}),
      personId: (writer === undefined ? actor.personId : writer.personId) ?? null,
      accountId: writer?.accountId ?? null,
      at: actor.now,
    })
    // The same thread named twice by another is told once.
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
