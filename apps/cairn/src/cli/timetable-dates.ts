import { parseArgs } from 'node:util';
import { problem } from '@cairn/kernel/problem';
import { formatDateSpan, type PlainDate, parseDate, Temporal } from '@cairn/kernel/time';
import { rankWeeks, type WeekAnswer, type WeekRanking } from '@cairn/timetable/week-ranking';
import { type CandidateWindow, candidateWindows } from '@cairn/timetable/week-windows';
import { explainWindow, type WeekNames } from '@cairn/timetable/week-words';
import { z } from 'zod';
import { EXIT, say } from './command.ts';
import { readJson } from './json-file.ts';
import { couldNot, printJson } from './output.ts';
import { readText } from './text-file.ts';

const day = z.string().transform((text, context): PlainDate => {
  const read = parseDate(text);
  if (read.ok) return read.value;
  context.addIssue({ code: 'custom', message: read.error.sentence });
  return z.NEVER;
});
const whole = (least: number, most: number) => z.int().min(least).max(most);
const name = z.string().trim().min(1);

/** The file of `cairn timetable dates`; described in packages/timetable/README.md. */
const datesSchema = z.strictObject({
  today: day.optional(),
  range: z.strictObject({
    from: day,
    until: day,
    days: whole(1, 31),
    weekday: whole(1, 7).default(1),
    arrival_days: whole(0, 14).default(1),
    departure_days: whole(0, 14).default(0),
    lead_months: whole(0, 36).default(0),
  }),
  blackouts: z
    .array(
      z.strictObject({
        from: day,
        until: day.optional(),
        title: name,
        kind: z
          .enum(['holiday', 'conference', 'graduation', 'venue', 'busy', 'other'])
          .default('other'),
        effect: z.enum(['excludes', 'mentions']).default('excludes'),
      }),
    )
    .default([]),
  seats: whole(1, 100_000),
  communities: z
    .array(z.strictObject({ key: name, least: whole(0, 100_000).optional() }))
    .default([]),
  people: z.array(
    z.strictObject({
      name,
      communities: z.array(z.string()).default([]),
      weight: whole(1, 100).default(1),
      needed: z.boolean().default(false),
      answers: z.record(z.string(), z.enum(['yes', 'if_need_be', 'no'])).default({}),
    }),
  ),
  /** By the first day of work, in minor units of one currency. */
  costs: z.record(z.string(), whole(0, 1e12)).default({}),
});
type DatesFile = z.output<typeof datesSchema>;

/** `cairn timetable dates FILE [--json]`: bad news is that no week can be. */
export async function timetableDates(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { json: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) {
    const sentence = 'Name one file: cairn timetable dates weeks.json';
    return couldNot([problem('usage', sentence)], values.json);
  }
  const text = await readText(file);
  if (!text.ok) return couldNot([text.error], values.json);
  const read = readJson(datesSchema, text.value, file);
  if (!read.ok) return couldNot(read.error, values.json);
  const found = ranked(read.value);
  for (const sentence of found.warnings) say(sentence);
  if (values.json) printJson(asDocument(found));
  else process.stdout.write(asText(found));
  return found.open.length === 0 ? EXIT.badNews : EXIT.done;
}

interface Found {
  readonly open: readonly CandidateWindow[];
  readonly excluded: readonly CandidateWindow[];
  readonly result: WeekRanking;
  readonly names: WeekNames;
  readonly warnings: readonly string[];
}

function ranked(file: DatesFile): Found {
  const { range, blackouts, people, communities, seats, costs } = file;
  const today = file.today ?? Temporal.Now.plainDateISO('UTC');
  const windows = candidateWindows(
    {
      from: range.from,
      until: range.until,
      days: range.days,
      weekday: range.weekday,
      arrivalDays: range.arrival_days,
      departureDays: range.departure_days,
      leadMonths: range.lead_months,
      today,
    },
    blackouts.map((blackout) => ({ ...blackout, until: blackout.until ?? blackout.from })),
  );
  const open = windows.filter(({ excluded }) => excluded.length === 0);
  const result = rankWeeks({
    seats,
    communities: communities.map(({ key, least }) =>
      least === undefined ? { key } : { key, least },
    ),
    windows: open.map(({ start }) => {
      const cost = costs[start.toString()];
      return {
        id: start.toString(),
        leadDays: today.until(start).days,
        leadShortDays: 0,
        ...(cost === undefined ? {} : { cost }),
      };
    }),
    people: people.map((person, index) => ({
      id: String(index),
      communities: person.communities,
      weight: person.weight,
      isNeeded: person.needed,
      answers: person.answers,
    })),
  });
  const spans = new Map(open.map((each) => [each.start.toString(), spanOf(each)]));
  return {
    open,
    excluded: windows.filter(({ excluded }) => excluded.length > 0),
    result,
    names: {
      window: (id) => spans.get(id) ?? id,
      person: (id) => people[Number(id)]?.name ?? id,
      community: (key) => key,
      money: (minor) => `${(minor / 100).toFixed(2)}`,
    },
    warnings: strays(people, costs, new Set(windows.map(({ start }) => start.toString()))),
  };
}

const spanOf = ({ start, end }: CandidateWindow): string => formatDateSpan(start, end);

/** What the file says of days on which no candidate week begins: said, since nothing reads it. */
function strays(
  people: readonly {
    readonly name: string;
    readonly answers: Readonly<Record<string, WeekAnswer>>;
  }[],
  costs: Readonly<Record<string, number>>,
  known: ReadonlySet<string>,
): string[] {
  const unread = (days: readonly string[]): string[] => days.filter((each) => !known.has(each));
  return [
    ...people.flatMap(({ name: who, answers }) =>
      unread(Object.keys(answers)).map(
        (each) => `${who} answers for “${each}”, on which no week of the range begins.`,
      ),
    ),
    ...unread(Object.keys(costs)).map(
      (each) => `A cost is given for “${each}”, on which no week of the range begins.`,
    ),
  ];
}

const asDocument = ({ open, excluded, result, names, warnings }: Found): unknown => ({
  ok: open.length > 0,
  levels: result.levels,
  ranking: result.ranking.map((each) => ({
    ...each,
    neededMissing: each.neededMissing.map(names.person),
    neededUnknown: each.neededUnknown.map(names.person),
    mentioned: open.find(({ start }) => start.toString() === each.id)?.mentioned ?? [],
    explanation: explainWindow(each, result, names),
  })),
  excluded: excluded.map(({ start, excluded: reasons, mentioned }) => ({
    id: start.toString(),
    reasons,
    mentioned,
  })),
  warnings,
});

function asText({ open, excluded, result, names }: Found): string {
  const lines = result.ranking.flatMap((each) => {
    const mentioned = open.find(({ start }) => start.toString() === each.id)?.mentioned ?? [];
    return [
      `${each.rank}${each.isTied ? '=' : '.'} ${names.window(each.id)}`,
      ...explainWindow(each, result, names).map((sentence) => `     ${sentence}`),
      ...mentioned.map(({ sentence }) => `     To know: ${sentence}`),
    ];
  });
  const left = excluded.flatMap((each) => [
    `   ${spanOf(each)}`,
    ...each.excluded.map(({ sentence }) => `     ${sentence}`),
  ]);
  return [
    ...(lines.length === 0 ? ['No week of this range can be.'] : lines),
    ...(left.length === 0 ? [] : ['', 'Weeks that cannot be:', ...left]),
    '',
  ].join('\n');
}
