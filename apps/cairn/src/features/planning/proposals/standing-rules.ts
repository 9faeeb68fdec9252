import { type Problem, problem } from '@cairn/kernel/problem';
import { formatInstant, type Instant, Temporal, type ZoneName } from '@cairn/kernel/time';
import { counted, listed } from '@cairn/kernel/words';
import { kindOfPath, RULES_FILE } from '../documents/kind-rules.ts';
import { type FolderRule, type PlanRules, rulesFor } from '../documents/plan-rules.ts';
import { type CountedReview, standingReviews } from '../reviews/review-rules.ts';

/** A review as far as it says whether a proposal may be merged. */
export interface StandingReview extends CountedReview {
  /** Null for an account that is nobody's here: their words are read, their approval counts for nobody. */
  readonly personId: string | null;
}

/** A version as far as it says which reviews are still of what would be merged. */
export interface StandingVersion {
  readonly version: number;
  readonly at: Instant;
  readonly byPerson: string | null;
  /** The same for versions that change the same. */
  readonly changeId: string;
}

/** People that rules name by what they are. */
export interface StandingPeople {
  /** Of those who gave a review whoever comes, organisers too: others are known here, and decide nothing. */
  readonly comers: ReadonlySet<string>;
  readonly organisers: ReadonlySet<string>;
  /** Who leads what a path is about, by path; none for what nobody leads. */
  readonly leads: ReadonlyMap<string, ReadonlySet<string>>;
  /** By handle, in lower case. */
  readonly byHandle: ReadonlyMap<string, string>;
}

/** All that decides whether a proposal may be merged. */
export interface StandingFacts {
  /** As main has them: a proposal that changes the rules is judged by those it found. */
  readonly rules: PlanRules;
  /** Files that merging would change on main, by path; both names of one that is renamed. */
  readonly touched: readonly string[];
  readonly authorId: string | null;
  readonly versions: readonly StandingVersion[];
  /** In the order in which they were given. */
  readonly reviews: readonly StandingReview[];
  readonly people: StandingPeople;
  /** Files in conflict with main. */
  readonly conflicts: readonly string[];
  /** What would be wrong with the plan after the merge that is not wrong now. */
  readonly problems: readonly Problem[];
  readonly now: Instant;
  /** In which the end of a window is told. */
  readonly zone: ZoneName;
}

/** How much of what one rule asks is there. */
export interface Approvals {
  /** Folders or files that the rule is for, as people know them. */
  readonly areas: readonly string[];
  readonly reviewers: FolderRule['reviewers'];
  readonly needed: number;
  /** Whose approval counts for it. */
  readonly given: readonly string[];
}

/** Whether a proposal may be merged, and what it still needs. */
export interface MergeStanding {
  readonly may: boolean;
  readonly lacks: readonly Lack[];
  readonly approvals: readonly Approvals[];
  /** When the comment window ends or ended; undefined where there is none. */
  readonly windowEnds: Instant | undefined;
  /** The first version since which the change stayed the same. */
  readonly since: number;
}

/** What is lacking, and whether an organiser may decide that it is not needed. */
export interface Lack extends Problem {
  readonly mayBeWaived: boolean;
}

/**
 * What a proposal still needs by the rules of main. Every rule of a touched folder must be met, so
 * the strictest holds. Approvals count while what is proposed stays the same: bringing the branch up
 * to main asks nobody again, changing a word asks everybody.
 */
export function mergeStanding(facts: StandingFacts): MergeStanding {
  const { versions, now, zone, conflicts, problems, touched } = facts;
  const since = sinceVersion(versions);
  const days = Math.max(0, ...touched.map((path) => windowDays(facts.rules, path)));
  const begun = versions.find(({ version }) => version === since)?.at;
  const windowEnds = days === 0 ? undefined : begun?.add({ hours: 24 * days });
  const approvals = approvalsFor(facts);
  const lacks: Lack[] = [];
  if (touched.length === 0 && conflicts.length === 0) {
    lacks.push(firm('changes-nothing', 'It changes nothing that main does not say already.'));
  }
  if (conflicts.length > 0) {
    lacks.push(
      firm(
        'conflicts',
        `It is in conflict with main in ${listed(conflicts)}; somebody has to say what both become.`,
      ),
    );
  }
  if (problems.length > 0) {
    lacks.push(
      firm(
        'check-fails',
        `The plan would have ${counted(problems.length, 'new problem')}; mend ${problems.length === 1 ? 'it' : 'them'} first.`,
      ),
    );
  }
  for (const asked of approvals) {
    const missing = asked.needed - asked.given.length;
    if (missing > 0) lacks.push(waivable('needs-approvals', missingSentence(asked, missing)));
  }
  if (needsOrganiser(facts)) {
    const sentence = `${RULES_FILE} says who reviews what; an organiser has to approve what changes it.`;
    lacks.push(waivable('needs-organiser', sentence));
  }
  const against = openChangeRequests(facts);
  if (against > 0) {
    const sentence = `${counted(against, 'reviewer')} asked for changes; mend what they name and ask them again.`;
    lacks.push(waivable('changes-requested', sentence));
  }
  if (windowEnds !== undefined && Temporal.Instant.compare(windowEnds, now) > 0) {
    const sentence = `It stays open to comments until ${formatInstant(windowEnds, zone)}.`;
    lacks.push(waivable('window-open', sentence));
  }
  return { may: lacks.length === 0, lacks, approvals, windowEnds, since };
}

