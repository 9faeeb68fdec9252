import { z } from 'zod';
import type { Applying } from './apply-context.ts';
import { askFor } from './due-commands.ts';

const labelSchema = z.object({ name: z.string() });

/**
 * Compares the labels that the repository has with those that threads have which came from it: issues with
 * one that is called otherwise now, or was deleted, are asked for as they are.
 */
export async function applyLabels(
  { tx, plan: { summitId }, now }: Applying,
  found: readonly unknown[],
): Promise<void> {
  const names = found.flatMap((each) => {
    const read = labelSchema.safeParse(each);
    return read.success ? [read.data.name.toLowerCase()] : [];
  });
  const rows = await tx
    .selectFrom('planLabel')
    .innerJoin('githubLink', (join) =>
      join
        .onRef('githubLink.summitId', '=', 'planLabel.summitId')
        .onRef('githubLink.number', '=', 'planLabel.number')
        .on('githubLink.kind', '=', 'thread')
        .on('githubLink.goneAt', 'is', null),
    )
    .innerJoin('planThread', (join) =>
      join
        .onRef('planThread.summitId', '=', 'planLabel.summitId')
        .onRef('planThread.number', '=', 'planLabel.number'),
    )
    .select(['planLabel.label', 'githubLink.remoteId', 'planThread.kind'])
    .where('planLabel.summitId', '=', summitId)
    .execute();
  for (const { label, remoteId, kind } of rows) {
    if (names.includes(label.toLowerCase())) continue;
    await askFor(tx, summitId, kind === 'proposal' ? 'pull' : 'thread', remoteId, now);
  }
}
