import type { Problem } from '@cairn/kernel/problem';
import { dateIn, expectZone, formatDate } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import { Hono } from 'hono';
import { z } from 'zod';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { words } from '../../../platform/http/fields.ts';
import {
  formProblems,
  readTyped,
  type Typed,
  typedList,
  typedText,
} from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { type OrganiserEnv, organisersOnly, withSummit } from '../../summits/access.ts';
import { readerZone } from '../../summits/page.tsx';
import { frameOf } from '../../timetable/frame/frame-queries.ts';
import { presenceOf } from '../../timetable/presence/presence-queries.ts';
import { presenceAsTyped } from '../../timetable/presence/presence-schema.ts';
import { showMoneyPage } from '../page.tsx';
import { askForStays } from './ask-commands.ts';
import { lastAsked } from './asked-queries.ts';
import { mealCounts, nightCounts } from './count-rules.ts';
import { answerStay } from './decide-commands.ts';
import { mealTimes } from './meal-time-rules.ts';
import { PersonStayPage } from './person-stay-views.tsx';
import { noteStay } from './stay-commands.ts';
import { hostedStays } from './stay-queries.ts';
import { extraNightsOf, type HostedStay } from './stay-rules.ts';
import { readStay } from './stay-schema.ts';
import { STAY_FILTERS, type StayFilter, StaysPage } from './stays-views.tsx';
import { stayAsTyped } from './typed-rules.ts';

type Context = AppContext<OrganiserEnv['Variables']>;
const STAYS = '/s/:summit/organise/stays';
const PERSON = `${STAYS}/:person{[0-9a-f-]{36}}`;

/** `/s/<summit>/organise/stays`: when everybody comes, and where they sleep. */
export function staysRoutes(): Hono<OrganiserEnv> {
  const routes = new Hono<OrganiserEnv>();
  for (const address of [STAYS, PERSON]) routes.use(address, withSummit, organisersOnly);

  routes.get(STAYS, (c) => showStays(c));
  routes.post(STAYS, async (c) => {
    const { services, organiser } = c.var;
    const { typed } = await readTyped(c);
    const asked = await inTransaction(services.db, (tx) =>
      askForStays(tx, webActor(c), organiser, typedList(typed, 'people[]')),
    );
    if (!asked.ok) return showStays(c, [asked.error]);
    const notice = `${counted(asked.value, 'person', 'people')} asked by mail.`;
    return seeOther(c, `${c.req.path}?show=unsaid`, notice);
  });

  routes.get(PERSON, (c) => showPerson(c, c.req.param('person')));
  routes.post(PERSON, async (c) => {
    const { typed } = await readTyped(c);
    const person = c.req.param('person');
    return typedText(typed, 'form') === 'note'
      ? noteFor(c, person, typed)
      : answerTo(c, person, typed);
  });

  return routes;
}

