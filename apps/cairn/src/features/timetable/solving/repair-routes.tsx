import type { Problem } from '@cairn/kernel/problem';
import { Hono } from 'hono';
import { inTransaction } from '../../../platform/db/command.ts';
import { webActor } from '../../../platform/http/env.ts';
import { formProblems, readTyped, typedText } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { type OrganiserEnv, organisersOnly, withSummit } from '../../summits/access.ts';
import { standingOf } from '../drafts/cost-rules.ts';
import { type DraftContext, factsFor, makingHome, releasedName } from '../drafts/draft-page.tsx';
import { draftsOf } from '../drafts/draft-queries.ts';
import { showTimetablePage } from '../page.tsx';
import { RepairPage } from './repair-views.tsx';
import { beginSearch } from './search-commands.ts';
import { baseOf, searchesOf } from './search-queries.ts';
import { fromSchema, repairSchema } from './search-schema.ts';

const REPAIR = '/s/:summit/organise/timetable/repair';
/** A repair is quick; what takes longer is ended, and said to be. */
const SECONDS = 20;

/** `/s/<summit>/organise/timetable/repair`: what a late change broke, and ways to mend it. */
export function repairRoutes(): Hono<OrganiserEnv> {
  const routes = new Hono<OrganiserEnv>();
  routes.use(REPAIR, withSummit, organisersOnly);
  routes.get(REPAIR, (c) => showRepair(c, c.req.query('from'), 'people'));
  routes.post(REPAIR, async (c) => {
    const { services, organiser } = c.var;
    const { typed } = await readTyped(c);
    const asked = repairSchema.safeParse(typed);
    const [from, measure] = [typedText(typed, 'from'), typedText(typed, 'measure')];
    if (!asked.success) return showRepair(c, from, measure, formProblems(asked.error));
    const begun = await inTransaction(services.db, (tx) =>
      beginSearch(tx, webActor(c), organiser, { kind: 'repair', seconds: SECONDS, ...asked.data }),
    );
    if (!begun.ok) return showRepair(c, from, measure, [begun.error]);
    return seeOther(c, `${makingHome(c)}/drafts/searches/${begun.value.id}`);
  });
  return routes;
}

async function showRepair(
  c: DraftContext,
  asked: string | undefined,
  measure: string,
  problems?: readonly Problem[],
): Promise<Response> {
  const { services, summit, organiser } = c.var;
  const { db } = services;
  const [released, drafts, facts, searches] = await Promise.all([
    releasedName(c),
    draftsOf(db, organiser),
    factsFor(c),
    searchesOf(db, organiser),
  ]);
  const options = [
    ...(released === undefined
      ? []
      : [{ value: 'release', label: `What is released: ${released}` }]),
    ...drafts.map(({ id, name }) => ({ value: id, label: name })),
  ];
  const from = options.find(({ value }) => value === asked)?.value ?? options[0]?.value ?? '';
  const chosen = fromSchema.safeParse(from);
  const base = chosen.success ? await baseOf(db, summit.id, chosen.data) : undefined;
  const running = searches.find(({ state }) => state === 'queued' || state === 'running');
  return showTimetablePage(
    c,
    { title: 'Mend the timetable', status: problems === undefined ? 200 : 422 },
    <RepairPage
      home={makingHome(c)}
      options={options}
      from={from}
      measure={measure === 'sessions' ? 'sessions' : 'people'}
      standing={facts && base && standingOf(facts, base.placements)}
      running={running && `${makingHome(c)}/drafts/searches/${running.id}`}
      problems={problems}
    />,
  );
}
