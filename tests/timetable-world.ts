import type { Summit } from '../apps/cairn/src/features/summits/queries.ts';
import type { Db } from '../apps/cairn/src/platform/db/database.ts';
import { NOW, storePerson, storeSummit } from './summit.ts';

/** The days of the frame: Monday to Wednesday of the first summit's week, in Los Angeles. */
const TIMETABLE_DAYS = ['2023-05-22', '2023-05-23', '2023-05-24'] as const;
const [MONDAY, TUESDAY] = TIMETABLE_DAYS;

type RoomKey = 'hall' | 'studio' | 'library' | 'attic';
type SessionKey = 'arrays1' | 'arrays2' | 'packaging1' | 'packaging2' | 'docs' | 'panel' | 'chat';

/**
 * A summit whose timetable is being made. Work is from 9:30 (Monday from 10:00) to 12:00, from 13:00 to
 * 15:00 and from 15:30 to 17:00, in half hours. Everything else is known by its key.
 */
export interface TimetableWorld {
  readonly summit: Summit;
  /** Organiser. */
  readonly ada: string;
  /** Organiser as well: the second editor. */
  readonly grigor: string;
  /** Participants by their first names. Mira leads arrays, Noor packaging, Tomas docs; Yuki is far away. */
  readonly people: Readonly<Record<string, string>>;
  readonly rooms: Readonly<Record<RoomKey, string>>;
  readonly sessions: Readonly<Record<SessionKey, string>>;
  /**
   * “First draft”: arrays1 on Monday 10:00 in the studio (pinned), packaging1 on Monday 13:00 in the hall,
   * docs on Tuesday 9:30 in the library. The rest has no place.
   */
  readonly draftId: string;
}

const FIRST_NAMES = 'Mira Noor Tomas Yuki Priya Sven Alba Kofi Lena Omar'.split(' ');

/** Who is in which group of the week; the first leads it. */
const GROUPS = {
  arrays: { title: 'Array API', number: 1, people: ['Mira', 'Priya', 'Sven', 'Yuki'] },
  packaging: { title: 'Packaging native code', number: 2, people: ['Noor', 'Alba', 'Kofi'] },
  docs: { title: 'Documentation themes', number: 3, people: ['Tomas', 'Lena', 'Omar'] },
} as const;

/** Stores a summit with topics, interest, groups, frame, presence, sessions, a rule and a draft. */
export async function storeTimetableWorld(
  db: Db,
  { slug = 'sp_summit_2023' }: { slug?: string } = {},
): Promise<TimetableWorld> {
  const summit = await storeSummit(db, { slug });
  const { id: summitId } = summit;
  const ada = await storePerson(db, 'Ada Byron', { summitId, role: 'organiser' });
  const grigor = await storePerson(db, 'Grigor Lind', { summitId, role: 'organiser' });
  const people: Record<string, string> = {};
  for (const name of FIRST_NAMES) {
    people[name] = await storePerson(db, `${name} Example`, { summitId, role: 'participant' });
  }
  const personOf = (name: string): string => people[name] ?? '';
  await storeTopics(db, summitId, personOf);
  await storeGroups(db, summitId, personOf);
  const rooms = await storeFrame(db, summitId);
  const said = { summitId, arrivesOn: null, arrivesAt: null, leavesOn: null, leavesAt: null };
  await db
    .insertInto('presence')
    .values([
      { ...said, personId: personOf('Yuki'), isRemote: true, saidBy: null, saidAt: NOW },
      {
        ...said,
        personId: personOf('Noor'),
        leavesOn: TUESDAY,
        leavesAt: '13:00',
        saidBy: null,
        saidAt: NOW,
      },
    ])
    .execute();
  const sessions = await storeSessions(db, summitId, personOf);
  const draftId = await storeDraft(db, summitId, ada);
  const place = (session: SessionKey, date: string, starts: string, room: RoomKey) => ({
    draftId,
    sessionId: sessions[session],
    date,
    starts,
    roomId: rooms[room],
    isPinned: session === 'arrays1',
  });
  await db
    .insertInto('draftPlacement')
    .values([
      place('arrays1', MONDAY, '10:00', 'studio'),
      place('packaging1', MONDAY, '13:00', 'hall'),
      place('docs', TUESDAY, '09:30', 'library'),
    ])
    .execute();
  return { summit, ada, grigor, people, rooms, sessions, draftId };
}

