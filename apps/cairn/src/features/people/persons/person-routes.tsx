import type { Problem } from '@cairn/kernel/problem';
import { ok } from '@cairn/kernel/result';
import { dateIn, expectZone, parseDate } from '@cairn/kernel/time';
import { type Context, Hono } from 'hono';
import { Confirm } from '../../../design/actions.tsx';
import { HiddenField } from '../../../design/controls.tsx';
import { inTransaction } from '../../../platform/db/command.ts';
import { answerCsv } from '../../../platform/http/csv-answer.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { formProblems, readTyped, type Typed } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { UUID } from '../../../platform/http/route-pattern.ts';
import { type OrganiserEnv, organisersOnly, withSummit } from '../../summits/access.ts';
import { readerZone, showPage } from '../../summits/page.tsx';
import {
  draftInvitations,
  extendInvitation,
  withdrawInvitation,
} from '../invitations/invitation-commands.ts';
import { invitationWord } from '../invitations/invitation-words.tsx';
import { addPerson, changePerson } from './person-commands.ts';
import { peopleFilterSchema } from './person-filter.ts';
import { countPeople, historyOf, type PersonDetail, peopleOf, personOf } from './person-queries.ts';
import { PERSON_COLUMNS, personForm } from './person-schema.ts';
import { NewPersonPage, PeoplePage, PersonPage, WithdrawConsequences } from './person-views.tsx';

type OrganiserContext = AppContext<OrganiserEnv['Variables']>;
const ADDRESS = '/s/:summit/organise/people';
const PERSON = `${ADDRESS}/:person{${UUID}}` as const;
const PAGE = 50;

const showNew = (c: OrganiserContext, typed: Typed, problems?: readonly Problem[]) =>
  showPage(
    c,
    { title: 'Add one person', status: problems === undefined ? 200 : 422 },
    <NewPersonPage summit={c.var.summit} typed={typed} problems={problems} />,
  );

/** What the form says of somebody before it is touched. */
const typedOf = (person: PersonDetail): Typed => ({
  name: person.name,
  email: person.email ?? '',
  github: person.github ?? '',
  'communities[]': person.communities,
  seat_kind: person.seatKind ?? 'funded',
  note: person.remark,
});

async function showPerson(
  c: OrganiserContext,
  person: PersonDetail,
  refused?: { readonly typed: Typed; readonly problems: readonly Problem[] },
): Promise<Response> {
  const { summit, organiser, services } = c.var;
  return showPage(
    c,
    { title: person.name, status: refused === undefined ? 200 : 422 },
    <PersonPage
      summit={summit}
      zone={readerZone(c, summit)}
      now={services.clock.now()}
      person={person}
      history={await historyOf(services.db, organiser, person.personId)}
      typed={{ ...typedOf(person), ...refused?.typed }}
      problems={refused?.problems}
    />,
  );
}

async function exportPeople(c: Context<OrganiserEnv>): Promise<Response> {
  const { summit, organiser, services } = c.var;
  const filter = peopleFilterSchema.parse(c.req.query());
  const people = await peopleOf(services.db, organiser, filter, { limit: null, offset: 0 });
  const zone = expectZone(summit.definition.zone);
  const day = (instant: PersonDetail['sentAt']): string =>
    instant === null ? '' : dateIn(instant, zone).toString();
  const header = [...PERSON_COLUMNS, 'invitation', 'sent', 'answered', 'answer_due'];
  const rows = people.map((person) => [
    person.name,
    person.email ?? '',
    person.github ?? '',
    person.communities.join('; '),
    person.seatKind ?? '',
    person.remark,
    person.state === null ? 'not invited' : invitationWord(person.state),
    day(person.sentAt),
    day(person.answeredAt),
    day(person.expiresAt),
  ]);
  return answerCsv(c, `${summit.slug}-people.csv`, header, rows);
}

