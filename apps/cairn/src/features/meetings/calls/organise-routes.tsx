import type { Problem } from '@cairn/kernel/problem';
import { counted } from '@cairn/kernel/words';
import { Hono } from 'hono';
import { Confirm } from '../../../design/actions.tsx';
import { HiddenField } from '../../../design/controls.tsx';
import { inTransaction } from '../../../platform/db/command.ts';
import { webActor } from '../../../platform/http/env.ts';
import { formProblems, readTyped } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { type OrganiserEnv, organisersOnly, withSummit } from '../../summits/access.ts';
import { keyFrom, unusedKey } from '../../summits/key-rules.ts';
import { showPage } from '../../summits/page.tsx';
import {
  addCalendar,
  type CalendarChange,
  fileOf,
  retireCalendar,
  saveCalendar,
  setWarning,
} from './call-commands.ts';
import { callSourceOf, toldCalendars } from './call-queries.ts';
import {
  calendarOf,
  homeOf,
  type OrganiserContext,
  showCalendar,
  showCalendars,
  showFile,
} from './organise-page.tsx';
import { importForm, newCalendarForm, warningForm } from './organise-schema.ts';
import { readPostedSource } from './posted-source.ts';
import { emptySource, readCallSource } from './source-rules.ts';

/** A calendar's key in an address. */
export const CALENDAR_KEY = '[a-z0-9][a-z0-9_-]*';

/** `/s/<summit>/organise/calls`: the calendars of calls, and one of them. */
export function organisedCallRoutes(): Hono<OrganiserEnv> {
  const routes = new Hono<OrganiserEnv>();
  const address = '/s/:summit/organise/calls';
  routes.use(address, withSummit, organisersOnly);
  routes.use(`${address}/*`, withSummit, organisersOnly);

  routes.get(address, (c) => showCalendars(c));

  routes.post(`${address}/new`, async (c) => {
    const { typed } = await readTyped(c);
    const read = newCalendarForm.safeParse(typed);
    const refuse = (problems: readonly Problem[]) =>
      showCalendars(c, { form: 'new', typed, problems });
    if (!read.success) return refuse(formProblems(read.error));
    const { name, key, zone } = read.data;
    const added = await add(c, key, name, emptySource(name, zone), undefined);
    if (!added.ok) return refuse([added.error]);
    return seeOther(c, `${homeOf(c)}/${added.value.key}`, 'The calendar is there; add its calls.');
  });

  routes.post(`${address}/import`, async (c) => {
    const { typed, files } = await readTyped(c);
    const refuse = (problems: readonly Problem[]) =>
      showCalendars(c, { form: 'import', typed, problems });
    const read = importForm.safeParse(typed);
    if (!read.success) return refuse(formProblems(read.error));
    const source = await readPostedSource(c.var.services.fetchOutside, typed, files);
    if (!source.ok) return refuse([source.error]);
    const calendar = readCallSource(source.value.text, nameOfFile(files, source.value.from));
    if (!calendar.ok) return refuse(calendar.error);
    const { name } = calendar.value.calendar;
    const { text, from } = source.value;
    const added = await add(c, read.data.key, name, text, from);
    if (!added.ok) return refuse([added.error]);
    const unread = calendar.value.problems.length;
    return seeOther(
      c,
      `${homeOf(c)}/${added.value.key}`,
      `${counted(added.value.added, 'call')} imported${unread === 0 ? '' : `; ${counted(unread, 'thing')} to mend, listed below`}.`,
    );
  });

  const calendar = `${address}/:calendar{${CALENDAR_KEY}}`;

  routes.get(calendar, (c) => showCalendar(c, c.req.param('calendar')));

  routes.post(`${calendar}/import`, async (c) => {
    const { typed, files } = await readTyped(c);
    const key = c.req.param('calendar');
    const refuse = (problems: readonly Problem[]) =>
      showCalendar(c, key, { form: 'file', typed, problems });
    const source = await readPostedSource(c.var.services.fetchOutside, typed, files);
    if (!source.ok) return refuse([source.error]);
    const read = readCallSource(source.value.text, nameOfFile(files, source.value.from));
    if (!read.ok) return refuse(read.error);
    const { text, from } = source.value;
    const saved = await save(c, key, typed['revision'], text, from);
    if (!saved.ok) return refuse([saved.error]);
    return seeOther(c, `${homeOf(c)}/${key}`, changeWords(saved.value));
  });

  routes.get(`${calendar}/file`, async (c) => {
    const found = await calendarOf(c, c.req.param('calendar'));
    if (found === undefined) return c.notFound();
    const source = await callSourceOf(c.var.services.db, found.id);
    return showFile(c, found, { source, revision: found.revision, problems: [] }, 200);
  });

  routes.post(`${calendar}/file`, async (c) => {
    const { typed } = await readTyped(c);
    const key = c.req.param('calendar');
    const found = await calendarOf(c, key);
    if (found === undefined) return c.notFound();
    const source = String(typed['source'] ?? '').replace(/\r\n?/g, '\n');
    const revision = Number(typed['revision']) || 0;
    const read = readCallSource(source, fileOf(key));
    const saved = read.ok ? await save(c, key, typed['revision'], source, undefined) : read;
    if (saved.ok) return seeOther(c, `${homeOf(c)}/${key}`, changeWords(saved.value));
    const problems = Array.isArray(saved.error) ? saved.error : [saved.error];
    const isStale = problems.some(({ code }) => code === 'stale-revision');
    // The text stays in the box; saving it once more is then meant.
    const shown = { source, revision: isStale ? found.revision : revision, problems };
    return showFile(c, found, shown, isStale ? 409 : 422);
  });

  routes.post(`${calendar}/warning`, async (c) => {
    const { organiser, services } = c.var;
    const { typed } = await readTyped(c);
    const key = c.req.param('calendar');
    const read = warningForm.safeParse(typed);
    if (!read.success) {
      return showCalendar(c, key, { form: 'warning', typed, problems: formProblems(read.error) });
    }
    const set = await inTransaction(services.db, (tx) =>
      setWarning(tx, webActor(c), organiser, { key, ...read.data }),
    );
    return seeOther(
      c,
      `${homeOf(c)}/${key}`,
      set.ok ? 'The warning is saved.' : set.error.sentence,
    );
  });

  routes.get(`${calendar}/retire`, async (c) => {
    const found = await calendarOf(c, c.req.param('calendar'));
    if (found === undefined) return c.notFound();
    const here = `${homeOf(c)}/${found.key}`;
    return showPage(
      c,
      { title: `End “${found.name}”` },
      <Confirm
        action={`${here}/retire`}
        verb={`End the calendar ${found.name}`}
        back={here}
        consequences={
          <p>
            Its calls are cancelled for everybody who reads them, and it leaves the public page. Its
            short name stays taken. Keep{' '}
            <a href={`/s/${c.var.summit.slug}/calls/${found.key}.yaml`}>its file</a> if you may want
            it again.
          </p>
        }
      >
        <HiddenField name="calendar" value={found.key} />
      </Confirm>,
    );
  });

  routes.post(`${calendar}/retire`, async (c) => {
    const { organiser, services } = c.var;
    const ended = await inTransaction(services.db, (tx) =>
      retireCalendar(tx, webActor(c), organiser, c.req.param('calendar')),
    );
    return seeOther(
      c,
      homeOf(c),
      ended.ok ? 'The calendar is ended; its calls are cancelled.' : ended.error.sentence,
    );
  });

  return routes;
}

