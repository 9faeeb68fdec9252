import { ok } from '@cairn/kernel/result';
import { Hono } from 'hono';
import { z } from 'zod';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { parseForm, type RefusedForm } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { type OrganiserEnv, organisersOnly, withSummit } from '../../summits/access.ts';
import { readerZone, showPage } from '../../summits/page.tsx';
import { findOrCreatePerson } from '../persons/person-commands.ts';
import { personName } from '../persons/person-name.ts';
import { giveRole, takeRole } from './role-commands.ts';
import { givenRoles } from './role-queries.ts';
import { GIVEN_ROLES } from './role-rules.ts';
import { RolesPage } from './role-views.tsx';

const role = z.enum(GIVEN_ROLES, 'choose a role');

const giveForm = z.object({
  name: personName,
  email: z.string().trim().pipe(z.email('write an e-mail address such as ada@example.org')),
  role,
});

const takeForm = z.object({ person: z.uuid('choose a person from the list'), role });

type OrganiserContext = AppContext<OrganiserEnv['Variables']>;

async function showRoles(c: OrganiserContext, refused?: RefusedForm): Promise<Response> {
  const { summit, organiser, services } = c.var;
  return showPage(
    c,
    {
      title: 'Roles',
      lede: 'Who may do what in this summit. A participant becomes one with their seat.',
      status: refused === undefined ? 200 : 422,
    },
    <RolesPage
      summit={summit}
      zone={readerZone(c, summit)}
      roles={await givenRoles(services.db, organiser)}
      typed={refused?.typed}
      problems={refused?.problems}
    />,
  );
}

/** `/s/<summit>/organise/roles`: organisers, treasurers and guests. */
export function roleRoutes(): Hono<OrganiserEnv> {
  const routes = new Hono<OrganiserEnv>();
  const address = '/s/:summit/organise/roles';
  routes.use(address, withSummit, organisersOnly);
  routes.use(`${address}/take`, withSummit, organisersOnly);

  routes.get(address, (c) => showRoles(c));

  routes.post(address, async (c) => {
    const { summit, organiser, services } = c.var;
    const form = await parseForm(c, giveForm);
    if (!form.ok) return showRoles(c, form.error);
    const { role: given, name, email } = form.value;
    const actor = webActor(c);
    const done = await inTransaction(services.db, async (tx) => {
      const entry = { name, email, github: undefined };
      const found = await findOrCreatePerson(tx, actor, entry, summit.id);
      if (!found.ok) return found;
      const granted = await giveRole(tx, actor, organiser, found.value.personId, given);
      return granted.ok ? ok(found.value) : granted;
    });
    if (!done.ok)
      return showRoles(c, { typed: { name, email, role: given }, problems: [done.error] });
    return seeOther(c, c.req.path, `${name} is now ${given}.`);
  });

  routes.post(`${address}/take`, async (c) => {
    const { summit, organiser, services } = c.var;
    const form = await parseForm(c, takeForm);
    if (!form.ok) return showRoles(c, form.error);
    const { person, role: taken } = form.value;
    const done = await inTransaction(services.db, (tx) =>
      takeRole(tx, webActor(c), organiser, person, taken),
    );
    if (!done.ok) return showRoles(c, { typed: {}, problems: [done.error] });
    return seeOther(c, `/s/${summit.slug}/organise/roles`, 'Done.');
  });

  return routes;
}
