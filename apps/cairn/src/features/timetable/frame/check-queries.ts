import type { Reader } from '../../../platform/db/database.ts';
import type { Summit } from '../../summits/queries.ts';
import { groupsOfWeek } from '../groups/current-queries.ts';
import { presenceOf } from '../presence/presence-queries.ts';
import { sessionPeople } from '../sessions/people-queries.ts';
import { sessionRulesOf, sessionsOf } from '../sessions/session-queries.ts';
import type { ContradictionFacts } from './contradiction-rules.ts';
import { frameOf } from './frame-queries.ts';
import type { Frame } from './frame-rules.ts';

/** What contradictions are looked for in; undefined while no frame was begun. For organisers. */
export async function contradictionFacts(
  db: Reader,
  summit: Pick<Summit, 'id' | 'definition'>,
): Promise<ContradictionFacts | undefined> {
  const frame = await frameOf(db, summit);
  return frame && (await factsAround(db, summit, frame));
}

/** The same around a frame that was read already, or that is only typed. */
export async function factsAround(
  db: Reader,
  { id, definition }: Pick<Summit, 'id' | 'definition'>,
  frame: Frame,
): Promise<ContradictionFacts> {
  const [coming, presence, sessions, rules, groups] = await Promise.all([
    sessionPeople(db, id),
    presenceOf(db, id),
    sessionsOf(db, id),
    sessionRulesOf(db, id),
    groupsOfWeek(db, id),
  ]);
  const people = new Map(coming.map((person) => [person.id, person.name]));
  const named = sessions.flatMap(({ leads, needed }) => [...leads, ...needed]);
  const strangers = [...new Set(named.filter((person) => !people.has(person)))];
  const others =
    strangers.length === 0
      ? []
      : await db.selectFrom('person').select(['id', 'name']).where('id', 'in', strangers).execute();
  const { start, end } = definition.dates;
  return {
    frame,
    dates: { start, end },
    people,
    others: new Map(others.map((person) => [person.id, person.name])),
    presence,
    sessions,
    rules,
    groups,
  };
}
