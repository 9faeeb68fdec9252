import type { Instant } from '@cairn/kernel/time';
import type { Reader } from '../../../platform/db/database.ts';
import type { Organiser } from '../rights.ts';
import { GIVEN_ROLES, type GivenRole } from './role-rules.ts';

/** One role of one person. */
export interface RoleRow {
  readonly personId: string;
  readonly name: string;
  readonly role: GivenRole;
  readonly grantedAt: Instant;
}

/** Everybody with a role that was given by hand, by role and name. */
export async function givenRoles(db: Reader, { summitId }: Organiser): Promise<RoleRow[]> {
  const rows = await db
    .selectFrom('role')
    .innerJoin('person', 'person.id', 'role.personId')
    .select(['role.personId', 'person.name', 'role.role', 'role.grantedAt'])
    .where('role.summitId', '=', summitId)
    .where('role.role', 'in', [...GIVEN_ROLES])
    .orderBy('role.role')
    .orderBy('person.name')
    .execute();
  // The condition above leaves no other role.
  return rows.map((row) => ({ ...row, role: row.role as GivenRole }));
}

/** The organisers of a summit who can be written to, and their zones where they named one. */
export const organisersOf = (
  db: Reader,
  summitId: string,
): Promise<{ readonly personId: string; readonly zone: string | null }[]> =>
  db
    .selectFrom('role')
    .innerJoin('person', 'person.id', 'role.personId')
    .select(['role.personId', 'person.zone'])
    .where('role.summitId', '=', summitId)
    .where('role.role', '=', 'organiser')
    .where('person.erasedAt', 'is', null)
    .orderBy('role.personId')
    .execute();
