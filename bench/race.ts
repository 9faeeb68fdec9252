import { join } from 'node:path';
import pg from 'pg';
import type { Summit } from '../apps/cairn/src/features/summits/queries.ts';
import { bareInsertsPerSecond } from './bare-inserts.ts';
import { type Asked, type Bench, type Cell, percentile, type Report, rounded } from './bench.ts';
import { type Answer, send, signIn } from './browser.ts';
import { startServer } from './server.ts';
import { inviteAll, storeAnnounced, storePeople } from './stored.ts';
import { summitNow } from './summit-now.ts';

const SEATS = 50;

/** Far more people than seats, all saying yes in the same moment. */
export const race: Bench = {
  name: 'race',
  what: `1,000 people who are signed in accept ${SEATS} seats at once over HTTP: all requests are in flight together.`,
  run: measure,
};

async function measure({ quick, directory, say }: Asked): Promise<Report> {
  const crowd = quick ? 100 : 1_000;
  const rounds = quick ? 1 : 3;
  const server = await startServer(join(directory, 'data'));
  const pool = new pg.Pool({ connectionString: server.connectionString });
  try {
    const bare = await bareInsertsPerSecond(server.connectionString, 1, quick ? 500 : 3_000);
    const people = await storePeople(pool, crowd);
    let cookies: string[] = [];
    const rows: Record<string, Cell>[] = [];
    const broken: string[] = [];
    for (let round = 1; round <= rounds; round++) {
      const summit = await storeAnnounced(pool, summitNow(`race_${round}`, SEATS));
      const secrets = await inviteAll(pool, summit, people);
      // One session each, by the link of the first invitation; it lasts for the rounds to come.
      if (cookies.length === 0) cookies = await signInAll(server.address, secrets);
      const url = `${server.address}/s/${summit.slug}/me/invitation`;
      const begun = performance.now();
      const answers = await Promise.all(cookies.map((cookie) => accept(url, cookie)));
      const seconds = (performance.now() - begun) / 1000;
      const found = await whatIsStored(pool, summit, crowd);
      const answered = judgeAnswers(answers, Math.min(SEATS, crowd));
      broken.push(...[...found.broken, ...answered].map((one) => `Round ${round}: ${one}`));
      const times = answers.map(({ ms }) => ms);
      rows.push({
        round,
        people: crowd,
        seats: SEATS,
        seated: found.seated,
        waiting: found.waiting,
        acceptances: found.acceptances,
        events: found.events,
        'answered 303': answers.filter(({ status }) => status === 303).length,
        '5xx or lost': answers.filter(({ status }) => status === 0 || status >= 500).length,
        'all done, s': rounded(seconds),
        'accepted/s': rounded(crowd / seconds),
        'of bare inserts': `${rounded((100 * crowd) / seconds / bare)} %`,
        'p50 ms': rounded(percentile(times, 0.5)),
        'p99 ms': rounded(percentile(times, 0.99)),
      });
      say(
        `round ${round}: ${found.seated} seated, ${found.waiting} waiting, ${rounded(seconds)} s`,
      );
    }
    const { rows: version } = await pool.query<{ server_version: string }>('show server_version');
    return {
      tables: [{ title: 'Rounds', rows }],
      notes: [
        `“Bare inserts”: rows of one text, one connection, one transaction each: ${rounded(bare)} per second in this run. Seats of one summit are given one at a time, so one connection is the measure; an acceptance writes eight or nine rows in its transaction and reads as many.`,
        'Every answer must be a redirect (303) to the person’s own page that says “you have a seat” or “you are on the waiting list”, and as many must say the first as there are seats.',
        'Stored in the end: seat numbers 1 to the cap, each once; a waiting list of all others, no position twice; nobody on both; one acceptance of the agreement, one accepted invitation and one event for each person.',
        'Server, PostgreSQL and the thousand clients share all cores of the machine.',
      ],
      broken,
      postgres: version[0]?.server_version ?? 'unknown',
    };
  } finally {
    await pool.end();
    await server.stop();
  }
}

async function signInAll(address: string, secrets: readonly string[]): Promise<string[]> {
  const cookies: string[] = [];
  for (let from = 0; from < secrets.length; from += 20) {
    const some = secrets.slice(from, from + 20);
    cookies.push(...(await Promise.all(some.map((secret) => signIn(address, secret)))));
  }
  return cookies;
}

/** A connection that breaks is an answer too: a lost one, with status 0. */
const accept = (url: string, cookie: string): Promise<Answer> =>
  send(url, {
    cookie,
    form: { answer: 'accept', agreed: 'yes', version: '1', notice_days: '', note: '' },
  }).catch((error: Error) => ({ status: 0, headers: {}, body: error.message, ms: 0 }));

function judgeAnswers(answers: readonly Answer[], seats: number): string[] {
  const notices = answers
    .filter(({ status }) => status === 303)
    .map(({ headers }) => decodeURIComponent((headers['set-cookie'] ?? []).join(' ')));
  const seated = notices.filter((notice) => notice.includes('you have a seat')).length;
  const waiting = notices.filter((notice) => notice.includes('you are on the waiting list')).length;
  const others = answers.filter(({ status }) => status !== 303);
  return [
    ...(seated === seats
      ? []
      : [`${seated} people were told that they have one of ${seats} seats.`]),
    ...(seated + waiting === answers.length
      ? []
      : [
          `${answers.length - seated - waiting} people were told neither; for one: ${others[0]?.status} ${others[0]?.body.slice(0, 200)}`,
        ]),
  ];
}

interface Stored {
  readonly seated: number;
  readonly waiting: number;
  readonly acceptances: number;
  readonly events: number;
  readonly broken: readonly string[];
}

async function whatIsStored(pool: pg.Pool, { id }: Summit, crowd: number): Promise<Stored> {
  const seats = Math.min(SEATS, crowd);
  const { rows } = await pool.query<Record<string, number>>(
    `select
      (select count(*)::int from seat where summit_id = $1) as seated,
      (select count(distinct number)::int from seat where summit_id = $1 and number between 1 and $2) as numbers,
      (select count(*)::int from waiting where summit_id = $1) as waiting,
      (select count(distinct position)::int from waiting where summit_id = $1) as positions,
      (select count(*)::int from waiting join seat using (summit_id, person_id) where summit_id = $1) as on_both,
      (select count(*)::int from agreement_acceptance where summit_id = $1) as acceptances,
      (select count(*)::int from invitation where summit_id = $1 and state = 'accepted') as accepted,
      (select count(*)::int from event where summit_id = $1 and kind = 'invitation.accepted') as events,
      (select count(distinct person_id)::int from event where summit_id = $1 and kind = 'invitation.accepted') as people`,
    [id, seats],
  );
  const found = rows[0] ?? {};
  const must: Record<string, number> = {
    seated: seats,
    numbers: seats,
    waiting: crowd - seats,
    positions: crowd - seats,
    on_both: 0,
    acceptances: crowd,
    accepted: crowd,
    events: crowd,
    people: crowd,
  };
  const { seated = 0, waiting = 0, acceptances = 0, events = 0 } = found;
  const broken = Object.entries(must)
    .filter(([name, count]) => found[name] !== count)
    .map(([name, count]) => `${name} must be ${count} and is ${found[name]}.`);
  return { seated, waiting, acceptances, events, broken };
}
