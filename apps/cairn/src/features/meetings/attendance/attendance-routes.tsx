import type { Problem } from '@cairn/kernel/problem';
import { Hono } from 'hono';
import { createMiddleware } from 'hono/factory';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { parseForm, readTyped, type Typed } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { excuseAbsence, withdrawAbsence } from '../../people/promises/excuse-commands.ts';
import { type ParticipantEnv, participantsOnly, withSummit } from '../../summits/access.ts';
import { readerZone, showPage } from '../../summits/page.tsx';
import { type AttendanceKeeper, attendanceKeeperOf } from '../series/rights.ts';
import { type Meeting, meetingNamed } from '../series/series-rules.ts';
import {
  type AttendanceSaved,
  decideRequest,
  hasBegun,
  saveAttendance,
} from './attendance-commands.ts';
import { attendancePeople, mayBeRecorded, openCounts, openRequests } from './attendance-queries.ts';
import { decideForm, excuseForm, personForm } from './attendance-schema.ts';
import { AttendancePage, ExcusePage } from './attendance-views.tsx';

/** What a handler under `…/attendance` finds: the proof that the visitor keeps this meeting's attendance. */
interface KeeperEnv extends ParticipantEnv {
  Variables: ParticipantEnv['Variables'] & { keeper: AttendanceKeeper; meeting: Meeting };
}
type KeeperContext = AppContext<KeeperEnv['Variables']>;

/** People on one page. */
const PAGE = 100;

