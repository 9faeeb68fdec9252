import { Hono } from 'hono';
import { z } from 'zod';
import { inTransaction } from '../../../platform/db/command.ts';
import { webActor } from '../../../platform/http/env.ts';
import { parseForm } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { type OrganiserEnv, organisersOnly, withSummit } from '../../summits/access.ts';
import { readerZone } from '../../summits/page.tsx';
import type { LoadPlanSettingsSection } from '../repository/settings-sections.ts';
import { retrySending, setSending } from './out-commands.ts';
import { outStanding } from './out-queries.ts';
import { OutSection } from './out-views.tsx';

const sendsForm = z.object({ sends: z.enum(['yes', 'no']) });

/** What organisers change about what GitHub is told. */
export function githubOutRoutes(): Hono<OrganiserEnv> {
  const app = new Hono<OrganiserEnv>();
  const address = '/s/:summit/organise/planning/github';
  app.use(`${address}/sends`, withSummit, organisersOnly);
  app.use(`${address}/retry`, withSummit, organisersOnly);

  app.post(`${address}/sends`, async (c) => {
    const { summit, organiser, services } = c.var;
    const form = await parseForm(c, sendsForm);
    const back = `/s/${summit.slug}/organise/planning`;
    if (!form.ok) return seeOther(c, back, 'Nothing was changed.');
    const sends = form.value.sends === 'yes';
    const done = await inTransaction(services.db, (tx) =>
      setSending(tx, webActor(c), organiser, sends),
    );
    const said = sends ? 'GitHub is told from now on.' : 'GitHub is told nothing any more.';
    return seeOther(c, back, done.ok ? said : done.error.sentence);
  });

  app.post(`${address}/retry`, async (c) => {
    const { summit, organiser, services } = c.var;
    await inTransaction(services.db, (tx) => retrySending(tx, webActor(c), organiser));
    return seeOther(c, `/s/${summit.slug}/organise/planning`, 'It is tried again now.');
  });
  return app;
}

/** The section of the settings page about what goes out; none where nothing can. */
export const githubOutSection: LoadPlanSettingsSection = async (c) => {
  const { summit, services } = c.var;
  const standing = await outStanding(services.db, summit.id);
  if (standing === undefined || services.github === undefined) return undefined;
  return {
    key: 'github-out',
    title: 'What GitHub is told',
    body: (
      <OutSection standing={standing} home={`/s/${summit.slug}`} zone={readerZone(c, summit)} />
    ),
  };
};
