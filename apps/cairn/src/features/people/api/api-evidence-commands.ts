import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { Temporal } from '@cairn/kernel/time';
import type { Actor } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Summit } from '../../summits/queries.ts';
import { recordEvidence } from '../promises/evidence-commands.ts';
import { changedMarks, markValue } from '../promises/evidence-marks.ts';
import { saveMarks } from '../promises/evidence-marks-commands.ts';
import { occasionsOf } from '../promises/evidence-occasions.ts';
import { belonging } from '../promises/evidence-queries.ts';
import type { Organiser } from '../rights.ts';
import type { Fact } from './api-schema.ts';

/**
 * Records facts that an organiser's program tells, all or none; how many were new. Attendance and
 * presence go the way of the organiser's grid: of an occasion that has begun, at its own time.
 */
export async function recordFacts(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  { definition }: Summit,
  facts: readonly Fact[],
): Promise<Result<number, Problem>> {
  const occasions = occasionsOf(definition, actor.now);
  const isMark = ({ kind }: Pick<Fact, 'kind'>): boolean =>
    kind === 'attendance' || kind === 'presence';
  for (const [index, { kind, subject }] of facts.entries()) {
    if (!isMark({ kind })) continue;
    if (occasions.some((each) => each.kind === kind && each.subject === subject)) continue;
    const known = occasions.filter((each) => each.kind === kind).map((each) => each.subject);
    const sentence = `“${subject}” is nothing of this summit that one attends; write one of ${known.join(', ')}.`;
    return fail(problem('unknown-mark', sentence, { path: `facts[${index}].subject` }));
  }
  const ticked = facts
    .filter(isMark)
    .map(({ person, subject }) => markValue(person.toLowerCase(), { subject }));
  const marks = changedMarks(ticked, [], occasions);
  if (!marks.ok) return marks;
  const saved = await saveMarks(tx, actor, organiser, marks.value, 'organiser');
  if (!saved.ok) return saved;
  const others = await recordOthers(
    tx,
    actor,
    organiser,
    facts.filter((fact) => !isMark(fact)),
  );
  return others.ok ? ok(saved.value.recorded + others.value) : others;
}

/** Contributions, reviews and updates. */
async function recordOthers(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  facts: readonly Fact[],
): Promise<Result<number, Problem>> {
  const { summitId } = organiser;
  const people = facts.map(({ person }) => person.toLowerCase());
  const known = await belonging(tx, organiser, [...new Set(people)]);
  let recorded = 0;
  for (const { person, kind, subject, at } of facts) {
    const personId = person.toLowerCase();
    if (!known.has(personId)) {
      const sentence = `Nobody of this summit has the id ${person}; ask for the list of people.`;
      return fail(problem('not-in-this-summit', sentence));
    }
    const moment = at === undefined ? actor.now : Temporal.Instant.from(at);
    const fact = { summitId, personId, kind, subject, at: moment, source: 'organiser' } as const;
    const saved = await recordEvidence(tx, actor, fact);
    if (!saved.ok) return saved;
    if (saved.value.isNew) recorded += 1;
  }
  return ok(recorded);
}
