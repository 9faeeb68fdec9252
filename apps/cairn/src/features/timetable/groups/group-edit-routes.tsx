import type { Problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { Hono } from 'hono';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import {
  formProblems,
  readTyped,
  type Typed,
  typedList,
  typedText,
} from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { type OrganiserEnv, organisersOnly, withSummit } from '../../summits/access.ts';
import { showTimetablePage } from '../page.tsx';
import { groupFacts } from './fact-queries.ts';
import { changeForm, leadForm, splitForm } from './form-schema.ts';
import { changeGroup, removeGroup, splitGroup } from './group-commands.ts';
import { GroupEditPage, type RefusedEdit } from './group-edit-views.tsx';
import { type Grouping, groupingOf } from './grouping-queries.ts';
import { setLead } from './member-commands.ts';
import { standingOf } from './standing-rules.ts';

type OrganiserContext = AppContext<OrganiserEnv['Variables']>;

/** `/s/<summit>/organise/timetable/groups/<id>/<key>`: one group of a grouping, to be changed by hand. */
export function groupEditRoutes(): Hono<OrganiserEnv> {
  const routes = new Hono<OrganiserEnv>();
  const address = '/s/:summit/organise/timetable/groups/:id/:key';
  routes.use(address, withSummit, organisersOnly);

  routes.get(address, (c) => showGroup(c));

  routes.post(address, async (c) => {
    const { summit, services } = c.var;
    const grouping = await groupingOf(services.db, summit.id, c.req.param('id'));
    const key = c.req.param('key');
    if (grouping?.groups.some((group) => group.key === key) !== true) return c.notFound();
    const { typed } = await readTyped(c);
    const part = typedText(typed, 'do');
    const done = await changeIn(c, grouping, key, part, typed);
    const page = `/s/${summit.slug}/organise/timetable/groups/${grouping.id}`;
    if (done.ok) {
      return seeOther(c, part === 'remove' ? page : `${page}/${key}`, done.value);
    }
    return showGroup(c, {
      part,
      text: (name) => typedText(typed, name),
      list: (name) => typedList(typed, name),
      problems: done.error,
    });
  });

  return routes;
}

async function showGroup(c: OrganiserContext, refused?: RefusedEdit): Promise<Response> {
  const { summit, services } = c.var;
  const grouping = await groupingOf(services.db, summit.id, c.req.param('id') ?? '');
  if (grouping === undefined || grouping.state === 'dropped') return c.notFound();
  const facts = await groupFacts(services.db, summit, grouping.date);
  const standing = standingOf(facts, grouping);
  const group = [...standing.groups, ...standing.dropped].find(
    ({ key }) => key === c.req.param('key'),
  );
  if (group === undefined) return c.notFound();
  return showTimetablePage(
    c,
    {
      title: group.title,
      lede: grouping.title,
      status: refused === undefined ? 200 : 422,
    },
    <GroupEditPage
      page={`/s/${summit.slug}/organise/timetable/groups/${grouping.id}`}
      plan={`/s/${summit.slug}/plan`}
      group={group}
      usual={grouping}
      people={facts.people}
      refused={refused}
    />,
  );
}

/** Does what a form of the page asks for, and says what was done. */
async function changeIn(
  c: OrganiserContext,
  { id: grouping }: Grouping,
  group: string,
  part: string,
  typed: Typed,
): Promise<Result<string, readonly Problem[]>> {
  const { organiser, services } = c.var;
  const command = async (
    run: Parameters<typeof inTransaction<unknown>>[1],
    done: string,
  ): Promise<Result<string, readonly Problem[]>> => {
    const changed = await inTransaction<unknown>(services.db, run);
    return changed.ok ? ok(done) : fail([changed.error]);
  };
  if (part === 'remove') {
    return command(
      (tx) => removeGroup(tx, webActor(c), organiser, { grouping, group }),
      'The group is gone.',
    );
  }
  if (part === 'lead') {
    const parsed = leadForm.safeParse(typed);
    if (!parsed.success) return fail(formProblems(parsed.error));
    const { person, leads } = parsed.data;
    return command(
      (tx) => setLead(tx, webActor(c), organiser, { grouping, person, isLead: leads }),
      'Saved.',
    );
  }
  if (part === 'split') {
    const parsed = splitForm.safeParse(typed);
    if (!parsed.success) return fail(formProblems(parsed.error));
    return command(
      (tx) => splitGroup(tx, webActor(c), organiser, { grouping, group, ...parsed.data }),
      'The group is split. The next proposal keeps both.',
    );
  }
  const parsed = changeForm.safeParse(typed);
  if (!parsed.success) return fail(formProblems(parsed.error));
  const { stays, ...change } = parsed.data;
  return command(
    (tx) =>
      changeGroup(tx, webActor(c), organiser, { grouping, group, isPinned: stays, ...change }),
    'Saved. Propose again to let it count.',
  );
}
