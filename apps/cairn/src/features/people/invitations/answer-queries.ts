import type { Instant } from '@cairn/kernel/time';
import type { Reader } from '../../../platform/db/database.ts';
import { hashSecret } from '../../../platform/http/secret.ts';
import type { Self } from '../rights.ts';
import type { InvitationState, SeatKind } from './invitation-rules.ts';

/** A person's own invitation. */
export interface OwnInvitation {
  readonly state: InvitationState;
  readonly seatKind: SeatKind;
  readonly expiresAt: Instant | undefined;
  readonly answeredAt: Instant | undefined;
  readonly note: string;
}

/** The invitation of the person themselves, once it has been sent. */
export async function ownInvitation(
  db: Reader,
  { summitId, personId }: Self,
): Promise<OwnInvitation | undefined> {
  const row = await db
    .selectFrom('invitation')
    .select(['state', 'seatKind', 'expiresAt', 'answeredAt', 'note'])
    .where('summitId', '=', summitId)
    .where('personId', '=', personId)
    .where('state', '<>', 'drafted')
    .executeTakeFirst();
  return (
    row && {
      ...row,
      expiresAt: row.expiresAt ?? undefined,
      answeredAt: row.answeredAt ?? undefined,
    }
  );
}

/** What a mailed link stands for. */
export interface LinkedInvitation {
  readonly id: string;
  readonly summitId: string;
  readonly personId: string;
  readonly name: string;
  /** The address that the link was mailed to; undefined for somebody known by a handle only. */
  readonly address: string | undefined;
  readonly state: InvitationState;
  readonly expiresAt: Instant | undefined;
  /** The link has opened a session before; from then on it asks to sign in. */
  readonly isSpent: boolean;
}

/** The invitation behind a link's secret, if the secret is the newest one that was sent. */
export async function invitationBehindLink(
  db: Reader,
  secret: string,
): Promise<LinkedInvitation | undefined> {
  const row = await db
    .selectFrom('invitation')
    .innerJoin('person', 'person.id', 'invitation.personId')
    .leftJoin('personIdentity', (join) =>
      join
        .onRef('personIdentity.personId', '=', 'person.id')
        .on('personIdentity.kind', '=', 'email')
        .on('personIdentity.isPrimary', '=', true),
    )
    .select([
      'invitation.id',
      'invitation.summitId',
      'invitation.personId',
      'person.name',
      'personIdentity.value as address',
      'invitation.state',
      'invitation.expiresAt',
      'invitation.tokenSpentAt',
    ])
    .where('invitation.tokenHash', '=', hashSecret(secret))
    .where('person.erasedAt', 'is', null)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { tokenSpentAt, ...rest } = row;
  return {
    ...rest,
    address: row.address ?? undefined,
    expiresAt: row.expiresAt ?? undefined,
    isSpent: tokenSpentAt !== null,
  };
}
