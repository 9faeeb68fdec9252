import type { ComponentChildren } from 'preact';
import { Menu } from '../../design/layout.tsx';
import type { AppContext } from '../../platform/http/env.ts';
import { type ShownPage, showPage } from '../summits/page.tsx';
import type { PlanEnv } from './access.ts';

/** The parts of the plan, in the order in which work walks through them. Documents are for its readers; the rest for those who take part. */
const PARTS: readonly (readonly [path: string, label: string, forMembers: boolean])[] = [
  ['', 'Plan', false],
  ['/topics', 'Topics', true],
  ['/interest', 'Interest', true],
  ['/proposals', 'Proposals', true],
  ['/decisions', 'Decisions', true],
  ['/issues', 'Issues', true],
  ['/work-plan', 'Work plan', true],
  ['/files', 'Documents', false],
  ['/people', 'People', true],
  ['/activity', 'Activity', true],
  ['/search', 'Search', false],
];

/** Answers a page of the plan, with the menu of its parts above the content. */
export function showPlanPage(
  c: AppContext<PlanEnv['Variables']>,
  page: ShownPage,
  body: ComponentChildren,
): Response {
  const home = `/s/${c.var.summit.slug}/plan`;
  const path = new URL(c.req.url).pathname;
  const mayTakePart = c.var.takesPart || c.var.organiser !== undefined;
  const items = PARTS.filter(([, , forMembers]) => mayTakePart || !forMembers).map(
    ([part, label]) => ({
      href: `${home}${part}`,
      label,
      current: path === `${home}${part}` || (part !== '' && path.startsWith(`${home}${part}/`)),
    }),
  );
  return showPage(
    c,
    page,
    <>
      <Menu label="Plan" items={items} />
      {body}
    </>,
  );
}
