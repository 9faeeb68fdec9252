import { type Problem, problem } from '@cairn/kernel/problem';
import { ok, type Result } from '@cairn/kernel/result';
import { counted } from '@cairn/kernel/words';
import { Hono } from 'hono';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { readTyped, type Typed, typedList, typedText } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { textOfFile } from '../../../platform/http/text-file.ts';
import { type OrganiserEnv, organisersOnly, withSummit } from '../../summits/access.ts';
import { showPage } from '../../summits/page.tsx';
import { type AttendanceTable, readAttendance } from './evidence-csv.ts';
import { changedMarks, markValue } from './evidence-marks.ts';
import { type MarksSaved, saveMarks } from './evidence-marks-commands.ts';
import { type Occasion, occasionsOf } from './evidence-occasions.ts';
import { gridPeople, knownPeople, tickedMarks } from './evidence-queries.ts';
import { AttendancePage, AttendancePreview, CsvForm, LeftOver } from './evidence-views.tsx';

type OrganiserContext = AppContext<OrganiserEnv['Variables']>;

/** People on one page of the grid; ten columns of boxes stay a quick page. */
const PAGE = 50;

const occasionsNow = (c: OrganiserContext): Occasion[] =>
  occasionsOf(c.var.summit.definition, c.var.services.clock.now());

const addressOf = (c: OrganiserContext): string =>
  `/s/${c.var.summit.slug}/organise/promises/attendance`;

interface Refused {
  readonly typed: Typed;
  readonly problem: Problem;
}

async function showGrid(c: OrganiserContext, refused?: Refused): Promise<Response> {
  const { summit, organiser, services } = c.var;
  const name = c.req.query('q') ?? '';
  const asked = Math.min(Math.max(1, Number.parseInt(c.req.query('page') ?? '1', 10) || 1), 1e6);
  const find = (page: number) => gridPeople(services.db, organiser, { name, page, size: PAGE });
  let found = await find(asked);
  // A page beyond the last tells no count.
  const page = found.count === 0 ? 1 : asked;
  if (page !== asked) found = await find(page);
  const ticked = await tickedMarks(services.db, organiser, found.people);
  const href = (to: number) => `${addressOf(c)}?${new URLSearchParams({ q: name, page: `${to}` })}`;
  return showPage(
    c,
    { title: 'Attendance and presence', status: refused === undefined ? 200 : 422 },
    <AttendancePage
      home={`/s/${summit.slug}`}
      name={name}
      page={page}
      pages={Math.ceil(found.count / PAGE)}
      hrefOfPage={href}
      grid={{
        action: href(page),
        people: found.people,
        occasions: occasionsNow(c),
        shown: refused === undefined ? ticked : new Set(typedList(refused.typed, 'was[]')),
        ticked: refused === undefined ? ticked : new Set(typedList(refused.typed, 'on[]')),
        problems: refused === undefined ? [] : [refused.problem],
        personHref: (personId) => `/s/${summit.slug}/organise/promises/${personId}`,
      }}
      csv={{ action: `${addressOf(c)}/csv`, occasions: occasionsNow(c) }}
    />,
  );
}

const savedWords = ({ recorded, withdrawn }: MarksSaved): string =>
  recorded === 0 && withdrawn === 0
    ? 'Nothing had changed.'
    : [
        recorded > 0 && `${counted(recorded, 'fact')} recorded`,
        withdrawn > 0 && `${counted(withdrawn, 'fact')} taken back`,
      ]
        .filter((part) => part !== false)
        .join(', ')
        .concat('.');

/** The text of a table: the file that was sent, else what was typed. */
const tableText = async (typed: Typed, file: File | undefined): Promise<Result<string, Problem>> =>
  file === undefined ? ok(typedText(typed, 'csv').replaceAll('\r\n', '\n')) : textOfFile(file);

/** `/s/<summit>/organise/promises/attendance`: who was where, by hand or from a table. */
export function evidenceRoutes(): Hono<OrganiserEnv> {
  const routes = new Hono<OrganiserEnv>();
  const address = '/s/:summit/organise/promises/attendance';
  routes.use(address, withSummit, organisersOnly);
  routes.use(`${address}/*`, withSummit, organisersOnly);

  routes.get(address, (c) => showGrid(c));

  routes.post(address, async (c) => {
    const { organiser, services } = c.var;
    const { typed } = await readTyped(c);
    const changes = changedMarks(
      typedList(typed, 'on[]'),
      typedList(typed, 'was[]'),
      occasionsNow(c),
    );
    if (!changes.ok) return showGrid(c, { typed, problem: changes.error });
    const saved = await inTransaction(services.db, (tx) =>
      saveMarks(tx, webActor(c), organiser, changes.value, 'organiser'),
    );
    if (!saved.ok) return showGrid(c, { typed, problem: saved.error });
    const { search } = new URL(c.req.url);
    return seeOther(c, `${addressOf(c)}${search}`, savedWords(saved.value));
  });

  routes.post(`${address}/csv`, async (c) => {
    const { typed, files } = await readTyped(c);
    const occasions = occasionsNow(c);
    const about = typedText(typed, 'about');
    const action = `${addressOf(c)}/csv`;
    const given = await tableText(typed, files.get('file'));
    const text = given.ok ? given.value : typedText(typed, 'csv');
    const refuse = (problems: readonly Problem[]) =>
      showPage(
        c,
        { title: 'Attendance from a file', status: 422 },
        <CsvForm {...{ action, occasions, text, about, problems }} />,
      );
    if (!given.ok) return refuse([given.error]);
    if (text.trim() === '') {
      const sentence = 'Choose a file, or paste the table as text.';
      return refuse([problem('no-table', sentence, { path: 'csv' })]);
    }
    const { organiser, services } = c.var;
    const people = await knownPeople(services.db, organiser);
    const otherwise = occasions.find(({ subject }) => subject === about);
    const table = readAttendance(text, people, occasions, otherwise);
    if (!table.ok) return refuse(table.error);
    if (typedText(typed, 'record') === 'yes') return record(c, table.value, about);
    const named = [...new Set(table.value.attended.map(({ person }) => person))];
    return showPage(
      c,
      { title: 'Attendance from a file' },
      <AttendancePreview
        {...{ action, occasions, text, about }}
        table={table.value}
        known={await tickedMarks(services.db, organiser, named)}
      />,
    );
  });

  return routes;
}

/** Records what was understood; what was not stays on the page. */
async function record(
  c: OrganiserContext,
  { attended, left, leftOver }: AttendanceTable,
  about: string,
): Promise<Response> {
  const { organiser, services } = c.var;
  const marks = attended.map(({ person, occasion }) => ({ personId: person.personId, occasion }));
  const unique = new Map(marks.map((mark) => [markValue(mark.personId, mark.occasion), mark]));
  const saved = await inTransaction(services.db, (tx) =>
    saveMarks(tx, webActor(c), organiser, { added: [...unique.values()], removed: [] }, 'csv'),
  );
  const form = { action: `${addressOf(c)}/csv`, occasions: occasionsNow(c), about };
  if (!saved.ok) {
    return showPage(
      c,
      { title: 'Attendance from a file', status: 422 },
      <CsvForm {...form} text={leftOver} problems={[saved.error]} />,
    );
  }
  if (left.length === 0) return seeOther(c, addressOf(c), savedWords(saved.value));
  return showPage(
    c,
    { title: 'Attendance from a file', lede: savedWords(saved.value) },
    <LeftOver {...form} left={left} text={leftOver} />,
  );
}
