import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import { coming } from '../../people/invitations/participation-queries.ts';
import type { Organiser } from '../../people/rights.ts';
import { interestOf } from '../../planning/interest/interest-queries.ts';
import type { Summit } from '../../summits/queries.ts';
import { frameOf } from '../frame/frame-queries.ts';
import { currentGroups } from '../groups/current-queries.ts';
import { presenceOf } from '../presence/presence-queries.ts';
import { openSessions } from '../release/current-queries.ts';
import { sessionRulesOf, sessionsOf } from '../sessions/session-queries.ts';
import type { FactPerson, TimetableFacts } from './facts-rules.ts';

type OfSummit = Pick<Summit, 'id' | 'definition'>;

/** Everything that a timetable is made from, with people's names; undefined while there is no frame. */
export const timetableFacts = (
  db: Reader,
  summit: OfSummit,
  _right: Organiser,
): Promise<TimetableFacts | undefined> => factsOf(db, summit);

/**
 * The same for what is shown to others: nobody has a name, so that no sentence that is made of it
 * tells one.
 */
export async function namelessFacts(
  db: Reader,
  summit: OfSummit,
): Promise<TimetableFacts | undefined> {
  const facts = await factsOf(db, summit);
  return facts && { ...facts, people: facts.people.map(({ id }) => ({ id, name: 'somebody' })) };
}

async function factsOf(db: Reader, summit: OfSummit): Promise<TimetableFacts | undefined> {
  const frame = await frameOf(db, summit);
  if (frame === undefined) return undefined;
  const [sessions, open, rules, people, interest, presence, groups] = await Promise.all([
    sessionsOf(db, summit.id),
    openSessions(db, summit.id),
    sessionRulesOf(db, summit.id),
    peopleFor(db, summit.id),
    interestOf(db, summit.id),
    presenceOf(db, summit.id),
    Promise.all(
      frame.days.map(async ({ date }) => [date, await currentGroups(db, summit.id, date)] as const),
    ),
  ]);
  return {
    frame,
    sessions: sessions.filter(({ kind }) => kind !== 'open'),
    open,
    rules,
    people,
    interest,
    presence,
    groups: new Map(groups),
  };
}

/** Who comes, and whoever must be in a session though they have not said that they come. */
async function peopleFor(db: Reader, summitId: string): Promise<FactPerson[]> {
  const { rows } = await sql<FactPerson>`
    select person.id, person.name from person
    where person.erased_at is null and (
      person.id in ${coming(summitId)}
      or exists (
        select from session_person
        join timetable_session on timetable_session.id = session_person.session_id
        where session_person.person_id = person.id
          and timetable_session.summit_id = ${summitId} and timetable_session.removed_at is null
      )
      or exists (
        select from group_member join grouping on grouping.id = group_member.grouping_id
        where group_member.person_id = person.id and group_member.group_id is not null
          and grouping.summit_id = ${summitId} and grouping.state = 'set'
      )
    )
    order by lower(person.name), person.id`.execute(db);
  return rows;
}
