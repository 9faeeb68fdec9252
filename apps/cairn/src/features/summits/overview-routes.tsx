import type { Instant } from '@cairn/kernel/time';
import { Hono } from 'hono';
import { inTransaction } from '../../platform/db/command.ts';
import type { Reader } from '../../platform/db/database.ts';
import { webActor } from '../../platform/http/env.ts';
import { readTyped } from '../../platform/http/form.ts';
import { seeOther } from '../../platform/http/notice.ts';
import type { Organiser } from '../people/rights.ts';
import { seatCount } from '../people/seats/seat-queries.ts';
import { type OrganiserEnv, organisersOnly, withSummit } from './access.ts';
import { openCarriedCount } from './carried-queries.ts';
import { Overview, type OverviewSection } from './overview-views.tsx';
import { showPage } from './page.tsx';
import type { Summit } from './queries.ts';
import { announce, archive, reopen } from './state-commands.ts';

/** Loads one section of the overview; undefined when it has nothing to say. */
export type LoadOverviewSection = (
  db: Reader,
  asked: { readonly summit: Summit; readonly organiser: Organiser; readonly now: Instant },
) => Promise<OverviewSection | undefined>;

const CHANGES = {
  announce: { command: announce, done: 'The summit is announced; everybody can see its page.' },
  archive: { command: archive, done: 'The summit is archived.' },
  reopen: { command: reopen, done: 'The summit is among the announced again.' },
} as const;

const isChange = (text: unknown): text is keyof typeof CHANGES =>
  typeof text === 'string' && Object.hasOwn(CHANGES, text);

/** `/s/<summit>/organise`: what needs doing now. Other rooms bring their sections along. */
export function overviewRoutes(sections: readonly LoadOverviewSection[]): Hono<OrganiserEnv> {
  const routes = new Hono<OrganiserEnv>();
  const address = '/s/:summit/organise';
  routes.use(address, withSummit, organisersOnly);
  routes.use(`${address}/state`, withSummit, organisersOnly);

  routes.get(address, async (c) => {
    const { summit, organiser, services } = c.var;
    const asked = { summit, organiser, now: services.clock.now() };
    const loaded = await Promise.all(sections.map((load) => load(services.db, asked)));
    return showPage(
      c,
      { title: 'Overview', lede: 'What needs doing now.' },
      <Overview
        summit={summit}
        seats={await seatCount(services.db, summit.id)}
        carried={await openCarriedCount(services.db, summit.id)}
        sections={loaded.filter((section) => section !== undefined)}
      />,
    );
  });

  routes.post(`${address}/state`, async (c) => {
    const { summit, organiser, services } = c.var;
    const { typed } = await readTyped(c);
    const pressed = typed['do'];
    const href = `/s/${summit.slug}/organise`;
    if (!isChange(pressed))
      return seeOther(c, href, 'Nothing was changed; press one of the buttons.');
    const { command, done } = CHANGES[pressed];
    const changed = await inTransaction(services.db, (tx) => command(tx, webActor(c), organiser));
    return seeOther(c, href, changed.ok ? done : changed.error.sentence);
  });

  return routes;
}
