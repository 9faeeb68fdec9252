import type { Db } from '../../../platform/db/database.ts';
import type { GithubRefusal } from '../../../platform/github/answer.ts';
import type { Reading } from './read-task.ts';
import { repositorySchema } from './remote-schema.ts';

type Stopped = GithubRefusal | { readonly kind: 'enough' };

/**
 * Looks whether the repository is there for us, and how it is called now: its number stays when it is
 * renamed or moved. One that another plan is kept in step with is refused.
 */
export async function reach(reading: Reading): Promise<Stopped | undefined> {
  const { services, plan } = reading;
  const { db, clock } = services;
  const { summitId } = plan;
  const note = (trouble: string | null) =>
    db.updateTable('githubSettings').set({ trouble }).where('summitId', '=', summitId).execute();
  const answer = await reading.ask('');
  if (!answer.ok) {
    if (answer.error.kind !== 'limited' && answer.error.kind !== 'enough')
      await note(answer.error.kind);
    return answer.error;
  }
  const read = repositorySchema.safeParse(answer.value.data);
  if (!read.success) {
    await note('unreachable');
    return { kind: 'unreachable', said: 'an answer that is no repository', mayBeDone: false };
  }
  const { id, owner, name, branch } = read.data;
  if (plan.repositoryId !== null && plan.repositoryId !== id) {
    // Another repository has the name now; what is linked is of the one before.
    await note('another');
    return { kind: 'missing', status: 404, said: 'another repository' };
  }
  const taken = await db
    .selectFrom('githubSettings')
    .select('summitId')
    .where('repositoryId', '=', id)
    .where('summitId', '!=', summitId)
    .executeTakeFirst();
  if (taken !== undefined) {
    await note('taken');
    return { kind: 'missing', status: 404, said: 'taken' };
  }
  if (plan.repositoryId === null) await forgetOther(db, summitId, id);
  await db
    .updateTable('githubSettings')
    .set({
      repositoryId: id,
      owner,
      name,
      defaultBranch: branch,
      trouble: null,
      reachedAt: clock.now(),
    })
    .where('summitId', '=', summitId)
    .execute();
  return undefined;
}

/** What was linked with another repository is only here now: its numbers mean something else in this one. */
async function forgetOther(db: Db, summitId: string, repositoryId: number): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const former = await tx
      .selectFrom('githubFormer')
      .select('repositoryId')
      .where('summitId', '=', summitId)
      .executeTakeFirst();
    if (former !== undefined && former.repositoryId !== repositoryId) {
      await tx.deleteFrom('githubLink').where('summitId', '=', summitId).execute();
      await tx.deleteFrom('githubHead').where('summitId', '=', summitId).execute();
    }
    await tx
      .insertInto('githubFormer')
      .values({ summitId, repositoryId })
      .onConflict((conflict) => conflict.column('summitId').doUpdateSet({ repositoryId }))
      .execute();
  });
}
