import { solveTimetable } from '@cairn/timetable/search/solve';
import { selfIn } from '../features/people/rights.ts';
import { summitById } from '../features/summits/queries.ts';
import { createDraft } from '../features/timetable/drafts/draft-commands.ts';
import { type SavedBlock, saveBlock } from '../features/timetable/frame/block-commands.ts';
import { beginFrame } from '../features/timetable/frame/frame-commands.ts';
import { frameOf } from '../features/timetable/frame/frame-queries.ts';
import { saveRoom } from '../features/timetable/frame/room-commands.ts';
import { currentGroups } from '../features/timetable/groups/current-queries.ts';
import { proposeGrouping } from '../features/timetable/groups/propose-commands.ts';
import { setGrouping } from '../features/timetable/groups/set-commands.ts';
import { claimOpenSession } from '../features/timetable/open-space/space-commands.ts';
import { sayPresence } from '../features/timetable/presence/presence-commands.ts';
import { releaseTimetable } from '../features/timetable/release/release-commands.ts';
import { makeSessions } from '../features/timetable/sessions/make-commands.ts';
import { timetableFacts } from '../features/timetable/solving/facts-queries.ts';
import { timetableInstance } from '../features/timetable/solving/instance-rules.ts';
import { writeWorklogEntry } from '../features/work/worklog/worklog-commands.ts';
import { pacific, type Stage, type Step } from './stage.ts';
import { OPEN_SESSIONS, ROOMS, STAYS, WORKLOG } from './week-told.ts';

const DAYS = ['2023-05-22', '2023-05-23', '2023-05-24', '2023-05-25', '2023-05-26'];
/** So long is searched for the demo's timetable: enough for a good one, and the same on every machine. */
const ITERATIONS = 40_000;

/** From the first room to the middle of the week: frame, stays, groups, the timetable, what came since. */
export const timetableSteps = (stage: Stage): Step[] => [
  { at: pacific('2023-05-06T10:00'), run: () => frame(stage) },
  { at: pacific('2023-05-12T09:00'), run: () => stays(stage) },
  { at: pacific('2023-05-13T10:00'), run: () => groups(stage) },
  { at: pacific('2023-05-14T11:00'), run: () => timetable(stage) },
  ...OPEN_SESSIONS.map((told) => ({ at: pacific(told.at), run: () => claim(stage, told) })),
  ...WORKLOG.map((told) => ({ at: pacific(told.at), run: () => write(stage, told) })),
];

async function frame(stage: Stage): Promise<void> {
  const organiser = await stage.organiser();
  await stage.do((tx) => beginFrame(tx, stage.actor(), organiser));
  const rooms = new Map<string, string>();
  for (const room of ROOMS) {
    const { id } = await stage.do((tx) => saveRoom(tx, stage.actor(), organiser, room));
    rooms.set(room.name, id);
  }
  const plain = { meal: null, isProvided: false, place: '', text: '' };
  const hall = { ...plain, roomId: rooms.get(ROOMS[0]?.name ?? '') ?? null };
  const blocks: readonly SavedBlock[] = [
    {
      ...hall,
      ...{ kind: 'plenary', title: 'Welcome, and what we came for', dates: DAYS.slice(0, 1) },
      ...{ starts: '09:30', ends: '10:30' },
    },
    {
      ...plain,
      ...{ kind: 'free', title: 'Free time to brainstorm', dates: DAYS.slice(2, 3), roomId: null },
      ...{ starts: '15:30', ends: '17:00', text: 'Walk, talk, or sleep. Nothing is planned.' },
    },
    {
      ...hall,
      ...{ kind: 'plenary', title: 'What is done, and who goes on', dates: DAYS.slice(4) },
      ...{ starts: '15:30', ends: '17:00' },
    },
  ];
  for (const block of blocks) {
    await stage.do((tx) => saveBlock(tx, stage.actor(), organiser, block));
  }
}

