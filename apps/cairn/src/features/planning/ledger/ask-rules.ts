/** Somebody who has done nothing in the plan yet, and what they are near to. */
export interface Newcomer {
  readonly personId: string;
  /** Names of their communities, and the projects of topics that they want to work on, in small letters. */
  readonly near: ReadonlySet<string>;
  /** Numbers of topics that they said they want to lead, work on or learn from. */
  readonly topics: ReadonlySet<number>;
  /** Proposals that they were invited to already. */
  readonly invitedTo: ReadonlySet<number>;
}

/** A proposal that waits for reviews. */
export interface Reviewable {
  readonly number: number;
  /** Projects and labels of what it changes, and words of its title, in small letters. */
  readonly about: ReadonlySet<string>;
  /** Topics whose documents it changes. */
  readonly topics: ReadonlySet<number>;
  /** Who made it, and who reviewed it or was asked to. */
  readonly makers: ReadonlySet<string>;
  readonly reviewers: number;
}

/** How much a topic of one's own counts against a community in common. */
const TOPIC_WEIGHT = 3;

/** How near a proposal is to somebody: topics that they want, and projects and communities in common. */
export const fitOf = (
  { near, topics }: Pick<Newcomer, 'near' | 'topics'>,
  proposal: Pick<Reviewable, 'about' | 'topics'>,
): number =>
  TOPIC_WEIGHT * proposal.topics.intersection(topics).size + proposal.about.intersection(near).size;

/**
 * Which open review each newcomer is invited to: the one that fits them best, of these the one with
 * the fewest reviewers and invitations, then the oldest. Never their own, never the same again. Those
 * with the fewest choices choose first, so that invitations are spread. The same facts give the same
 * answer.
 */
export function reviewsFor(
  newcomers: readonly Newcomer[],
  proposals: readonly Reviewable[],
): ReadonlyMap<string, number> {
  const invited = new Map<number, number>();
  const load = ({ number, reviewers }: Reviewable): number =>
    reviewers + (invited.get(number) ?? 0);
  const choices = ({ personId, invitedTo }: Newcomer): Reviewable[] =>
    proposals.filter(({ number, makers }) => !makers.has(personId) && !invitedTo.has(number));
  const inTurn = newcomers
    .map((newcomer) => ({ newcomer, open: choices(newcomer) }))
    .sort(
      (x, y) =>
        x.open.length - y.open.length || (x.newcomer.personId < y.newcomer.personId ? -1 : 1),
    );
  const chosen = new Map<string, number>();
  for (const { newcomer, open } of inTurn) {
    const [best] = open.toSorted(
      (x, y) => fitOf(newcomer, y) - fitOf(newcomer, x) || load(x) - load(y) || x.number - y.number,
    );
    if (best === undefined) continue;
    chosen.set(newcomer.personId, best.number);
    invited.set(best.number, (invited.get(best.number) ?? 0) + 1);
  }
  return chosen;
}

/** The words of a text that may name a project or a community. */
export const namesIn = (text: string): ReadonlySet<string> =>
  new Set(text.toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{N}_.-]*[\p{L}\p{N}]/gu) ?? []);
