import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Self } from '../../people/rights.ts';
import { mergedSaid, type Said, type SaidAnew } from './interest-rules.ts';

/**
 * Says what somebody wants of topics, by their numbers; what is not named stays. Event
 * `interest.changed` for each that changed; saying the same again makes none.
 */
export async function setInterests(
  tx: Tx,
  actor: Actor,
  self: Self,
  said: SaidAnew,
): Promise<Result<{ readonly changed: number }, Problem>> {
  const { summitId, personId } = self;
  if (said.size === 0) return ok({ changed: 0 });
  const numbers = [...said.keys()];
  const topics = await tx
    .selectFrom('planTopic')
    .select(['number', 'duplicateOf'])
    .where('summitId', '=', summitId)
    .where('number', 'in', numbers)
    .orderBy('number')
    .forShare()
    .execute();
  const known = new Map(topics.map((topic) => [topic.number, topic.duplicateOf]));
  let changed = 0;
  for (const [number, each] of said) {
    const into = known.get(number);
    if (into === undefined) {
      const sentence = `There is no topic #${number} in this plan; look for it in the list of topics.`;
      return fail(problem('no-such-topic', sentence));
    }
    if (into !== null) {
      const sentence = `Topic #${number} was merged into #${into}; say it there.`;
      return fail(problem('topic-merged', sentence));
    }
    const isNew =
      each === undefined
        ? await takeBack(tx, self, number)
        : await say(tx, actor.now, self, number, each);
    if (!isNew) continue;
    changed += 1;
    await recordEvent(tx, actor, {
      kind: 'interest.changed',
      summitId,
      personId,
      data: { number, level: each?.level ?? null },
    });
  }
  return ok({ changed });
}

/** Takes back what somebody said of a topic, so that they have said nothing; says whether they had. */
async function takeBack(tx: Tx, { summitId, personId }: Self, number: number): Promise<boolean> {
  const gone = await tx
    .deleteFrom('planInterest')
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .where('personId', '=', personId)
    .returning('number')
    .executeTakeFirst();
  return gone !== undefined;
}

/** Says one thing of one topic; says whether that is new. */
async function say(
  tx: Tx,
  now: Actor['now'],
  { summitId, personId }: Self,
  number: number,
  { level, why }: Said,
): Promise<boolean> {
  const row = { level, why, changedAt: now };
  const stored = await tx
    .insertInto('planInterest')
    .values({ summitId, number, personId, ...row })
    .onConflict((conflict) =>
      conflict
        .columns(['summitId', 'number', 'personId'])
        .doUpdateSet(row)
        .where((eb) =>
          eb.or([eb('planInterest.level', '!=', level), eb('planInterest.why', '!=', why)]),
        ),
    )
    .returning('number')
    .executeTakeFirst();
  return stored !== undefined;
}

/**
 * Carries interest along when a topic is merged into another one: of two levels of a person the
 * stronger stays, and both reasons. Event `interest.changed` for each person whose interest in
 * the remaining topic is not what it was.
 */
export async function mergeInterest(
  tx: Tx,
  actor: Actor,
  summitId: string,
  { from, into }: { readonly from: number; readonly into: number },
): Promise<void> {
  const rows = await tx
    .selectFrom('planInterest')
    .select(['number', 'personId', 'level', 'why'])
    .where('summitId', '=', summitId)
    .where('number', 'in', [from, into])
    .forUpdate()
    .execute();
  const there = new Map(
    rows.filter(({ number }) => number === into).map((row) => [row.personId, row]),
  );
  for (const { personId, level, why } of rows.filter(({ number }) => number === from)) {
    const before = there.get(personId);
    const said = before === undefined ? { level, why } : mergedSaid(before, { level, why });
    if (before?.level === said.level && before.why === said.why) continue;
    await tx
      .insertInto('planInterest')
      .values({ summitId, number: into, personId, ...said, changedAt: actor.now })
      .onConflict((conflict) =>
        conflict
          .columns(['summitId', 'number', 'personId'])
          .doUpdateSet({ ...said, changedAt: actor.now }),
      )
      .execute();
    await recordEvent(tx, actor, {
      kind: 'interest.changed',
      summitId,
      personId,
      data: { number: into, level: said.level },
    });
  }
  await tx
    .deleteFrom('planInterest')
    .where('summitId', '=', summitId)
    .where('number', '=', from)
    .execute();
}
