import type { Problem } from '@cairn/kernel/problem';
import { expectZone, instantOf, parseZone } from '@cairn/kernel/time';
import { Hono } from 'hono';
import { webActor } from '../../../platform/http/env.ts';
import { parseForm } from '../../../platform/http/form.ts';
import { attendanceCounts } from '../../people/promises/attendance-queries.ts';
import { peopleToldOf } from '../../publishing/invites/told-queries.ts';
import { type OrganiserEnv, organisersOnly, withSummit } from '../../summits/access.ts';
import { summitDays } from '../../summits/facts.ts';
import type { Summit } from '../../summits/queries.ts';
import { DropPage, MeetingDetailsPage, NewMeetingPage, TimePage } from './meeting-form-views.tsx';
import { parseMeetingTime } from './meeting-time-rules.ts';
import { previewSeries } from './preview-queries.ts';
import {
  addMeeting,
  describeMeeting,
  dropMeeting,
  type MeetingTime,
  moveMeeting,
} from './series-commands.ts';
import { inTurn, requiring, takeFromList } from './series-edit-rules.ts';
import type { TypedFields } from './series-form-views.tsx';
import {
  atField,
  attendRules,
  change,
  type OrganiserContext,
  seriesAddress,
  shown,
  textsOf,
} from './series-page.tsx';
import { type Meeting, meetingsOf } from './series-rules.ts';
import { dropForm, meetingForm, newMeetingForm, timeForm } from './series-schema.ts';
import { changeWords } from './standing-change-rules.ts';
import { peoplesZones } from './zone-queries.ts';

/** So many of people’s zones are shown beside a time. */
const ZONES = 6;

/** `/s/<summit>/organise/meetings/<meeting>`: adds, describes, moves and drops one meeting. */
export function meetingEditRoutes(): Hono<OrganiserEnv> {
  const routes = new Hono<OrganiserEnv>();
  const address = '/s/:summit/organise/meetings';
  routes.use(`${address}/*`, withSummit, organisersOnly);

  routes.get(`${address}/new`, (c) => showNew(c, { when: 'starts' }));
  routes.post(`${address}/new`, async (c) => {
    const form = await parseForm(c, newMeetingForm);
    if (!form.ok) return showNew(c, textsOf(form.error.typed), form.error.problems);
    const { title } = form.value;
    return change(
      c,
      (tx) => addMeeting(tx, webActor(c), c.var.organiser, { title, ...timeOf(form.value) }),
      `${title} is added.`,
      (refused) => showNew(c, { ...form.value }, [placed(refused)]),
    );
  });

  routes.get(`${address}/:meeting`, (c) =>
    withMeeting(c, ({ title, link, recording }) => showDetails(c, { title, link, recording })),
  );
  routes.post(`${address}/:meeting`, async (c) => {
    const form = await parseForm(c, meetingForm);
    if (!form.ok) return showDetails(c, textsOf(form.error.typed), form.error.problems);
    const { title, link, recording } = form.value;
    const details = { meeting: c.req.param('meeting'), title, link, recording };
    return change(
      c,
      (tx) => describeMeeting(tx, webActor(c), c.var.organiser, details),
      'Saved.',
      (refused) => showDetails(c, { ...form.value }, [atField(refused, fieldOf(refused))]),
    );
  });

  routes.get(`${address}/:meeting/time`, (c) => withMeeting(c, (meeting) => showTime(c, meeting)));
  routes.post(`${address}/:meeting/time`, (c) =>
    withMeeting(c, async (meeting) => {
      const form = await parseForm(c, timeForm);
      if (!form.ok) return showTime(c, meeting, textsOf(form.error.typed), form.error.problems);
      return change(
        c,
        (tx) =>
          moveMeeting(tx, webActor(c), c.var.organiser, {
            meeting: meeting.key,
            ...timeOf(form.value),
          }),
        meeting.begins === undefined ? 'The time is fixed.' : 'The meeting is moved.',
        (refused) => showTime(c, meeting, { ...form.value }, [placed(refused)]),
      );
    }),
  );

  routes.get(`${address}/:meeting/drop`, (c) => withMeeting(c, (meeting) => showDrop(c, meeting)));
  routes.post(`${address}/:meeting/drop`, (c) =>
    withMeeting(c, async (meeting) => {
      const form = await parseForm(c, dropForm);
      if (!form.ok) return showDrop(c, meeting, textsOf(form.error.typed), form.error.problems);
      const { required } = form.value;
      return change(
        c,
        (tx) => dropMeeting(tx, webActor(c), c.var.organiser, { meeting: meeting.key, required }),
        `${meeting.title} is dropped.`,
        (refused) =>
          showDrop(c, meeting, { required: required === undefined ? '' : String(required) }, [
            atField(refused, 'required'),
          ]),
      );
    }),
  );

  return routes;
}

const withMeeting = async (
  c: OrganiserContext,
  show: (meeting: Meeting) => Response | Promise<Response>,
): Promise<Response> => {
  const key = c.req.param('meeting');
  const meeting = meetingsOf(c.var.summit).find((one) => one.key === key);
  return meeting === undefined ? c.notFound() : show(meeting);
};