async function showStays(c: Context, problems?: readonly Problem[]): Promise<Response> {
  const { summit, services, organiser } = c.var;
  const { dates } = summit.definition;
  const [stays, presences, frame, asked] = await Promise.all([
    hostedStays(services.db, organiser),
    presenceOf(services.db, summit.id),
    frameOf(services.db, summit),
    lastAsked(services.db, organiser),
  ]);
  const among: Readonly<Record<StayFilter, (stay: HostedStay) => boolean>> = {
    all: () => true,
    unsaid: ({ hasSaid, isRemote }) => !hasSaid && !isRemote,
    days: ({ arrivesOn, leavesOn, isRemote }) =>
      !isRemote && (arrivesOn === null || leavesOn === null),
    asked: ({ extraState, singleState }) => extraState === 'asked' || singleState === 'asked',
    extra: (stay) => stay.room !== 'own' && extraNightsOf(stay, dates).state !== 'none',
    elsewhere: ({ hasSaid, room }) => hasSaid && room === 'own',
    afar: ({ isRemote }) => isRemote,
  };
  const count = (filter: StayFilter): number => stays.filter(among[filter]).length;
  const shown = c.req.query('show');
  const filter = STAY_FILTERS.find(([value]) => value === shown)?.[0] ?? 'all';
  const zone = readerZone(c, summit);
  return showMoneyPage(
    c,
    {
      title: 'Stays',
      lede: 'When people come and go, and how many beds and plates that makes.',
      status: problems === undefined ? 200 : 422,
    },
    <StaysPage
      home={`/s/${summit.slug}/organise`}
      dates={dates}
      filter={filter}
      counts={{
        all: stays.length,
        unsaid: count('unsaid'),
        days: count('days'),
        asked: count('asked'),
        extra: count('extra'),
        elsewhere: count('elsewhere'),
        afar: count('afar'),
      }}
      stays={stays.filter(among[filter])}
      nights={nightCounts(stays, dates)}
      meals={mealCounts(
        stays.map(({ personId }) => personId),
        presences,
        mealTimes(dates, frame?.blocks ?? []),
      )}
      askedOn={
        new Map([...asked].map(([personId, at]) => [personId, formatDate(dateIn(at, zone))]))
      }
      problems={problems}
    />,
  );
}

interface Refused {
  readonly form: string;
  readonly typed: Typed;
  readonly problems: readonly Problem[];
}

async function showPerson(c: Context, personId: string, refused?: Refused): Promise<Response> {
  const { summit, services, organiser } = c.var;
  const stay = (await hostedStays(services.db, organiser)).find(
    (each) => each.personId === personId,
  );
  if (stay === undefined) return c.notFound();
  const { dates, zone } = summit.definition;
  const presence = (await presenceOf(services.db, summit.id)).get(personId);
  return showMoneyPage(
    c,
    {
      title: `Stay of ${stay.name}`,
      zone: expectZone(zone),
      status: refused === undefined ? 200 : 422,
    },
    <PersonStayPage
      action={c.req.path}
      stay={stay}
      dates={dates}
      zone={zone}
      typed={{ ...presenceAsTyped(presence), ...stayAsTyped(stay), ...refused?.typed }}
      isOwn={organiser.personId === personId}
      refused={refused}
    />,
  );
}

async function noteFor(c: Context, person: string, typed: Typed): Promise<Response> {
  const { services, organiser } = c.var;
  const said = readStay(typed);
  if (!said.ok) return showPerson(c, person, { form: 'note', typed, problems: said.error });
  const kept = await inTransaction(services.db, (tx) =>
    noteStay(tx, webActor(c), organiser, person, said.value),
  );
  return kept.ok
    ? seeOther(c, c.req.path, 'Saved.')
    : showPerson(c, person, { form: 'note', typed, problems: [kept.error] });
}

const answerForm = z.object({
  form: z.enum(['extra', 'single'], 'press one of the buttons'),
  agreed: z.enum(['yes', 'no'], 'agree or decline'),
  answer: words(1000).default(''),
  revision: z.coerce.number('open the page anew').int().min(0).max(1_000_000_000),
});

async function answerTo(c: Context, personId: string, typed: Typed): Promise<Response> {
  const { services, organiser } = c.var;
  const form = typedText(typed, 'form');
  const read = answerForm.safeParse(typed);
  if (!read.success) {
    return showPerson(c, personId, { form, typed, problems: formProblems(read.error) });
  }
  const { agreed, answer, revision } = read.data;
  const request = read.data.form;
  const answered = await inTransaction(services.db, (tx) =>
    answerStay(tx, webActor(c), organiser, {
      ...{ personId, request, answer, revision },
      isAgreed: agreed === 'yes',
    }),
  );
  return answered.ok
    ? seeOther(c, c.req.path, 'Answered; whoever asked is told by mail.')
    : showPerson(c, personId, { form, typed, problems: [answered.error] });
}
