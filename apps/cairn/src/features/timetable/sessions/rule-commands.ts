import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Organiser } from '../../people/rights.ts';
import { sessionsOf } from './session-queries.ts';
import { type SessionRule, sessionRuleProblem } from './session-rules.ts';

/** More rules than anybody can follow. */
const MOST_RULES = 2000;

/** What a rule is to be. */
export interface SavedSessionRule extends Omit<SessionRule, 'id'> {
  readonly id?: string | undefined;
}

/** Saves a rule between sessions. Event `session_rule.saved`. */
export async function saveSessionRule(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  { id, ...rule }: SavedSessionRule,
): Promise<Result<{ readonly id: string }, Problem>> {
  const wrong = sessionRuleProblem(rule);
  if (wrong !== undefined) return fail(wrong);
  const known = new Set((await sessionsOf(tx, summitId)).map((session) => session.id));
  if (rule.sessions.some((session) => !known.has(session))) {
    const sentence = 'One of these sessions is gone; choose again.';
    return fail(problem('no-session', sentence, { path: 'sessions[]' }));
  }
  if (id === undefined) {
    const { count } = await tx
      .selectFrom('sessionRule')
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .where('summitId', '=', summitId)
      .executeTakeFirstOrThrow();
    if (Number(count) >= MOST_RULES) {
      return fail(problem('too-many-rules', 'There are rules enough; remove some first.'));
    }
    return ok(await insertRule(tx, actor, summitId, rule));
  }
  const saved = await tx
    .updateTable('sessionRule')
    .set(asRow(rule))
    .where('id', '=', id)
    .where('summitId', '=', summitId)
    .returning('id')
    .executeTakeFirst();
  if (saved === undefined) return goneRule();
  await recordEvent(tx, actor, { kind: 'session_rule.saved', summitId, data: { rule: saved.id } });
  return ok(saved);
}

/** The row of a new rule, with its event. */
export async function insertRule(
  tx: Tx,
  actor: Actor,
  summitId: string,
  rule: Omit<SessionRule, 'id'>,
): Promise<{ readonly id: string }> {
  const { id } = await tx
    .insertInto('sessionRule')
    .values({ ...asRow(rule), summitId, createdAt: actor.now })
    .returning('id')
    .executeTakeFirstOrThrow();
  await recordEvent(tx, actor, { kind: 'session_rule.saved', summitId, data: { rule: id } });
  return { id };
}

const asRow = ({ kind, sessions, at, wish, isHard }: Omit<SessionRule, 'id'>) => ({
  kind,
  sessions: [...sessions],
  at: [...at],
  wish,
  isHard,
});

/** Removes a rule between sessions. Event `session_rule.removed`. */
export async function removeSessionRule(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  { id }: { readonly id: string },
): Promise<Result<void, Problem>> {
  const gone = await tx
    .deleteFrom('sessionRule')
    .where('id', '=', id)
    .where('summitId', '=', summitId)
    .executeTakeFirst();
  if (gone.numDeletedRows === 0n) return goneRule();
  await recordEvent(tx, actor, { kind: 'session_rule.removed', summitId, data: { rule: id } });
  return ok(undefined);
}

const goneRule = () => fail(problem('no-rule', 'This rule is gone; look at the rules again.'));
