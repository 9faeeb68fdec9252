import type { Branded } from '@cairn/kernel/id';
import type { Reader } from '../../platform/db/database.ts';
import type { LocalOperator, SignedIn } from '../../platform/http/env.ts';
import type { Role } from '../summits/schema.ts';

/**
 * Proof that somebody may do something in one summit. Only the functions below mint it, after
 * asking the database; a query over contact or other people's promises asks for it in its type.
 */
interface Right {
  readonly summitId: string;
  readonly personId: string;
}
/**
 * May organise this summit: sees everybody's contact and promises, changes everything but money.
 * Who it is: a person, or nobody for the operator of the machine.
 */
export type Organiser = Branded<
  Omit<Right, 'personId'> & { readonly personId: string | undefined },
  'Organiser'
>;
/** Acts for themselves in this summit. */
export type Self = Branded<Right, 'Self'>;
/**
 * Looks after the money of this summit: sees everybody's estimates, claims and receipts, and decides on those of
 * others. Only the role gives it; organisers and administrators have to take it, which is recorded.
 */
export type Treasurer = Branded<Right, 'Treasurer'>;
/** May administer the installation. */
export type Administrator = Branded<{ readonly personId: string }, 'Administrator'>;

/** The roles of a person in a summit. */
export async function rolesIn(db: Reader, summitId: string, personId: string): Promise<Role[]> {
  const rows = await db
    .selectFrom('role')
    .select('role')
    .where('summitId', '=', summitId)
    .where('personId', '=', personId)
    .execute();
  return rows.map(({ role }) => role);
}

/**
 * Proves that someone may organise a summit: its organisers, the installation's administrators, and
 * the operator of its machine.
 */
export async function organiserOf(
  db: Reader,
  summitId: string,
  signedIn: Pick<SignedIn, 'personId' | 'isAdministrator'> | LocalOperator | undefined,
): Promise<Organiser | undefined> {
  if (signedIn === undefined) return undefined;
  const isOrganiser =
    signedIn.isAdministrator ||
    (await rolesIn(db, summitId, signedIn.personId)).includes('organiser');
  return isOrganiser
    ? ({ summitId, personId: signedIn.personId } as Organiser) // minted here only
    : undefined;
}

/** Whether somebody who is not asking now organises a summit: the author of a proposal, the reader of a feed. */
export async function organisesIn(
  db: Reader,
  summitId: string,
  personId: string,
): Promise<boolean> {
  const person = await db
    .selectFrom('person')
    .select(['id as personId', 'isAdministrator'])
    .where('id', '=', personId)
    .where('erasedAt', 'is', null)
    .executeTakeFirst();
  return (await organiserOf(db, summitId, person)) !== undefined;
}

/** Proves that someone looks after the money of a summit. */
export async function treasurerOf(
  db: Reader,
  summitId: string,
  signedIn: { readonly personId: string | undefined } | undefined,
): Promise<Treasurer | undefined> {
  const personId = signedIn?.personId;
  if (personId === undefined) return undefined;
  return (await rolesIn(db, summitId, personId)).includes('treasurer')
    ? ({ summitId, personId } as Treasurer) // minted here only
    : undefined;
}

/** Proves that someone acts for themselves. */
export const selfIn = (summitId: string, signedIn: Pick<SignedIn, 'personId'>): Self =>
  ({ summitId, personId: signedIn.personId }) as Self; // minted here only

/** Proves that someone administers the installation. */
export const administratorOf = (
  signedIn: Pick<SignedIn, 'personId' | 'isAdministrator'> | undefined,
): Administrator | undefined =>
  signedIn?.isAdministrator ? ({ personId: signedIn.personId } as Administrator) : undefined; // minted here only
