import { expectZone } from '@cairn/kernel/time';
import type { ComponentChildren } from 'preact';
import { Menu } from '../../design/layout.tsx';
import type { AppContext } from '../../platform/http/env.ts';
import type { SummitEnv } from '../summits/access.ts';
import { type ShownPage, showPage } from '../summits/page.tsx';

type Context = AppContext<SummitEnv['Variables']>;
type Part = readonly [path: string, label: string, forWhom: 'everyone' | 'comers'];

/** The parts of a timetable as those see it who come, in the order of a day. */
const PARTS: readonly Part[] = [
  ['/timetable', 'Timetable', 'everyone'],
  ['/timetable/now', 'Now', 'everyone'],
  ['/timetable/agenda', 'My agenda', 'comers'],
  ['/timetable/groups', 'Groups', 'comers'],
  ['/timetable/open-space', 'Open space', 'comers'],
  ['/worklog', 'Worklog', 'comers'],
  ['/timetable/presence', 'My days', 'comers'],
  ['/timetable/maps', 'Rooms and maps', 'everyone'],
  ['/timetable/versions', 'Versions', 'everyone'],
  ['/timetable/feeds', 'Calendars and files', 'everyone'],
];

/** The same for those who make it, in the order in which it is made. */
const MAKING: readonly Part[] = [
  ['/organise/timetable', 'Timetable', 'everyone'],
  ['/organise/timetable/frame', 'Days and rooms', 'everyone'],
  ['/organise/timetable/presence', 'Who is there', 'everyone'],
  ['/organise/timetable/groups', 'Groups', 'everyone'],
  ['/organise/timetable/sessions', 'Sessions', 'everyone'],
  ['/organise/timetable/drafts', 'Drafts', 'everyone'],
  ['/organise/timetable/release', 'Release', 'everyone'],
  ['/organise/timetable/repair', 'Mend', 'everyone'],
  ['/organise/timetable/import', 'Import and export', 'everyone'],
];

/**
 * Answers a page of the timetable, with the menu of its parts; under `/organise` those of its making, whose
 * times are those of the place.
 */
export function showTimetablePage(c: Context, page: ShownPage, body: ComponentChildren): Response {
  const { summit, comes, organiser } = c.var;
  const path = new URL(c.req.url).pathname;
  const isMaking = path.startsWith(`/s/${summit.slug}/organise`);
  const home = `/s/${summit.slug}`;
  const zone = isMaking ? expectZone(summit.definition.zone) : undefined;
  const items = (isMaking ? MAKING : PARTS)
    .filter(([, , whom]) => whom === 'everyone' || comes || organiser !== undefined)
    .map(([part, label]) => ({
      href: `${home}${part}`,
      label,
      current:
        path === `${home}${part}` ||
        within(part).some((each) => path.startsWith(`${home}${part}/${each}`)),
    }));
  return showPage(
    c,
    { ...(zone === undefined ? {} : { zone }), ...page },
    <>
      <Menu label="Timetable" items={items} />
      {body}
    </>,
  );
}

/** What of the pages below a part belongs to it. The first part is the way to the others, and above all of them. */
function within(part: string): readonly string[] {
  if (part === '/timetable') return ['days/', 'sessions/', 'rooms/'];
  return part === '/organise/timetable' ? [] : [''];
}
