import type { ZoneName } from '@cairn/kernel/time';
import { expectZone } from '@cairn/kernel/time';
import type { Reader } from '../../../platform/db/database.ts';
import type { Self } from '../../people/rights.ts';
import { ownInterest } from '../../planning/interest/interest-queries.ts';
import { planPeople } from '../../planning/workplan/workplan-queries.ts';
import type { Summit } from '../../summits/queries.ts';
import { currentTimetable } from '../release/current-queries.ts';
import { stretchForReader } from '../release/time-words-rules.ts';
import { type Grouping, groupingOf } from './grouping-queries.ts';
import { whyNotJoin, whyNotSwap } from './own-rules.ts';
import { roomIn } from './room-rules.ts';
import { ownSwaps } from './swap-queries.ts';

/** The groupings that hold: that of the week, and those of single days in order. */
export interface HeldGroupings {
  readonly week: string | undefined;
  readonly days: readonly { readonly date: string; readonly id: string }[];
}

/** Which groupings hold. For those who come. */
export async function heldGroupings(db: Reader, summitId: string): Promise<HeldGroupings> {
  const rows = await db
    .selectFrom('grouping')
    .select(['id', 'date'])
    .where('summitId', '=', summitId)
    .where('state', '=', 'set')
    .orderBy('date')
    .orderBy('setAt', 'desc')
    .execute();
  const days = new Map<string, string>();
  for (const { id, date } of rows) if (date !== null && !days.has(date)) days.set(date, id);
  return {
    week: rows.find(({ date }) => date === null)?.id,
    days: [...days].map(([date, id]) => ({ date, id })),
  };
}

/** A group with its people by name, those who lead first. For those who come. */
export function shownGroups(grouping: Grouping, names: ReadonlyMap<string, string>) {
  const members = grouping.members
    .filter(({ personId }) => names.has(personId))
    .map(({ personId, key, isLead, isOut }) => ({
      personId,
      key,
      isLead,
      isOut,
      name: names.get(personId) ?? '',
    }))
    .sort(
      (one, other) =>
        Number(other.isLead) - Number(one.isLead) || one.name.localeCompare(other.name, 'en'),
    );
  const groups = grouping.groups.map(({ needed: _, ...group }) => ({
    ...group,
    people: members.filter(({ key }) => key === group.key),
    left: roomIn(grouping, group).left,
  }));
  return {
    groups: groups.filter(({ people, isPinned }) => people.length > 0 || isPinned),
    unplaced: members.filter(({ key, isOut }) => key === null && !isOut),
  };
}

/** The names of those who come, by id. For those who take part. */
export const namesOfComers = async (
  db: Reader,
  summitId: string,
): Promise<ReadonlyMap<string, string>> =>
  new Map((await planPeople(db, summitId)).map(({ id, name }) => [id, name]));

const STRENGTH = ['lead', 'work', 'learn', undefined, 'none'] as const;

/** Somebody's own part in a grouping that holds: where they are, why, and where else they could be. */
export async function ownPlace(
  db: Reader,
  self: Self,
  grouping: Grouping,
  names: ReadonlyMap<string, string>,
) {
  const { personId } = self;
  const member = grouping.members.find((each) => each.personId === personId);
  const [interest, swaps] = await Promise.all([ownInterest(db, self), ownSwaps(db, self)]);
  const groups = shownGroups(grouping, names).groups;
  const groupOf = (id: string) =>
    groups.find(({ people }) => people.some((each) => each.personId === id));
  const wanted = groups
    .filter(({ key }) => key !== member?.key)
    .map((group) => ({ group, level: interest.get(group.topicNumber ?? -1)?.level }))
    .sort((one, other) => STRENGTH.indexOf(one.level) - STRENGTH.indexOf(other.level));
  const shownSwap = (other: string, id: string) => ({
    id,
    name: names.get(other) ?? '',
    group: groupOf(other)?.title ?? '',
  });
  const open = swaps.filter(({ groupingId }) => groupingId === grouping.id);
  const asked = new Set(open.map(({ askedOf }) => askedOf));
  return {
    personId,
    group: groups.find(({ key }) => key === member?.key),
    isOut: member?.isOut ?? false,
    cameBy: member?.cameBy ?? ('search' as const),
    why: member?.why ?? [],
    joins: wanted
      .filter(({ group }) => whyNotJoin(grouping, personId, group.key) === undefined)
      .map(({ group, level }) => ({
        value: group.key,
        label: `${group.title} (room for ${group.left}${saidOf(level)})`,
      })),
    swaps: wanted.flatMap(({ group, level }) =>
      group.people
        .filter(
          (each) =>
            !asked.has(each.personId) &&
            whyNotSwap(grouping, personId, each.personId) === undefined,
        )
        .map((each) => ({
          value: each.personId,
          label: `${each.name} in ${group.title}${level === undefined ? '' : ` (${WORDS[level]})`}`,
        })),
    ),
    askedOfMe: open
      .filter(({ askedOf }) => askedOf === personId)
      .map(({ id, askedBy }) => shownSwap(askedBy, id)),
    askedByMe: open
      .filter(({ askedBy }) => askedBy === personId)
      .map(({ id, askedOf }) => shownSwap(askedOf, id)),
  };
}

const WORDS = {
  lead: 'you would lead it',
  work: 'you would work on it',
  learn: 'you would learn from it',
  none: 'not for you',
} as const;

const saidOf = (level: keyof typeof WORDS | undefined): string =>
  level === undefined ? '' : `; ${WORDS[level]}`;

/** What a group's page shows: where it holds, and its sessions. Undefined where it does not hold. */
export async function groupPage(db: Reader, summit: Summit, key: string, reader: ZoneName) {
  const held = await heldGroupings(db, summit.id);
  const ids = [...(held.week === undefined ? [] : [held.week]), ...held.days.map(({ id }) => id)];
  const names = await namesOfComers(db, summit.id);
  const groupings = await Promise.all(ids.map((id) => groupingOf(db, summit.id, id)));
  const spans = groupings.flatMap((grouping) => {
    const group = grouping && shownGroups(grouping, names).groups.find((each) => each.key === key);
    return grouping === undefined || group === undefined ? [] : [{ date: grouping.date, group }];
  });
  const [first] = spans;
  if (first === undefined) return undefined;
  const current = await currentTimetable(db, summit.id);
  const zone = expectZone(summit.definition.zone);
  const rooms = new Map(current?.content.rooms.map(({ id, name }) => [id, name]));
  const sessions = (current?.sessions ?? []).filter(({ groupKey }) => groupKey === key);
  return {
    title: first.group.title,
    topicNumber: first.group.topicNumber,
    spans,
    hasTimetable: current !== undefined,
    sessions: sessions.map((session) => ({
      id: session.id,
      title: session.title,
      when: stretchForReader(session, zone, reader),
      room: rooms.get(session.roomId ?? '') ?? '',
      href: `/s/${summit.slug}/timetable/sessions/${session.id}`,
    })),
  };
}
