import type { Role } from '../../summits/schema.ts';

/** Roles that organisers give by hand; a participant becomes one with their seat. */
export const GIVEN_ROLES = ['organiser', 'treasurer', 'guest'] as const satisfies Role[];
export type GivenRole = (typeof GIVEN_ROLES)[number];
