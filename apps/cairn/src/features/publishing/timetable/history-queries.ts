import type { CalendarEntry } from '@cairn/formats/calendar-entry';
import { type Instant, Temporal } from '@cairn/kernel/time';
import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import { isComing } from '../../people/invitations/participation-queries.ts';
import type { Self } from '../../people/rights.ts';
import type { Summit } from '../../summits/queries.ts';
import { ownAgenda } from '../../timetable/agenda/agenda-queries.ts';
import { later } from '../../timetable/frame/frame-rules.ts';
import type { PlacedSession, ReleasedRoom } from '../../timetable/release/content-schema.ts';
import { releasedContent } from '../../timetable/release/current-queries.ts';
import {
  itemKey,
  keptItems,
  type OpenItem,
  openItems,
  type ReleasedProgramme,
  timetableEntry,
} from './history-rules.ts';
import { type OwnPart, ownItems } from './own-agenda-rules.ts';
import { type ProgrammeItem, programmeOf } from './programme-rules.ts';

/** All that the public was ever told of a timetable. */
export interface TimetableHistory {
  /** By version, from 1. */
  readonly releases: readonly ReleasedProgramme[];
  readonly open: readonly OpenItem[];
  /** Of the last release. */
  readonly zone: string;
  readonly since: Instant;
}

