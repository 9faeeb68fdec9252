import { z } from 'zod';
import { missedAmong } from './missed-rules.ts';
import type { Asked, Reading } from './read-task.ts';

const attemptSchema = z
  .object({
    id: z.int(),
    guid: z.string(),
    repository_id: z.int().nullish(),
    status_code: z.int(),
    redelivery: z.boolean(),
  })
  .transform((said) => ({
    id: said.id,
    guid: said.guid,
    repositoryId: said.repository_id ?? undefined,
    status: said.status_code,
    isAgain: said.redelivery,
  }));

/**
 * Compares what an App's log at GitHub says was not taken with what is here, and has it sent again: some
 * of it, such as a deleted remark on a line, no list would tell. A token has no such log.
 */
export async function readMissed(
  reading: Reading,
): Promise<Exclude<Asked, { ok: true }>['error'] | undefined> {
  const { services, github, plan } = reading;
  if (!github.isApp || github.webhookSecret === undefined || plan.repositoryId === null) {
    return undefined;
  }
  const answer = await github.ask({ path: '/app/hook/deliveries', query: { per_page: 100 } });
  if (!answer.ok) return answer.error.kind === 'limited' ? answer.error : undefined;
  const log = z.array(attemptSchema).safeParse(answer.value.data);
  if (!log.success) return undefined;
  const guids = log.data.map(({ guid }) => guid);
  const rows =
    guids.length === 0
      ? []
      : await services.db
          .selectFrom('githubDelivery')
          .select('id')
          .where('id', 'in', guids)
          .where('state', '!=', 'failed')
          .execute();
  const known = new Set(rows.map(({ id }) => id));
  for (const { id } of missedAmong(log.data, plan.repositoryId, known)) {
    const again = await github.ask({
      method: 'POST',
      path: `/app/hook/deliveries/${id}/attempts`,
    });
    if (!again.ok && again.error.kind === 'limited') return again.error;
  }
  return undefined;
}
