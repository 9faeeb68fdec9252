import type { Asked, Bench, Report, Table } from './bench.ts';
import { timetableCosplib } from './timetable-cosplib.ts';
import { AGAINST_REFERENCES } from './timetable-figures.ts';
import { timetableGroups } from './timetable-groups.ts';
import { timetableItc2007 } from './timetable-itc2007.ts';
import { timetableRepair } from './timetable-repair.ts';
import { timetableRepeat } from './timetable-repeat.ts';
import { timetableSummit } from './timetable-summit.ts';
import { timetableTimes } from './timetable-times.ts';
import { timetableTpac } from './timetable-tpac.ts';
import { timetableVariants } from './timetable-variants.ts';

/** Each can be run by itself; all together are `timetable`. */
export const TIMETABLE_ROWS: readonly Bench[] = [
  timetableItc2007,
  timetableCosplib,
  timetableTpac,
  timetableSummit,
  timetableVariants,
  timetableRepair,
  timetableGroups,
  timetableTimes,
  timetableRepeat,
];

/** Every figure of the timetabling library in one table. */
export const timetable: Bench = {
  name: 'timetable',
  what: 'Everything that the timetabling library is measured by: competitions, published conferences, invented summits, repairs, groups and times of calls, each beside what others reached.',
  onlyWhenNamed: true,
  run: measure,
};

async function measure(asked: Asked): Promise<Report> {
  const reports: { readonly row: Bench; readonly report: Report }[] = [];
  for (const row of TIMETABLE_ROWS) {
    asked.say(`\n-- ${row.name}: ${row.what}`);
    reports.push({ row, report: await row.run(asked) });
  }
  const all = reports.flatMap(({ row, report }) =>
    report.tables.map((table) => ({ row, table, isFigures: table.title === AGAINST_REFERENCES })),
  );
  const figures: Table = {
    title: AGAINST_REFERENCES,
    rows: all.filter(({ isFigures }) => isFigures).flatMap(({ table }) => table.rows),
  };
  return {
    tables: [
      ...(figures.rows.length === 0 ? [] : [figures]),
      ...all
        .filter(({ isFigures }) => !isFigures)
        .map(({ row, table }) => ({ ...table, title: `${shortName(row)}: ${table.title}` })),
    ],
    notes: reports.flatMap(({ row, report }) =>
      report.notes.map((note) => `${shortName(row)}: ${note}`),
    ),
    broken: reports.flatMap(({ row, report }) =>
      report.broken.map((one) => `${shortName(row)}: ${one}`),
    ),
    pictures: Object.fromEntries(
      reports.flatMap(({ row, report }) =>
        Object.entries(report.pictures ?? {}).map(([name, svg]) => [
          `${shortName(row)}-${name}`,
          svg,
        ]),
      ),
    ),
  };
}

const shortName = ({ name }: Bench): string => name.replace('timetable-', '');
