import { join } from 'node:path';
import { expectOk } from '@cairn/kernel/result';
import { type Instant, Temporal } from '@cairn/kernel/time';
import { z } from 'zod';
import { loadDemo } from '../apps/cairn/src/demo/load.ts';
import { pacific } from '../apps/cairn/src/demo/stage.ts';
import { type Organiser, organiserOf } from '../apps/cairn/src/features/people/rights.ts';
import { allSummits, type Summit } from '../apps/cairn/src/features/summits/queries.ts';
import { createDraft } from '../apps/cairn/src/features/timetable/drafts/draft-commands.ts';
import { draftOf } from '../apps/cairn/src/features/timetable/drafts/draft-queries.ts';
import type { Placement } from '../apps/cairn/src/features/timetable/drafts/placement-rules.ts';
import { closeRoom } from '../apps/cairn/src/features/timetable/frame/closure-commands.ts';
import { frameOf } from '../apps/cairn/src/features/timetable/frame/frame-queries.ts';
import { groupingOf } from '../apps/cairn/src/features/timetable/groups/grouping-queries.ts';
import { proposeGrouping } from '../apps/cairn/src/features/timetable/groups/propose-commands.ts';
import { setGrouping } from '../apps/cairn/src/features/timetable/groups/set-commands.ts';
import { currentTimetable } from '../apps/cairn/src/features/timetable/release/current-queries.ts';
import { movedPeople } from '../apps/cairn/src/features/timetable/release/moved-rules.ts';
import { releaseTimetable } from '../apps/cairn/src/features/timetable/release/release-commands.ts';
import { makeSessions } from '../apps/cairn/src/features/timetable/sessions/make-commands.ts';
import { beginSearch } from '../apps/cairn/src/features/timetable/solving/search-commands.ts';
import { resultSchema } from '../apps/cairn/src/features/timetable/solving/search-schema.ts';
import { timetableSearchTask } from '../apps/cairn/src/features/timetable/solving/search-task.ts';
import { SettableClock, systemClock } from '../apps/cairn/src/platform/clock/clock.ts';
import { type Actor, inTransaction } from '../apps/cairn/src/platform/db/command.ts';
import { type Db, openKysely } from '../apps/cairn/src/platform/db/database.ts';
import { migrate } from '../apps/cairn/src/platform/db/migrate.ts';
import { openDatabase } from '../apps/cairn/src/platform/db/open.ts';
import type { Services } from '../apps/cairn/src/platform/http/env.ts';
import { migrateJobs } from '../apps/cairn/src/platform/jobs/migrate-jobs.ts';
import { forgetTimetable } from '../tests/forget-timetable.ts';
import { TEST_URL, testGit, testServices } from '../tests/services.ts';
import { type Asked, type Bench, type Cell, type Report, rounded } from './bench.ts';

/** The demonstration's summit, from what people said they care for to a released timetable, and one late change. */
export const summitWeek: Bench = {
  name: 'summit-week',
  what: 'The demonstration’s summit (40 people, 25 topics, 6 rooms, 5 days): from “propose” to a released timetable through the product’s own commands and job, what people get, what is proven; then a room floods, mended with the fewest moved and, for comparison, solved anew.',
  onlyWhenNamed: true,
  run: measure,
};

const ITERATIONS = 400_000;

async function measure({ quick, directory, say }: Asked): Promise<Report> {
  const database = expectOk(await openDatabase({ dataDir: join(directory, 'data') }));
  try {
    expectOk(await migrate(database.pool));
    await migrateJobs(database.pool);
    const db = openKysely(database.pool);
    say('telling the demonstration up to its week');
    await loadDemo({ db, git: testGit }, 'week', TEST_URL);
    const [summit] = await allSummits(db);
    if (summit === undefined) throw new Error('the demo has no summit');
    await forgetTimetable(db);
    const week = await Week.of(db, summit);
    const iterations = quick ? 2_000 : ITERATIONS;
    const made = await fromProposeToRelease(week, iterations, say);
    const late = await lateChange(week, iterations, say);
    return {
      tables: [
        { title: 'From “propose” to a released timetable', rows: made.times },
        { title: 'Groups', rows: made.groups },
        { title: 'The timetable, level by level', rows: made.levels },
        { title: 'A room floods on Tuesday morning', rows: late },
      ],
      notes: [
        ...made.notes,
        'Without the time in which a person thinks, and without HTTP: the commands that the forms call, and the job in its thread.',
        'Moved people: those expected in a session whose time or room is another one than in the release before.',
      ],
      broken: made.broken,
    };
  } finally {
    await database.close();
  }
}