/** The days of a decision are those for which it stays provisional, after it is written down. */
const windowDays = (rules: PlanRules, path: string): number =>
  kindOfPath(path) === 'decision' ? 0 : rulesFor(rules, path).windowDays;

const firm = (code: string, sentence: string): Lack => ({
  ...problem(code, sentence),
  mayBeWaived: false,
});
const waivable = (code: string, sentence: string): Lack => ({
  ...problem(code, sentence),
  mayBeWaived: true,
});

/** The first of the versions, up to the last one, that all change the same. */
export function sinceVersion(versions: readonly StandingVersion[]): number {
  const last = versions.at(-1);
  let since = last?.version ?? 0;
  for (const { version, changeId } of versions.toReversed()) {
    if (changeId !== last?.changeId) break;
    since = version;
  }
  return since;
}

/**
 * Whose work a proposal is: its author, and whoever made a version that changes something else than
 * the one before. None of them can approve it.
 */
export function workersOn({
  authorId,
  versions,
}: Pick<StandingFacts, 'authorId' | 'versions'>): ReadonlySet<string> {
  const workers = versions.flatMap(({ byPerson, changeId }, index) =>
    byPerson === null || versions[index - 1]?.changeId === changeId ? [] : [byPerson],
  );
  return new Set(authorId === null ? workers : [authorId, ...workers]);
}

/** People whose approval is of what would be merged, and who may give one. */
export function approvers(
  facts: Pick<StandingFacts, 'reviews' | 'versions' | 'authorId'>,
): string[] {
  const since = sinceVersion(facts.versions);
  const workers = workersOn(facts);
  return standingReviews(facts.reviews).flatMap(({ verdict, personId, version }) =>
    verdict === 'approve' && personId !== null && version >= since && !workers.has(personId)
      ? [personId]
      : [],
  );
}

/** A wish for changes stands until whoever had it approves, or it is dismissed: new versions do not answer it. */
const openChangeRequests = (facts: StandingFacts): number => {
  const workers = workersOn(facts);
  return standingReviews(facts.reviews).filter(
    ({ verdict, personId }) =>
      verdict === 'request_changes' && (personId === null || !workers.has(personId)),
  ).length;
};

function needsOrganiser(facts: StandingFacts): boolean {
  const { touched, people, authorId } = facts;
  if (!touched.includes(RULES_FILE)) return false;
  const agreed = [...approvers(facts), ...(authorId === null ? [] : [authorId])];
  return !agreed.some((person) => people.organisers.has(person));
}

/** What each rule of the touched folders asks, with who gave it; rules that say the same are one. */
function approvalsFor(facts: StandingFacts): Approvals[] {
  const given = approvers(facts);
  const workers = workersOn(facts);
  const groups = new Map<string, { areas: Set<string>; rule: FolderRule; who: WhoMay }>();
  for (const path of facts.touched) {
    const rule = rulesFor(facts.rules, path);
    if (rule.approvals === 0) continue;
    const who = whoMay(facts.people, rule, path, workers);
    const key = `${rule.approvals} ${who === 'anyone' ? who : [...who.people].sort().join(' ')} ${String(rule.reviewers)}`;
    const group = groups.get(key) ?? { areas: new Set(), rule, who };
    group.areas.add(areaOf(path));
    groups.set(key, group);
  }
  return [...groups.values()].map(({ areas, rule, who }) => ({
    areas: [...areas].sort(),
    reviewers: who === 'anyone' || who.reviewers === undefined ? rule.reviewers : who.reviewers,
    needed: rule.approvals,
    given: given.filter((person) =>
      who === 'anyone' ? facts.people.comers.has(person) : who.people.has(person),
    ),
  }));
}

type WhoMay =
  | 'anyone'
  | { readonly people: ReadonlySet<string>; readonly reviewers?: FolderRule['reviewers'] };

/** Whose approval a rule asks. What nobody leads, or only those whose work it is, is for organisers. */
function whoMay(
  people: StandingPeople,
  { reviewers }: FolderRule,
  path: string,
  workers: ReadonlySet<string>,
): WhoMay {
  if (reviewers === 'anyone') return 'anyone';
  if (reviewers === 'organisers') return { people: people.organisers };
  if (reviewers === 'leads') {
    const leads = [...(people.leads.get(path) ?? [])].filter((lead) => !workers.has(lead));
    return leads.length > 0
      ? { people: new Set(leads) }
      : { people: people.organisers, reviewers: 'organisers' };
  }
  const named = reviewers.flatMap((handle) => people.byHandle.get(handle.toLowerCase()) ?? []);
  return { people: new Set(named) };
}

/** The folder of a file, or the file itself at the top of the plan. */
const areaOf = (path: string): string => {
  const end = path.lastIndexOf('/');
  return end < 0 ? path : path.slice(0, end);
};

function missingSentence({ areas, reviewers, given }: Approvals, missing: number): string {
  const more = given.length === 0 ? '' : 'more ';
  const by = {
    anyone: 'of anyone who comes and has not worked on it',
    organisers: missing === 1 ? 'of an organiser' : 'of organisers',
    leads: missing === 1 ? 'of a lead' : 'of leads',
  };
  const whose =
    typeof reviewers === 'string'
      ? by[reviewers]
      : `of ${listed(
          reviewers.map((handle) => `@${handle}`),
          'or',
        )}`;
  return `It needs ${counted(missing, `${more}approval`)} ${whose}, for ${listed(areas)}.`;
}
