import { daysBetween, type PlainDate, parseDate } from '@cairn/kernel/time';
import { FACTS, unknownFacts } from './facts.ts';
import { summitDefinitionSchema } from './schema.ts';

/** Two places of one definition that cannot both be true, told at the place to change. */
export interface Contradiction {
  readonly path: (string | number)[];
  readonly sentence: string;
}

/** Reads one value out of something that may be any shape; undefined where there is none. */
function at(value: unknown, path: readonly (string | number)[]): unknown {
  let here = value;
  for (const step of path) {
    if (typeof here !== 'object' || here === null) return undefined;
    here = (here as Record<string | number, unknown>)[step];
  }
  return here;
}

const numberAt = (value: unknown, path: (string | number)[]): number | undefined => {
  const found = at(value, path);
  return typeof found === 'number' ? found : undefined;
};

const listAt = (value: unknown, path: (string | number)[]): readonly unknown[] => {
  const found = at(value, path);
  return Array.isArray(found) ? found : [];
};

const dayAt = (value: unknown, path: (string | number)[]): PlainDate | undefined => {
  const found = at(value, path);
  const parsed = typeof found === 'string' ? parseDate(found.slice(0, 10)) : undefined;
  return parsed?.ok ? parsed.value : undefined;
};

/**
 * Every contradiction inside a definition, even one that is malformed elsewhere: what cannot be
 * read is passed over, so that all problems of a file are told at once.
 */
function contradictions(value: unknown): Contradiction[] {
  return [
    ...seatContradictions(value),
    ...dateContradictions(value),
    ...promiseContradictions(value),
    ...meetingContradictions(value),
    ...spanContradictions(value),
    ...repeatedKeys(value),
    ...factContradictions(value),
  ];
}

function seatContradictions(value: unknown): Contradiction[] {
  const planned = numberAt(value, ['seats', 'planned']);
  const ceiling = numberAt(value, ['seats', 'ceiling']);
  if (planned === undefined || ceiling === undefined || planned <= ceiling) return [];
  return [
    {
      path: ['seats', 'planned'],
      sentence: `${planned} seats are planned but never more than ${ceiling} allowed; lower planned or raise ceiling`,
    },
  ];
}

function dateContradictions(value: unknown): Contradiction[] {
  const found: Contradiction[] = [];
  const inOrder = [
    ['announced', ['announced']],
    ['arrival', ['dates', 'arrival']],
    ['start', ['dates', 'start']],
    ['end', ['dates', 'end']],
    ['departure', ['dates', 'departure']],
  ] as const;
  let before: { name: string; date: PlainDate } | undefined;
  for (const [name, path] of inOrder) {
    const date = dayAt(value, [...path]);
    if (date === undefined) continue;
    if (before !== undefined && daysBetween(before.date, date) < 0) {
      found.push({
        path: [...path],
        sentence: `${name} (${date}) lies before ${before.name} (${before.date}); put the days in order`,
      });
    }
    before = { name, date };
  }
  const [from, until] = [
    dayAt(value, ['dates', 'window', 'from']),
    dayAt(value, ['dates', 'window', 'until']),
  ];
  const [start, end] = [dayAt(value, ['dates', 'start']), dayAt(value, ['dates', 'end'])];
  if (from && until && start && end) {
    if (daysBetween(from, start) < 0 || daysBetween(end, until) < 0) {
      found.push({
        path: ['dates', 'window'],
        sentence: `the summit (${start} to ${end}) does not lie in its own window (${from} to ${until}); move one of them`,
      });
    }
  }
  const [arrival, departure] = [
    dayAt(value, ['dates', 'arrival']),
    dayAt(value, ['dates', 'departure']),
  ];
  const nights = numberAt(value, ['lodging', 'nights']);
  if (nights !== undefined && arrival && departure && daysBetween(arrival, departure) !== nights) {
    found.push({
      path: ['lodging', 'nights'],
      sentence: `lodging says ${nights} nights but arrival to departure is ${daysBetween(arrival, departure)}; change one of them`,
    });
  }
  return found;
}

