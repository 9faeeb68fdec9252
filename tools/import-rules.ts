/**
 * Who may import whom, as HOUSE.md draws it: each rule looks at one import of one file and says
 * what is wrong with it, or nothing. Paths are relative to the checkout, with slashes.
 */
export interface Import {
  /** The file that imports. */
  readonly from: string;
  /** The file imported, for relative paths; otherwise the specifier as written. */
  readonly to: string;
  readonly isRelative: boolean;
  readonly isTypeOnly: boolean;
  readonly line: number;
}

export interface Rule {
  readonly name: string;
  /** Why the import is not allowed; undefined when it is, or when the rule is not about it. */
  readonly refuse: (imported: Import) => string | undefined;
}

const FEATURE = /^apps\/cairn\/src\/features\/([a-z]+)\//;
const roomOf = (path: string): string | undefined => FEATURE.exec(path)?.[1];
const isIn = (folder: string) => (path: string) => path.startsWith(folder);
const inPlatform = isIn('apps/cairn/src/platform/');
const inDesign = isIn('apps/cairn/src/design/');
const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path) || path.startsWith('tests/');

/** The file's piece of furniture: `seat-rules.ts` is `rules`, `schema.ts` is `schema`. */
const furnitureOf = (path: string): string =>
  /(?:^|[/-])([a-z]+)(?:\.client)?\.tsx?$/.exec(path)?.[1] ?? '';

/** What a room shows to other rooms: its decisions, its doors to the data, and its shared frame. */
const PUBLIC_FURNITURE = new Set([
  'rules',
  'schema',
  'facts',
  'queries',
  'commands',
  'rights',
  'access',
  'page',
]);

/** Packages that reach outside the process; only the platform holds them. */
const DRIVERS =
  /^(pg|nodemailer|better-auth|@better-auth\/.*|graphile-worker|rate-limiter-flexible|@hono\/node-server|node:(fs|net|child_process|http|https|dgram|tls)(\/.*)?)$/;

export const RULES: readonly Rule[] = [
  {
    name: 'packages are pure and know only the kernel',
    refuse: ({ from, to, isRelative }) => {
      const own = /^packages\/([a-z]+)\//.exec(from)?.[1];
      if (own === undefined || isTest(from)) return undefined;
      if (isRelative) {
        return to.startsWith(`packages/${own}/`)
          ? undefined
          : 'a package does not reach outside its folder';
      }
      const other = /^@cairn\/([a-z]+)/.exec(to)?.[1];
      if (
        other !== undefined &&
        other !== 'kernel' &&
        other !== own &&
        !MAY_USE[own]?.includes(other)
      ) {
        return 'a package imports the kernel and its own libraries only';
      }
      return to.startsWith('node:') && !MAY_USE_NODE[from]?.includes(to)
        ? 'a package runs in the browser too, so it imports nothing of Node'
        : undefined;
    },
  },
  {
    name: 'platform imports no feature',
    refuse: ({ from, to }) =>
      inPlatform(from) && !isTest(from) && (roomOf(to) !== undefined || inDesign(to))
        ? 'the platform knows neither rooms nor screens'
        : undefined,
  },
  {
    name: 'rules stay pure',
    refuse: ({ from, to, isRelative, isTypeOnly }) => {
      if (roomOf(from) === undefined || furnitureOf(from) !== 'rules') return undefined;
      if (!isRelative) {
        return DRIVERS.test(to) || to.startsWith('node:') || to === 'hono' || to === 'kysely'
          ? 'rules decide; they reach for nothing'
          : undefined;
      }
      if (inPlatform(to)) return 'rules never import the platform';
      if (['rules', 'schema', 'facts'].includes(furnitureOf(to))) return undefined;
      if (isTypeOnly) return undefined;
      return roomOf(to) === roomOf(from) &&
        !PUBLIC_FURNITURE.has(furnitureOf(to)) &&
        !to.endsWith('.tsx')
        ? undefined
        : 'rules import packages and other rules, never a query, a command or a screen';
    },
  },
  {
    name: 'a room calls another through its commands and queries',
    refuse: ({ from, to, isTypeOnly }) => {
      const [own, other] = [roomOf(from), roomOf(to)];
      if (own === undefined || other === undefined || own === other || isTest(from))
        return undefined;
      if (isTypeOnly || PUBLIC_FURNITURE.has(furnitureOf(to))) return undefined;
      return `${other} does not show ${furnitureOf(to)} to other rooms; use its queries, commands or rules`;
    },
  },
  {
    name: 'views draw what they are given',
    refuse: ({ from, to, isTypeOnly }) => {
      if (roomOf(from) === undefined || furnitureOf(from) !== 'views' || isTypeOnly)
        return undefined;
      if (inPlatform(to)) return 'views import design and types, never the platform';
      return ['queries', 'commands', 'routes'].includes(furnitureOf(to)) && roomOf(to) !== undefined
        ? 'views are given their data; they never ask for it'
        : undefined;
    },
  },
  {
    name: 'only the platform holds a driver',
    refuse: ({ from, to, isTypeOnly }) =>
      (roomOf(from) !== undefined || inDesign(from)) &&
      !isTest(from) &&
      !isTypeOnly &&
      DRIVERS.test(to) &&
      !isAssetShelf(from)
        ? `“${to}” touches the world; only the platform imports it`
        : undefined,
  },
  {
    name: 'design knows no room',
    refuse: ({ from, to }) =>
      inDesign(from) && (roomOf(to) !== undefined || inPlatform(to))
        ? 'the visual language is built once, for every room'
        : undefined,
  },
];

/** Packages built on another package, besides the kernel. */
const MAY_USE: Readonly<Record<string, readonly string[]>> = { typeset: ['formats'] };

/** What only Node can do, in modules that a browser does not need. */
const MAY_USE_NODE: Readonly<Record<string, readonly string[]>> = {
  'packages/timetable/src/conference/threads.ts': ['node:worker_threads'],
  'packages/timetable/src/conference/worker.ts': ['node:worker_threads'],
  'packages/timetable/src/search/threads.ts': ['node:worker_threads'],
  'packages/timetable/src/search/worker.ts': ['node:worker_threads'],
};

/** The one file of the design that reads: it puts fonts and style sheets on the shelf at start. */
const isAssetShelf = (path: string): boolean => path === 'apps/cairn/src/design/asset-files.ts';
