import type { Reader } from '../../../platform/db/database.ts';
import { coming } from '../../people/invitations/participation-queries.ts';
import type { Organiser } from '../../people/rights.ts';

/** Who leads a track: a person of the summit. */
export interface TrackLead {
  readonly meeting: string;
  readonly track: string;
  readonly personId: string;
  readonly name: string;
}

/** The leads of all tracks of a summit who are persons. Leads are named to everybody who takes part. */
export const trackLeads = (db: Reader, summitId: string): Promise<TrackLead[]> =>
  db
    .selectFrom('trackLead')
    .innerJoin('person', 'person.id', 'trackLead.personId')
    .select(['trackLead.meeting', 'trackLead.track', 'trackLead.personId', 'person.name'])
    .where('trackLead.summitId', '=', summitId)
    .where('person.erasedAt', 'is', null)
    .orderBy('trackLead.meeting')
    .orderBy('trackLead.track')
    .execute();

/** Whether somebody leads a meeting: this track of it, or any when no track is named. */
export async function isLeadOf(
  db: Reader,
  summitId: string,
  meeting: string,
  track: string | undefined,
  personId: string,
): Promise<boolean> {
  const row = await db
    .selectFrom('trackLead')
    .select('track')
    .where('summitId', '=', summitId)
    .where('meeting', '=', meeting)
    .where('personId', '=', personId)
    .$if(track !== undefined, (query) => query.where('track', '=', track ?? ''))
    .executeTakeFirst();
  return row !== undefined;
}

/** Somebody who may be picked as a lead. */
export interface PossibleLead {
  readonly personId: string;
  readonly name: string;
}

/** Whoever has accepted, holds a seat or has a role, by name: those who can lead a track. */
export const possibleLeads = (db: Reader, { summitId }: Organiser): Promise<PossibleLead[]> =>
  db
    .selectFrom('person')
    .select(['id as personId', 'name'])
    .where('erasedAt', 'is', null)
    .where('id', 'in', coming(summitId))
    .orderBy((eb) => eb.fn('lower', ['name']))
    .orderBy('id')
    .execute();