/** An organiser of the demonstration, and the moment at which they work. */
class Week {
  readonly services: Services & { readonly clock: SettableClock };
  readonly summit: Summit;
  readonly organiser: Organiser;

  private constructor(services: Week['services'], summit: Summit, organiser: Organiser) {
    this.services = services;
    this.summit = summit;
    this.organiser = organiser;
  }

  static async of(db: Db, summit: Summit): Promise<Week> {
    const operator = { personId: undefined, isAdministrator: true } as const;
    const organiser = await organiserOf(db, summit.id, operator);
    if (organiser === undefined) throw new Error('the operator may organise');
    const clock = new SettableClock(systemClock);
    return new Week(testServices(db, { clock }), summit, organiser);
  }

  at(moment: Instant): void {
    this.services.clock.set(moment);
  }

  get actor(): Actor {
    return { personId: undefined, door: 'cli', now: this.services.clock.now() };
  }

  async do<T>(command: Parameters<typeof inTransaction<T>>[1]): Promise<T> {
    return expectOk(await inTransaction(this.services.db, command));
  }

  /** Runs a search to its end and gives what it found. */
  async search(wanted: Omit<Parameters<typeof beginSearch>[3], 'seconds' | 'seed'>) {
    const { id } = await this.do((tx) =>
      beginSearch(tx, this.actor, this.organiser, { ...wanted, seed: 1, seconds: 60 }),
    );
    await timetableSearchTask(this.services)({ search: id }, { number: 1, isLast: true });
    const { result } = await this.services.db
      .selectFrom('timetableSearch')
      .select('result')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    return resultSchema.parse(result);
  }

  async release(draftId: string, name: string): Promise<void> {
    const release = { draftId, name, note: '', tell: 'moved' } as const;
    await this.do((tx) => releaseTimetable(tx, this.actor, this.organiser, release));
  }
}

async function fromProposeToRelease(week: Week, iterations: number, say: Asked['say']) {
  const { services, summit, organiser } = week;
  week.at(pacific('2023-05-14T11:00'));
  const times: Record<string, Cell>[] = [];
  const timed = async <T>(step: string, act: () => Promise<T>): Promise<T> => {
    const begun = performance.now();
    const done = await act();
    const seconds = (performance.now() - begun) / 1000;
    times.push({ step, seconds: rounded(seconds) });
    say(`${step}: ${rounded(seconds)} s`);
    return done;
  };
  const proposal = { date: null, least: 2, most: 10, from: null, seed: 1 };
  const { id, isOptimal } = await timed('propose groups', () =>
    week.do((tx) => proposeGrouping(tx, week.actor, organiser, proposal)),
  );
  await timed('set them, and tell 40 people', () =>
    week.do((tx) => setGrouping(tx, week.actor, organiser, { id })),
  );
  const made = await timed('make sessions', () =>
    week.do(async (tx) => {
      const each = { minutes: 90 };
      const topics = { ...each, from: 'topics', count: 1 } as const;
      const first = await makeSessions(tx, week.actor, organiser, topics);
      if (!first.ok) return first;
      return makeSessions(tx, week.actor, organiser, { ...each, from: 'groups', count: 3 });
    }),
  );
  const found = await timed('find three timetables, and prove', () =>
    week.search({ kind: 'find', from: 'none', iterations }),
  );
  const [best = ''] = found.drafts;
  await timed('release one, and write to those whom it concerns', () =>
    week.release(best, 'First timetable'),
  );
  const draft = await draftOf(services.db, summit.id, best);
  const current = await currentTimetable(services.db, summit.id);
  const { levels = [], values = [], bounds = [], verdict = '' } = draft?.made ?? {};
  const total = times.reduce((sum, { seconds }) => sum + Number(seconds), 0);
  return {
    times: [...times, { step: 'all of it', seconds: rounded(total) }],
    groups: [await groupFigures(week, id, isOptimal)],
    levels: levels.map((level, index) => ({
      level,
      value: values[index] ?? '',
      'proven bound': bounds[index] ?? '',
    })),
    notes: [
      `${made.made} sessions of groups beyond those of the topics; ${current?.sessions.length ?? 0} placed, verdict “${verdict}”.`,
      ...(draft?.made.proof ?? []),
    ],
    broken: values[0] === 0 ? [] : ['The released timetable breaks something that must hold.'],
  };
}