/** Topics 1 to 3, and what people said that they want of them. */
async function storeTopics(
  db: Db,
  summitId: string,
  personOf: (name: string) => string,
): Promise<void> {
  await db
    .insertInto('planRepository')
    .values({ summitId, head: '0'.repeat(40), lastNumber: 3, foundedAt: NOW, movedAt: NOW })
    .execute();
  for (const { title, number, people } of Object.values(GROUPS)) {
    await db
      .insertInto('planThread')
      .values({
        summitId,
        number,
        kind: 'topic',
        title,
        authorId: personOf(people[0]),
        authorAccount: null,
        door: 'web',
        createdAt: NOW,
        editedAt: null,
        updatedAt: NOW,
        closedAt: null,
        closedBy: null,
        lockedAt: null,
        lockedBy: null,
      })
      .execute();
    await db
      .insertInto('planTopic')
      .values({
        summitId,
        number,
        path: `topics/topic-${number}.md`,
        state: 'planned',
        duplicateOf: null,
      })
      .execute();
    const said = people.map((name, index) => ({
      personId: personOf(name),
      level: index === 0 ? ('lead' as const) : ('work' as const),
    }));
    const visitor = { 1: 'Kofi', 2: 'Sven', 3: 'Priya' }[number];
    await db
      .insertInto('planInterest')
      .values(
        [...said, { personId: personOf(visitor), level: 'learn' as const }].map((each) => ({
          summitId,
          number,
          ...each,
          changedAt: NOW,
        })),
      )
      .execute();
  }
}