async function handlePerson(c: Context<OrganiserEnv>, person: PersonDetail): Promise<Response> {
  const { summit, organiser, services } = c.var;
  const { personId } = person;
  const { typed } = await readTyped(c);
  const actor = webActor(c);
  const back = `/s/${summit.slug}/organise/people/${personId}`;
  const refuse = (problems: readonly Problem[]) => showPerson(c, person, { typed, problems });
  switch (typed['action']) {
    case 'draft': {
      const draft = { personId, seatKind: undefined, remark: '' };
      await inTransaction(services.db, async (tx) =>
        ok(await draftInvitations(tx, actor, summit.id, [draft])),
      );
      return seeOther(c, back, 'The invitation is drafted.');
    }
    case 'extend': {
      const until = parseDate(String(typed['until'] ?? ''));
      if (!until.ok) return refuse([{ ...until.error, place: { path: 'until' } }]);
      const extended = await inTransaction(services.db, (tx) =>
        extendInvitation(tx, actor, organiser, summit, personId, until.value),
      );
      if (!extended.ok) return refuse([extended.error]);
      return seeOther(c, back, 'There is more time to answer. A reminder says until when.');
    }
    case 'withdraw': {
      const withdrawn = await inTransaction(services.db, (tx) =>
        withdrawInvitation(tx, actor, organiser, personId),
      );
      if (!withdrawn.ok) return refuse([withdrawn.error]);
      return seeOther(c, back, 'The invitation is withdrawn.');
    }
    default: {
      const form = personForm(summit.definition.communities).safeParse(typed);
      if (!form.success) return refuse(formProblems(form.error));
      const changed = await inTransaction(services.db, (tx) =>
        changePerson(tx, actor, organiser, personId, form.data),
      );
      if (!changed.ok) return refuse([changed.error]);
      return seeOther(c, back, 'Saved.');
    }
  }
}

/** `/s/<summit>/organise/people`: the list, one person, one more person, and the list as a file. */
export function personRoutes(): Hono<OrganiserEnv> {
  const routes = new Hono<OrganiserEnv>();
  routes.use(ADDRESS, withSummit, organisersOnly);
  routes.use(`${ADDRESS}/*`, withSummit, organisersOnly);

  routes.get(ADDRESS, async (c) => {
    const { summit, organiser, services } = c.var;
    const filter = peopleFilterSchema.parse(c.req.query());
    const count = await countPeople(services.db, organiser, filter);
    const pages = Math.max(1, Math.ceil(count / PAGE));
    const page = Math.min(filter.page, pages);
    const people = await peopleOf(services.db, organiser, filter, {
      limit: PAGE,
      offset: (page - 1) * PAGE,
    });
    return showPage(
      c,
      { title: 'People' },
      <PeoplePage
        summit={summit}
        zone={readerZone(c, summit)}
        filter={{ ...filter, page }}
        count={count}
        pages={pages}
        people={people}
      />,
    );
  });

  routes.get(`${ADDRESS}/people.csv`, exportPeople);

  routes.get(`${ADDRESS}/new`, (c) => showNew(c, { seat_kind: 'funded' }));
  routes.post(`${ADDRESS}/new`, async (c) => {
    const { summit, organiser, services } = c.var;
    const { typed } = await readTyped(c);
    const form = personForm(summit.definition.communities).safeParse(typed);
    if (!form.success) return showNew(c, typed, formProblems(form.error));
    const added = await inTransaction(services.db, (tx) =>
      addPerson(tx, webActor(c), organiser, form.data),
    );
    if (!added.ok) {
      const { path = 'email' } = added.error.place;
      return showNew(c, typed, [{ ...added.error, place: { path } }]);
    }
    const notice = added.value.isNew
      ? 'Added, and the invitation is drafted.'
      : 'This person was known already; here they are.';
    return seeOther(c, `/s/${summit.slug}/organise/people/${added.value.personId}`, notice);
  });

  routes.get(PERSON, async (c) => {
    const person = await personOf(c.var.services.db, c.var.organiser, c.req.param('person'));
    return person === undefined ? c.notFound() : showPerson(c, person);
  });
  routes.post(PERSON, async (c) => {
    const person = await personOf(c.var.services.db, c.var.organiser, c.req.param('person'));
    return person === undefined ? c.notFound() : handlePerson(c, person);
  });

  routes.get(`${PERSON}/withdraw`, async (c) => {
    const { summit, organiser, services } = c.var;
    const person = await personOf(services.db, organiser, c.req.param('person'));
    if (person === undefined) return c.notFound();
    const back = `/s/${summit.slug}/organise/people/${person.personId}`;
    return showPage(
      c,
      { title: `Withdraw the invitation of ${person.name}` },
      <Confirm
        action={back}
        back={back}
        verb={`Withdraw the invitation of ${person.name}`}
        consequences={
          <WithdrawConsequences name={person.name} seated={person.state === 'accepted'} />
        }
      >
        <HiddenField name="action" value="withdraw" />
      </Confirm>,
    );
  });

  return routes;
}