/** How many are where they most wish to be. */
async function groupFigures(week: Week, id: string, isOptimal: boolean) {
  const { services, summit } = week;
  const grouping = await groupingOf(services.db, summit.id, id);
  const statement = z.array(z.string()).parse(grouping?.statement ?? []);
  return {
    people: grouping?.members.length ?? 0,
    groups: grouping?.groups.length ?? 0,
    'proven best': isOptimal ? 'yes' : 'no',
    'what is said of it': statement.join(' '),
  };
}

async function lateChange(
  week: Week,
  iterations: number,
  say: Asked['say'],
): Promise<Record<string, Cell>[]> {
  const { services, summit, organiser } = week;
  const before = await currentTimetable(services.db, summit.id);
  const frame = await frameOf(services.db, summit);
  // The room in which most is.
  const counts = (frame?.rooms ?? []).map(({ id, name }) => ({
    id,
    name,
    sessions:
      before?.sessions.filter(({ roomId, date }) => roomId === id && date > '2023-05-22').length ??
      0,
  }));
  const [flooded] = counts.toSorted((one, other) => other.sessions - one.sessions);
  if (flooded === undefined || frame === undefined) throw new Error('there is no room to flood');
  week.at(Temporal.Instant.from('2023-05-23T14:00:00Z'));
  const stretches = frame.days.filter(({ date }) => date > '2023-05-22');
  await week.do((tx) =>
    closeRoom(tx, week.actor, organiser, { roomId: flooded.id, stretches, reason: 'flooded' }),
  );
  const moved = async (placements: readonly Placement[], name: string): Promise<number> => {
    const { id } = await week.do((tx) =>
      createDraft(tx, week.actor, organiser, { name, placements }),
    );
    await week.release(id, name);
    const after = await currentTimetable(services.db, summit.id);
    return after === undefined ? 0 : movedPeople(before?.content, after.content).byPerson.size;
  };
  const sessionsMoved = (placements: readonly Placement[]): number =>
    placements.filter(({ sessionId, date, starts, roomId }) => {
      const was = before?.content.sessions.find(({ id }) => id === sessionId);
      return was?.date !== date || was.starts !== starts || was.roomId !== roomId;
    }).length;
  const rows: Record<string, Cell>[] = [];
  const begun = performance.now();
  const repair = await week.search({ kind: 'repair', from: 'release', measure: 'people' });
  const seconds = (performance.now() - begun) / 1000;
  say(`${flooded.name} floods: ${repair.sentences.join(' ')}`);
  for (const { more, cost, placements } of repair.offers) {
    rows.push({
      way: more === 0 ? 'repair, fewest people' : `repair, ${more} more allowed`,
      'people moved': await moved(placements, `Repair +${more}`),
      'sessions moved': sessionsMoved(placements),
      'bound to sessions that move': cost,
      seconds: rounded(seconds),
    });
  }
  const again = performance.now();
  const fresh = await week.search({ kind: 'find', from: 'none', iterations });
  const freshSeconds = (performance.now() - again) / 1000;
  const draft = await draftOf(services.db, summit.id, fresh.drafts[0] ?? '');
  const placements = draft?.placements ?? [];
  rows.push({
    way: 'solved anew, the days to come',
    'people moved': await moved(placements, 'Anew'),
    'sessions moved': sessionsMoved(placements),
    'bound to sessions that move': '',
    seconds: rounded(freshSeconds),
  });
  return rows;
}
