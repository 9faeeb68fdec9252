import { Temporal } from '@cairn/kernel/time';
import type { Reader } from '../../../platform/db/database.ts';
import { interestFacts } from '../../planning/interest/interest-queries.ts';
import { peopleByHandle } from '../../planning/threads/handle-queries.ts';
import { openTopicFacts } from '../../planning/topics/topic-queries.ts';
import { planPeople } from '../../planning/workplan/workplan-queries.ts';
import type { Summit } from '../../summits/queries.ts';
import { frameOf } from '../frame/frame-queries.ts';
import { slotsOf } from '../frame/frame-rules.ts';
import { presenceOf } from '../presence/presence-queries.ts';
import { isAwayFor } from './fact-rules.ts';
import type { GroupFacts } from './problem-rules.ts';

/** What groups of a day, or of the week where `date` is null, are made from. For organisers. */
export async function groupFacts(
  db: Reader,
  summit: Pick<Summit, 'id' | 'definition'>,
  date: string | null,
): Promise<GroupFacts> {
  const [interest, comers, topics, presence, frame] = await Promise.all([
    interestFacts(db, summit.id),
    planPeople(db, summit.id),
    openTopicFacts(db, summit.id),
    presenceOf(db, summit.id),
    frameOf(db, summit),
  ]);
  const slots = frame === undefined ? [] : slotsOf(frame);
  const comes = new Set(comers.map(({ id }) => id));
  const handles = topics.flatMap(({ facts }) => [facts.lead ?? '', ...facts.people]);
  const byHandle = await peopleByHandle(db, [...new Set(handles.filter((each) => each !== ''))]);
  const personOf = (handle: string | null): string | null => {
    const id = handle === null ? undefined : byHandle.get(handle.toLowerCase())?.personId;
    return id !== undefined && comes.has(id) ? id : null;
  };
  return {
    people: interest.people
      .filter(({ id }) => comes.has(id))
      .map(({ id, name, communities }) => ({
        id,
        name,
        projects: communities,
        isAway: isAwayFor(presence.get(id), date, slots),
      })),
    topics: topics.map(({ facts, ...topic }) => ({
      ...topic,
      lead: personOf(facts.lead),
      people: facts.people.map(personOf).filter((each) => each !== null),
      projects: facts.projects,
    })),
    said: interest.said.filter(({ personId }) => comes.has(personId)),
    projects: summit.definition.communities,
  };
}

/** The days that groups can be for: those of the frame, or of the summit while it has none. */
export async function groupDays(
  db: Reader,
  summit: Pick<Summit, 'id' | 'definition'>,
): Promise<string[]> {
  const frame = await frameOf(db, summit);
  if (frame !== undefined && frame.days.length > 0) return frame.days.map(({ date }) => date);
  const { dates } = summit.definition;
  const [from, until] = [Temporal.PlainDate.from(dates.start), Temporal.PlainDate.from(dates.end)];
  return Array.from({ length: from.until(until).days + 1 }, (_, days) =>
    from.add({ days }).toString(),
  );
}
