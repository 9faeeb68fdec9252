import { expectOk } from '@cairn/kernel/result';
import { sql } from 'kysely';
import {
  type ReleaseInput,
  releaseTimetable,
} from '../apps/cairn/src/features/timetable/release/release-commands.ts';
import { toldConsumer } from '../apps/cairn/src/features/timetable/release/told-consumer.ts';
import { inTransaction } from '../apps/cairn/src/platform/db/command.ts';
import { testServices } from './services.ts';
import { openSummitDatabase, type SummitDatabase } from './summit-database.ts';
import { storeTimetableWorld, type TimetableWorld } from './timetable-world.ts';

type SessionKey = keyof TimetableWorld['sessions'];
interface To {
  readonly date: string;
  readonly starts: string;
  readonly room: keyof TimetableWorld['rooms'];
}

/** A house in which the timetable of `storeTimetableWorld` is released. */
export interface ReleasingHouse extends SummitDatabase {
  readonly world: TimetableWorld;
  /** Puts a session elsewhere in the draft, or out of it. */
  place(session: SessionKey, to: To | undefined): Promise<void>;
  /** Releases the draft, as Ada. */
  release(more?: Partial<ReleaseInput>): ReturnType<typeof releaseTimetable>;
  /** Releases it and runs what follows; the version. */
  released(more?: Partial<ReleaseInput>): Promise<number>;
  /** Runs what follows from every release so far, again where it ran. */
  tell(): Promise<void>;
}

export async function openReleasingHouse(): Promise<ReleasingHouse> {
  const house = await openSummitDatabase();
  const { db, clock } = house;
  const world = await storeTimetableWorld(db);
  const { draftId } = world;
  const release: ReleasingHouse['release'] = (more) =>
    inTransaction(db, async (tx) =>
      releaseTimetable(
        tx,
        { personId: world.ada, door: 'web', now: clock.now() },
        await house.organiser(world.summit.slug),
        { draftId, name: 'First', note: '', tell: 'moved', ...more },
      ),
    );
  const tell = async (): Promise<void> => {
    const { rows } = await sql<{ id: string; actorId: string | null; data: object }>`
      select id::text, actor_id, data from event
      where kind = 'timetable.released' order by event.id`.execute(db);
    const [summitId, at] = [world.summit.id, clock.now()];
    for (const { data, ...row } of rows) {
      const event = { ...row, summitId, at, kind: 'timetable.released', door: 'web' as const };
      await db
        .transaction()
        .execute((tx) =>
          toldConsumer.handle(
            { ...event, personId: null, data: { ...data } },
            tx,
            testServices(db, { clock }),
          ),
        );
    }
  };
  return {
    ...house,
    ...{ world, release, tell },
    place: async (session, to) => {
      const sessionId = world.sessions[session];
      await db
        .deleteFrom('draftPlacement')
        .where('draftId', '=', draftId)
        .where('sessionId', '=', sessionId)
        .execute();
      if (to === undefined) return;
      const { room, ...place } = to;
      await db
        .insertInto('draftPlacement')
        .values({ draftId, sessionId, ...place, roomId: world.rooms[room] })
        .execute();
    },
    released: async (more) => {
      const { version } = expectOk(await release(more));
      await tell();
      return version;
    },
  };
}