/** All that the public was ever told of a timetable; undefined while none was released. Public. */
export async function timetableHistory(
  db: Reader,
  summitId: string,
): Promise<TimetableHistory | undefined> {
  const rows = await db
    .selectFrom('timetableRelease')
    .select(['version', 'releasedAt'])
    .where('summitId', '=', summitId)
    .orderBy('version')
    .execute();
  const releases: ReleasedProgramme[] = [];
  for (const row of rows) {
    const programme = programmeOf(await releasedContent(db, summitId, row));
    releases.push({ programme, releasedAt: row.releasedAt });
  }
  const [first, last] = [releases[0], releases.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const { zone } = last.programme;
  const open = await openHistory(db, summitId, last.programme.rooms);
  return { releases, open, zone, since: first.releasedAt };
}

/** Open space with what was withdrawn, and how often each changed. */
async function openHistory(
  db: Reader,
  summitId: string,
  rooms: readonly ReleasedRoom[],
): Promise<OpenItem[]> {
  const { rows } = await sql<
    Omit<PlacedSession, 'ends' | 'leads' | 'people' | 'roomId'> & {
      readonly roomId: string;
      readonly minutes: number;
      readonly withdrawnAt: Instant | null;
      readonly claimedAt: Instant;
      readonly claimedBy: string | null;
      readonly changes: number;
      readonly moves: number;
      readonly isRemoved: boolean;
      readonly changedAt: Instant | null;
    }
  >`
    with happened as (
      select data ->> 'session' as session, max(at) as at,
        count(*) filter (where kind <> 'open_session.claimed')::int as changes,
        count(*) filter (where kind = 'open_session.moved')::int as moves,
        bool_or(kind = 'open_session.removed') as removed
      from event where summit_id = ${summitId} and kind like 'open\\_session.%' group by 1)
    select s.id, s.kind, s.title, s.text, s.topic_number as "topicNumber", s.group_key as "groupKey",
      s.track, s.minutes, o.date::text as date, o.starts, o.room_id as "roomId",
      o.claimed_by as "claimedBy", o.claimed_at as "claimedAt", o.withdrawn_at as "withdrawnAt",
      coalesce(h.changes, 0) as changes, coalesce(h.moves, 0) as moves,
      coalesce(h.removed, false) as "isRemoved", h.at as "changedAt"
    from open_session o join timetable_session s on s.id = o.session_id
    left join happened h on h.session = s.id::text
    where o.summit_id = ${summitId} order by o.claimed_at, s.id`.execute(db);
  if (rows.length === 0) return [];
  const known = new Set(rooms.map(({ id }) => id));
  const more = await db
    .selectFrom('timetableRoom')
    .select(['id', 'key', 'name', 'capacity', 'features', 'directions'])
    .where('summitId', '=', summitId)
    .where(
      'id',
      'in',
      rows.map(({ roomId }) => roomId),
    )
    .execute();
  const all = [...rooms, ...more.filter(({ id }) => !known.has(id))];
  const sessions = rows.map((row) => {
    const by = row.claimedBy === null ? [] : [row.claimedBy];
    return { ...row, ends: later(row.starts, row.minutes), leads: by, people: by };
  });
  const { items } = programmeOf(
    { slotMinutes: 1, zone: '', days: [], rooms: [], blocks: [], sessions: [] },
    sessions,
    all,
  );
  const byId = new Map(items.map((item) => [item.id, item]));
  return rows.flatMap(({ id, withdrawnAt, claimedAt, changedAt, changes, moves, isRemoved }) => {
    const known = byId.get(id);
    if (known === undefined) return [];
    // What is gone is known by its title, and no longer says anything; what organisers removed not even that.
    const gone = { ...known, text: '', title: isRemoved ? 'Removed session' : known.title };
    const item = withdrawnAt === null ? known : gone;
    return [
      {
        ...{ item, changes, isWithdrawn: withdrawnAt !== null, hasMoved: moves > 0 },
        changedAt: changedAt ?? withdrawnAt ?? claimedAt,
      },
    ];
  });
}

/** What a public calendar of a timetable tells: all of it, or what belongs to a room or a group. */
export const publicItems = (
  { releases, open, zone }: TimetableHistory,
  belongs: (item: ProgrammeItem) => boolean = () => true,
) => [...keptItems(releases, belongs).values(), ...openItems(open, zone, belongs).values()];

/** Where a person's entries belong. */
interface OwnFrame {
  readonly uidOf: (key: string) => string;
  readonly page: string;
}

/** The timetable as one person's calendar tells it; nothing before a timetable was released. */
export async function ownTimetableEntries(
  db: Reader,
  self: Self,
  { definition }: Summit,
  { uidOf, page }: OwnFrame,
): Promise<CalendarEntry[]> {
  const history = await timetableHistory(db, self.summitId);
  if (history === undefined) return [];
  const part = await ownPart(db, self, history);
  const venue = `${definition.venue.name}, ${definition.venue.city}`;
  return ownItems(publicItems(history), part).map((kept) =>
    timetableEntry(kept, {
      uidOf: (item) => uidOf(itemKey(item)),
      ...{ page, venue },
    }),
  );
}

async function ownPart(
  db: Reader,
  self: Self,
  { releases, open, since }: TimetableHistory,
): Promise<OwnPart> {
  const { summitId, personId } = self;
  const comes = await isComing(db, summitId, personId);
  const agenda = comes ? await ownAgenda(db, self) : undefined;
  const expected = [
    ...releases.flatMap(({ programme }) => programme.items),
    ...open.map(({ item }) => item),
  ].filter(({ people }) => people.includes(personId));
  const happened = await ownHappenings(db, self);
  return {
    ...{ personId, comes, since },
    everCame: comes || happened.some(({ what }) => what === 'came'),
    goes: new Set(
      agenda?.entries.filter(({ goes }) => goes).map(({ session }) => session.id) ?? [],
    ),
    wasIn: new Set([
      ...expected.map(({ id }) => id),
      ...happened.filter(({ what }) => what === 'marked').map(({ session }) => session ?? ''),
    ]),
    groups: await ownGroupsEver(db, self),
    changed: changesOf(happened),
  };
}

interface Happened {
  readonly what: 'marked' | 'came' | 'group';
  readonly session: string | null;
  readonly at: Instant;
}

/**
 * When a person's part in a timetable changed. Of groupings only those that were set count: what is
 * being tried out is nobody's to know, not even that it is tried.
 */
async function ownHappenings(db: Reader, { summitId, personId }: Self): Promise<Happened[]> {
  const { rows } = await sql<Happened>`
    select 'marked' as what, data ->> 'session' as session, max(at) as at from event
      where summit_id = ${summitId} and person_id = ${personId} and kind = 'agenda.marked'
      group by 2
    union all
    select 'came', null, at from event
      where summit_id = ${summitId} and person_id = ${personId}
        and (kind like 'seat.%' or kind like 'role.%' or kind = 'invitation.accepted')
    union all
    select 'group', null, greatest(set_at, (
      select max(at) from event e
        where e.summit_id = ${summitId} and e.data ->> 'grouping' = grouping.id::text
          and (e.kind like 'group.%' or e.kind like 'grouping.%') and e.at >= grouping.set_at))
    from grouping where summit_id = ${summitId} and set_at is not null`.execute(db);
  return rows;
}

function changesOf(happened: readonly Happened[]): ReadonlyMap<string, Instant> {
  const changed = new Map<string, Instant>();
  for (const { what, session, at } of happened) {
    const key = what === 'marked' ? (session ?? '') : what === 'group' ? 'group' : '';
    const before = changed.get(key);
    if (before === undefined || Temporal.Instant.compare(at, before) > 0) changed.set(key, at);
  }
  return changed;
}

/** The keys of the groups that somebody is in, or was in since a grouping was set. */
async function ownGroupsEver(
  db: Reader,
  { summitId, personId }: Self,
): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('groupMember')
    .innerJoin('workGroup', 'workGroup.id', 'groupMember.groupId')
    .innerJoin('grouping', 'grouping.id', 'groupMember.groupingId')
    .select('workGroup.key')
    .distinct()
    .where('grouping.summitId', '=', summitId)
    .where('grouping.setAt', 'is not', null)
    .where('groupMember.personId', '=', personId)
    .execute();
  return new Set(rows.map(({ key }) => key));
}
