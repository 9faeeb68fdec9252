import type { Tx } from '../../../platform/db/database.ts';
import type { Consumer, StoredEvent } from '../../../platform/jobs/events.ts';
import { summitsOf } from '../../people/own-data/erasure-queries.ts';
import { noteDue } from './invite-commands.ts';

/** After any of these somebody may have to be told something about the calendar. */
const KINDS = [
  'calendar.refreshed',
  'summit.announced',
  'summit.reopened',
  'summit.definition_saved',
  'seat.taken',
  'seat.released',
  'invitation.sent',
  'invitation.accepted',
  'invitation.unsure',
  'invitation.declined',
  'invitation.withdrawn',
  'invitation.expired',
  'role.given',
  'role.taken',
  'weeks.chosen',
  'weeks.concern_opened',
  'weeks.concern_replied',
  'meeting.leads_changed',
  'person.identified',
  'person.address_proven',
  'person.account_joined',
] as const;

/** Notes what may be due; the sweep decides and sends, once it has settled. */
export const inviteConsumer: Consumer = {
  name: 'calendar invitations',
  kinds: KINDS,
  handle: async (event, tx, { clock }) =>
    noteDue(tx, clock.now(), await summitsConcerned(tx, event)),
};

/** An address is no summit's: whoever got one may be waited for in several. */
async function summitsConcerned(
  tx: Tx,
  { summitId, personId }: StoredEvent,
): Promise<readonly string[]> {
  if (summitId !== null) return [summitId];
  return personId === null ? [] : summitsOf(tx, personId);
}
