import { type Problem, problem } from '@cairn/kernel/problem';
import type { Result } from '@cairn/kernel/result';
import { expectZone, instantOf, parseZone } from '@cairn/kernel/time';
import { Hono } from 'hono';
import type { ComponentChildren } from 'preact';
import { inTransaction } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { formProblems, parseForm, type Typed } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { agreementOf } from '../../people/agreement/agreement-rules.ts';
import { peopleToldOf } from '../../publishing/invites/told-queries.ts';
import { type OrganiserEnv, organisersOnly, withSummit } from '../../summits/access.ts';
import { summitDays } from '../../summits/facts.ts';
import { readerZone, showPage } from '../../summits/page.tsx';
import type { Summit } from '../../summits/queries.ts';
import { attendanceCounts } from '../attendance/attendance-queries.ts';
import { changeMeetingSettings } from '../attendance/attendance-settings-commands.ts';
import { meetingSettings } from '../attendance/attendance-settings-queries.ts';
import { parseMeetingTime } from './meeting-time-rules.ts';
import { missingFacts } from './missing-queries.ts';
import { missingOf } from './missing-rules.ts';
import { previewSeries } from './preview-queries.ts';
import {
  addMeeting,
  changeRule,
  changeSeriesFacts,
  describeMeeting,
  dropMeeting,
  type MeetingTime,
  moveMeeting,
} from './series-commands.ts';
import { inTurn, requiring, takeFromList } from './series-edit-rules.ts';
import {
  DropPage,
  MeetingDetailsPage,
  NewMeetingPage,
  RulePage,
  SettingsPage,
  TimePage,
  type TypedFields,
} from './series-form-views.tsx';
import { trackLeads } from './series-queries.ts';
import { inOrderOfNeed, type Meeting, meetingsOf } from './series-rules.ts';
import {
  dropForm,
  meetingForm,
  newMeetingForm,
  ruleForm,
  settingsForm,
  timeForm,
} from './series-schema.ts';
import { type AttendRule, SeriesPage } from './series-views.tsx';
import { changeWords } from './standing-change-rules.ts';
import { peoplesZones } from './zone-queries.ts';

type OrganiserContext = AppContext<OrganiserEnv['Variables']>;

/** So many of people’s zones are shown beside a time. */
const ZONES = 6;

/** What a form held, as single texts. */
const textsOf = (typed: Typed): TypedFields =>
  Object.fromEntries(
    Object.entries(typed).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : value[0],
    ]),
  );

/** The promises about meetings, as the summit asks for them. */
const attendRules = ({ definition }: Summit): AttendRule[] =>
  agreementOf(definition).obligations.flatMap(({ key, text, rule }) =>
    rule.kind === 'attend' ? [{ key, wording: text, required: rule.meetings }] : [],
  );

/** What the definition refused, at the field that says it: its own place is one of the file. */
const atField = ({ code, sentence }: Problem, path: string): Problem =>
  problem(code, sentence, { path });

