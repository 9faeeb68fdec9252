import { Hono } from 'hono';
import { type SummitEnv, withSummit } from '../../summits/access.ts';
import { groupsOfWeek } from '../../timetable/groups/current-queries.ts';
import { showTimetablePage } from '../../timetable/page.tsx';
import { FormatsPage } from './formats-views.tsx';
import { currentProgramme } from './programme-queries.ts';
import { roomsById } from './programme-rules.ts';

/** `/s/<summit>/timetable/feeds`: under which addresses a timetable can be taken along. */
export function timetableFormatRoutes(): Hono<SummitEnv> {
  const routes = new Hono<SummitEnv>();
  routes.get('/s/:summit/timetable/feeds', withSummit, async (c) => {
    const { summit, services, comes } = c.var;
    const found = await currentProgramme(services.db, summit.id);
    const title = 'Calendars and files';
    if (found === undefined) {
      return showTimetablePage(
        c,
        { title },
        <p>No timetable is released yet. Once one is, its calendars and files are here.</p>,
      );
    }
    const { rooms, items } = found.programme;
    const keys = [...new Set(items.flatMap(({ groupKey }) => groupKey ?? []))];
    const titles = await groupsOfWeek(services.db, summit.id);
    return showTimetablePage(
      c,
      { title, lede: 'The timetable in your calendar, your conference app, or on paper.' },
      <FormatsPage
        slug={summit.slug}
        url={services.url}
        rooms={[...roomsById(rooms).values()]}
        groups={keys.map((key) => ({ key, title: titles.get(key)?.title ?? key }))}
        comes={comes}
      />,
    );
  });
  return routes;
}
