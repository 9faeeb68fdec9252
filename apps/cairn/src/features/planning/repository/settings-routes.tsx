import { Hono } from 'hono';
import { z } from 'zod';
import { inTransaction } from '../../../platform/db/command.ts';
import { readableSize } from '../../../platform/git/limits.ts';
import { currentGit } from '../../../platform/git/version.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { parseForm, type RefusedForm, typedText } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { type OrganiserEnv, organisersOnly, withSummit } from '../../summits/access.ts';
import { readerZone, showPage } from '../../summits/page.tsx';
import { handlesOf } from '../threads/handle-queries.ts';
import { planOf } from './main-queries.ts';
import { chooseReaders, READERS } from './settings-commands.ts';
import type { LoadPlanSettingsSection } from './settings-sections.ts';
import { PlanSettingsPage } from './settings-views.tsx';
import { upkeepOf } from './upkeep-queries.ts';

type OrganiserContext = AppContext<OrganiserEnv['Variables']>;

const readersForm = z.object({
  readers: z.enum(READERS, 'Choose who may read the plan'),
});

/**
 * `/s/<summit>/organise/planning`: the settings of the plan. Other ideas bring the sections of that page
 * along, in the order in which they stand there.
 */
export function planSettingsRoutes(
  sections: readonly LoadPlanSettingsSection[],
): Hono<OrganiserEnv> {
  const routes = new Hono<OrganiserEnv>();
  const address = '/s/:summit/organise/planning';
  routes.use(address, withSummit, organisersOnly);
  routes.use(`${address}/readers`, withSummit, organisersOnly);

  const show = async (c: OrganiserContext, refused?: RefusedForm): Promise<Response> => {
    const { summit, organiser, services } = c.var;
    const { db, git, url } = services;
    const [plan, upkeep, standing, loaded] = await Promise.all([
      planOf(db, summit.id),
      upkeepOf(db, summit.id),
      currentGit(),
      Promise.all(sections.map((load) => load(c))),
    ]);
    const { personId } = organiser;
    const handle =
      personId === undefined ? undefined : (await handlesOf(db, [personId])).get(personId);
    const readers = plan?.readers ?? 'everyone';
    return showPage(
      c,
      { title: 'Planning', status: refused === undefined ? 200 : 422 },
      <PlanSettingsPage
        action={`/s/${summit.slug}/organise/planning`}
        readers={refused === undefined ? readers : typedText(refused.typed, 'readers')}
        problems={refused?.problems}
        clone={{
          url: `${url}/s/${summit.slug}/plan.git`,
          isPublic: readers === 'everyone' && summit.state !== 'draft',
          handle: handle ?? 'your-name',
          folder: summit.slug,
        }}
        upkeep={upkeep}
        size={upkeep && readableSize(upkeep.bytes)}
        git={{ version: standing.version, problem: standing.problem?.message }}
        limits={{
          push: readableSize(git.limits.largestPush),
          file: readableSize(git.limits.largestFile),
        }}
        sections={loaded.filter((section) => section !== undefined)}
        zone={readerZone(c, summit)}
      />,
    );
  };

  routes.get(address, (c) => show(c));

  // A form that was refused stands at its own address; whoever reloads it means the page.
  routes.get(`${address}/readers`, (c) =>
    c.redirect(`/s/${c.var.summit.slug}/organise/planning`, 303),
  );

  routes.post(`${address}/readers`, async (c) => {
    const { summit, organiser, services } = c.var;
    const form = await parseForm(c, readersForm);
    if (!form.ok) return show(c, form.error);
    const { readers } = form.value;
    const chosen = await inTransaction(services.db, (tx) =>
      chooseReaders(tx, webActor(c), organiser, readers),
    );
    if (!chosen.ok) return show(c, { typed: { readers }, problems: [chosen.error] });
    return seeOther(c, `/s/${summit.slug}/organise/planning`, 'Saved.');
  });

  return routes;
}