async function stays(stage: Stage): Promise<void> {
  const seated = await stage.seated();
  for (const { name, ...said } of STAYS) {
    const player = seated.find(({ role }) => role.entry.name === name);
    if (player === undefined) continue;
    const self = selfIn(stage.summitId, { personId: player.id });
    const none = { arrivesOn: null, arrivesAt: null, leavesOn: null, leavesAt: null, note: '' };
    const presence = { ...none, isRemote: false, ...said };
    await stage.do((tx) => sayPresence(tx, stage.actor(player.id), self, presence));
  }
}

async function groups(stage: Stage): Promise<void> {
  const organiser = await stage.organiser();
  const proposal = { date: null, least: 3, most: 8, from: null, seed: 2023 };
  const { id } = await stage.do((tx) => proposeGrouping(tx, stage.actor(), organiser, proposal));
  await stage.do((tx) => setGrouping(tx, stage.actor(), organiser, { id }));
  for (const made of [
    { from: 'topics', count: 1, minutes: 90 },
    { from: 'groups', count: 3, minutes: 90 },
  ] as const) {
    await stage.do((tx) => makeSessions(tx, stage.actor(), organiser, made));
  }
}

async function timetable(stage: Stage): Promise<void> {
  const organiser = await stage.organiser();
  const summit = await summitById(stage.db, stage.summitId);
  const facts = await timetableFacts(stage.db, summit, organiser);
  if (facts === undefined) throw new Error('the demo has no frame');
  const { indexed, sessionIds, slots, roomIds } = timetableInstance(facts);
  const { timetable: found } = await solveTimetable(indexed, {
    seed: 2023,
    iterations: ITERATIONS,
  });
  const placements = sessionIds.flatMap((sessionId, session) => {
    const slot = slots[found.slot[session] ?? -1];
    const roomId = roomIds[found.room[session] ?? -1];
    if (slot === undefined || roomId === undefined) return [];
    const { date, starts } = slot;
    return [{ sessionId, date, starts, roomId, isPinned: false }];
  });
  const { id } = await stage.do((tx) =>
    createDraft(tx, stage.actor(), organiser, { name: 'The week', placements }),
  );
  const release = {
    draftId: id,
    name: 'First timetable',
    note: 'Made of what you said you care for. Look at your own agenda, and tell us what cannot be.',
    tell: 'moved',
  } as const;
  await stage.do((tx) => releaseTimetable(tx, stage.actor(), organiser, release));
}

async function claim(stage: Stage, told: (typeof OPEN_SESSIONS)[number]): Promise<void> {
  const { db, summitId } = stage;
  const summit = await summitById(db, summitId);
  const player = stage.playerNamed(told.by);
  const self = selfIn(summitId, { personId: player.id });
  const rooms = (await frameOf(db, summit))?.rooms ?? [];
  const facts = { topicNumber: null, size: null, needs: [], ...told };
  // Where it would have been is taken by then in some timetables; the next room does.
  for (const { id: roomId } of rooms.toReversed()) {
    const claimed = await db
      .transaction()
      .execute((tx) =>
        claimOpenSession(tx, stage.actor(player.id), self, summit, { ...facts, roomId }),
      );
    if (claimed.ok) return;
  }
}

async function write(stage: Stage, { date, nth, words }: (typeof WORKLOG)[number]): Promise<void> {
  const { db, summitId } = stage;
  const all = await currentGroups(db, summitId, date);
  const group = all[nth % Math.max(1, all.length)];
  const by = group?.leads[0] ?? group?.people[0];
  if (group === undefined || by === undefined) return;
  const summit = await summitById(db, summitId);
  const where = { date, place: { groupKey: group.key, sessionId: null } };
  const save = { words, base: 0, clientKey: undefined };
  const self = selfIn(summitId, { personId: by });
  await stage.do((tx) => writeWorklogEntry(tx, stage.actor(by), self, summit, where, save));
}
