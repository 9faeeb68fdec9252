import type { Standing } from '../promises/obligation-rules.ts';

/** What a participant may show the public, each by itself. */
export const LISTING_FIELDS = ['name', 'communities', 'github', 'promises'] as const;
export type ListingField = (typeof LISTING_FIELDS)[number];

/** What is known of a seated person that could be shown. */
export interface Listable {
  readonly name: string;
  /** The communities' names. */
  readonly communities: readonly string[];
  readonly github: string | undefined;
  readonly promises: readonly { readonly wording: string; readonly standing: Standing }[];
}

/** One participant as the public sees them: what they did not choose is not there. */
export interface PublicEntry {
  readonly name: string;
  readonly communities?: readonly string[];
  readonly github?: string;
  readonly promises?: Listable['promises'];
}

/** Reads stored or posted fields; what is no field is no consent. */
export const listingFields = (texts: readonly string[]): ListingField[] =>
  LISTING_FIELDS.filter((field) => texts.includes(field));

/**
 * What the public sees of somebody: exactly the fields they chose. Without a name there is no entry,
 * and the person is only counted; why a promise was excused is never shown.
 */
export function publicEntry(
  person: Listable,
  fields: readonly ListingField[],
): PublicEntry | undefined {
  if (!fields.includes('name')) return undefined;
  return {
    name: person.name,
    ...(fields.includes('communities') && person.communities.length > 0
      ? { communities: [...person.communities] }
      : {}),
    ...(fields.includes('github') && person.github !== undefined ? { github: person.github } : {}),
    ...(fields.includes('promises')
      ? { promises: person.promises.map(({ wording, standing }) => ({ wording, standing })) }
      : {}),
  };
}
