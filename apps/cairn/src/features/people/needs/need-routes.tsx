import { Hono } from 'hono';
import { inTransaction } from '../../../platform/db/command.ts';
import { answerCsv } from '../../../platform/http/csv-answer.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import {
  formProblems,
  parseForm,
  type RefusedForm,
  readTyped,
  typedList,
  typedText,
} from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { showMoneyPage } from '../../money/page.tsx';
import {
  comersOnly,
  type OrganiserEnv,
  organisersOnly,
  type ParticipantEnv,
  participantsOnly,
  withSummit,
} from '../../summits/access.ts';
import { sessionPeople } from '../../timetable/sessions/people-queries.ts';
import { isComing } from '../invitations/participation-queries.ts';
import { selfIn } from '../rights.ts';
import { kitchenSheet } from './kitchen-rules.ts';
import { keepNeedsFor, sayNeed, withdrawNeed } from './need-commands.ts';
import { needSetting, needsOf, ownNeed } from './need-queries.ts';
import { dietCounts, followersOf, removedOn } from './need-rules.ts';
import { keepForm, needForm } from './need-schema.ts';
import { NeedsPage, OwnNeedPage } from './need-views.tsx';

const OWN = '/s/:summit/needs';
const NEEDS = '/s/:summit/organise/needs';

/** `/s/<summit>/needs`: what one needs oneself. */
export function ownNeedRoutes(): Hono<ParticipantEnv> {
  const routes = new Hono<ParticipantEnv>();
  routes.use(OWN, withSummit, participantsOnly, comersOnly);
  routes.get(OWN, (c) => showOwn(c));
  routes.post(OWN, async (c) => {
    const { summit, signedIn, services } = c.var;
    const self = selfIn(summit.id, signedIn);
    const { typed } = await readTyped(c);
    if (typedText(typed, 'do') === 'withdraw') {
      await inTransaction(services.db, (tx) => withdrawNeed(tx, webActor(c), self));
      return seeOther(c, c.req.path, 'Removed. Nothing is kept of it.');
    }
    const read = needForm.safeParse(typed);
    if (!read.success) return showOwn(c, { typed, problems: formProblems(read.error) });
    const said = await inTransaction(services.db, (tx) =>
      sayNeed(tx, webActor(c), self, read.data),
    );
    if (!said.ok) return showOwn(c, { typed, problems: [said.error] });
    return seeOther(c, c.req.path, 'Saved. Organisers see it when they order and choose.');
  });
  return routes;
}

async function showOwn(
  c: AppContext<ParticipantEnv['Variables']>,
  refused?: RefusedForm,
): Promise<Response> {
  const { summit, signedIn, services } = c.var;
  const page = {
    title: 'Food and access',
    lede: 'What you eat, and what you need to take part.',
    status: refused === undefined ? (200 as const) : (422 as const),
  };
  if (!(await isComing(services.db, summit.id, signedIn.personId))) {
    return showMoneyPage(c, page, <p>You organise this summit and do not come to it.</p>);
  }
  const own = await ownNeed(services.db, selfIn(summit.id, signedIn));
  const { daysKept } = await needSetting(services.db, summit.id);
  const typed = refused?.typed;
  return showMoneyPage(
    c,
    page,
    <OwnNeedPage
      action={c.req.path}
      diets={typed ? typedList(typed, 'diets[]') : (own?.diets ?? [])}
      allergies={typed ? typedText(typed, 'allergies') : (own?.allergies ?? '')}
      access={typed ? typedText(typed, 'access') : (own?.access ?? '')}
      stepFree={typed ? typedText(typed, 'step_free') === 'yes' : own?.stepFree === true}
      hasSaid={own !== undefined}
      removedOn={removedOn(summit.definition.dates.departure, daysKept)}
      problems={refused?.problems}
    />,
  );
}

/** `/s/<summit>/organise/needs`: what everybody needs, and the kitchen's sheet of it. */
export function needRoutes(): Hono<OrganiserEnv> {
  const routes = new Hono<OrganiserEnv>();
  for (const address of [NEEDS, `${NEEDS}/kitchen.csv`]) {
    routes.use(address, withSummit, organisersOnly);
  }
  routes.get(NEEDS, (c) => showNeeds(c));
  routes.get(`${NEEDS}/kitchen.csv`, async (c) => {
    const { summit, organiser, services } = c.var;
    const people = await sessionPeople(services.db, summit.id);
    const { header, rows } = kitchenSheet(
      await needsOf(services.db, organiser),
      people.map(({ id }) => id),
    );
    return answerCsv(c, `${summit.slug}-kitchen.csv`, header, rows);
  });
  routes.post(NEEDS, async (c) => {
    const { organiser, services } = c.var;
    const form = await parseForm(c, keepForm);
    if (!form.ok) return showNeeds(c, form.error);
    const kept = await inTransaction(services.db, (tx) =>
      keepNeedsFor(tx, webActor(c), organiser, form.value.days_kept),
    );
    return kept.ok
      ? seeOther(c, c.req.path, 'Saved; people see it where they say what they need.')
      : showNeeds(c, { typed: {}, problems: [kept.error] });
  });
  return routes;
}

async function showNeeds(
  c: AppContext<OrganiserEnv['Variables']>,
  refused?: RefusedForm,
): Promise<Response> {
  const { summit, organiser, services } = c.var;
  const [needs, people, setting] = await Promise.all([
    needsOf(services.db, organiser),
    sessionPeople(services.db, summit.id),
    needSetting(services.db, summit.id),
  ]);
  const said = new Set(needs.map(({ personId }) => personId));
  return showMoneyPage(
    c,
    {
      title: 'Food and access',
      lede: 'For organisers only: order by it, choose by it, and pass on no names.',
      status: refused === undefined ? 200 : 422,
    },
    <NeedsPage
      home={`/s/${summit.slug}/organise/needs`}
      needs={needs}
      plates={dietCounts(
        needs,
        people.map(({ id }) => id),
      )}
      followers={followersOf(needs)}
      unsaid={people.filter(({ id }) => !said.has(id)).map(({ name }) => name)}
      daysKept={refused ? typedText(refused.typed, 'days_kept') : String(setting.daysKept)}
      removedOn={removedOn(summit.definition.dates.departure, setting.daysKept)}
      isRemoved={setting.isRemoved}
      problems={refused?.problems}
    />,
  );
}
