import { listed } from '@cairn/kernel/words';

/** Somebody who comes, and what they have to do with what a proposal touches. */
export interface PossibleReviewer {
  readonly personId: string;
  readonly name: string;
  readonly handle: string | null;
  /** Titles of touched topics that they lead, work on, or want to learn about. */
  readonly leads: readonly string[];
  readonly works: readonly string[];
  readonly learns: readonly string[];
  /** Their communities that a touched document names. */
  readonly communities: readonly string[];
  /** How many reviews they owe already. */
  readonly owed: number;
}

/** A possible reviewer and why they are named; an empty reason for everybody else. */
export interface SuggestedReviewer {
  readonly personId: string;
  readonly name: string;
  readonly handle: string | null;
  readonly why: string;
}

/**
 * Who could review a proposal: those who know most about what it touches first, then the others by
 * name. Among equals those come first who owe fewest reviews.
 */
export const suggestedReviewers = (people: readonly PossibleReviewer[]): SuggestedReviewer[] =>
  people
    .map((person) => ({ person, weight: weightOf(person) }))
    .toSorted(
      (one, other) =>
        other.weight - one.weight ||
        (one.weight > 0 ? one.person.owed - other.person.owed : 0) ||
        one.person.name.localeCompare(other.person.name, 'en'),
    )
    .map(({ person: { personId, name, handle, ...knows } }) => ({
      personId,
      name,
      handle,
      why: reasonOf(knows),
    }));

const weightOf = ({ leads, works, learns, communities }: PossibleReviewer): number =>
  8 * leads.length + 4 * works.length + 2 * communities.length + learns.length;

function reasonOf({
  leads,
  works,
  learns,
  communities,
}: Pick<PossibleReviewer, 'leads' | 'works' | 'learns' | 'communities'>): string {
  const reasons = [
    leads.length > 0 ? `leads ${listed(leads)}` : '',
    works.length > 0 ? `works on ${listed(works)}` : '',
    communities.length > 0 ? `is of ${listed(communities)}` : '',
    learns.length > 0 ? `wants to learn about ${listed(learns)}` : '',
  ].filter((reason) => reason !== '');
  return listed(reasons);
}