/** The grouping of the week, set. */
async function storeGroups(
  db: Db,
  summitId: string,
  personOf: (name: string) => string,
): Promise<void> {
  const { id: groupingId } = await db
    .insertInto('grouping')
    .values({
      summitId,
      title: 'Groups of the week',
      date: null,
      state: 'set',
      fromId: null,
      createdAt: NOW,
      createdBy: null,
      setAt: NOW,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  for (const [key, { title, number, people }] of Object.entries(GROUPS)) {
    const { id: groupId } = await db
      .insertInto('workGroup')
      .values({ groupingId, key, title, topicNumber: number, least: null, most: null })
      .returning('id')
      .executeTakeFirstOrThrow();
    await db
      .insertInto('groupMember')
      .values(
        people.map((name, index) => ({
          groupingId,
          personId: personOf(name),
          groupId,
          isLead: index === 0,
        })),
      )
      .execute();
  }
}

/** Days, blocks and rooms. */
async function storeFrame(db: Db, summitId: string): Promise<Record<RoomKey, string>> {
  await db.insertInto('timetableFrame').values({ summitId, revision: 1 }).execute();
  await db
    .insertInto('timetableDay')
    .values(TIMETABLE_DAYS.map((date) => ({ summitId, date, starts: '09:00', ends: '17:30' })))
    .execute();
  const kinds = ['hall', 'studio', 'library', 'attic'] as const;
  const facts = {
    hall: { name: 'Hall', capacity: 30, features: ['screen', 'video'] },
    studio: { name: 'Studio', capacity: 10, features: ['screen', 'video'] },
    library: { name: 'Library', capacity: 8, features: ['quiet', 'whiteboard'] },
    attic: { name: 'Attic', capacity: 3, features: [] as string[] },
  };
  const stored = await db
    .insertInto('timetableRoom')
    .values(
      kinds.map((key, position) => ({
        summitId,
        key,
        position,
        link: null,
        removedAt: null,
        ...facts[key],
      })),
    )
    .returning(['key', 'id'])
    .execute();
  const idOf = (key: RoomKey): string => stored.find((room) => room.key === key)?.id ?? '';
  const block = { summitId, meal: null, roomId: idOf('hall') };
  await db
    .insertInto('timetableBlock')
    .values([
      ...TIMETABLE_DAYS.flatMap((date) => [
        {
          ...block,
          date,
          starts: '09:00',
          ends: '09:30',
          kind: 'check_in' as const,
          title: 'Morning check-in',
        },
        {
          ...block,
          date,
          starts: '12:00',
          ends: '13:00',
          kind: 'meal' as const,
          meal: 'lunch' as const,
          title: 'Lunch',
          roomId: null,
          place: 'Foyer',
          isProvided: true,
        },
        {
          ...block,
          date,
          starts: '15:00',
          ends: '15:30',
          kind: 'break' as const,
          title: 'Break',
          roomId: null,
        },
        {
          ...block,
          date,
          starts: '17:00',
          ends: '17:30',
          kind: 'closing' as const,
          title: 'Closing',
        },
      ]),
      {
        ...block,
        date: MONDAY,
        starts: '09:30',
        ends: '10:00',
        kind: 'plenary' as const,
        title: 'Welcome',
      },
    ])
    .execute();
  return {
    hall: idOf('hall'),
    studio: idOf('studio'),
    library: idOf('library'),
    attic: idOf('attic'),
  };
}

/** Two sessions each of arrays and packaging, one of docs, a panel that needs video, a chat that may stay out. */
async function storeSessions(
  db: Db,
  summitId: string,
  personOf: (name: string) => string,
): Promise<Record<SessionKey, string>> {
  const ofGroup = (groupKey: keyof typeof GROUPS) => ({
    groupKey,
    topicNumber: GROUPS[groupKey].number,
    minutes: 90,
  });
  const none = { groupKey: null, topicNumber: null };
  const all = {
    arrays1: { ...ofGroup('arrays'), title: 'Array API: inspection' },
    arrays2: { ...ofGroup('arrays'), title: 'Array API: test suite' },
    packaging1: { ...ofGroup('packaging'), title: 'Packaging: build isolation' },
    packaging2: { ...ofGroup('packaging'), title: 'Packaging: wheels' },
    docs: { ...ofGroup('docs'), title: 'Documentation themes' },
    panel: { ...none, title: 'Panel on funding', minutes: 60, size: 20, needs: ['video'] },
    chat: { ...none, title: 'Newcomers’ chat', minutes: 30, isOptional: true },
  };
  const ids = {} as Record<SessionKey, string>;
  for (const [index, key] of (Object.keys(all) as SessionKey[]).entries()) {
    const { id } = await db
      .insertInto('timetableSession')
      .values({
        summitId,
        size: null,
        ...all[key],
        // One after the other, so that they are listed in this order.
        createdAt: NOW.add({ seconds: index }),
        createdBy: null,
        removedAt: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    ids[key] = id;
  }
  await db
    .insertInto('sessionPerson')
    .values([
      { sessionId: ids.panel, personId: personOf('Mira'), part: 'lead' },
      { sessionId: ids.panel, personId: personOf('Noor'), part: 'needed' },
      { sessionId: ids.chat, personId: personOf('Lena'), part: 'lead' },
    ])
    .execute();
  await db
    .insertInto('sessionRule')
    .values({
      summitId,
      kind: 'before',
      sessions: [ids.arrays1, ids.arrays2],
      wish: null,
      createdAt: NOW,
    })
    .execute();
  return ids;
}

async function storeDraft(db: Db, summitId: string, by: string): Promise<string> {
  const { id } = await db
    .insertInto('timetableDraft')
    .values({ summitId, name: 'First draft', createdAt: NOW, createdBy: by, discardedAt: null })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}