const listOf = (value: Typed[string] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Lets in organisers and whoever leads a track of this very meeting; 404 to everybody else. */
const keepersOnly = createMiddleware<KeeperEnv>(async (c, next) => {
  const { summit, organiser, signedIn, services } = c.var;
  const meeting = meetingNamed(summit, c.req.param('meeting') ?? '');
  if (meeting === undefined) return c.notFound();
  const asked = { summitId: summit.id, meeting: meeting.key };
  const keeper = await attendanceKeeperOf(services.db, asked, organiser, signedIn.personId);
  if (keeper === undefined) return c.notFound();
  c.set('keeper', keeper);
  c.set('meeting', meeting);
  await next();
  return undefined;
});

/** `/s/<summit>/meetings/<meeting>/attendance`: who was there, for organisers and the meeting's leads. */
export function attendanceRoutes(): Hono<KeeperEnv> {
  const routes = new Hono<KeeperEnv>();
  const address = '/s/:summit/meetings/:meeting/attendance';
  routes.use(address, withSummit, participantsOnly, keepersOnly);
  routes.use(`${address}/*`, withSummit, participantsOnly, keepersOnly);

  routes.get(address, (c) => showPeople(c));
  routes.post(address, async (c) => {
    const { keeper, services } = c.var;
    const { typed } = await readTyped(c);
    const [on, was] = [listOf(typed['on[]']), listOf(typed['was[]'])];
    const saved = await inTransaction(services.db, (tx) =>
      saveAttendance(tx, webActor(c), keeper, {
        there: without(on, was),
        notThere: without(was, on),
      }),
    );
    if (!saved.ok) return showPeople(c, { on, was, problem: saved.error });
    const { search } = new URL(c.req.url);
    return seeOther(c, `${attendanceAddress(c)}${search}`, savedWords(saved.value));
  });

  routes.post(`${address}/decide`, async (c) => {
    const { keeper, services } = c.var;
    const form = await parseForm(c, decideForm);
    if (!form.ok) return c.notFound();
    const { request, answer } = form.value;
    const decided = await inTransaction(services.db, (tx) =>
      decideRequest(tx, webActor(c), keeper, { request, isGranted: answer === 'grant' }),
    );
    const words = decided.ok
      ? decided.value.wasOpen
        ? answer === 'grant'
          ? 'Excused; they get a mail.'
          : 'Declined; they get a mail.'
        : 'Somebody has answered this request already.'
      : decided.error.sentence;
    return seeOther(c, attendanceAddress(c), words);
  });

  routes.get(`${address}/excuse`, (c) => showExcuse(c, c.req.query('person') ?? ''));
  routes.post(`${address}/excuse`, async (c) => {
    const { keeper, services } = c.var;
    const form = await parseForm(c, excuseForm);
    if (!form.ok) {
      const { typed, problems } = form.error;
      const [person = ''] = listOf(typed['person']);
      const [reason = ''] = listOf(typed['reason']);
      return showExcuse(c, person, reason, problems);
    }
    const { person, reason } = form.value;
    if (!(await mayBeRecorded(services.db, keeper, [person])).has(person)) return c.notFound();
    const excused = await inTransaction(services.db, (tx) =>
      excuseAbsence(tx, webActor(c), keeper, { personId: person, reason }),
    );
    if (!excused.ok) return showExcuse(c, person, reason, [excused.error]);
    return seeOther(c, attendanceAddress(c), 'Excused.');
  });

  routes.post(`${address}/withdraw-excuse`, async (c) => {
    const { keeper, services } = c.var;
    const form = await parseForm(c, personForm);
    if (!form.ok) return c.notFound();
    await inTransaction(services.db, (tx) =>
      withdrawAbsence(tx, webActor(c), keeper, form.value.person),
    );
    return seeOther(c, attendanceAddress(c), 'The excuse is taken back.');
  });

  return routes;
}

const callAddress = (c: KeeperContext): string =>
  `/s/${c.var.summit.slug}/meetings/${c.var.meeting.key}`;
const attendanceAddress = (c: KeeperContext): string => `${callAddress(c)}/attendance`;

const without = (values: readonly string[], others: readonly string[]): string[] => {
  const known = new Set(others);
  return [...new Set(values)].filter((value) => UUID.test(value) && !known.has(value));
};

const savedWords = ({ recorded, withdrawn }: AttendanceSaved): string =>
  recorded === 0 && withdrawn === 0
    ? 'Nothing had changed.'
    : `${recorded} recorded, ${withdrawn} taken back.`;

async function showPeople(
  c: KeeperContext,
  refused?: {
    readonly on: readonly string[];
    readonly was: readonly string[];
    readonly problem: Problem;
  },
): Promise<Response> {
  const { summit, keeper, meeting, organiser, services } = c.var;
  const now = services.clock.now();
  const name = c.req.query('q') ?? '';
  const asked = Math.min(Math.max(1, Number.parseInt(c.req.query('page') ?? '1', 10) || 1), 1e6);
  const find = (page: number) => attendancePeople(services.db, keeper, { name, page, size: PAGE });
  let found = await find(asked);
  const page = found.count === 0 ? 1 : asked;
  if (page !== asked) found = await find(page);
  const there = new Set(
    found.people.filter(({ source }) => source !== null).map(({ personId }) => personId),
  );
  const href = (to: number) =>
    `${attendanceAddress(c)}?${new URLSearchParams({ q: name, page: `${to}` })}`;
  const open = (await openCounts(services.db, summit.id)).get(meeting.key);
  return showPage(
    c,
    {
      title: `Attendance: ${meeting.title}`,
      status: refused === undefined ? 200 : 422,
    },
    <AttendancePage
      at={callAddress(c)}
      action={href(page)}
      title={meeting.title}
      hasBegun={hasBegun(meeting, { now })}
      name={name}
      people={found.people}
      there={found.there}
      shown={refused === undefined ? there : new Set(refused.was)}
      ticked={refused === undefined ? there : new Set(refused.on)}
      page={page}
      pages={Math.ceil(found.count / PAGE)}
      hrefOfPage={href}
      requests={await openRequests(services.db, keeper)}
      problems={refused === undefined ? [] : [refused.problem]}
      list={
        organiser && {
          href: `/s/${summit.slug}/organise/meetings/${meeting.key}/list`,
          open: open?.rows ?? 0,
        }
      }
      zone={readerZone(c, summit)}
    />,
  );
}

async function showExcuse(
  c: KeeperContext,
  person: string,
  text = '',
  problems: readonly Problem[] = [],
): Promise<Response> {
  const { keeper, meeting, services } = c.var;
  const { people } = await attendancePeople(services.db, keeper, {
    name: '',
    page: 1,
    size: 10_000,
  });
  return showPage(
    c,
    { title: `Excuse from ${meeting.title}`, status: problems.length > 0 ? 422 : 200 },
    <ExcusePage
      action={`${attendanceAddress(c)}/excuse`}
      back={attendanceAddress(c)}
      person={person}
      people={people}
      text={text}
      problems={problems}
    />,
  );
}
