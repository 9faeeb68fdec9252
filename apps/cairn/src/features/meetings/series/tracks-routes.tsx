import { type Problem, problem } from '@cairn/kernel/problem';
import { Hono } from 'hono';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { readTyped, type Typed } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { type OrganiserEnv, organisersOnly, withSummit } from '../../summits/access.ts';
import { showPage } from '../../summits/page.tsx';
import { changeTracks, type NewTrack } from './series-commands.ts';
import { possibleLeads, trackLeads } from './series-queries.ts';
import { trackRow } from './series-schema.ts';
import { TracksPage, type TypedTrack } from './tracks-views.tsx';

type OrganiserContext = AppContext<OrganiserEnv['Variables']>;

const FIELDS = ['key', 'title', 'topics', 'link', 'lead', 'lead_name'] as const;
const EMPTY: TypedTrack = { key: '', title: '', topics: '', link: '', lead: '', lead_name: '' };
/** More rows than anybody’s meeting has tracks; what a program sends beyond is not read. */
const MOST_ROWS = 50;

/** The rows that a form held. */
function typedRows(typed: Typed): TypedTrack[] {
  const text = (index: number, field: string): string => {
    const value = typed[`tracks.${index}.${field}`];
    return typeof value === 'string' ? value : (value?.[0] ?? '');
  };
  const rows: TypedTrack[] = [];
  for (let index = 0; index < MOST_ROWS; index += 1) {
    if (typed[`tracks.${index}.title`] === undefined) break;
    rows.push({
      key: text(index, 'key'),
      title: text(index, 'title'),
      topics: text(index, 'topics'),
      link: text(index, 'link'),
      lead: text(index, 'lead'),
      lead_name: text(index, 'lead_name'),
    });
  }
  return rows;
}

/** `/s/<summit>/organise/meetings/<meeting>/tracks`: the parallel tracks of one meeting. */
export function tracksRoutes(): Hono<OrganiserEnv> {
  const routes = new Hono<OrganiserEnv>();
  const address = '/s/:summit/organise/meetings/:meeting/tracks';
  routes.use(address, withSummit, organisersOnly);

  routes.get(address, async (c) => {
    const { summit, services } = c.var;
    const key = c.req.param('meeting');
    const { list, parallel_tracks: span } = summit.definition.planning_meetings;
    const meeting = list.find((one) => one.key === key);
    if (meeting === undefined) return c.notFound();
    const leads = await trackLeads(services.db, summit.id);
    const rows = meeting.tracks.map(
      (track): TypedTrack => ({
        key: track.key,
        title: track.title,
        topics: track.topics.join('\n'),
        link: track.link ?? '',
        lead:
          leads.find((lead) => lead.meeting === key && lead.track === track.key)?.personId ?? '',
        lead_name: track.lead ?? '',
      }),
    );
    const spare = Math.max(1, (span?.most ?? rows.length + 1) - rows.length);
    return showTracks(c, [...rows, ...Array.from({ length: Math.min(spare, 3) }, () => EMPTY)]);
  });

  routes.post(address, async (c) => {
    const { summit, organiser, services } = c.var;
    const key = c.req.param('meeting');
    const meeting = summit.definition.planning_meetings.list.find((one) => one.key === key);
    if (meeting === undefined) return c.notFound();
    const { typed } = await readTyped(c);
    const rows = typedRows(typed);
    const parsed = rows.map((row) => trackRow.safeParse(row));
    const problems = parsed.flatMap((row, index) =>
      row.success
        ? []
        : row.error.issues.map(({ message, path }) =>
            problem('bad-field', `${message.charAt(0).toUpperCase()}${message.slice(1)}.`, {
              path: `tracks.${index}.${String(path[0])}`,
            }),
          ),
    );
    if (problems.length > 0) return showTracks(c, rows, problems);
    const tracks = parsed.flatMap((row): NewTrack[] => {
      if (!row.success || row.data.title === '') return [];
      const { key: trackKey, title, topics, link, lead, lead_name: name } = row.data;
      return [
        {
          key: trackKey,
          title,
          topics,
          link,
          lead: lead === '' ? (name === '' ? undefined : { name }) : { personId: lead },
        },
      ];
    });
    const saved = await inTransaction(services.db, (tx) =>
      changeTracks(tx, webActor(c), organiser, { meeting: key, tracks }),
    );
    if (!saved.ok) return showTracks(c, rows, [atRow(saved.error, rows)]);
    return seeOther(c, `/s/${summit.slug}/organise/meetings`, 'The tracks are saved.');
  });

  return routes;
}

/** What the definition refused of a track, at the row that holds it; rows without a title do not count. */
function atRow({ code, sentence, place }: Problem, rows: readonly TypedTrack[]): Problem {
  const [, nth, field] = /tracks\[?\.?(\d+)\]?\.(\w+)/.exec(place.path ?? '') ?? [];
  const written = rows.flatMap(({ title }, index) => (title.trim() === '' ? [] : [index]));
  const row = written[Number(nth ?? 0)] ?? 0;
  const known = FIELDS.find((name) => name === field) ?? 'title';
  return problem(code, sentence, { path: `tracks.${row}.${known}` });
}

async function showTracks(
  c: OrganiserContext,
  rows: readonly TypedTrack[],
  problems: readonly Problem[] = [],
): Promise<Response> {
  const { summit, organiser, services } = c.var;
  const key = c.req.param('meeting') ?? '';
  const title = summit.definition.planning_meetings.list.find((one) => one.key === key)?.title;
  const at = `/s/${summit.slug}/organise/meetings`;
  return showPage(
    c,
    { title: `Tracks: ${title ?? key}`, status: problems.length > 0 ? 422 : 200 },
    <TracksPage
      action={`${at}/${key}/tracks`}
      back={at}
      rows={rows}
      people={await possibleLeads(services.db, organiser)}
      problems={problems}
    />,
  );
}