function promiseContradictions(value: unknown): Contradiction[] {
  const meetings = listAt(value, ['planning_meetings', 'list']).length;
  return listAt(value, ['agreement', 'obligations']).flatMap((_, index): Contradiction[] => {
    const path = ['agreement', 'obligations', index, 'rule'];
    if (at(value, [...path, 'kind']) !== 'attend') return [];
    const required = numberAt(value, [...path, 'meetings']);
    const of = numberAt(value, [...path, 'of']);
    const found: Contradiction[] = [];
    if (required !== undefined && of !== undefined && required > of) {
      found.push({
        path: [...path, 'meetings'],
        sentence: `nobody can attend ${required} of ${of} meetings; write at most ${of}`,
      });
    }
    if (of !== undefined && of !== meetings) {
      found.push({
        path: [...path, 'of'],
        sentence: `the rule counts ${of} planning meetings but the list holds ${meetings}; change one of them`,
      });
    }
    return found;
  });
}

function meetingContradictions(value: unknown): Contradiction[] {
  const start = dayAt(value, ['dates', 'start']);
  const most = numberAt(value, ['planning_meetings', 'parallel_tracks', 'most']);
  return listAt(value, ['planning_meetings', 'list']).flatMap((_, index): Contradiction[] => {
    const path = ['planning_meetings', 'list', index];
    const found: Contradiction[] = [];
    const starts = dayAt(value, [...path, 'starts']);
    if (start && starts && daysBetween(starts, start) <= 0) {
      found.push({
        path: [...path, 'starts'],
        sentence: `this planning meeting (${starts}) is not before the summit starts (${start}); move it`,
      });
    }
    const tracks = listAt(value, [...path, 'tracks']).length;
    if (most !== undefined && tracks > most) {
      found.push({
        path: [...path, 'tracks'],
        sentence: `${tracks} tracks are listed but at most ${most} run in parallel; drop one or raise parallel_tracks`,
      });
    }
    return found;
  });
}

function spanContradictions(value: unknown): Contradiction[] {
  const spans: (string | number)[][] = [
    ['planning_meetings', 'parallel_tracks'],
    ...listAt(value, ['communities']).map((_, index) => ['communities', index, 'target']),
  ];
  return spans.flatMap((path): Contradiction[] => {
    const [least, most] = [numberAt(value, [...path, 'least']), numberAt(value, [...path, 'most'])];
    if (least === undefined || most === undefined || least <= most) return [];
    return [
      {
        path: [...path, 'least'],
        sentence: `least (${least}) is more than most (${most}); swap them`,
      },
    ];
  });
}

const KEYED_LISTS: (string | number)[][] = [
  ['phases'],
  ['communities'],
  ['agreement', 'obligations'],
  ['planning_meetings', 'tracks'],
  ['planning_meetings', 'list'],
  ['goals'],
  ['sections'],
];

/** Keyed lists inside the rows of another list. */
const NESTED_KEYED_LISTS = [
  { rows: ['phases'], list: 'steps' },
  { rows: ['planning_meetings', 'list'], list: 'tracks' },
];

function repeatedKeys(value: unknown): Contradiction[] {
  const nested = NESTED_KEYED_LISTS.flatMap(({ rows, list }) =>
    listAt(value, rows).map((_, index) => [...rows, index, list]),
  );
  return [...KEYED_LISTS, ...nested].flatMap((path) => {
    const seen = new Set<unknown>();
    return listAt(value, path).flatMap((item, index): Contradiction[] => {
      const key = at(item, ['key']);
      if (typeof key !== 'string') return [];
      if (!seen.has(key)) {
        seen.add(key);
        return [];
      }
      return [
        {
          path: [...path, index, 'key'],
          sentence: `the key “${key}” is used twice; give each its own`,
        },
      ];
    });
  });
}

function factContradictions(value: unknown, path: (string | number)[] = []): Contradiction[] {
  if (typeof value === 'string') {
    return unknownFacts(value).map((name) => ({
      path,
      sentence: `{${name}} stands for nothing; write one of ${Object.keys(FACTS)
        .map((fact) => `{${fact}}`)
        .join(', ')}`,
    }));
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    factContradictions(item, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

/**
 * The whole of what makes a definition valid: its shape, and that it does not contradict itself.
 * The contradictions are looked for even where the shape is wrong, so that one reading tells all.
 */
export const validSummitSchema = summitDefinitionSchema.superRefine(
  (value, context) => {
    for (const { path, sentence } of contradictions(value)) {
      context.addIssue({ code: 'custom', path, message: sentence });
    }
  },
  { when: () => true },
);
