import type { Problem } from '@cairn/kernel/problem';
import { Hono } from 'hono';
import { webActor } from '../../../platform/http/env.ts';
import { formProblems, parseForm, type Typed } from '../../../platform/http/form.ts';
import { type OrganiserEnv, organisersOnly, withSummit } from '../../summits/access.ts';
import { readerZone, showPage } from '../../summits/page.tsx';
import { changeMeetingSettings } from '../attendance/attendance-settings-commands.ts';
import { meetingSettings } from '../attendance/attendance-settings-queries.ts';
import { missingFacts } from './missing-queries.ts';
import { missingOf } from './missing-rules.ts';
import { previewSeries } from './preview-queries.ts';
import { changeRule, changeSeriesFacts } from './series-commands.ts';
import { requiring } from './series-edit-rules.ts';
import { RulePage, SettingsPage, type TypedFields } from './series-form-views.tsx';
import {
  atField,
  attendRules,
  change,
  type OrganiserContext,
  seriesAddress,
  shown,
  textsOf,
} from './series-page.tsx';
import { trackLeads } from './series-queries.ts';
import { inOrderOfNeed, meetingsOf } from './series-rules.ts';
import { ruleForm, settingsForm } from './series-schema.ts';
import { SeriesPage } from './series-views.tsx';
import { changeWords } from './standing-change-rules.ts';

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

  return routes;
}

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
