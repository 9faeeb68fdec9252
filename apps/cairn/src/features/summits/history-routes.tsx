import { problem } from '@cairn/kernel/problem';
import { fail } from '@cairn/kernel/result';
import { Hono } from 'hono';
import { inTransaction } from '../../platform/db/command.ts';
import { webActor } from '../../platform/http/env.ts';
import { readTyped } from '../../platform/http/form.ts';
import { seeOther } from '../../platform/http/notice.ts';
import { type OrganiserEnv, organisersOnly, withSummit } from './access.ts';
import { saveDefinition } from './definition-commands.ts';
import { History } from './history-views.tsx';
import { readerZone, showPage } from './page.tsx';
import { postedRevision } from './posted-file.ts';
import { revisionOf, revisions } from './revision-queries.ts';

const SHOWN = 20;

/** `/s/<summit>/organise/definition/history`: every saved state, and the way back to one. */
export function historyRoutes(): Hono<OrganiserEnv> {
  const routes = new Hono<OrganiserEnv>();
  const address = '/s/:summit/organise/definition/history';
  routes.use(address, withSummit, organisersOnly);
  routes.use(`${address}/*`, withSummit, organisersOnly);

  routes.get(address, async (c) => {
    const { summit, organiser, services } = c.var;
    const before = /^\d{1,9}$/.test(c.req.query('before') ?? '')
      ? Number(c.req.query('before'))
      : undefined;
    const found = await revisions(services.db, organiser, { before, most: SHOWN + 1 });
    return showPage(
      c,
      {
        title: 'History of the definition',
        lede: (
          <>
            Each saved state and what it changed. Nothing is ever lost: putting an old one in force
            saves it as a new revision.{' '}
            <a href={`/s/${summit.slug}/organise/definition`}>Back to the form</a>
          </>
        ),
      },
      <History
        revisions={found}
        shownCount={Math.min(SHOWN, found.length)}
        current={summit.revision}
        href={`/s/${summit.slug}/organise/definition/history`}
        zone={readerZone(c, summit)}
      />,
    );
  });

  routes.post(`${address}/:revision{\\d{1,9}}/restore`, async (c) => {
    const { summit, organiser, services } = c.var;
    const { typed } = await readTyped(c);
    const old = await revisionOf(services.db, organiser, Number(c.req.param('revision')));
    const saved =
      old === undefined
        ? fail(problem('no-such-revision', 'There is no such revision.'))
        : await inTransaction(services.db, (tx) =>
            saveDefinition(tx, webActor(c), organiser, {
              source: old.source,
              baseRevision: postedRevision(typed),
            }),
          );
    const slug = saved.ok ? saved.value.slug : summit.slug;
    return seeOther(
      c,
      `/s/${slug}/organise/definition/history`,
      saved.ok
        ? `Revision ${c.req.param('revision')} is in force again, as revision ${saved.value.revision}.`
        : saved.error.sentence,
    );
  });

  return routes;
}
