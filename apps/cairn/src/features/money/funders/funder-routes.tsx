import { Hono } from 'hono';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import {
  formProblems,
  type RefusedForm,
  readTyped,
  type Typed,
  typedText,
} from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { type TreasurerEnv, treasurersOnly, withSummit } from '../../summits/access.ts';
import { lineStandings } from '../journal/balance-queries.ts';
import { showMoneyPage } from '../page.tsx';
import { removeFunder, saveFunder } from './funder-commands.ts';
import { fundersOf, fundLinesOf } from './funder-queries.ts';
import type { Funder } from './funder-rules.ts';
import { funderForm, statusForm } from './funder-schema.ts';
import { FunderPage, FundersPage, funderAsTyped } from './funder-views.tsx';
import { namesForLines, policyTitles } from './line-words-queries.ts';
import { sayParticipantStatus } from './participant-commands.ts';
import { participantStatuses } from './participant-queries.ts';
import { ParticipantsPage } from './participant-views.tsx';
import { moneyPeople } from './people-queries.ts';

type Context = AppContext<TreasurerEnv['Variables']>;
const LIST = '/s/:summit/treasury/funders';
const FUNDER = `${LIST}/:funder{new|[0-9a-f-]{36}}`;
const PARTICIPANTS = `${LIST}/participants`;
const baseOf = (c: Context): string => `/s/${c.var.summit.slug}/treasury/funders`;

/** `/s/<summit>/treasury/funders`: the list, each funder, and who counts as a participant. */
export function funderRoutes(): Hono<TreasurerEnv> {
  const routes = new Hono<TreasurerEnv>();
  for (const address of [LIST, FUNDER, PARTICIPANTS]) {
    routes.use(address, withSummit, treasurersOnly);
  }

  routes.get(LIST, showFunders);
  routes.get(PARTICIPANTS, (c) => showParticipants(c));
  routes.post(PARTICIPANTS, decideParticipant);
  routes.get(FUNDER, async (c) => {
    const funder = await funderAt(c, c.req.param('funder'));
    return funder === undefined ? c.notFound() : showFunder(c, funder);
  });
  routes.post(FUNDER, async (c) => {
    const funder = await funderAt(c, c.req.param('funder'));
    return funder === undefined ? c.notFound() : changeFunder(c, funder);
  });

  return routes;
}

async function showFunders(c: Context): Promise<Response> {
  const { summit, services, treasurer } = c.var;
  const [funders, lines, standings, names, policies] = await Promise.all([
    fundersOf(services.db, summit.id),
    fundLinesOf(services.db, summit.id),
    lineStandings(services.db, summit.id),
    namesForLines(services.db, treasurer, summit.definition),
    policyTitles(services.db, summit.id),
  ]);
  return showMoneyPage(
    c,
    { title: 'Funders', lede: 'Whose money there is, what each part of it may pay, and for whom.' },
    <FundersPage
      base={baseOf(c)}
      funders={funders}
      lines={lines}
      standings={standings}
      names={names}
      policies={policies}
    />,
  );
}

/** The funder of an address; `new` for one to be added. */
async function funderAt(c: Context, id: string): Promise<Funder | 'new' | undefined> {
  if (id === 'new') return 'new';
  const funders = await fundersOf(c.var.services.db, c.var.summit.id);
  return funders.find((funder) => funder.id === id);
}

function showFunder(
  c: Context,
  funder: Funder | 'new',
  refused?: RefusedForm,
): Response | Promise<Response> {
  const isNew = funder === 'new';
  return showMoneyPage(
    c,
    {
      title: isNew ? 'A new funder' : funder.name,
      lede: isNew
        ? 'Say whose money it is first; its lines say what it may pay.'
        : 'What is decided already stays as it was decided.',
      status: refused === undefined ? 200 : 422,
    },
    <FunderPage
      action={`${baseOf(c)}/${isNew ? 'new' : funder.id}`}
      isNew={isNew}
      typed={refused?.typed ?? (isNew ? {} : funderAsTyped(funder))}
      problems={refused?.problems}
    />,
  );
}

async function changeFunder(c: Context, funder: Funder | 'new'): Promise<Response> {
  const { services, treasurer } = c.var;
  const { typed } = await readTyped(c);
  const actor = webActor(c);
  if (funder !== 'new' && typedText(typed, 'do') === 'remove') {
    const removed = await inTransaction(services.db, (tx) =>
      removeFunder(tx, actor, treasurer, { id: funder.id }),
    );
    if (removed.ok) return seeOther(c, baseOf(c), `“${removed.value.name}” is removed.`);
    return showFunder(c, funder, { typed: funderAsTyped(funder), problems: [removed.error] });
  }
  const form = funderForm.safeParse(typed);
  if (!form.success) return showFunder(c, funder, { typed, problems: formProblems(form.error) });
  const id = funder === 'new' ? undefined : funder.id;
  const saved = await inTransaction(services.db, (tx) =>
    saveFunder(tx, actor, treasurer, { ...form.data, id }),
  );
  if (!saved.ok) return showFunder(c, funder, { typed, problems: [saved.error] });
  return seeOther(c, baseOf(c), `“${form.data.name}” is saved.`);
}

async function showParticipants(c: Context, refused?: RefusedForm): Promise<Response> {
  const { services, treasurer } = c.var;
  const [people, statuses] = await Promise.all([
    moneyPeople(services.db, treasurer),
    participantStatuses(services.db, treasurer),
  ]);
  return showMoneyPage(
    c,
    {
      title: 'Who counts as a participant',
      lede: 'Participant support pays for participants only, and auditors ask who they are.',
      status: refused === undefined ? 200 : 422,
    },
    <ParticipantsPage
      action={`${baseOf(c)}/participants`}
      people={people}
      statuses={asTyped(statuses, refused?.typed)}
      problems={refused?.problems ?? []}
    />,
  );
}

/** What was decided, with what a refused form said in its person's row. */
function asTyped(
  statuses: Awaited<ReturnType<typeof participantStatuses>>,
  typed: Typed | undefined,
): typeof statuses {
  if (typed === undefined) return statuses;
  const personId = typedText(typed, 'person');
  const reason = typedText(typed, 'reason');
  const isParticipant = typedText(typed, 'is') !== 'staff';
  return new Map([...statuses, [personId, { personId, isParticipant, reason }]]);
}

async function decideParticipant(c: Context): Promise<Response> {
  const { services, treasurer } = c.var;
  const { typed } = await readTyped(c);
  const form = statusForm.safeParse(typed);
  if (!form.success) return showParticipants(c, { typed, problems: formProblems(form.error) });
  const { person, is, reason } = form.data;
  const said = await inTransaction(services.db, (tx) =>
    sayParticipantStatus(tx, webActor(c), treasurer, {
      personId: person,
      isParticipant: is === 'participant',
      reason,
    }),
  );
  if (!said.ok) return showParticipants(c, { typed, problems: [said.error] });
  return seeOther(c, `${baseOf(c)}/participants`, 'It is kept.');
}
