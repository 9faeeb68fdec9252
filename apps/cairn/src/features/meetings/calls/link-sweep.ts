import type { Problem } from '@cairn/kernel/problem';
import type { Result } from '@cairn/kernel/result';
import type { Instant } from '@cairn/kernel/time';
import type { Db } from '../../../platform/db/database.ts';
import type { Services } from '../../../platform/http/env.ts';
import type { Sweep } from '../../../platform/jobs/sweeps.ts';
import { findings, type LinkFinding } from './link-rules.ts';

/** A link is looked at no more often than this. */
const EVERY_DAYS = 7;
/** So many at once, and all of them within the time of one. */
const AT_ONCE = 10;
const TIMEOUT_MS = 8_000;
const MOST_BYTES = 64 * 1024;

/**
 * Looks whether what calls link to is still there, a few links at a time, each about once a week. What
 * was seen is noted; it is no event, for nobody changed anything. In a demonstration nothing is
 * looked at: its links lead nowhere, and its clock leaps.
 */
export const callLinkSweep: Sweep = {
  name: 'call-links',
  everySeconds: 300,
  run: async (services) => {
    if (!services.isDemo) await lookAtLinks(services);
  },
};

async function lookAtLinks({
  db,
  clock,
  fetchOutside,
}: Pick<Services, 'db' | 'clock' | 'fetchOutside'>): Promise<void> {
  const now = clock.now();
  const urls = await dueLinks(db, now);
  const answers = await Promise.all(
    urls.map(
      (url): Promise<Result<unknown, Problem>> =>
        fetchOutside(url, { accept: '*/*', maxBytes: MOST_BYTES, timeoutMs: TIMEOUT_MS }),
    ),
  );
  const found = findings(answers);
  for (const [index, url] of urls.entries()) {
    const finding = found[index];
    if (finding !== undefined) await note(db, url, finding, now);
  }
}

/** The addresses that nobody has looked at for longest; one that several calls share counts once. */
async function dueLinks(db: Db, now: Instant): Promise<string[]> {
  const rows = await db
    .selectFrom('callLink')
    .innerJoin('recurringCall', 'recurringCall.id', 'callLink.callId')
    .innerJoin('callCalendar', 'callCalendar.id', 'recurringCall.calendarId')
    .select(['callLink.url', (row) => row.fn.max('callLink.checkedAt').as('checkedAt')])
    .where('callCalendar.retiredAt', 'is', null)
    .where('recurringCall.cancelledAt', 'is', null)
    .groupBy('callLink.url')
    .having((row) =>
      row.or([
        row(row.fn.max('callLink.checkedAt'), 'is', null),
        row(row.fn.max('callLink.checkedAt'), '<=', now.subtract({ hours: EVERY_DAYS * 24 })),
      ]),
    )
    .orderBy('checkedAt', (order) => order.asc().nullsFirst())
    .orderBy('callLink.url')
    .limit(AT_ONCE)
    .execute();
  return rows.map(({ url }) => url);
}

/** Since when it is so stays while nothing else is found. */
async function note(db: Db, url: string, { state, detail }: LinkFinding, now: Instant) {
  await db
    .updateTable('callLink')
    .set((row) => ({
      checkedAt: now,
      detail: detail ?? null,
      since: row
        .case()
        .when('state', '=', state)
        .then(row.fn.coalesce('since', row.val(now)))
        .else(now)
        .end(),
      state,
    }))
    .where('url', '=', url)
    .execute();
}
