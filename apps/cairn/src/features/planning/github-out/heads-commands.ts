import { fetchRef, type Remote } from '../../../platform/git/remote.ts';
import type { Services } from '../../../platform/http/env.ts';
import type { MirrorOutcome } from './mirror-commands.ts';

/**
 * Fetches the commits of pull requests that are known and not here yet, so that their differences can be
 * shown and they can be merged here. GitHub keeps them under `refs/pull/<number>/head`, whoever made them.
 */
export async function fetchHeads(
  services: Services,
  summitId: string,
  remote: Remote,
): Promise<MirrorOutcome> {
  const repository = services.git.plan(summitId);
  const rows = await services.db
    .selectFrom('planProposal as p')
    .innerJoin('githubLink as l', (join) =>
      join
        .onRef('l.summitId', '=', 'p.summitId')
        .onRef('l.number', '=', 'p.number')
        .on('l.kind', '=', 'thread'),
    )
    .select(['p.number', 'p.head', 'p.version', 'l.remoteId'])
    .where('p.summitId', '=', summitId)
    .where('l.goneAt', 'is', null)
    .orderBy('p.number')
    .execute();
  let missing: MirrorOutcome = { kind: 'done' };
  for (const { number, head, version, remoteId } of rows) {
    if ((await repository.resolve(`${head}^{commit}`)) !== undefined) continue;
    const ours = `refs/proposals/github/${remoteId}`;
    const fetched = await fetchRef(repository, remote, `refs/pull/${remoteId}/head`, ours);
    if (fetched.kind === 'unreachable') return fetched;
    if (fetched.kind === 'refused') {
      missing = fetched;
      continue;
    }
    const there = await repository.resolve(`${head}^{commit}`);
    if (there !== undefined) await repository.pointRef(`refs/proposals/${number}/${version}`, head);
  }
  return missing;
}
