import type { Problem } from '@cairn/kernel/problem';
import { expectZone } from '@cairn/kernel/time';
import { Hono } from 'hono';
import { NoticeLine } from '../../../design/layout.tsx';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { type RefusedForm, readTyped, type Typed, typedText } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { isComing } from '../../people/invitations/participation-queries.ts';
import { selfIn } from '../../people/rights.ts';
import {
  comersOnly,
  type ParticipantEnv,
  participantsOnly,
  withSummit,
} from '../../summits/access.ts';
import { presenceOf } from '../../timetable/presence/presence-queries.ts';
import { presenceAsTyped } from '../../timetable/presence/presence-schema.ts';
import { sessionPeople } from '../../timetable/sessions/people-queries.ts';
import { OwnRoomSection } from '../lodging/own-room-views.tsx';
import { askForMove } from '../lodging/rooming-commands.ts';
import { ownRoom } from '../lodging/rooming-queries.ts';
import { showMoneyPage } from '../page.tsx';
import { extraCount, OwnStayPage } from './own-views.tsx';
import { sayStay } from './stay-commands.ts';
import { ownStay } from './stay-queries.ts';
import { extraNightsOf, type OwnStay, type SummitDates } from './stay-rules.ts';
import { readStay, readWishes } from './stay-schema.ts';
import { stayAsTyped, wishesAsTyped } from './typed-rules.ts';
import { ownWishes } from './wish-queries.ts';

type Context = AppContext<ParticipantEnv['Variables']>;
const STAY = '/s/:summit/money/stay';
const ROOM = `${STAY}/room`;

/** `/s/<summit>/money/stay`: one's own stay, days and room. */
export function ownStayRoutes(): Hono<ParticipantEnv> {
  const routes = new Hono<ParticipantEnv>();
  for (const address of [STAY, ROOM]) {
    routes.use(address, withSummit, participantsOnly, comersOnly);
  }

  routes.get(STAY, (c) => showStay(c));

  routes.post(STAY, async (c) => {
    const { summit, signedIn, services } = c.var;
    const { typed } = await readTyped(c);
    const said = readStay(typed);
    const wishes = readWishes(typed, new Set((await others(c)).map(({ value }) => value)));
    if (!said.ok || !wishes.ok) {
      const problems = [...(said.ok ? [] : said.error), ...(wishes.ok ? [] : wishes.error)];
      return showStay(c, { typed, problems });
    }
    const kept = await inTransaction(services.db, (tx) =>
      sayStay(tx, webActor(c), selfIn(summit.id, signedIn), said.value, wishes.value),
    );
    if (!kept.ok) return showStay(c, { typed, problems: [kept.error] });
    const asks = [
      ...(kept.value.asksExtra ? ['the extra nights'] : []),
      ...(kept.value.asksSingle ? ['the room alone'] : []),
    ];
    const answer = asks.length === 0 ? '' : ` Organisers will answer about ${asks.join(' and ')}.`;
    return seeOther(c, c.req.path, `Saved.${answer}`);
  });

  routes.post(ROOM, async (c) => {
    const { summit, signedIn, services } = c.var;
    const { typed } = await readTyped(c);
    const asksMove = typedText(typed, 'asks_move') === 'yes';
    const asked = await inTransaction(services.db, (tx) =>
      askForMove(tx, webActor(c), selfIn(summit.id, signedIn), asksMove),
    );
    if (!asked.ok) return showStay(c, undefined, [asked.error]);
    const notice = asksMove
      ? 'Organisers see that you ask for another room, and not why.'
      : 'You stay where you are.';
    return seeOther(c, `/s/${summit.slug}/money/stay`, notice);
  });

  return routes;
}

async function others(c: Context) {
  const { summit, signedIn, services } = c.var;
  const people = await sessionPeople(services.db, summit.id);
  return people
    .filter(({ id }) => id !== signedIn.personId)
    .map(({ id, name }) => ({ value: id, label: name }));
}

async function showStay(
  c: Context,
  refused?: RefusedForm,
  roomProblems?: readonly Problem[],
): Promise<Response> {
  const { summit, signedIn, services } = c.var;
  const { dates, zone } = summit.definition;
  const page = {
    title: 'My stay',
    lede: 'When you come and go, and where you sleep.',
    zone: expectZone(zone),
    status: refused === undefined && roomProblems === undefined ? (200 as const) : (422 as const),
  };
  if (!(await isComing(services.db, summit.id, signedIn.personId))) {
    return showMoneyPage(c, page, <p>You organise this summit and do not come to it.</p>);
  }
  const self = selfIn(summit.id, signedIn);
  const [stay, wishes, presences, room] = await Promise.all([
    ownStay(services.db, self),
    ownWishes(services.db, self),
    presenceOf(services.db, summit.id),
    ownRoom(services.db, self),
  ]);
  const stored: Typed = {
    ...(stay === undefined ? { arrives_on: dates.arrival, leaves_on: dates.departure } : {}),
    ...presenceAsTyped(presences.get(signedIn.personId)),
    ...(stay === undefined ? {} : stayAsTyped(stay)),
    ...wishesAsTyped({ ...wishes, habits: stay?.habits ?? [] }),
  };
  return showMoneyPage(
    c,
    page,
    <OwnStayPage
      action={`/s/${summit.slug}/money/stay`}
      typed={refused?.typed ?? stored}
      problems={refused?.problems}
      dates={dates}
      zone={zone}
      others={await others(c)}
      standing={
        <>
          {stay !== undefined && <Standing stay={stay} dates={dates} />}
          <OwnRoomSection
            action={`/s/${summit.slug}/money/stay/room`}
            room={room}
            problems={roomProblems}
          />
        </>
      }
    />,
  );
}

/** What organisers answered, and what is still open. */
function Standing({ stay, dates }: { stay: OwnStay; dates: SummitDates }) {
  const extra = extraNightsOf(stay, dates);
  const said = stay.extraAnswer === '' ? '' : ` They say: ${stay.extraAnswer}`;
  const saidSingle = stay.singleAnswer === '' ? '' : ` They say: ${stay.singleAnswer}`;
  const lines = [
    ...(extra.state === 'unsaid' && stay.room !== 'own' && !stay.isRemote
      ? [
          `You stay ${extraCount(extra.nights)}, before or after those of the summit; say below who pays them.`,
        ]
      : []),
    ...(extra.state === 'asked'
      ? [`You asked for ${extraCount(extra.nights)}; organisers have not answered yet.`]
      : []),
    ...(extra.state === 'agreed'
      ? [`Organisers agreed that the summit pays ${extraCount(extra.granted)}.${said}`]
      : []),
    ...(extra.state === 'declined' ? [`Organisers cannot agree to the extra nights.${said}`] : []),
    ...(stay.singleState === 'asked'
      ? ['You asked for a room alone; organisers have not answered yet.']
      : []),
    ...(stay.singleState === 'agreed' ? [`Organisers agreed to a room alone.${saidSingle}`] : []),
    ...(stay.singleState === 'declined'
      ? [`Organisers cannot give you a room alone.${saidSingle}`]
      : []),
  ];
  return (
    <>
      {lines.map((line) => (
        <NoticeLine key={line} kind="info">
          {line}
        </NoticeLine>
      ))}
    </>
  );
}
