import { dateIn, expectZone, type Instant } from '@cairn/kernel/time';
import type { Reader } from '../../../platform/db/database.ts';
import type { Services } from '../../../platform/http/env.ts';
import type { Summit } from '../../summits/queries.ts';
import type { PrintedPlan } from './print-rules.ts';
import {
  type FrozenPlan,
  frozenPlans,
  loadLimit,
  namesByHandle,
  planPeople,
  topicsAtCommit,
  topicsNow,
} from './workplan-queries.ts';
import { planChanges, type TopicChange, type WorkPlan, workPlanOf } from './workplan-rules.ts';

/** The work plan as it stands now. For those who take part. */
export async function workPlanNow(db: Reader, summitId: string): Promise<WorkPlan> {
  const [topics, people, limit] = await Promise.all([
    topicsNow(db, summitId),
    planPeople(db, summitId),
    loadLimit(db, summitId),
  ]);
  return workPlanOf(topics, people, limit);
}

/** What changed since the latest frozen version; nothing where there is none. */
export async function changesSince(
  { db, git }: Pick<Services, 'db' | 'git'>,
  summitId: string,
  latest: FrozenPlan | undefined,
): Promise<TopicChange[]> {
  if (latest === undefined) return [];
  const before = await topicsAtCommit(db, git, summitId, latest.commit);
  return planChanges(before, await topicsNow(db, summitId));
}

/** Which state of the work plan is to be printed. */
export type WantedPlan = 'draft' | 'latest' | number;

/**
 * A work plan to be printed: a frozen version, or today's draft. Undefined where there is no such
 * version. `forPublic`: only who let themselves be named is named; the others by their handle.
 */
export async function printedPlan(
  { db, git, url }: Pick<Services, 'db' | 'git' | 'url'>,
  summit: Summit,
  wanted: WantedPlan,
  { now, forPublic }: { readonly now: Instant; readonly forPublic: boolean },
): Promise<PrintedPlan | undefined> {
  const names = await namesByHandle(db, summit.id, forPublic);
  const zone = expectZone(summit.definition.zone);
  const common = {
    definition: summit.definition,
    nameOf: (handle: string) => names.get(handle.toLowerCase()) ?? `@${handle}`,
    page: `${url}/s/${summit.slug}`,
  };
  if (wanted === 'draft') {
    const { topics } = workPlanOf(await topicsNow(db, summit.id), [], undefined);
    return { ...common, topics, frozen: undefined, on: dateIn(now, zone) };
  }
  const versions = await frozenPlans(db, summit.id);
  const frozen =
    wanted === 'latest' ? versions[0] : versions.find(({ version }) => version === wanted);
  if (frozen === undefined) return undefined;
  const { topics } = workPlanOf(
    await topicsAtCommit(db, git, summit.id, frozen.commit),
    [],
    undefined,
  );
  return { ...common, topics, frozen, on: dateIn(frozen.frozenAt, zone) };
}
