import { createHash } from 'node:crypto';
import type { Problem } from '@cairn/kernel/problem';
import { ok, type Result } from '@cairn/kernel/result';
import { dateIn, expectZone } from '@cairn/kernel/time';
import { typesetHandout } from '@cairn/typeset/handout';
import type { Handout } from '@cairn/typeset/handout-content';
import { Hono } from 'hono';
import { answerDocument, OWN_CACHE, SHARED_CACHE } from '../../../platform/http/conditional.ts';
import { type SummitEnv, withSummit } from '../../summits/access.ts';
import { showPage } from '../../summits/page.tsx';
import { currentTimetable } from '../release/current-queries.ts';
import { timetableHandout } from './print-rules.ts';

/** `/s/<summit>/timetable.pdf`: the timetable that holds, a table for each day. Public, names nobody. */
export function timetablePrintRoutes(): Hono<SummitEnv> {
  const routes = new Hono<SummitEnv>();
  const address = '/s/:summit/timetable.pdf';
  const shelf = printShelf();
  routes.use(address, withSummit);

  routes.get(address, async (c) => {
    const { summit, services } = c.var;
    const { slug, definition, state } = summit;
    const current = await currentTimetable(services.db, summit.id);
    if (current === undefined) {
      return showPage(
        c,
        { title: 'No timetable yet', status: 404 },
        <p>The timetable of this summit is not released yet; then it is here.</p>,
      );
    }
    const { version, name, content, sessions, releasedAt } = current;
    const printed = shelf(
      timetableHandout({
        ...{ version, name, content, sessions, paper: 'a4' },
        title: definition.title,
        hosts: definition.hosts.map((host) => host.name),
        released: dateIn(releasedAt, expectZone(content.zone)),
        page: `${services.url}/s/${slug}/timetable`,
      }),
    );
    if (!printed.ok) {
      const title = 'The timetable cannot be printed';
      return showPage(c, { title, status: 500 }, <p>{printed.error.sentence}</p>);
    }
    return answerDocument(c, {
      ...printed.value,
      type: 'application/pdf',
      cacheControl: state === 'draft' ? OWN_CACHE : SHARED_CACHE,
      fileName: `${slug}-timetable-${version}.pdf`,
    });
  });

  return routes;
}

interface PrintedPdf {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly etag: string;
}

/** Timetables that are kept; each is about 60 kB. */
const MOST_KEPT = 16;

/**
 * Typesetting takes a tenth of a second of the event loop and more, so the same timetable is typeset once;
 * the one asked for longest ago makes room.
 */
function printShelf(): (handout: Handout) => Result<PrintedPdf, Problem> {
  const kept = new Map<string, PrintedPdf>();
  return (handout) => {
    const key = createHash('sha256').update(JSON.stringify(handout)).digest('base64url');
    const found = kept.get(key);
    kept.delete(key);
    const printed = found === undefined ? print(handout) : ok(found);
    if (!printed.ok) return printed;
    kept.set(key, printed.value);
    for (const oldest of kept.keys()) {
      if (kept.size <= MOST_KEPT) break;
      kept.delete(oldest);
    }
    return printed;
  };
}

function print(handout: Handout): Result<PrintedPdf, Problem> {
  const pdf = typesetHandout(handout);
  if (!pdf.ok) return pdf;
  const digest = createHash('sha256').update(pdf.value).digest('base64url').slice(0, 24);
  return ok({ body: Uint8Array.from(pdf.value), etag: `"${digest}"` });
}
