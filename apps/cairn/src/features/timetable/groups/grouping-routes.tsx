import type { Problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { counted } from '@cairn/kernel/words';
import { Hono } from 'hono';
import type { z } from 'zod';
import { Confirm } from '../../../design/actions.tsx';
import { type Actor, inTransaction } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
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
import { readerZone } from '../../summits/page.tsx';
import { showTimetablePage } from '../page.tsx';
import { usualTopics } from './asked-rules.ts';
import type { RefusedPart } from './by-hand-views.tsx';
import { currentGrouping, weekGrouping } from './current-queries.ts';
import { groupDays, groupFacts } from './fact-queries.ts';
import { addForm, moveForm, pinsForm, proposeForm, setForm } from './form-schema.ts';
import { addGroup } from './group-commands.ts';
import { type Grouping, type GroupingRow, groupingOf, groupingsOf } from './grouping-queries.ts';
import { GroupingPage } from './grouping-views.tsx';
import { moveMember, releasePins } from './member-commands.ts';
import { movedBetween } from './moved-rules.ts';
import { proposeGrouping } from './propose-commands.ts';
import { GroupsHome, type ProposeTyped } from './propose-views.tsx';
import { dropGrouping, setGrouping } from './set-commands.ts';
import { spanInWords } from './span-rules.ts';
import { standingOf } from './standing-rules.ts';

type OrganiserContext = AppContext<OrganiserEnv['Variables']>;

/** What sizes and lots a form begins with where there are no earlier groups. */
const FIRST = { least: 2, most: 10, different: 1, seed: 1 };

const homeOf = (c: OrganiserContext): string => `/s/${c.var.summit.slug}/organise/timetable/groups`;

/**
 * `/s/<summit>/organise/timetable/groups`: the groups that hold, proposals, and the form that makes
 * others; `…/groups/<id>`: one grouping, to be looked at, changed by hand, and set.
 */
export function groupingRoutes(): Hono<OrganiserEnv> {
  const routes = new Hono<OrganiserEnv>();
  const home = '/s/:summit/organise/timetable/groups';
  for (const address of [home, `${home}/:id`, `${home}/:id/drop-them`]) {
    routes.use(address, withSummit, organisersOnly);
  }

  routes.get(home, (c) => showHome(c));

  routes.post(home, async (c) => {
    const { typed } = await readTyped(c);
    const parsed = proposeForm.safeParse(typed);
    if (!parsed.success) return showHome(c, { typed, problems: formProblems(parsed.error) });
    const { keeps_places: keepsPlaces, ...asked } = parsed.data;
    const made = await inTransaction(c.var.services.db, (tx) =>
      proposeGrouping(tx, webActor(c), c.var.organiser, { ...asked, keepsPlaces }),
    );
    if (!made.ok) return showHome(c, { typed, problems: [made.error] });
    return seeOther(
      c,
      `${homeOf(c)}/${made.value.id}`,
      made.value.isOptimal
        ? 'Proposed. It is proven that nobody can do better. Nobody sees them until you set them.'
        : 'Proposed. Nobody sees them until you set them.',
    );
  });

  routes.get(`${home}/:id`, async (c) => {
    const grouping = await groupingIn(c);
    return grouping === undefined ? c.notFound() : showGrouping(c, grouping);
  });

  routes.post(`${home}/:id`, async (c) => {
    const grouping = await groupingIn(c);
    if (grouping === undefined) return c.notFound();
    const { typed } = await readTyped(c);
    const part = typedText(typed, 'do');
    const done = await changeGrouping(c, grouping, part, typed);
    if (done.ok) return seeOther(c, `${homeOf(c)}/${grouping.id}`, done.value);
    const refused = { part, typed: (name: string) => typedText(typed, name), problems: done.error };
    return showGrouping(c, (await groupingIn(c)) ?? grouping, refused);
  });

  routes.get(`${home}/:id/drop-them`, async (c) => {
    const grouping = await groupingIn(c);
    return grouping === undefined ? c.notFound() : showDrop(c, grouping);
  });

  routes.post(`${home}/:id/drop-them`, async (c) => {
    const grouping = await groupingIn(c);
    if (grouping === undefined) return c.notFound();
    const dropped = await inTransaction(c.var.services.db, (tx) =>
      dropGrouping(tx, webActor(c), c.var.organiser, { id: grouping.id }),
    );
    if (!dropped.ok) return showDrop(c, grouping, [dropped.error]);
    return seeOther(c, homeOf(c), dropped.value.wasSet ? 'They hold no more.' : 'Dropped.');
  });

  return routes;
}

const groupingIn = (c: OrganiserContext): Promise<Grouping | undefined> =>
  groupingOf(c.var.services.db, c.var.summit.id, c.req.param('id') ?? '');

async function showHome(
  c: OrganiserContext,
  refused?: { readonly typed: Typed; readonly problems: readonly Problem[] },
): Promise<Response> {
  const { summit, services } = c.var;
  const { db } = services;
  const [groupings, days, facts] = await Promise.all([
    groupingsOf(db, summit.id),
    groupDays(db, summit),
    groupFacts(db, summit, null),
  ]);
  const from = groupings.find(({ id }) => id === c.req.query('from'));
  const spoken = new Set(facts.said.map(({ personId }) => personId));
  const begun = beginning(groupings, from, c.req.query('date'), days);
  const topics = await topicsOf(c, from, usualTopics(facts));
  return showTimetablePage(
    c,
    {
      title: 'Groups',
      lede: 'Who works on what with whom, from what people want of the topics.',
      status: refused === undefined ? 200 : 422,
    },
    <GroupsHome
      home={homeOf(c)}
      plan={`/s/${summit.slug}/plan`}
      zone={readerZone(c, summit)}
      groupings={groupings}
      days={days}
      topics={facts.topics}
      people={facts.people.length}
      silent={facts.people.filter(({ id }) => !spoken.has(id)).length}
      typed={refused === undefined ? { ...begun, topics } : proposeTyped(refused.typed)}
      problems={refused?.problems}
    />,
  );
}

/** The topics that are ticked: those of the groups to begin from, or the usual ones. */
async function topicsOf(
  c: OrganiserContext,
  from: GroupingRow | undefined,
  usual: readonly { readonly number: number }[],
): Promise<string[]> {
  const before = from && (await groupingOf(c.var.services.db, c.var.summit.id, from.id));
  const numbers =
    before === undefined
      ? usual.map(({ number }) => number)
      : before.groups.flatMap(({ topicNumber }) => (topicNumber === null ? [] : [topicNumber]));
  return [...new Set(numbers)].map(String);
}

/** How the form begins: sizes of the groups to begin from, else of the last ones; another lot. */
function beginning(
  groupings: readonly GroupingRow[],
  from: GroupingRow | undefined,
  date: string | undefined,
  days: readonly string[],
): Omit<ProposeTyped, 'topics'> {
  const last = from ?? groupings[0];
  return {
    date: days.includes(date ?? '') ? (date ?? '') : (from?.date ?? ''),
    least: String(last?.least ?? FIRST.least),
    most: String(last?.most ?? FIRST.most),
    different: String(last?.different ?? FIRST.different),
    from: from?.id ?? '',
    keepsPlaces: from?.state === 'set',
    seed: String(last?.seed ?? FIRST.seed),
  };
}

const proposeTyped = (typed: Typed): ProposeTyped => ({
  date: typedText(typed, 'date'),
  least: typedText(typed, 'least'),
  most: typedText(typed, 'most'),
  different: typedText(typed, 'different'),
  from: typedText(typed, 'from'),
  keepsPlaces: typedText(typed, 'keeps_places') === 'yes',
  seed: typedText(typed, 'seed'),
  topics: typedList(typed, 'topics'),
});

async function showGrouping(
  c: OrganiserContext,
  grouping: Grouping,
  refused?: RefusedPart,
): Promise<Response> {
  const { summit, services } = c.var;
  const { db } = services;
  const facts = await groupFacts(db, summit, grouping.date);
  const comes = new Set(facts.people.map(({ id }) => id));
  const held = await (grouping.date === null
    ? weekGrouping(db, summit.id)
    : currentGrouping(db, summit.id, grouping.date));
  const moved = movedBetween(held?.members ?? [], grouping.members);
  return showTimetablePage(
    c,
    { title: grouping.title, status: refused === undefined ? 200 : 422 },
    <GroupingPage
      home={homeOf(c)}
      plan={`/s/${summit.slug}/plan`}
      zone={readerZone(c, summit)}
      grouping={grouping}
      standing={standingOf(facts, grouping)}
      facts={facts}
      toTell={moved.filter((id) => comes.has(id)).length}
      sort={c.req.query('sort')}
      refused={refused}
    />,
  );
}

/** Does what a form of a grouping's page asks for, and says what was done. */
async function changeGrouping(
  c: OrganiserContext,
  { id: grouping }: Grouping,
  part: string,
  typed: Typed,
): Promise<Result<string, readonly Problem[]>> {
  const { organiser } = c.var;
  switch (part) {
    case 'set':
      return run(c, setForm, typed, (tx, actor, { tells }) =>
        setGrouping(tx, actor, organiser, { id: grouping, tells }),
      ).then((done) =>
        saying(
          done,
          ({ told }) => `They hold. ${counted(told, 'person is', 'people are')} told by mail.`,
        ),
      );
    case 'move':
      return run(c, moveForm, typed, (tx, actor, { person, to, pins }) =>
        moveMember(tx, actor, organiser, { grouping, person, to, isPinned: pins }),
      ).then((done) => saying(done, () => 'Done.'));
    case 'pins':
      return run(c, pinsForm, typed, (tx, actor, { person }) =>
        releasePins(tx, actor, organiser, { grouping, person }),
      ).then((done) =>
        saying(
          done,
          ({ released }) =>
            `${counted(released, 'person', 'people')} released: the next proposal may move them.`,
        ),
      );
    case 'add':
      return run(c, addForm, typed, (tx, actor, { title, topic }) =>
        addGroup(tx, actor, organiser, { grouping, title, topicNumber: topic }),
      ).then((done) => saying(done, () => 'Added. Put people into it, or propose again.'));
    default:
      return ok('Nothing was changed.');
  }
}

/** Parses a form and runs its command; a refusal comes out as problems either way. */
async function run<In, Out>(
  c: OrganiserContext,
  schema: z.ZodType<In>,
  typed: Typed,
  command: (tx: Tx, actor: Actor, input: In) => Promise<Result<Out, Problem>>,
): Promise<Result<Out, readonly Problem[]>> {
  const parsed = schema.safeParse(typed);
  if (!parsed.success) return fail(formProblems(parsed.error));
  const done = await inTransaction(c.var.services.db, (tx) =>
    command(tx, webActor(c), parsed.data),
  );
  return done.ok ? done : fail([done.error]);
}

const saying = <T,>(
  done: Result<T, readonly Problem[]>,
  words: (value: T) => string,
): Result<string, readonly Problem[]> => (done.ok ? ok(words(done.value)) : done);

function showDrop(
  c: OrganiserContext,
  grouping: Grouping,
  problems?: readonly Problem[],
): Response {
  const page = `${homeOf(c)}/${grouping.id}`;
  const isSet = grouping.state === 'set';
  return showTimetablePage(
    c,
    {
      title: isSet ? 'Do without these groups' : 'Drop this proposal',
      status: problems === undefined ? 200 : 422,
    },
    <Confirm
      action={`${page}/drop-them`}
      problems={problems}
      verb={isSet ? `Do without “${grouping.title}”` : `Drop “${grouping.title}”`}
      back={page}
      consequences={
        isSet ? (
          <p>
            They hold no more for {spanInWords(grouping.date)}
            {grouping.date === null
              ? ': until others are set, nobody is in a group.'
              : ': the groups of the week hold on that day again.'}{' '}
            Nobody is told by mail.
          </p>
        ) : (
          <p>It goes from the list. Groups that hold stay as they are.</p>
        )
      }
    />,
  );
}
