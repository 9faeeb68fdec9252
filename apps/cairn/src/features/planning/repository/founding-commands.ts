import type { Problem } from '@cairn/kernel/problem';
import type { Result } from '@cairn/kernel/result';
import type { Actor } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { summitById } from '../../summits/queries.ts';
import { planSkeleton } from '../documents/skeleton-rules.ts';
import { foundPlan, type PlanServices } from './main-commands.ts';

/** Gives a summit its plan, if it has none: what a plan is, its rules, and a template for each kind of document. */
export async function ensurePlan(
  tx: Tx,
  services: PlanServices,
  actor: Actor,
  summitId: string,
): Promise<Result<void, Problem>> {
  const { slug, definition } = await summitById(tx, summitId);
  const url = `${services.url}/s/${slug}/plan`;
  return foundPlan(tx, services, actor, summitId, planSkeleton({ title: definition.title, url }));
}
