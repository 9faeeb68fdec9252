import type { ComponentChildren } from 'preact';
import { Menu } from '../../design/layout.tsx';
import type { AppContext } from '../../platform/http/env.ts';
import type { SummitEnv } from '../summits/access.ts';
import { type ShownPage, showPage } from '../summits/page.tsx';

type Context = AppContext<SummitEnv['Variables']>;
type Part = readonly [path: string, label: string, forWhom: 'everyone' | 'comers'];

/** The parts of a timetable as those see it who come, in the order of a day. */
const PARTS: readonly Part[] = [
  ['', 'Timetable', 'everyone'],
  ['/now', 'Now', 'everyone'],
  ['/agenda', 'My agenda', 'comers'],
  ['/groups', 'Groups', 'comers'],
  ['/open-space', 'Open space', 'comers'],
  ['/presence', 'My days', 'comers'],
  ['/maps', 'Rooms and maps', 'everyone'],
  ['/versions', 'Versions', 'everyone'],
];

/** The same for those who make it, in the order in which it is made. */
const MAKING: readonly Part[] = [
  ['', 'Timetable', 'everyone'],
  ['/frame', 'Days and rooms', 'everyone'],
  ['/presence', 'Who is there', 'everyone'],
  ['/groups', 'Groups', 'everyone'],
  ['/sessions', 'Sessions', 'everyone'],
  ['/drafts', 'Drafts', 'everyone'],
  ['/release', 'Release', 'everyone'],
];

/** Answers a page of the timetable, with the menu of its parts; under `/organise` those of its making. */
export function showTimetablePage(c: Context, page: ShownPage, body: ComponentChildren): Response {
  const { summit, comes, organiser } = c.var;
  const path = new URL(c.req.url).pathname;
  const isMaking = path.startsWith(`/s/${summit.slug}/organise`);
  const home = `/s/${summit.slug}${isMaking ? '/organise' : ''}/timetable`;
  const items = (isMaking ? MAKING : PARTS)
    .filter(([, , whom]) => whom === 'everyone' || comes || organiser !== undefined)
    .map(([part, label]) => ({
      href: `${home}${part}`,
      label,
      current: path === `${home}${part}` || (part !== '' && path.startsWith(`${home}${part}/`)),
    }));
  return showPage(
    c,
    page,
    <>
      <Menu label="Timetable" items={items} />
      {body}
    </>,
  );
}
