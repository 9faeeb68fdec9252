import type { Problem } from '@cairn/kernel/problem';
import { zoneNames } from '@cairn/kernel/zone-names';
import { Hono } from 'hono';
import { Confirm } from '../../../design/actions.tsx';
import { HiddenField } from '../../../design/controls.tsx';
import { inTransaction } from '../../../platform/db/command.ts';
import { webActor } from '../../../platform/http/env.ts';
import { readTyped } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { type OrganiserEnv, organisersOnly, withSummit } from '../../summits/access.ts';
import { showPage } from '../../summits/page.tsx';
import { fileOf } from './call-commands.ts';
import {
  type CallForm,
  callForm,
  newCallForm,
  readCallForm,
  typedForm,
} from './call-form-schema.ts';
import { CallFormPage } from './call-form-views.tsx';
import { callSourceOf } from './call-queries.ts';
import { removeCall, writeCall } from './edit-commands.ts';
import { calendarOf, type OrganiserContext } from './organise-page.tsx';
import { CALENDAR_KEY, changeWords } from './organise-routes.tsx';
import { readCallSource } from './source-rules.ts';

/** `/s/<summit>/organise/calls/<calendar>/call/<position>`: one call in a form. */
export function callFormRoutes(): Hono<OrganiserEnv> {
  const routes = new Hono<OrganiserEnv>();
  const calendar = `/s/:summit/organise/calls/:calendar{${CALENDAR_KEY}}`;
  const address = `${calendar}/call/:position{[0-9a-z]+}`;
  routes.use(address, withSummit, organisersOnly);
  routes.use(`${address}/remove`, withSummit, organisersOnly);

  routes.get(address, async (c) => {
    const at = await callAt(c, c.req.param('calendar'), c.req.param('position'));
    if (at === undefined) return c.notFound();
    const form = at.event === undefined ? newCallForm(at.zone) : callForm(at.event);
    return showForm(c, at, form, at.revision, [], 200);
  });

  routes.post(address, async (c) => {
    const { organiser, services } = c.var;
    const { typed } = await readTyped(c);
    const at = await callAt(c, c.req.param('calendar'), c.req.param('position'));
    if (at === undefined) return c.notFound();
    const form = typedForm(typed);
    const baseRevision = Number(typed['revision']) || 0;
    const event = readCallForm(form, at.event);
    if (!event.ok) return showForm(c, at, form, baseRevision, event.error, 422);
    const { key, position } = at;
    const saved = await inTransaction(services.db, (tx) =>
      writeCall(
        tx,
        webActor(c),
        organiser,
        { key, position, baseRevision, event: event.value },
        services.url,
      ),
    );
    // The old revision stays: at this place of the file there may be another call by now.
    if (!saved.ok) return showForm(c, at, form, baseRevision, [saved.error], 409);
    return seeOther(c, at.back, changeWords(saved.value));
  });

  routes.get(`${address}/remove`, async (c) => {
    const at = await callAt(c, c.req.param('calendar'), c.req.param('position'));
    if (at?.event === undefined) return c.notFound();
    const { summary } = at.event;
    return showPage(
      c,
      { title: `Take out “${summary}”` },
      <Confirm
        action={`${at.here}/remove`}
        verb={`Take out ${summary}`}
        back={at.here}
        consequences={
          <p>
            It leaves the file, and calendar programs are told that all its times are cancelled. A
            call of the same name that comes back is the same call again.
          </p>
        }
      >
        <HiddenField name="revision" value={String(at.revision)} />
      </Confirm>,
    );
  });

  routes.post(`${address}/remove`, async (c) => {
    const { organiser, services } = c.var;
    const { typed } = await readTyped(c);
    const at = await callAt(c, c.req.param('calendar'), c.req.param('position'));
    if (at?.position === undefined) return c.notFound();
    const { key, position } = at;
    const baseRevision = Number(typed['revision']) || 0;
    const removed = await inTransaction(services.db, (tx) =>
      removeCall(tx, webActor(c), organiser, { key, position, baseRevision }, services.url),
    );
    return seeOther(c, at.back, removed.ok ? changeWords(removed.value) : removed.error.sentence);
  });

  return routes;
}

/** The call of an address in its calendar's file; a new one has no event and no position. */
async function callAt(c: OrganiserContext, key: string, position: string) {
  const found = await calendarOf(c, key);
  if (found === undefined) return undefined;
  const read = readCallSource(await callSourceOf(c.var.services.db, found.id), fileOf(key));
  if (!read.ok) return undefined;
  const { events, zone } = read.value.calendar;
  const back = `/s/${c.var.summit.slug}/organise/calls/${key}`;
  const at = {
    key,
    back,
    here: `${back}/call/${position}`,
    name: found.name,
    revision: found.revision,
    zone: zone ?? 'UTC',
  };
  if (position === 'new') return { ...at, event: undefined, position: undefined };
  const event = /^\d{1,4}$/.test(position) ? events[Number(position)] : undefined;
  return event === undefined ? undefined : { ...at, event, position: Number(position) };
}

function showForm(
  c: OrganiserContext,
  at: NonNullable<Awaited<ReturnType<typeof callAt>>>,
  form: CallForm,
  revision: number,
  problems: readonly Problem[],
  status: 200 | 409 | 422,
): Response {
  return showPage(
    c,
    {
      title: at.event?.summary ?? 'A new call',
      status,
      lede: (
        <>
          In the calendar <a href={at.back}>{at.name}</a>.
        </>
      ),
    },
    <CallFormPage
      action={at.here}
      revision={revision}
      form={form}
      zones={zoneNames()}
      problems={problems}
      remove={at.event === undefined ? undefined : `${at.here}/remove`}
    />,
  );
}
