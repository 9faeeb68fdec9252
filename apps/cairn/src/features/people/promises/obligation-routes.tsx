import { Hono } from 'hono';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { parseForm, type RefusedForm } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import {
  type OrganiserEnv,
  organisersOnly,
  type ParticipantEnv,
  participantsOnly,
  withSummit,
} from '../../summits/access.ts';
import { readerZone, showPage } from '../../summits/page.tsx';
import { agreementOf } from '../agreement/agreement-rules.ts';
import { selfIn } from '../rights.ts';
import { withdrawEvidence } from './evidence-commands.ts';
import { occasionsOf } from './evidence-occasions.ts';
import { excusePromise, withdrawExcuse } from './excuse-commands.ts';
import { excuseForm, withdrawEvidenceForm, withdrawExcuseForm } from './excuse-schema.ts';
import { countStandings, filterBoard, pageOf } from './obligation-board.ts';
import { PromiseBoard } from './obligation-board-views.tsx';
import { ExcusePage, PersonPromisesPage } from './obligation-person-views.tsx';
import { ownPromises, promiseBoard, promisesOfPerson } from './obligation-queries.ts';
import { STANDINGS } from './obligation-rules.ts';
import { MyPromises } from './obligation-views.tsx';

type OrganiserContext = AppContext<OrganiserEnv['Variables']>;

/** People on one page of the board. */
const PAGE = 50;

/** `/s/<summit>/me/promises`: a person's own promises. */
export function ownPromiseRoutes(): Hono<ParticipantEnv> {
  const routes = new Hono<ParticipantEnv>();
  routes.get('/s/:summit/me/promises', withSummit, participantsOnly, async (c) => {
    const { summit, signedIn, services } = c.var;
    const now = services.clock.now();
    const person = await ownPromises(services.db, selfIn(summit.id, signedIn), summit, now);
    if (person === undefined) return c.notFound();
    return showPage(
      c,
      { title: 'My promises' },
      <MyPromises
        summit={summit}
        person={person}
        occasions={occasionsOf(summit.definition, now)}
        zone={readerZone(c, summit)}
      />,
    );
  });
  return routes;
}

/** `/s/<summit>/organise/promises`: who keeps what, and excuses. */
export function promiseRoutes(): Hono<OrganiserEnv> {
  const routes = new Hono<OrganiserEnv>();
  const address = '/s/:summit/organise/promises';
  const onePerson = `${address}/:person{[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}}`;
  routes.use(address, withSummit, organisersOnly);
  routes.use(`${onePerson}/*`, withSummit, organisersOnly);

  routes.get(address, (c) => showBoard(c));
  routes.get(onePerson, (c) => showPerson(c, c.req.param('person')));

  routes.get(`${onePerson}/excuse/:obligation`, (c) =>
    showExcuse(c, c.req.param('person'), c.req.param('obligation')),
  );

  routes.post(`${onePerson}/excuse/:obligation`, async (c) => {
    const { summit, organiser, services } = c.var;
    const { person: personId, obligation } = c.req.param();
    if (!summit.definition.agreement.obligations.some(({ key }) => key === obligation)) {
      return c.notFound();
    }
    const form = await parseForm(c, excuseForm);
    if (!form.ok) return showExcuse(c, personId, obligation, form.error);
    const { reason } = form.value;
    const excused = await inTransaction(services.db, (tx) =>
      excusePromise(tx, webActor(c), organiser, { personId, obligation, reason }),
    );
    if (!excused.ok) {
      return showExcuse(c, personId, obligation, { typed: { reason }, problems: [excused.error] });
    }
    return seeOther(c, personAddress(c, personId), 'Excused.');
  });

  routes.post(`${onePerson}/withdraw-excuse`, async (c) => {
    const { organiser, services } = c.var;
    const form = await parseForm(c, withdrawExcuseForm);
    if (!form.ok) return c.notFound();
    await inTransaction(services.db, (tx) =>
      withdrawExcuse(tx, webActor(c), organiser, form.value.excuse),
    );
    return seeOther(c, personAddress(c, c.req.param('person')), 'The excuse is withdrawn.');
  });

  routes.post(`${onePerson}/withdraw-evidence`, async (c) => {
    const { organiser, services } = c.var;
    const form = await parseForm(c, withdrawEvidenceForm);
    if (!form.ok) return c.notFound();
    await inTransaction(services.db, (tx) =>
      withdrawEvidence(tx, webActor(c), organiser, form.value.evidence),
    );
    return seeOther(c, personAddress(c, c.req.param('person')), 'Taken back: it counts no more.');
  });

  return routes;
}

const personAddress = (c: OrganiserContext, personId: string): string =>
  `/s/${c.var.summit.slug}/organise/promises/${personId}`;

async function showBoard(c: OrganiserContext): Promise<Response> {
  const { summit, organiser, services } = c.var;
  const all = await promiseBoard(services.db, organiser, summit, services.clock.now());
  const promises = agreementOf(summit.definition).obligations.map(({ key, text }) => ({
    key,
    wording: text,
  }));
  const filter = {
    standing: STANDINGS.find((standing) => standing === c.req.query('standing')),
    promise: promises.find(({ key }) => key === c.req.query('promise'))?.key,
    name: c.req.query('q') ?? '',
  };
  const fitting = filterBoard(all, filter);
  const { items, page, pages } = pageOf(fitting, Number(c.req.query('page')), PAGE);
  return showPage(
    c,
    { title: 'Promises' },
    <PromiseBoard
      {...{ summit, promises, filter, page, pages }}
      rows={items}
      counts={countStandings(
        all,
        promises.map(({ key }) => key),
      )}
      all={all.length}
      fitting={fitting.length}
    />,
  );
}

async function showPerson(c: OrganiserContext, personId: string): Promise<Response> {
  const { summit, organiser, services } = c.var;
  const now = services.clock.now();
  const person = await promisesOfPerson(services.db, organiser, summit, personId, now);
  if (person === undefined) return c.notFound();
  return showPage(
    c,
    { title: `Promises of ${person.name}` },
    <PersonPromisesPage
      {...{ summit, person }}
      occasions={occasionsOf(summit.definition, now)}
      zone={readerZone(c, summit)}
    />,
  );
}

async function showExcuse(
  c: OrganiserContext,
  personId: string,
  obligation: string,
  refused?: RefusedForm,
): Promise<Response> {
  const { summit, organiser, services } = c.var;
  const now = services.clock.now();
  const person = await promisesOfPerson(services.db, organiser, summit, personId, now);
  const promise = person?.promises.find(({ key }) => key === obligation);
  if (person === undefined || promise === undefined) return c.notFound();
  const back = personAddress(c, personId);
  return showPage(
    c,
    { title: `Excuse ${person.name}`, status: refused === undefined ? 200 : 422 },
    <ExcusePage
      action={`${back}/excuse/${obligation}`}
      back={back}
      name={person.name}
      promise={promise}
      reason={refused && String(refused.typed['reason'] ?? '')}
      problems={refused?.problems}
    />,
  );
}