/** `/s/<summit>/organise/meetings`: the series of planning meetings, for its organisers. */
export function seriesRoutes(): Hono<OrganiserEnv> {
  const routes = new Hono<OrganiserEnv>();
  const address = '/s/:summit/organise/meetings';
  routes.use(address, withSummit, organisersOnly);
  routes.use(`${address}/*`, withSummit, organisersOnly);

  routes.get(address, async (c) => {
    const { summit, services } = c.var;
    const now = services.clock.now();
    const factsOf = await missingFacts(services.db, summit, now);
    const { minutes, recordings } = summit.definition.planning_meetings;
    return showPage(
      c,
      { title: 'Planning meetings' },
      <SeriesPage
        home={`/s/${summit.slug}`}
        rules={attendRules(summit)}
        minutes={minutes}
        recordingsCount={recordings === 'count'}
        settings={await meetingSettings(services.db, summit.id)}
        rows={inOrderOfNeed(meetingsOf(summit), now).map((meeting) => {
          const facts = factsOf(meeting.key);
          return { meeting, there: facts.there, missing: missingOf(meeting, facts, now) };
        })}
        leads={await trackLeads(services.db, summit.id)}
        zone={readerZone(c, summit)}
        now={now}
      />,
    );
  });

  routes.get(`${address}/rule`, (c) => showRule(c, {}));
  routes.post(`${address}/rule`, async (c) => {
    const form = await parseForm(c, ruleForm);
    if (!form.ok) return showRule(c, form.error);
    const { required, promise } = form.value;
    return change(
      c,
      (tx) =>
        changeRule(tx, webActor(c), c.var.organiser, {
          required,
          obligation: promise || undefined,
        }),
      'The rule is changed.',
      (refused) =>
        showRule(c, {
          typed: { promise, required: String(required) },
          problems: [atField(refused, 'required')],
        }),
    );
  });

  routes.get(`${address}/settings`, async (c) => {
    const { summit, services } = c.var;
    const { minutes, recordings } = summit.definition.planning_meetings;
    const settings = await meetingSettings(services.db, summit.id);
    return showSettings(c, {
      minutes: String(minutes),
      recordings,
      check_in_before: String(settings.checkInBefore),
      check_in_after: String(settings.checkInAfter),
      least_share: String(settings.leastShare),
      warn_days: String(settings.warnDays),
      remind_hours: String(settings.remindHours),
    });
  });
  routes.post(`${address}/settings`, async (c) => {
    const form = await parseForm(c, settingsForm);
    if (!form.ok) return showSettings(c, textsOf(form.error.typed), form.error.problems);
    const { minutes, recordings, ...others } = form.value;
    const actor = webActor(c);
    return change(
      c,
      async (tx) => {
        const facts = await changeSeriesFacts(tx, actor, c.var.organiser, { minutes, recordings });
        if (!facts.ok) return facts;
        return changeMeetingSettings(tx, actor, c.var.organiser, {
          checkInBefore: others.check_in_before,
          checkInAfter: others.check_in_after,
          leastShare: others.least_share,
          warnDays: others.warn_days,
          remindHours: others.remind_hours,
        });
      },
      'Saved.',
      (refused) =>
        showSettings(c, { recordings, minutes: String(minutes) }, [atField(refused, 'minutes')]),
    );
  });

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

const seriesAddress = (c: OrganiserContext): string => `/s/${c.var.summit.slug}/organise/meetings`;

/** Runs a change and goes back to the series; or shows the form again with what was wrong. */
async function change(
  c: OrganiserContext,
  command: (tx: Tx) => Promise<Result<unknown, Problem>>,
  done: string,
  refuse: (problem: Problem) => Response | Promise<Response>,
): Promise<Response> {
  const changed = await inTransaction(c.var.services.db, command);
  return changed.ok ? seeOther(c, seriesAddress(c), done) : refuse(changed.error);
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

const shown = (
  c: OrganiserContext,
  title: string,
  problems: readonly Problem[],
  body: ComponentChildren,
) => showPage(c, { title, status: problems.length > 0 ? 422 : 200 }, body);

async function showRule(
  c: OrganiserContext,
  { typed, problems = [] }: { readonly typed?: Typed; readonly problems?: readonly Problem[] },
): Promise<Response> {
  const { summit, organiser, services } = c.var;
  const fields = textsOf(typed ?? c.req.query());
  const rules = attendRules(summit);
  const rule = rules.find(({ key }) => key === fields['promise']) ?? rules[0];
  if (rule === undefined) return c.notFound();
  const asked = ruleForm.safeParse(fields);
  const all = [...problems];
  let changes: readonly string[] | undefined;
  if (fields['required'] !== undefined && problems.length === 0) {
    if (!asked.success) all.push(...formProblems(asked.error));
    else {
      const edit = requiring(asked.data.required, rule.key);
      const preview = await previewSeries(
        services.db,
        organiser,
        summit,
        edit,
        services.clock.now(),
      );
      if (preview.ok) changes = preview.value.map(changeWords);
      else all.push(atField(preview.error, 'required'));
    }
  }
  return shown(
    c,
    'Change the rule',
    all,
    <RulePage
      action={`${seriesAddress(c)}/rule`}
      back={seriesAddress(c)}
      rule={rule}
      meetings={summit.definition.planning_meetings.list.length}
      typed={fields}
      problems={all}
      changes={changes}
    />,
  );
}

const showSettings = (
  c: OrganiserContext,
  typed: TypedFields,
  problems: readonly Problem[] = [],
): Response | Promise<Response> =>
  shown(
    c,
    'Length and attendance',
    problems,
    <SettingsPage
      action={`${seriesAddress(c)}/settings`}
      back={seriesAddress(c)}
      typed={typed}
      problems={problems}
    />,
  );

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
