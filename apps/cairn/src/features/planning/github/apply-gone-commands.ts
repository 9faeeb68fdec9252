import { expectOk } from '@cairn/kernel/result';
import { closeThread } from '../threads/state-commands.ts';
import { type Applying, inThread, somebodyDid } from './apply-context.ts';
import { keepLink, linkOf } from './link-commands.ts';

/** An issue that GitHub has no more: what was said of it stays here, and it is closed. */
export async function markGone(
  applying: Applying,
  remoteNumber: number,
  moment: string,
): Promise<void> {
  const { tx, plan } = applying;
  const { summitId } = plan;
  const link = await linkOf(tx, summitId, 'thread', remoteNumber);
  if (link?.number == null || link.goneAt !== null) return;
  const { actor, writer } = somebodyDid(moment);
  await keepLink(tx, summitId, 'thread', remoteNumber, { goneAt: actor.now });
  const { kind } = await tx
    .selectFrom('planThread')
    .select('kind')
    .where('summitId', '=', summitId)
    .where('number', '=', link.number)
    .executeTakeFirstOrThrow();
  if (kind !== 'issue') return;
  const place = { summitId, number: link.number };
  await inThread(applying, place, async () =>
    expectOk(await closeThread(tx, actor, place, writer)),
  );
}
