import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Instant, Temporal } from '@cairn/kernel/time';
import type { Actor } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Organiser } from '../rights.ts';
import { type EvidenceSource, recordEvidence, withdrawEvidence } from './evidence-commands.ts';
import type { Mark, MarkChanges } from './evidence-marks.ts';
import { belonging } from './evidence-queries.ts';

/** How many facts a saving added and took back. */
export interface MarksSaved {
  readonly recorded: number;
  readonly withdrawn: number;
}

/**
 * Saves what an organiser changed: facts are recorded and withdrawn one by one, with an event each,
 * all or none. What another organiser has done already is not done again.
 */
export async function saveMarks(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  { added, removed }: MarkChanges,
  source: Extract<EvidenceSource, 'organiser' | 'csv'>,
): Promise<Result<MarksSaved, Problem>> {
  const people = [...added, ...removed].map(({ personId }) => personId);
  const known = await belonging(tx, organiser, [...new Set(people)]);
  if (people.some((personId) => !known.has(personId))) {
    const sentence =
      'Somebody on this page does not belong to the summit any more; open the page anew.';
    return fail(problem('not-in-this-summit', sentence));
  }
  let recorded = 0;
  for (const { personId, occasion } of added) {
    const { kind, subject, begins } = occasion;
    const at = earlier(begins ?? actor.now, actor.now);
    const fact = { summitId: organiser.summitId, personId, kind, subject, at, source };
    const saved = await recordEvidence(tx, actor, fact);
    if (!saved.ok) return saved;
    if (saved.value.isNew) recorded += 1;
  }
  let withdrawn = 0;
  for (const mark of removed) {
    const id = await standingFact(tx, organiser, mark);
    if (id === undefined) continue;
    const saved = await withdrawEvidence(tx, actor, organiser, id);
    if (!saved.ok) return saved;
    if (saved.value.wasStanding) withdrawn += 1;
  }
  return ok({ recorded, withdrawn });
}

async function standingFact(
  tx: Tx,
  { summitId }: Organiser,
  { personId, occasion }: Mark,
): Promise<string | undefined> {
  const row = await tx
    .selectFrom('evidence')
    .select('id')
    .where('summitId', '=', summitId)
    .where('personId', '=', personId)
    .where('kind', '=', occasion.kind)
    .where('subject', '=', occasion.subject)
    .where('withdrawnAt', 'is', null)
    .executeTakeFirst();
  return row?.id;
}

const earlier = (a: Instant, b: Instant): Instant => (Temporal.Instant.compare(a, b) < 0 ? a : b);
