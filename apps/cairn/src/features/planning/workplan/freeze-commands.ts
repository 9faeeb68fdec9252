import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { writeSignedTag } from '../../../platform/git/signed-tag.ts';
import { signingKey } from '../../../platform/git/ssh-signature.ts';
import type { Organiser } from '../../people/rights.ts';
import { lockMain, type PlanServices } from '../repository/main-commands.ts';
import { cairnSignature } from '../repository/signature-queries.ts';
import { noPlan } from '../threads/thread-commands.ts';
import { frozenPlans, tagOf, topicsNow } from './workplan-queries.ts';
import { type LoadLimit, workPlanOf } from './workplan-rules.ts';

/** The longest name of a version. */
export const LONGEST_NAME = 200;

/**
 * Freezes the work plan as main says it now: the next version, an annotated tag that Cairn signs. The
 * tag is written here and pointed to once this is stored. Refused where nothing was planned, or where
 * main is what the last version is. Event `workplan.frozen`.
 */
export async function freezeWorkPlan(
  tx: Tx,
  services: PlanServices,
  actor: Actor,
  { summitId }: Organiser,
  { name }: { readonly name: string },
): Promise<Result<{ readonly tag: string }, Problem>> {
  const said = name.replace(/\s+/g, ' ').trim();
  if (said === '' || said.length > LONGEST_NAME) {
    const sentence = `Give this version a name of at most ${LONGEST_NAME} characters, such as “For the summit”.`;
    return fail(problem('no-name', sentence, { path: 'name' }));
  }
  const commit = await lockMain(tx, summitId);
  if (commit === undefined) return fail(noPlan());
  const [last] = await frozenPlans(tx, summitId);
  if (last?.commit === commit) {
    const sentence = `Nothing has changed since ${last.tag}; it is still the work plan.`;
    return fail(problem('nothing-new', sentence, { path: 'name' }));
  }
  const { topics } = workPlanOf(await topicsNow(tx, summitId), [], undefined);
  if (topics.length === 0) {
    const sentence = 'No topic is planned yet; set topics to “planned” first.';
    return fail(problem('nothing-planned', sentence, { path: 'name' }));
  }
  const version = (last?.version ?? 0) + 1;
  const tag = tagOf(version);
  const tagObject = await writeSignedTag(services.git.plan(summitId), await signingKey(tx), {
    name: tag,
    commit,
    tagger: cairnSignature(services.url, actor.now),
    message: `Work plan ${version}: ${said}`,
  });
  await tx
    .insertInto('planFreeze')
    .values({
      summitId,
      version,
      name: said,
      commit,
      tagObject,
      frozenAt: actor.now,
      frozenBy: actor.personId ?? null,
    })
    .execute();
  await recordEvent(tx, actor, { kind: 'workplan.frozen', summitId, data: { tag } });
  return ok({ tag });
}

/** Points the tags of all frozen versions to where their rows say; harmless when repeated. */
export async function pointTags(
  tx: Tx,
  { git }: Pick<PlanServices, 'git'>,
  summitId: string,
): Promise<void> {
  const repository = git.plan(summitId);
  const there = await repository.refs('refs/tags');
  for (const { tag, tagObject } of await frozenPlans(tx, summitId)) {
    const ref = `refs/tags/${tag}`;
    if (there.get(ref) === tagObject) continue;
    if (!(await repository.pointRef(ref, tagObject, there.get(ref) ?? ''))) {
      throw new Error(`the tag ${tag} could not be set`);
    }
  }
}

/** Says from how many topics on somebody has too much. Event `workplan.load_set`. */
export async function setLoadLimit(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  { mostTopics, mostLed }: LoadLimit,
): Promise<Result<void, Problem>> {
  const limit = { mostTopics, mostLed };
  const changed = await tx
    .insertInto('planLoad')
    .values({ summitId, ...limit })
    .onConflict((conflict) =>
      conflict
        .column('summitId')
        .doUpdateSet(limit)
        .where((eb) =>
          eb.or([
            eb('planLoad.mostTopics', '!=', mostTopics),
            eb('planLoad.mostLed', '!=', mostLed),
          ]),
        ),
    )
    .returning('summitId')
    .executeTakeFirst();
  if (changed === undefined) return ok(undefined);
  await recordEvent(tx, actor, { kind: 'workplan.load_set', summitId, data: { ...limit } });
  return ok(undefined);
}
