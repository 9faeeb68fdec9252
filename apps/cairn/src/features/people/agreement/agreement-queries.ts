import type { Instant } from '@cairn/kernel/time';
import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import type { Obligation } from '../../summits/schema.ts';
import type { Organiser } from '../rights.ts';
import type { Agreement } from './agreement-rules.ts';

/** A published version of a summit's agreement. */
export interface AgreementVersion extends Agreement {
  readonly version: number;
  readonly createdAt: Instant;
}

const asVersion = (row: {
  version: number;
  text: string;
  obligations: unknown;
  createdAt: Instant;
}): AgreementVersion => ({
  ...row,
  // Written by publishAgreement from a validated definition.
  obligations: row.obligations as Obligation[],
});

const columns = ['version', 'text', 'obligations', 'createdAt'] as const;

/** The newest published version; undefined before the first. */
export async function currentAgreement(
  db: Reader,
  summitId: string,
): Promise<AgreementVersion | undefined> {
  const row = await db
    .selectFrom('agreementVersion')
    .select(columns)
    .where('summitId', '=', summitId)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && asVersion(row);
}

/** Every published version, newest first, with how many accepted each. */
export async function agreementHistory(
  db: Reader,
  summitId: string,
): Promise<(AgreementVersion & { readonly accepted: number })[]> {
  const rows = await db
    .selectFrom('agreementVersion')
    .leftJoin('agreementAcceptance', (join) =>
      join
        .onRef('agreementAcceptance.summitId', '=', 'agreementVersion.summitId')
        .onRef('agreementAcceptance.version', '=', 'agreementVersion.version'),
    )
    .select([
      'agreementVersion.version',
      'agreementVersion.text',
      'agreementVersion.obligations',
      'agreementVersion.createdAt',
    ])
    .select(sql<number>`count(agreement_acceptance.person_id)::int`.as('accepted'))
    .where('agreementVersion.summitId', '=', summitId)
    .groupBy(['agreementVersion.summitId', 'agreementVersion.version'])
    .orderBy('agreementVersion.version', 'desc')
    .execute();
  return rows.map((row) => ({ ...asVersion(row), accepted: row.accepted }));
}

/** What one person accepted last, and when. */
export async function lastAcceptance(
  db: Reader,
  summitId: string,
  personId: string,
): Promise<
  (AgreementVersion & { readonly acceptedAt: Instant; readonly signInMethod: string }) | undefined
> {
  const row = await db
    .selectFrom('agreementAcceptance')
    .innerJoin('agreementVersion', (join) =>
      join
        .onRef('agreementAcceptance.summitId', '=', 'agreementVersion.summitId')
        .onRef('agreementAcceptance.version', '=', 'agreementVersion.version'),
    )
    .select([
      'agreementVersion.version',
      'agreementVersion.text',
      'agreementVersion.obligations',
      'agreementVersion.createdAt',
      'agreementAcceptance.acceptedAt',
      'agreementAcceptance.signInMethod',
    ])
    .where('agreementAcceptance.summitId', '=', summitId)
    .where('agreementAcceptance.personId', '=', personId)
    .orderBy('agreementVersion.version', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && { ...asVersion(row), acceptedAt: row.acceptedAt, signInMethod: row.signInMethod };
}

/** The newest version that each person accepted, for everybody whose invitation stands accepted. */
export const acceptanceRows = (db: Reader, { summitId }: Organiser) =>
  db
    .selectFrom('invitation')
    .innerJoin('person', 'person.id', 'invitation.personId')
    .leftJoin('agreementAcceptance', (join) =>
      join
        .onRef('agreementAcceptance.summitId', '=', 'invitation.summitId')
        .onRef('agreementAcceptance.personId', '=', 'invitation.personId'),
    )
    .select(['person.id as personId', 'person.name'])
    .select(({ fn }) => [
      fn.max('agreementAcceptance.version').as('version'),
      fn.max('agreementAcceptance.acceptedAt').as('acceptedAt'),
    ])
    .where('invitation.summitId', '=', summitId)
    .where('invitation.state', '=', 'accepted')
    .groupBy(['person.id', 'person.name'])
    .orderBy('version')
    .orderBy('person.name')
    .execute();
