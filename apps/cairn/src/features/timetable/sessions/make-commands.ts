import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Organiser } from '../../people/rights.ts';
import { lockSummit } from '../../summits/queries.ts';
import { frameOf } from '../frame/frame-queries.ts';
import { sessionsToMake } from './make-rules.ts';
import { insertRule } from './rule-commands.ts';
import { insertSession, MOST_SESSIONS, setPeople, tooMany } from './session-commands.ts';
import { sessionsOf } from './session-queries.ts';
import { roundedUp } from './session-rules.ts';
import { sessionSources } from './source-queries.ts';

/** Sessions for each group of the week, or for each planned topic. */
export interface MakeSessions {
  readonly from: 'groups' | 'topics';
  /** How many sessions each is to have; those that there are count. */
  readonly count: number;
  readonly minutes: number;
  /** Some of them only, by their keys. */
  readonly only?: readonly string[] | undefined;
  /** The first comes before the second, and so on: each a rule of its own. */
  readonly inOrder?: boolean | undefined;
}

/**
 * Makes the sessions that groups or planned topics lack; done again it makes none. A topic's sessions
 * become those of its group. Whoever leads a topic leads the sessions made for it. Event `session.saved` for
 * each.
 */
export async function makeSessions(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  { from, count, minutes, only, inOrder = false }: MakeSessions,
): Promise<Result<{ readonly made: number; readonly taken: number }, Problem>> {
  const summit = await lockSummit(tx, summitId);
  const all = await sessionSources(tx, summitId, from);
  const sources = only === undefined ? all : all.filter(({ key }) => only.includes(key));
  if (sources.length === 0) {
    const sentence =
      from === 'groups'
        ? 'No group is set for the week; set the groups first, or make sessions of topics.'
        : 'No topic is planned yet; decide on the work plan first, or add sessions by hand.';
    return fail(problem('nothing-to-make-of', sentence, { path: 'from' }));
  }
  const frame = await frameOf(tx, summit);
  const sessions = await sessionsOf(tx, summitId);
  const { missing, taken } = sessionsToMake(sources, sessions, count);
  if (sessions.length + missing.length > MOST_SESSIONS) return tooMany();
  const record = (session: string) =>
    recordEvent(tx, actor, { kind: 'session.saved', summitId, data: { session } });
  for (const { id, groupKey } of taken) {
    await tx.updateTable('timetableSession').set({ groupKey }).where('id', '=', id).execute();
    await record(id);
  }
  const lasts = new Map<string, string>();
  for (const { source, title, after } of missing) {
    const { id } = await insertSession(tx, actor, summitId, {
      kind: 'work',
      title,
      text: '',
      topicNumber: source.topicNumber,
      groupKey: from === 'groups' ? source.key : null,
      minutes: roundedUp(minutes, frame?.slotMinutes),
      size: null,
      needs: [],
      track: '',
      isOptional: false,
    });
    await setPeople(tx, id, { leads: source.leads, needed: [] });
    await record(id);
    const before = lasts.get(source.key) ?? after;
    if (inOrder && before !== undefined) {
      await insertRule(tx, actor, summitId, {
        kind: 'before',
        sessions: [before, id],
        at: [],
        wish: null,
        isHard: true,
      });
    }
    lasts.set(source.key, id);
  }
  return ok({ made: missing.length, taken: taken.length });
}
