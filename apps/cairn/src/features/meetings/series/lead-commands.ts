import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Organiser } from '../../people/rights.ts';
import { possibleLeads } from './series-queries.ts';

/** Who is to lead a track. */
export interface WantedLead {
  readonly meeting: string;
  readonly track: string;
  readonly personId: string;
}

/**
 * Sets who leads which track: of `meetings` all leads are replaced, of others only the tracks named.
 * Refused for somebody who does not take part in the summit.
 */
export async function changeLeads(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  {
    meetings,
    leads,
  }: { readonly meetings: readonly string[]; readonly leads: readonly WantedLead[] },
): Promise<Result<void, Problem>> {
  const { summitId } = organiser;
  if (leads.length > 0) {
    const known = new Set((await possibleLeads(tx, organiser)).map(({ personId }) => personId));
    if (leads.some(({ personId }) => !known.has(personId))) {
      const sentence = 'A lead takes part in the summit; pick somebody from the list.';
      return fail(problem('no-such-lead', sentence, { path: 'lead' }));
    }
  }
  const before = await tx
    .selectFrom('trackLead')
    .select(['meeting', 'track', 'personId'])
    .where('summitId', '=', summitId)
    .execute();
  const nameOf = ({ meeting, track }: Pick<WantedLead, 'meeting' | 'track'>) =>
    `${meeting} ${track}`;
  const wanted = new Map(leads.map((lead) => [nameOf(lead), lead.personId]));
  const gone = before.filter(
    (lead) => meetings.includes(lead.meeting) && !wanted.has(nameOf(lead)),
  );
  const standing = new Map(before.map((lead) => [nameOf(lead), lead.personId]));
  const fresh = leads.filter((lead) => standing.get(nameOf(lead)) !== lead.personId);
  if (gone.length === 0 && fresh.length === 0) return ok(undefined);
  for (const { meeting, track } of gone) {
    await tx
      .deleteFrom('trackLead')
      .where('summitId', '=', summitId)
      .where('meeting', '=', meeting)
      .where('track', '=', track)
      .execute();
  }
  for (const lead of fresh) {
    await tx
      .insertInto('trackLead')
      .values({ summitId, ...lead })
      .onConflict((conflict) =>
        conflict.columns(['summitId', 'meeting', 'track']).doUpdateSet({ personId: lead.personId }),
      )
      .execute();
  }
  await recordEvent(tx, actor, {
    kind: 'meeting.leads_changed',
    summitId,
    data: { named: fresh.length, removed: gone.length },
  });
  return ok(undefined);
}