const nameOfFile = (files: ReadonlyMap<string, File>, url: string | undefined): string =>
  files.get('file')?.name ??
  (url === undefined ? undefined : url.split('/').at(-1)) ??
  'calls.yaml';

/** What a change did, in a sentence. */
export function changeWords({ added, changed, cancelled }: CalendarChange): string {
  const parts = [
    ...(added > 0 ? [`${counted(added, 'call')} added`] : []),
    ...(changed > 0 ? [`${counted(changed, 'call')} changed`] : []),
    ...(cancelled > 0 ? [`${counted(cancelled, 'call')} cancelled`] : []),
  ];
  return parts.length === 0 ? 'Saved; no call is another than before.' : `${parts.join(', ')}.`;
}

async function add(
  c: OrganiserContext,
  key: string | undefined,
  name: string,
  source: string,
  importedFrom: string | undefined,
) {
  const { summit, organiser, services } = c.var;
  const taken = new Set((await toldCalendars(services.db, summit.id)).map((each) => each.key));
  const chosen = key ?? unusedKey(keyFrom(name), taken);
  return inTransaction(services.db, (tx) =>
    addCalendar(tx, webActor(c), organiser, { key: chosen, source, importedFrom }, services.url),
  );
}

function save(
  c: OrganiserContext,
  key: string,
  revision: unknown,
  source: string,
  importedFrom: string | undefined,
) {
  const { organiser, services } = c.var;
  const baseRevision = Number(revision) || 0;
  return inTransaction(services.db, (tx) =>
    saveCalendar(
      tx,
      webActor(c),
      organiser,
      { key, source, baseRevision, importedFrom },
      services.url,
    ),
  );
}
