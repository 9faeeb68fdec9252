import type { Problem } from '@cairn/kernel/problem';
import { zoneNames } from '@cairn/kernel/zone-names';
import type { AppContext } from '../../../platform/http/env.ts';
import type { OrganiserEnv } from '../../summits/access.ts';
import { readerZone, showPage } from '../../summits/page.tsx';
import { CalendarFilePage, CalendarPage } from './calendar-views.tsx';
import { fileOf } from './call-commands.ts';
import {
  type CalendarWithCalls,
  calendarsWithCalls,
  callLinks,
  callSourceOf,
  followerCounts,
} from './call-queries.ts';
import { CalendarsPage } from './organise-views.tsx';
import { callsNow, type OrganisedCalendar } from './shown-rules.ts';
import { readCallSource } from './source-rules.ts';
import type { Refused } from './source-views.tsx';

async function organised(
  c: OrganiserContext,
  calendars: readonly CalendarWithCalls[],
): Promise<OrganisedCalendar[]> {
  const { organiser, services } = c.var;
  const links = await callLinks(services.db, organiser);
  const followers = await followerCounts(services.db, organiser);
  return calendars.map((calendar) => {
    const ids = new Set(calendar.calls.map(({ id }) => id));
    return {
      ...calendar,
      calls: callsNow(calendar, services.clock.now()),
      links: links.filter(({ callId }) => ids.has(callId)),
      followers: followers.get(calendar.id) ?? 0,
    };
  });
}

export async function showCalendars(c: OrganiserContext, refused?: Refused): Promise<Response> {
  const { summit, services } = c.var;
  const calendars = await calendarsWithCalls(services.db, summit.id);
  return showPage(
    c,
    {
      title: 'Calls',
      lede: 'Regular calls that go on after the summit, in one calendar for each topic or community.',
      status: refused === undefined ? 200 : 422,
    },
    <CalendarsPage
      home={homeOf(c)}
      calendars={await organised(c, calendars)}
      zone={readerZone(c, summit)}
      zones={zoneNames()}
      summitZone={summit.definition.zone}
      refused={refused}
    />,
  );
}

export async function showCalendar(
  c: OrganiserContext,
  key: string,
  refused?: Refused,
): Promise<Response> {
  const { summit, services } = c.var;
  const found = await calendarOf(c, key);
  const [calendar] = found === undefined ? [] : await organised(c, [found]);
  if (found === undefined || calendar === undefined) return c.notFound();
  const read = readCallSource(await callSourceOf(services.db, found.id), fileOf(key));
  return showPage(
    c,
    { title: found.name, status: refused === undefined ? 200 : 422 },
    <CalendarPage
      home={homeOf(c)}
      publicHome={`/s/${summit.slug}/calls`}
      calendar={calendar}
      revision={found.revision}
      importedFrom={found.importedFrom}
      warn={found.warn}
      unread={read.ok ? read.value.problems : read.error}
      notes={read.ok ? read.value.notes : []}
      zone={readerZone(c, summit)}
      refused={refused}
    />,
  );
}

export function showFile(
  c: OrganiserContext,
  { key, name }: CalendarWithCalls,
  shown: {
    readonly source: string;
    readonly revision: number;
    readonly problems: readonly Problem[];
  },
  status: 200 | 409 | 422,
): Response {
  return showPage(
    c,
    {
      title: `${name}: the file`,
      status,
      lede: (
        <>
          The YAML that communities keep, as yaml2ics reads it.{' '}
          <a href={`${homeOf(c)}/${key}`}>Back to the calendar</a>
        </>
      ),
    },
    <CalendarFilePage action={`${homeOf(c)}/${key}/file`} fileName={fileOf(key)} {...shown} />,
  );
}

export type OrganiserContext = AppContext<OrganiserEnv['Variables']>;

export const homeOf = (c: OrganiserContext): string => `/s/${c.var.summit.slug}/organise/calls`;

/** A calendar in use, with its calls. */
export async function calendarOf(
  c: OrganiserContext,
  key: string,
): Promise<CalendarWithCalls | undefined> {
  const calendars = await calendarsWithCalls(c.var.services.db, c.var.summit.id);
  return calendars.find((calendar) => calendar.key === key);
}
