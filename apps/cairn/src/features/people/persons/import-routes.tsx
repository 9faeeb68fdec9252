import { counted } from '@cairn/kernel/words';
import { type Context, Hono } from 'hono';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { formProblems, readTyped, type Typed } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { UUID } from '../../../platform/http/route-pattern.ts';
import { type OrganiserEnv, organisersOnly, withSummit } from '../../summits/access.ts';
import { showPage } from '../../summits/page.tsx';
import { dropRow, takeCorrectedRow, takeImport } from './import-commands.ts';
import { type KeptRow, keptRow, keptRows } from './import-queries.ts';
import { readImport } from './import-reading.ts';
import { emptyImport, fatesOf } from './import-rules.ts';
import { ImportPage, ImportPreview, KeptRowPage, reasonOf } from './import-views.tsx';
import { peopleBehind } from './person-queries.ts';
import { entryOf, identitiesOf, personRowSchema } from './person-schema.ts';

type OrganiserContext = AppContext<OrganiserEnv['Variables']>;
const ADDRESS = '/s/:summit/organise/people/import';

/** What is wrong with the cells of a kept row as they stand. */
function problemsOf(c: OrganiserContext, cells: Typed) {
  const parsed = personRowSchema(c.var.summit.definition.communities).safeParse(filled(cells));
  return parsed.success ? [] : formProblems(parsed.error);
}

/** As the reader of CSV sees it: an empty cell is an absent one. */
const filled = (cells: Typed): Typed =>
  Object.fromEntries(Object.entries(cells).filter(([, cell]) => String(cell).trim() !== ''));

async function showImport(
  c: OrganiserContext,
  refused?: Pick<Parameters<typeof ImportPage>[0], 'typed' | 'problems'>,
): Promise<Response> {
  const { summit, organiser, services } = c.var;
  const kept = await keptRows(services.db, organiser);
  return showPage(
    c,
    { title: 'Import people', status: refused?.problems === undefined ? 200 : 422 },
    <ImportPage
      summit={summit}
      kept={kept.map((row) => ({ row, reason: reasonOf(problemsOf(c, { ...row.cells })) }))}
      typed={refused?.typed}
      problems={refused?.problems}
    />,
  );
}

const showRow = (
  c: OrganiserContext,
  row: KeptRow,
  typed: Typed,
  problems = problemsOf(c, typed),
) =>
  showPage(
    c,
    { title: 'Correct a row', status: c.req.method === 'GET' ? 200 : 422 },
    <KeptRowPage summit={c.var.summit} row={row} typed={typed} problems={problems} />,
  );

/** The text of a file that was read without a problem, for the form that carries it along. */
const textOf = (bytes: Uint8Array): string =>
  new TextDecoder(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8').decode(bytes);

async function handleImport(c: Context<OrganiserEnv>): Promise<Response> {
  const { summit, organiser, services } = c.var;
  const { typed, files } = await readTyped(c);
  const file = files.get('file');
  const pasted = typeof typed['rows'] === 'string' ? typed['rows'] : '';
  const input = file === undefined ? pasted : new Uint8Array(await file.arrayBuffer());
  if (typed['action'] === 'edit') return showImport(c, { typed });
  if (file === undefined && pasted.trim() === '') {
    return showImport(c, { typed, problems: [emptyImport()] });
  }
  const read = readImport(input, summit.definition.communities, file?.name);
  if (!read.ok) return showImport(c, { typed, problems: read.error });
  const { rows, bad, unknownColumns } = read.value;
  if (typed['action'] !== 'take') {
    const identities = rows.flatMap(({ entry }) => identitiesOf(entry));
    return showPage(
      c,
      { title: 'What this import would do' },
      <ImportPreview
        summit={summit}
        text={typeof input === 'string' ? input : textOf(input)}
        rows={fatesOf(rows, await peopleBehind(services.db, summit.id, identities))}
        bad={bad}
        unknownColumns={unknownColumns}
      />,
    );
  }
  const taken = await inTransaction(services.db, (tx) =>
    takeImport(tx, webActor(c), organiser, read.value),
  );
  if (!taken.ok) return showImport(c, { typed, problems: [taken.error] });
  const { added, known, kept } = taken.value;
  const rest =
    kept === 0 ? '' : ` ${counted(kept, 'row waits', 'rows wait')} here to be corrected.`;
  const list = `/s/${summit.slug}/organise/people`;
  return seeOther(
    c,
    kept === 0 ? list : `${list}/import`,
    `${counted(added, 'person', 'people')} added, ${counted(known, 'was', 'were')} known already.${rest}`,
  );
}

/** `/s/<summit>/organise/people/import`: from a file to people and drafted invitations. */
export function importRoutes(): Hono<OrganiserEnv> {
  const routes = new Hono<OrganiserEnv>();
  routes.use(ADDRESS, withSummit, organisersOnly);
  routes.use(`${ADDRESS}/*`, withSummit, organisersOnly);

  routes.get(ADDRESS, (c) => showImport(c));
  routes.post(ADDRESS, handleImport);

  const ROW = `${ADDRESS}/rows/:row{${UUID}}` as const;
  routes.get(ROW, async (c) => {
    const row = await keptRow(c.var.services.db, c.var.organiser, c.req.param('row'));
    return row === undefined ? c.notFound() : showRow(c, row, { ...row.cells });
  });

  routes.post(ROW, async (c) => {
    const { summit, organiser, services } = c.var;
    const row = await keptRow(services.db, organiser, c.req.param('row'));
    const list = `/s/${summit.slug}/organise/people/import`;
    if (row === undefined) return seeOther(c, list, 'This row was taken or dropped already.');
    const { typed } = await readTyped(c);
    if (typed['action'] === 'drop') {
      await inTransaction(services.db, (tx) => dropRow(tx, webActor(c), organiser, row.id));
      return seeOther(c, list, 'The row is dropped.');
    }
    const parsed = personRowSchema(summit.definition.communities).safeParse(filled(typed));
    if (!parsed.success) return showRow(c, row, typed);
    const taken = await inTransaction(services.db, (tx) =>
      takeCorrectedRow(tx, webActor(c), organiser, row.id, entryOf(parsed.data)),
    );
    if (!taken.ok) return showRow(c, row, typed, [taken.error]);
    return seeOther(c, list, `${parsed.data.name} is taken.`);
  });

  return routes;
}