function timeOf(form: {
  readonly when: 'starts' | 'month';
  readonly starts: string;
  readonly month: string;
  readonly taken_place?: string | undefined;
}): MeetingTime {
  if (form.when === 'month') return { month: form.month };
  return { starts: form.starts, hasTakenPlace: form.taken_place === 'yes' };
}

/** A problem of a time is at the field it names; one of the file at the time. */
const placed = (refused: Problem): Problem =>
  ['starts', 'month'].includes(refused.place.path ?? '') ? refused : atField(refused, 'starts');

/** Which of a meeting’s fields the definition refused. */
const fieldOf = ({ place }: Problem): string => {
  const last = place.path?.split('.').at(-1) ?? '';
  return ['title', 'link', 'recording'].includes(last) ? last : 'title';
};

const placeWords = ({ definition }: Summit): string =>
  `${definition.venue.city} (${definition.zone})`;

const showNew = (
  c: OrganiserContext,
  typed: TypedFields,
  problems: readonly Problem[] = [],
): Response | Promise<Response> =>
  shown(
    c,
    'Add a meeting',
    problems,
    <NewMeetingPage
      action={`${seriesAddress(c)}/new`}
      back={seriesAddress(c)}
      typed={typed}
      problems={problems}
      place={placeWords(c.var.summit)}
      meetings={c.var.summit.definition.planning_meetings.list.length}
      rules={attendRules(c.var.summit)}
    />,
  );

const showDetails = (
  c: OrganiserContext,
  typed: TypedFields,
  problems: readonly Problem[] = [],
): Response | Promise<Response> =>
  withMeeting(c, ({ key, title }) =>
    shown(
      c,
      title,
      problems,
      <MeetingDetailsPage
        action={`${seriesAddress(c)}/${key}`}
        back={seriesAddress(c)}
        typed={typed}
        problems={problems}
      />,
    ),
  );

async function showTime(
  c: OrganiserContext,
  meeting: Meeting,
  refused?: TypedFields,
  problems: readonly Problem[] = [],
): Promise<Response> {
  const { summit, organiser, services } = c.var;
  const zone = expectZone(summit.definition.zone);
  const isAsked = c.req.query('show') === 'yes';
  const typed: TypedFields = refused ??
    (isAsked ? c.req.query() : undefined) ?? {
      when: 'starts',
      starts: meeting.starts?.toString({ smallestUnit: 'minute' }),
      month: meeting.month?.toString(),
    };
  const all = [...problems];
  let begins: ReturnType<typeof instantOf> | undefined;
  if (isAsked && refused === undefined && typed['when'] !== 'month') {
    const parsed = parseMeetingTime(typed['starts'] ?? '', {
      zone,
      now: services.clock.now(),
      summitStarts: summitDays(summit.definition).start,
      hasTakenPlace: typed['taken_place'] === 'yes',
    });
    if (parsed.ok) begins = instantOf({ local: parsed.value, zone });
    else all.push(parsed.error);
  }
  const utc = parseZone('UTC');
  const others = await peoplesZones(services.db, organiser, ZONES);
  const first = [zone, ...(utc.ok ? [utc.value] : [])]
    .filter((one) => !others.some((other) => other.zone === one))
    .map((one) => ({ zone: one, people: 0 }));
  return shown(
    c,
    `${meeting.begins === undefined ? 'Fix the time' : 'Move'}: ${meeting.title}`,
    all,
    <TimePage
      action={`${seriesAddress(c)}/${meeting.key}/time`}
      back={seriesAddress(c)}
      typed={typed}
      problems={all}
      place={placeWords(summit)}
      begins={begins}
      zones={[...first, ...others]}
      isMoved={meeting.begins !== undefined}
      told={await toldOf(c, meeting, 'moved')}
    />,
  );
}

/** How many people hear of a change by mail. */
const toldOf = (c: OrganiserContext, { key }: Meeting, change: 'moved' | 'called-off') =>
  peopleToldOf(c.var.services.db, c.var.summit, c.var.organiser, {
    key: `meeting.${key}`,
    change,
  });

async function showDrop(
  c: OrganiserContext,
  meeting: Meeting,
  typed: TypedFields = {},
  problems: readonly Problem[] = [],
): Promise<Response> {
  const { summit, organiser, services } = c.var;
  const rules = attendRules(summit);
  const left = summit.definition.planning_meetings.list.length - 1;
  const required = rules[0] === undefined ? undefined : Math.min(rules[0].required, left);
  const edit = inTurn(
    takeFromList(meeting.key),
    ...(required === undefined ? [] : [requiring(required)]),
  );
  const preview = await previewSeries(services.db, organiser, summit, edit, services.clock.now());
  const there = await attendanceCounts(services.db, summit.id);
  return shown(
    c,
    `Drop ${meeting.title}`,
    problems,
    <DropPage
      action={`${seriesAddress(c)}/${meeting.key}/drop`}
      back={seriesAddress(c)}
      typed={typed}
      problems={problems}
      title={meeting.title}
      there={there.get(meeting.key) ?? 0}
      told={await toldOf(c, meeting, 'called-off')}
      meetingsLeft={left}
      rules={rules}
      changes={preview.ok ? preview.value.map(changeWords) : [preview.error.sentence]}
    />,
  );
}
