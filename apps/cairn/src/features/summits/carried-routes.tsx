import { Hono } from 'hono';
import { z } from 'zod';
import { inTransaction } from '../../platform/db/command.ts';
import { type AppContext, webActor } from '../../platform/http/env.ts';
import { readTyped } from '../../platform/http/form.ts';
import { seeOther } from '../../platform/http/notice.ts';
import { type OrganiserEnv, organisersOnly, withSummit } from './access.ts';
import { confirmCarried } from './carried-commands.ts';
import { openCarried } from './carried-queries.ts';
import { sectionOf } from './carried-rules.ts';
import { CarriedList, type CarriedRow, CopyForm } from './carried-views.tsx';
import { copiedSource, copyEdition } from './copy-commands.ts';
import { DEFINITION_FORM, FORM_SECTIONS } from './definition-form.ts';
import { definitionTyping } from './definition-text.ts';
import { fieldNames, fieldOf } from './form-fields.ts';
import { showPage } from './page.tsx';
import { summitSource } from './queries.ts';
import { fieldNameOf } from './stable-path.ts';

type OrganiserContext = AppContext<OrganiserEnv['Variables']>;

/** The open carried values in the order of the form, each with its field and section. */
async function carriedRows(c: OrganiserContext): Promise<CarriedRow[]> {
  const { summit, services } = c.var;
  const typing = definitionTyping(summit.definition);
  const order = fieldNames(typing);
  return (await openCarried(services.db, summit.id))
    .map((one) => {
      const name = fieldNameOf(summit.definition, one);
      const top = sectionOf(one.path);
      return {
        ...one,
        field: name && fieldOf(DEFINITION_FORM, typing, name),
        section: FORM_SECTIONS.find(({ parts }) => parts.some((part) => part === top))?.id ?? '',
      };
    })
    .sort((a, b) => placeAmong(order, a.field) - placeAmong(order, b.field));
}

/** Where a field, or the first field inside it, stands in the form. */
const placeAmong = (order: readonly string[], field: string | undefined): number =>
  order.findIndex((name) => field !== undefined && name.startsWith(field));

/** `/s/<summit>/organise/carried`: what is still last year's. */
export function carriedRoutes(): Hono<OrganiserEnv> {
  const routes = new Hono<OrganiserEnv>();
  const address = '/s/:summit/organise/carried';
  routes.use(address, withSummit, organisersOnly);

  routes.get(address, async (c) => {
    const home = `/s/${c.var.summit.slug}/organise`;
    return showPage(
      c,
      {
        title: 'From the last edition',
        lede: 'Copied dates, counts, names, and texts with a number, a month or a name in them, that nobody has looked at yet. Changing a value in the definition settles it too. The summit can be announced once this list is empty.',
      },
      <CarriedList
        rows={await carriedRows(c)}
        action={`${home}/carried`}
        definitionHref={`${home}/definition`}
      />,
    );
  });

  routes.post(address, async (c) => {
    const { summit, organiser, services } = c.var;
    const { typed } = await readTyped(c);
    const named = z.array(z.string()).catch([]).parse(typed['path[]']);
    const paths = (await carriedRows(c))
      .filter(({ path, section }) => section === typed['section'] || named.includes(path))
      .map(({ path }) => path);
    const confirmed = await inTransaction(services.db, (tx) =>
      confirmCarried(tx, webActor(c), organiser, paths),
    );
    return seeOther(
      c,
      `/s/${summit.slug}/organise/carried`,
      confirmed.ok
        ? `${confirmed.value === 1 ? 'One value is' : `${confirmed.value} values are`} confirmed.`
        : confirmed.error.sentence,
    );
  });

  return routes;
}

const copyForm = z.object({ title: z.string().catch(''), slug: z.string().catch('') });

/** `/s/<summit>/organise/copy`: the next summit from this one. */
export function copyRoutes(): Hono<OrganiserEnv> {
  const routes = new Hono<OrganiserEnv>();
  const address = '/s/:summit/organise/copy';
  routes.use(address, withSummit, organisersOnly);

  const show = (
    c: OrganiserContext,
    status: 200 | 422,
    form: Omit<Parameters<typeof CopyForm>[0], 'action'>,
  ) =>
    showPage(
      c,
      {
        title: 'The next summit from this one',
        status,
        lede: 'The copy is a draft with the same organisers. Nobody is invited by it. Every date, count and name in it is listed until somebody confirms or changes it.',
      },
      <CopyForm action={`/s/${c.var.summit.slug}/organise/copy`} {...form} />,
    );

  routes.get(address, (c) => show(c, 200, { title: '', slug: '' }));

  routes.post(address, async (c) => {
    const { summit, organiser, services } = c.var;
    const { typed } = await readTyped(c);
    const input = copyForm.parse(typed);
    const copied = copiedSource(await summitSource(services.db, summit.id), input);
    if (!copied.ok) {
      // The places are lines of a file that nobody sees; the form has fields of these names.
      const problems = copied.error.map((told) => ({
        ...told,
        place: told.place.path === undefined ? {} : { path: told.place.path },
      }));
      return show(c, 422, { ...input, problems });
    }
    const created = await inTransaction(services.db, (tx) =>
      copyEdition(tx, webActor(c), organiser, input),
    );
    if (!created.ok) return show(c, 422, { ...input, problems: [created.error] });
    return seeOther(
      c,
      `/s/${created.value.slug}/organise/carried`,
      'The next summit exists, as a draft. This is what it took over.',
    );
  });

  return routes;
}
