import type { Path } from '@cairn/formats/schema-fault';
import { validateYaml, type YamlDocument } from '@cairn/formats/yaml-document';
import type { Problem } from '@cairn/kernel/problem';
import { ok, type Result } from '@cairn/kernel/result';
import * as z from 'zod';
import { type StateRules, stateRulesFrom, stateRulesShape } from '../topics/state-rules.ts';
import { RULES_FILE } from './kind-rules.ts';
import { SKELETON_RULES } from './skeleton-texts-rules.ts';

/** What holds for changes below one folder, or of one file. */
export interface FolderRule {
  /** Whose approval counts: of anyone who comes, of organisers, of the leads of topics, of those named by handle. */
  readonly reviewers: 'anyone' | 'organisers' | 'leads' | readonly string[];
  /** How many of them must approve. */
  readonly approvals: number;
  /** For how many days a change, or a decision, stays open to comments before it may stand. */
  readonly windowDays: number;
  /** Who may change it at once, without a proposal: nobody, whoever wrote or leads it, or anyone who comes. Organisers too, unless nobody may. */
  readonly direct: 'nobody' | 'authors' | 'anyone';
}

/** The rules of a plan, as `plan.yaml` says them. */
export interface PlanRules {
  readonly everywhere: FolderRule;
  /** By folder (`topics`) or file (`plan.yaml`), from the top of the plan; the longest that fits counts. */
  readonly folders: Readonly<Record<string, FolderRule>>;
  /** What a topic needs for each state, and who moves it there; a plan need not say. */
  readonly topicStates?: StateRules;
}

const WHO = ['anyone', 'organisers', 'leads'] as const;
const shape = {
  reviewers: z
    .union([z.enum(WHO), z.array(z.string().toLowerCase()).min(1)], {
      error: () =>
        'Write who reviews as “anyone”, “organisers” or “leads”, or list handles, such as [mira, jonas].',
    })
    .optional(),
  approvals: z.int().min(0).max(100).optional(),
  'window-days': z.int().min(0).max(365).optional(),
  direct: z.enum(['nobody', 'authors', 'anyone']).optional(),
};
const rule = z.strictObject(shape);
const rulesSchema = z.strictObject({
  everywhere: z.strictObject({
    reviewers: shape.reviewers.unwrap(),
    approvals: shape.approvals.unwrap(),
    'window-days': shape['window-days'].unwrap(),
    direct: shape.direct.unwrap(),
  }),
  folders: z
    .record(
      z
        .string()
        .regex(
          /^(?!\/)[^\\\p{Cc}]*[^\\/\p{Cc}]\/?$/u,
          'Write a folder or a file from the top of the plan, such as topics.',
        ),
      rule.nullable(),
    )
    .nullish(),
  'topic-states': stateRulesShape.nullish(),
});

/** Reads `plan.yaml`; on failure lists every problem. */
export function readPlanRules(source: string, file = RULES_FILE): Result<PlanRules, Problem[]> {
  const read = readRulesWithPlaces(source, file);
  return read.ok ? ok(read.value.rules) : read;
}

/** The rules, who is named in them, and where. */
export function readRulesWithPlaces(
  source: string,
  file = RULES_FILE,
): Result<
  {
    readonly rules: PlanRules;
    readonly reviewers: readonly { readonly handle: string; readonly at: Path }[];
    readonly placeOf: YamlDocument['placeOf'];
  },
  Problem[]
> {
  const read = validateYaml(source, file, rulesSchema);
  if (!read.ok) return read;
  const { everywhere, folders } = read.value.value;
  const general: FolderRule = {
    reviewers: everywhere.reviewers,
    approvals: everywhere.approvals,
    windowDays: everywhere['window-days'],
    direct: everywhere.direct,
  };
  const named = Object.entries(folders ?? {}).map(([folder, own]): [string, FolderRule] => [
    folder.replace(/\/$/, ''),
    {
      reviewers: own?.reviewers ?? general.reviewers,
      approvals: own?.approvals ?? general.approvals,
      windowDays: own?.['window-days'] ?? general.windowDays,
      direct: own?.direct ?? general.direct,
    },
  ]);
  const lists: [Path, unknown][] = [
    [['everywhere', 'reviewers'], everywhere.reviewers],
    ...Object.entries(folders ?? {}).map(([folder, own]): [Path, unknown] => [
      ['folders', folder, 'reviewers'],
      own?.reviewers,
    ]),
  ];
  const reviewers = lists.flatMap(([at, value]) =>
    Array.isArray(value)
      ? value.map((handle: string, index) => ({ handle, at: [...at, index] }))
      : [],
  );
  const states = read.value.value['topic-states'];
  const rules: PlanRules = {
    everywhere: general,
    folders: Object.fromEntries(named),
    ...(states ? { topicStates: stateRulesFrom(states) } : {}),
  };
  return ok({ rules, reviewers, placeOf: read.value.document.placeOf });
}

/**
 * The rules of a plan. One without a readable `plan.yaml` has those with which every plan begins,
 * so that a broken file never opens a door.
 */
export function planRulesOf(source: string | undefined): PlanRules {
  const read = source === undefined ? undefined : readPlanRules(source);
  return read?.ok ? read.value : standardRules();
}

let standard: PlanRules | undefined;
function standardRules(): PlanRules {
  if (standard === undefined) {
    const read = readPlanRules(SKELETON_RULES);
    if (!read.ok) throw new Error('the rules that every plan begins with cannot be read');
    standard = read.value;
  }
  return standard;
}

/**
 * The rule for a file or a folder: of all folders named, the longest that holds it.
 *
 *     rulesFor(rules, 'topics/sparse-arrays.md').approvals // 1
 */
export function rulesFor({ everywhere, folders }: PlanRules, path: string): FolderRule {
  let at = path.replace(/\/$/, '');
  while (at !== '') {
    if (Object.hasOwn(folders, at)) return folders[at] ?? everywhere;
    at = at.slice(0, Math.max(0, at.lastIndexOf('/')));
  }
  return everywhere;
}
