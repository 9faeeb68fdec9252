import type { Problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { dateIn, expectZone } from '@cairn/kernel/time';
import { Hono } from 'hono';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { formProblems, readTyped, type Typed, typedText } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { type Self, selfIn } from '../../people/rights.ts';
import { openTopicFacts } from '../../planning/topics/topic-queries.ts';
import {
  comersOnly,
  type ParticipantEnv,
  participantsOnly,
  withSummit,
} from '../../summits/access.ts';
import { readerZone } from '../../summits/page.tsx';
import { showTimetablePage } from '../page.tsx';
import { askForm, joinForm } from './form-schema.ts';
import { GroupPage } from './group-page-views.tsx';
import { type Grouping, groupingOf } from './grouping-queries.ts';
import { joinGroup, setOut } from './own-commands.ts';
import { groupPage, heldGroupings, namesOfComers, ownPlace, shownGroups } from './own-queries.ts';
import { groupsHref, NoGroups, OwnGroups, type RefusedOwn } from './own-views.tsx';
import { spanInWords } from './span-rules.ts';
import { answerSwap, askSwap, withdrawSwap } from './swap-commands.ts';

type ComerContext = AppContext<ParticipantEnv['Variables']>;

const homeOf = (c: ComerContext): string => `/s/${c.var.summit.slug}/timetable/groups`;

/**
 * `/s/<summit>/timetable/groups`: the groups that hold, one's own with its reasons, and what one can do
 * about it; `…/groups/<key>`: one group. For those who come.
 */
export function ownGroupsRoutes(): Hono<ParticipantEnv> {
  const routes = new Hono<ParticipantEnv>();
  const home = '/s/:summit/timetable/groups';
  const one = `${home}/:key{[a-z][a-z0-9_]*}`;
  for (const address of [home, one]) {
    routes.use(address, withSummit, participantsOnly, comersOnly);
  }

  routes.get(home, (c) => showGroups(c));

  routes.post(home, async (c) => {
    const { summit, services, signedIn } = c.var;
    const { typed } = await readTyped(c);
    const self = selfIn(summit.id, signedIn);
    const grouping = await groupingOf(services.db, summit.id, typedText(typed, 'grouping'));
    const part = typedText(typed, 'do');
    const done = await change(c, self, grouping, part, typed);
    const page = groupsHref(homeOf(c), grouping?.state === 'set' ? grouping.date : null);
    if (done.ok) return seeOther(c, grouping === undefined ? homeOf(c) : page, done.value);
    const text = (name: string) => typedText(typed, name);
    return showGroups(c, { part, text, problems: done.error });
  });

  routes.get(one, async (c) => {
    const { summit, services } = c.var;
    const { db } = services;
    const key = c.req.param('key');
    const group = await groupPage(db, summit, key, readerZone(c, summit));
    if (group === undefined) return c.notFound();
    const topic = (await openTopicFacts(db, summit.id)).find(
      ({ number }) => number === group.topicNumber,
    );
    return showTimetablePage(
      c,
      { title: group.title, lede: 'A group: who is in it, and when it meets.' },
      <GroupPage
        home={homeOf(c)}
        spans={group.spans}
        sessions={group.sessions}
        hasTimetable={group.hasTimetable}
        feed={`${homeOf(c)}/${key}/calendar.ics`}
        topic={
          topic && {
            title: topic.title,
            href: `/s/${summit.slug}/plan/topics/${topic.number}`,
          }
        }
      />,
    );
  });

  return routes;
}

/** Does what somebody asks for themselves, and says what was done. */
async function change(
  c: ComerContext,
  self: Self,
  grouping: Grouping | undefined,
  part: string,
  typed: Typed,
): Promise<Result<string, readonly Problem[]>> {
  const { db } = c.var.services;
  const actor = webActor(c);
  const id = grouping?.id ?? '';
  const swap = typedText(typed, 'swap');
  const said = <T,>(
    done: Result<T, Problem>,
    words: (value: T) => string,
  ): Result<string, readonly Problem[]> => (done.ok ? ok(words(done.value)) : fail([done.error]));
  switch (part) {
    case 'join': {
      const parsed = joinForm.safeParse(typed);
      if (!parsed.success) return fail(formProblems(parsed.error));
      const { group } = parsed.data;
      return said(
        await inTransaction(db, (tx) => joinGroup(tx, actor, self, { grouping: id, group })),
        ({ title }) => `You are in “${title}” now.`,
      );
    }
    case 'ask': {
      const parsed = askForm.safeParse(typed);
      if (!parsed.success) return fail(formProblems(parsed.error));
      const { person } = parsed.data;
      return said(
        await inTransaction(db, (tx) => askSwap(tx, actor, self, { grouping: id, person })),
        () => 'Asked. You hear of the answer by mail, and see it here.',
      );
    }
    case 'answer': {
      const agrees = typedText(typed, 'agrees') === 'yes';
      return said(
        await inTransaction(db, (tx) => answerSwap(tx, actor, self, { swap, agrees })),
        ({ swapped }) => (swapped ? 'You changed places.' : 'You stay where you are.'),
      );
    }
    case 'withdraw':
      return said(
        await inTransaction(db, (tx) => withdrawSwap(tx, actor, self, { swap })),
        () => 'Taken back.',
      );
    case 'out': {
      const isOut = typedText(typed, 'out') !== 'no';
      return said(
        await inTransaction(db, (tx) => setOut(tx, actor, self, { grouping: id, isOut })),
        () =>
          isOut
            ? 'You stay out of groups.'
            : 'You take part again. Join a group, or organisers put you into one.',
      );
    }
    default:
      return ok('Nothing was changed.');
  }
}

/** The groups of the day or week that was asked for; else those that hold today. */
async function showGroups(c: ComerContext, refused?: RefusedOwn): Promise<Response> {
  const { summit, services, signedIn, organiser } = c.var;
  const { db, clock } = services;
  const held = await heldGroupings(db, summit.id);
  const today = dateIn(clock.now(), expectZone(summit.definition.zone)).toString();
  const asked =
    c.req.query('for') ?? (held.days.some(({ date }) => date === today) ? today : 'week');
  const id = held.days.find(({ date }) => date === asked)?.id ?? held.week ?? held.days[0]?.id;
  const grouping = id === undefined ? undefined : await groupingOf(db, summit.id, id);
  const page = {
    title: 'Groups',
    lede:
      grouping === undefined
        ? 'Who works on what with whom.'
        : `Who works on what with whom: ${spanInWords(grouping.date)}.`,
    status: refused === undefined ? (200 as const) : (422 as const),
  };
  const interestHref = `/s/${summit.slug}/plan/interest`;
  if (grouping === undefined) {
    const organise =
      organiser === undefined ? undefined : `/s/${summit.slug}/organise/timetable/groups`;
    return showTimetablePage(
      c,
      page,
      <NoGroups
        interestHref={interestHref}
        organise={organise}
        problems={refused?.problems ?? []}
      />,
    );
  }
  const names = await namesOfComers(db, summit.id);
  const self = selfIn(summit.id, signedIn);
  const { groups, unplaced } = shownGroups(grouping, names);
  return showTimetablePage(
    c,
    page,
    <OwnGroups
      home={homeOf(c)}
      date={grouping.date}
      days={held.days.map(({ date }) => date)}
      hasWeek={held.week !== undefined}
      grouping={grouping.id}
      // Who organises without coming has no place of their own.
      own={names.has(self.personId) ? await ownPlace(db, self, grouping, names) : undefined}
      groups={groups}
      unplaced={unplaced}
      interestHref={interestHref}
      refused={refused}
    />,
  );
}
