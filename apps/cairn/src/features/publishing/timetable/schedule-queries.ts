import type { FrabSchedule } from '@cairn/formats/frab';
import type { Instant } from '@cairn/kernel/time';
import type { Reader } from '../../../platform/db/database.ts';
import { publicNames } from '../../people/listing/public-name-queries.ts';
import { fillFacts } from '../../summits/facts.ts';
import type { Summit } from '../../summits/queries.ts';
import { currentProgramme } from './programme-queries.ts';
import { scheduleOf } from './schedule-rules.ts';

const PROGRAM = { name: 'Cairn', version: '0.1.0' };

/** What `schedule.xml` and `schedule.json` say now; undefined while no timetable was released. Public. */
export async function currentSchedule(
  db: Reader,
  summit: Summit,
  page: string,
): Promise<{ readonly schedule: FrabSchedule; readonly changedAt: Instant } | undefined> {
  const found = await currentProgramme(db, summit.id);
  if (found === undefined) return undefined;
  const { current, programme, openChanges, changedAt } = found;
  const leads = programme.items.flatMap((item) => item.leads);
  const schedule = scheduleOf({
    slug: summit.slug,
    title: fillFacts(summit.definition.title, summit.definition),
    page,
    version: openChanges === 0 ? `${current.version}` : `${current.version}.${openChanges}`,
    program: PROGRAM,
    programme,
    names: await publicNames(db, summit.id, leads),
  });
  return { schedule, changedAt };
}
