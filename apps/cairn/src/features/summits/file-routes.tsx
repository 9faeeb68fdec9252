import type { Problem } from '@cairn/kernel/problem';
import { Hono } from 'hono';
import { inTransaction } from '../../platform/db/command.ts';
import { webActor } from '../../platform/http/env.ts';
import { seeOther } from '../../platform/http/notice.ts';
import { type OrganiserEnv, organisersOnly, withSummit } from './access.ts';
import { differences } from './definition-changes.ts';
import { saveDefinition } from './definition-commands.ts';
import { type OrganiserContext, savedNotice } from './definition-routes.tsx';
import { readDefinition, SUMMIT_FILE } from './definition-text.ts';
import { FileForm } from './file-views.tsx';
import { DifferenceTable } from './history-views.tsx';
import { showPage } from './page.tsx';
import { asStored, postedRevision, readPostedFile } from './posted-file.ts';
import { summitById, summitSource } from './queries.ts';
import type { SummitDefinition } from './schema.ts';

async function showFile(
  c: OrganiserContext,
  status: 200 | 409 | 422,
  file: {
    readonly source: string;
    readonly revision: number;
    readonly problems?: readonly Problem[];
  },
  mine?: SummitDefinition,
): Promise<Response> {
  const { summit, services } = c.var;
  const home = `/s/${summit.slug}/organise/definition`;
  return showPage(
    c,
    {
      title: SUMMIT_FILE,
      status,
      lede: (
        <>
          The same definition as <a href={home}>the form</a>, as a file to keep in Git and to
          review.{' '}
          <a href={`${home}/${SUMMIT_FILE}`} download={SUMMIT_FILE}>
            Download it
          </a>
          .
        </>
      ),
    },
    <>
      {mine !== undefined && (
        <section aria-labelledby="meanwhile">
          <h2 id="meanwhile">Somebody saved meanwhile</h2>
          <p>
            The definition is now at revision {file.revision}. Nothing of yours is stored yet; the
            box below holds your text. Saving it puts it in place of what is stored.
          </p>
          <DifferenceTable
            caption="What saving yours would change now"
            rows={differences((await summitById(services.db, summit.id)).definition, mine)}
          />
        </section>
      )}
      <FileForm action={`${home}/file`} {...file} verb="Save the file" />
    </>,
  );
}

/** `/s/<summit>/organise/definition/file`: the definition as a file. */
export function fileRoutes(): Hono<OrganiserEnv> {
  const routes = new Hono<OrganiserEnv>();
  const base = '/s/:summit/organise/definition';
  const address = `${base}/file`;
  routes.use(address, withSummit, organisersOnly);
  routes.use(`${base}/${SUMMIT_FILE}`, withSummit, organisersOnly);

  routes.get(address, async (c) => {
    const { summit, services } = c.var;
    const source = await summitSource(services.db, summit.id);
    return showFile(c, 200, { source, revision: summit.revision });
  });

  routes.get(`${base}/${SUMMIT_FILE}`, async (c) => {
    const { summit, services } = c.var;
    return c.body(await summitSource(services.db, summit.id), 200, {
      'content-type': 'application/yaml; charset=utf-8',
      'content-disposition': `attachment; filename="${SUMMIT_FILE}"`,
    });
  });

  routes.post(address, async (c) => {
    const { summit, organiser, services } = c.var;
    const { typed, shown, source } = await readPostedFile(c);
    const baseRevision = postedRevision(typed);
    const refuse = (problems: readonly Problem[]) =>
      showFile(c, 422, { source: shown, revision: baseRevision, problems });
    if (!source.ok) return refuse([source.error]);
    const read = readDefinition(source.value);
    if (!read.ok) return refuse(read.error);
    const stored = await summitSource(services.db, summit.id);
    const saved = await inTransaction(services.db, (tx) =>
      saveDefinition(tx, webActor(c), organiser, {
        source: asStored(source.value, stored),
        baseRevision,
      }),
    );
    if (saved.ok) {
      return seeOther(
        c,
        `/s/${saved.value.slug}/organise/definition/file`,
        savedNotice(saved.value),
      );
    }
    if (saved.error.code !== 'stale-revision') {
      const place = { ...read.value.document.placeOf((saved.error.place.path ?? '').split('.')) };
      return refuse([{ ...saved.error, place }]);
    }
    const { revision } = await summitById(services.db, summit.id);
    return showFile(c, 409, { source: shown, revision }, read.value.definition);
  });

  return routes;
}
