import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench, Report, Table } from './bench.ts';
import type { Circumstances } from './machine.ts';
import { ROOT } from './root.ts';

const RESULTS = join(ROOT, 'bench', 'results');

/** A table in Markdown, its columns padded so that it reads as plain text too. */
function markdownTable({ rows }: Table): string {
  const columns = Object.keys(rows[0] ?? {});
  const lines = [columns, ...rows.map((row) => columns.map((column) => String(row[column] ?? '')))];
  const widths = columns.map((_, index) =>
    Math.max(3, ...lines.map((cells) => cells[index]?.length ?? 0)),
  );
  // Numbers stand right in their column.
  const isNumber = columns.map((column) => rows.every((row) => typeof row[column] === 'number'));
  const line = (cells: readonly string[]): string =>
    `| ${cells
      .map((cell, index) =>
        isNumber[index] ? cell.padStart(widths[index] ?? 0) : cell.padEnd(widths[index] ?? 0),
      )
      .join(' | ')} |`;
  const rule = widths.map(
    (width, index) => `${'-'.repeat(width - 1)}${isNumber[index] ? ':' : '-'}`,
  );
  return [line(columns), line(rule), ...lines.slice(1).map(line)].join('\n');
}

/** Said where other programs had part of the machine. */
const busy = ({ loadAtStart }: Circumstances): string[] =>
  loadAtStart > 1
    ? [
        `- Other programs were at work on the machine (load ${loadAtStart} when this began): on an idle one the speeds are better.`,
      ]
    : [];

const database = ({ postgres }: Report): string =>
  postgres === undefined ? '' : `PostgreSQL ${postgres}, `;

/** The report as a page of Markdown. */
export function asMarkdown(bench: Bench, report: Report, around: Circumstances): string {
  const machine = `${around.cpu}, ${around.cores} cores, ${around.memoryGiB} GiB memory, ${around.os}`;
  return [
    `# ${bench.name}`,
    bench.what,
    [
      `- Command: \`node bench/run.mjs ${bench.name}\``,
      `- Machine: ${machine}`,
      `- Node ${around.node.slice(1)}, ${database(report)}commit ${around.commit}, ${around.date}`,
      ...busy(around),
    ].join('\n'),
    ...report.tables.flatMap((table) => [`## ${table.title}`, markdownTable(table)]),
    ...(report.broken.length === 0
      ? []
      : ['## Broken promises', report.broken.map((one) => `- ${one}`).join('\n')]),
    ...(report.notes.length === 0
      ? []
      : ['## Notes', report.notes.map((note) => `- ${note}`).join('\n')]),
    ...Object.keys(report.pictures ?? {}).map((name) => `![${name}](${pictureFile(bench, name)})`),
  ]
    .join('\n\n')
    .concat('\n');
}

const pictureFile = ({ name }: Bench, picture: string): string => `${name}-${picture}.svg`;

/** Keeps a report as `bench/results/<name>.json` and `.md`, its pictures beside them. */
export function keep(bench: Bench, report: Report, around: Circumstances): void {
  mkdirSync(RESULTS, { recursive: true });
  const { postgres, pictures = {}, ...found } = report;
  const data = {
    bench: bench.name,
    what: bench.what,
    circumstances: postgres === undefined ? around : { ...around, postgres },
    ...found,
  };
  writeFileSync(join(RESULTS, `${bench.name}.json`), `${JSON.stringify(data, null, 2)}\n`);
  for (const [name, svg] of Object.entries(pictures)) {
    writeFileSync(join(RESULTS, pictureFile(bench, name)), svg);
  }
  writeFileSync(join(RESULTS, `${bench.name}.md`), asMarkdown(bench, report, around));
}
