import { type Problem, problem } from '@cairn/kernel/problem';
import { ok } from '@cairn/kernel/result';
import { counted } from '@cairn/kernel/words';
import { Hono } from 'hono';
import { z } from 'zod';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { parseForm, readTyped, typedList, typedText } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { textOfFile } from '../../../platform/http/text-file.ts';
import { recordedAt } from '../../people/promises/attendance-queries.ts';
import { directoryOf, findPerson } from '../../people/promises/evidence-people-rules.ts';
import { knownPeople } from '../../people/promises/evidence-queries.ts';
import { type OrganiserEnv, organisersOnly, withSummit } from '../../summits/access.ts';
import { showPage } from '../../summits/page.tsx';
import { type AttendanceKeeper, attendanceKeeperOf } from '../series/rights.ts';
import { type Meeting, meetingNamed } from '../series/series-rules.ts';
import { meetingSettings } from './attendance-settings-queries.ts';
import { recordList, settleRow } from './list-commands.ts';
import { leastMinutes, matchList } from './list-match-rules.ts';
import { keptRows } from './list-queries.ts';
import { ListForm, ListPage, ListPreview } from './list-views.tsx';
import { readVideoList } from './video-list-rules.ts';

type OrganiserContext = AppContext<OrganiserEnv['Variables']>;

/** Open rows on one page: each has everybody to pick from. */
const PAGE = 25;

const settleForm = z.object({
  row: z.uuid(),
  do: z.enum(['match', 'drop']),
  person: z.union([z.literal(''), z.uuid()]).default(''),
});

