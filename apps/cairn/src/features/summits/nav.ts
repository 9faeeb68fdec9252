/** One entry of a page's navigation. */
export interface NavItem {
  readonly href: string;
  readonly label: string;
}

/** What a summit's navigation shows to somebody with these rights, in the order of its life. */
export function summitNav(
  slug: string,
  rights: {
    readonly mayOrganise: boolean;
    readonly takesPart: boolean;
    readonly comes: boolean;
    /** The summit has a calendar of recurring calls. */
    readonly hasCalls: boolean;
    /** Looks after the money. */
    readonly isTreasurer: boolean;
  },
): NavItem[] {
  const at = (path: string, label: string): NavItem => ({ href: `/s/${slug}${path}`, label });
  return [
    at('', 'Summit'),
    at('/participants', 'Participants'),
    ...(rights.takesPart || rights.mayOrganise ? [at('/meetings', 'Meetings')] : []),
    at('/plan', 'Plan'),
    at('/timetable', 'Timetable'),
    ...(rights.hasCalls ? [at('/calls', 'Calls')] : []),
    ...(rights.comes || rights.mayOrganise ? [at('/tasks', 'Tasks')] : []),
    ...(rights.comes ? [at('/money', 'Travel and money')] : []),
    ...(rights.takesPart ? [at('/me', 'My part')] : []),
    ...(rights.isTreasurer ? [at('/treasury', 'Treasury')] : []),
    ...(rights.mayOrganise ? [at('/organise', 'Organise')] : []),
  ];
}

/** What an organiser's pages are divided into. */
export const organiserNav = (slug: string): NavItem[] =>
  [
    ['', 'Overview'],
    ['/definition', 'Definition'],
    ['/weeks', 'Week poll'],
    ['/plan', 'Phase plan'],
    ['/people', 'People'],
    ['/invitations', 'Invitations'],
    ['/seats', 'Seats'],
    ['/agreement', 'Agreement'],
    ['/meetings', 'Meetings'],
    ['/planning', 'Planning'],
    ['/timetable', 'Timetable'],
    ['/stays', 'Stays and meals'],
    ['/calls', 'Calls'],
    ['/calendar', 'Calendar'],
    ['/promises', 'Promises'],
    ['/documents', 'Documents'],
    ['/roles', 'Roles'],
    ['/mail', 'Mail'],
  ].map(([path, label]) => ({ href: `/s/${slug}/organise${path}`, label: label ?? '' }));
