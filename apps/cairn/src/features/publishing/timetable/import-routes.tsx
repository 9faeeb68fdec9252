import { formatProblem, type Problem, problem } from '@cairn/kernel/problem';
import { Hono } from 'hono';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { readTyped, typedText } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { UUID } from '../../../platform/http/route-pattern.ts';
import { type OrganiserEnv, organisersOnly, withSummit } from '../../summits/access.ts';
import { readerZone } from '../../summits/page.tsx';
import { draftsOf } from '../../timetable/drafts/draft-queries.ts';
import { showTimetablePage } from '../../timetable/page.tsx';
import { countsOf, noFrame, settleImport, takeTimetableImport } from './import-commands.ts';
import { importFacts, timetableImport, timetableImports } from './import-queries.ts';
import { emptyImport, readTimetableFile } from './import-reading.ts';
import { type AskedImport, importPlan } from './import-rules.ts';
import { ImportPage, ImportPreview, ImportReport } from './import-views.tsx';

type Context = AppContext<OrganiserEnv['Variables']>;

const ADDRESS = '/s/:summit/organise/timetable/import';

/** `/s/<summit>/organise/timetable/import`: from files of other tools to rooms, sessions and a draft. */
export function timetableImportRoutes(): Hono<OrganiserEnv> {
  const routes = new Hono<OrganiserEnv>();
  routes.use(ADDRESS, withSummit, organisersOnly);
  routes.use(`${ADDRESS}/*`, withSummit, organisersOnly);

  routes.get(ADDRESS, (c) => showImport(c));

  routes.post(ADDRESS, async (c) => {
    const { summit, organiser, services } = c.var;
    const given = await givenFile(c);
    const { rows, fileName, action } = given;
    if (action === 'edit') return showImport(c, { rows, fileName });
    const read = readGiven(given);
    if (!read.ok) return showImport(c, { rows, fileName, problems: read.error });
    if (action === 'take') {
      const taken = await inTransaction(services.db, (tx) =>
        takeTimetableImport(tx, webActor(c), organiser, summit, read.value, { fileName }),
      );
      if (!taken.ok) return showImport(c, { rows, fileName, problems: [taken.error] });
      const page = `/s/${summit.slug}/organise/timetable/import/${taken.value.id}`;
      return seeOther(c, page, 'It is taken in.');
    }
    return preview(c, read.value, given);
  });

  routes.get(`${ADDRESS}/:import{${UUID}}`, async (c) => {
    const { summit, organiser, services } = c.var;
    const imported = await timetableImport(services.db, organiser, c.req.param('import'));
    if (imported === undefined) return c.notFound();
    return showTimetablePage(
      c,
      { title: 'What was imported' },
      <ImportReport slug={summit.slug} zone={readerZone(c, summit)} imported={imported} />,
    );
  });

  routes.post(`${ADDRESS}/:import{${UUID}}`, async (c) => {
    const { summit, organiser, services } = c.var;
    const id = c.req.param('import');
    await readTyped(c);
    await inTransaction(services.db, (tx) => settleImport(tx, webActor(c), organiser, { id }));
    const home = `/s/${summit.slug}/organise/timetable/import`;
    return seeOther(c, home, 'You are done with what was not understood.');
  });

  return routes;
}

interface Given {
  readonly action: string;
  /** The text, to be shown again and carried along. */
  readonly rows: string;
  readonly fileName: string;
  readonly input: string | Uint8Array;
}

async function givenFile(c: Context): Promise<Given> {
  const { typed, files } = await readTyped(c);
  const file = files.get('file');
  const pasted = typedText(typed, 'rows');
  const action = typedText(typed, 'action');
  if (file === undefined) {
    return { action, rows: pasted, input: pasted, fileName: oneLine(typedText(typed, 'name')) };
  }
  const input = new Uint8Array(await file.arrayBuffer());
  const isWide = input[0] === 0xff && input[1] === 0xfe;
  const rows = new TextDecoder(isWide ? 'utf-16le' : 'utf-8')
    .decode(input)
    .replaceAll('\0', '\uFFFD');
  return { action, rows, input, fileName: oneLine(file.name) };
}

const oneLine = (name: string): string =>
  name
    .replace(/[\s\0]+/g, ' ')
    .trim()
    .slice(0, 200);

function readGiven({ rows, input, fileName }: Given) {
  if (rows.trim() === '') return { ok: false as const, error: [emptyImport()] };
  const read = readTimetableFile(input, fileName === '' ? undefined : fileName);
  return read.ok ? read : { ok: false as const, error: read.error.map(atField) };
}

/** A problem of a file is told at the field that holds its text. */
const atField = (each: Problem): Problem =>
  each.place.path === 'rows' ? each : problem(each.code, formatProblem(each), { path: 'rows' });

async function preview(
  c: Context,
  asked: AskedImport,
  { rows, fileName }: Given,
): Promise<Response> {
  const { summit, organiser, services } = c.var;
  const facts = await importFacts(services.db, organiser, summit);
  if (facts === undefined) return showImport(c, { rows, fileName, problems: [noFrame()] });
  const plan = importPlan(asked, facts);
  return showTimetablePage(
    c,
    { title: 'What this import would do' },
    <ImportPreview
      slug={summit.slug}
      plan={plan}
      counts={countsOf(plan)}
      text={rows}
      fileName={fileName}
    />,
  );
}

async function showImport(
  c: Context,
  shown: Pick<Parameters<typeof ImportPage>[0], 'rows' | 'fileName' | 'problems'> = {},
): Promise<Response> {
  const { summit, organiser, services } = c.var;
  return showTimetablePage(
    c,
    { title: 'Import and export', status: shown.problems === undefined ? 200 : 422 },
    <ImportPage
      {...shown}
      slug={summit.slug}
      zone={readerZone(c, summit)}
      hasFrame={(await importFacts(services.db, organiser, summit)) !== undefined}
      imports={await timetableImports(services.db, organiser)}
      drafts={await draftsOf(services.db, organiser)}
    />,
  );
}