/** `/s/<summit>/organise/meetings/<meeting>/list`: attendance from the list of a video tool. */
export function listRoutes(): Hono<OrganiserEnv> {
  const routes = new Hono<OrganiserEnv>();
  const address = '/s/:summit/organise/meetings/:meeting/list';
  routes.use(address, withSummit, organisersOnly);
  routes.use(`${address}/*`, withSummit, organisersOnly);

  routes.get(address, async (c) => {
    const meeting = meetingOf(c);
    if (meeting === undefined) return c.notFound();
    const { summit, organiser, services } = c.var;
    const asked = Math.min(Math.max(1, Number.parseInt(c.req.query('page') ?? '1', 10) || 1), 1e6);
    const find = (page: number) =>
      keptRows(services.db, organiser, meeting.key, { page, size: PAGE });
    let { rows, count } = await find(asked);
    const pages = Math.max(1, Math.ceil(count / PAGE));
    const page = Math.min(asked, pages);
    if (page !== asked) ({ rows, count } = await find(page));
    const action = listAddress(c, meeting);
    const people = rows.length === 0 ? [] : await knownPeople(services.db, organiser);
    const directory = directoryOf(people);
    const guesses = new Map(
      rows.flatMap(({ id, name, email, github }) => {
        const found = findPerson({ name, email, github }, directory);
        return found.ok ? [[id, found.person.personId] as const] : [];
      }),
    );
    return showPage(
      c,
      { title: `Lists: ${meeting.title}` },
      <ListPage
        action={action}
        settle={`${action}/settle`}
        back={`/s/${summit.slug}/meetings/${meeting.key}/attendance`}
        least={String(await proposedLeast(c, meeting))}
        rows={rows}
        count={count}
        page={page}
        pages={pages}
        hrefOfPage={(to) => `${action}?page=${to}`}
        people={people.sort((a, b) => a.name.localeCompare(b.name, 'en'))}
        guesses={guesses}
      />,
    );
  });

  routes.post(address, async (c) => {
    const meeting = meetingOf(c);
    if (meeting === undefined) return c.notFound();
    const { organiser, services } = c.var;
    const { typed, files } = await readTyped(c);
    const action = listAddress(c, meeting);
    const file = files.get('file');
    const given =
      file === undefined
        ? ok(typedText(typed, 'csv').replaceAll('\r\n', '\n'))
        : await textOfFile(file);
    const text = given.ok ? given.value.replaceAll('\0', '\uFFFD') : typedText(typed, 'csv');
    const least = typedText(typed, 'least').trim() || String(await proposedLeast(c, meeting));
    const refuse = (problems: readonly Problem[]) =>
      showPage(
        c,
        { title: `Lists: ${meeting.title}`, status: 422 },
        <ListForm {...{ action, text, least: typedText(typed, 'least'), problems }} />,
      );
    if (!given.ok) return refuse([given.error]);
    if (!/^\d{1,4}$/.test(least)) {
      return refuse([
        problem('bad-field', 'Write the minutes as a whole number.', { path: 'least' }),
      ]);
    }
    if (text.trim() === '') {
      const sentence = 'Choose a file, or paste the list as text.';
      return refuse([problem('no-table', sentence, { path: 'csv' })]);
    }
    const list = readVideoList(text);
    if (!list.ok) return refuse(list.error);
    const directory = directoryOf(await knownPeople(services.db, organiser));
    const first = matchList(list.value.rows, directory, Number(least));
    if (typedText(typed, 'record') !== 'yes') {
      const known = await recordedAt(services.db, organiser, meeting.key);
      return showPage(
        c,
        { title: `Lists: ${meeting.title}` },
        <ListPreview {...{ action, text, least, known }} list={list.value} match={first} />,
      );
    }
    const picks = new Map(
      first.doubtful.flatMap(({ who, candidates }, index) => {
        const picked = typedText(typed, `pick.${index}`);
        const person = candidates.find(({ personId }) => personId === picked);
        return person === undefined ? [] : [[who, person] as const];
      }),
    );
    const match = matchList(list.value.rows, directory, Number(least), picks);
    const keeper = await keeperOf(c, meeting);
    if (keeper === undefined) return c.notFound();
    const recorded = await inTransaction(services.db, (tx) =>
      recordList(tx, webActor(c), keeper, match, new Set(typedList(typed, 'anyway[]'))),
    );
    if (!recorded.ok) return refuse([{ ...recorded.error, place: { path: 'csv' } }]);
    const { recorded: people, kept } = recorded.value;
    const words =
      people === 0 && kept === 0
        ? 'Nothing new was in this list.'
        : `${people} recorded${kept > 0 ? `, ${counted(kept, 'row')} kept` : ''}.`;
    return seeOther(c, action, words);
  });

  routes.post(`${address}/settle`, async (c) => {
    const meeting = meetingOf(c);
    const form = await parseForm(c, settleForm);
    const keeper = meeting && (await keeperOf(c, meeting));
    if (meeting === undefined || !form.ok || keeper === undefined) return c.notFound();
    const { row, person, do: pressed } = form.value;
    const action = listAddress(c, meeting);
    if (pressed === 'match' && person === '') {
      return seeOther(c, action, 'Pick the person first; nothing was changed.');
    }
    const settled = await inTransaction(c.var.services.db, (tx) =>
      settleRow(tx, webActor(c), keeper, {
        row,
        personId: pressed === 'match' ? person : undefined,
      }),
    );
    const done = pressed === 'match' ? 'Recorded.' : 'Dropped.';
    return seeOther(c, action, settled.ok ? done : settled.error.sentence);
  });

  return routes;
}

const meetingOf = (c: OrganiserContext): Meeting | undefined =>
  meetingNamed(c.var.summit, c.req.param('meeting') ?? '');

const listAddress = (c: OrganiserContext, { key }: Meeting): string =>
  `/s/${c.var.summit.slug}/organise/meetings/${key}/list`;

const proposedLeast = async (c: OrganiserContext, { minutes }: Meeting): Promise<number> =>
  leastMinutes(minutes, (await meetingSettings(c.var.services.db, c.var.summit.id)).leastShare);

const keeperOf = (c: OrganiserContext, { key }: Meeting): Promise<AttendanceKeeper | undefined> =>
  attendanceKeeperOf(
    c.var.services.db,
    { summitId: c.var.summit.id, meeting: key },
    c.var.organiser,
    c.var.organiser.personId,
  );
