import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { notify } from '../../people/invitations/notify-commands.ts';
import { organisersOf } from '../../people/roles/role-queries.ts';
import type { Summit } from '../../summits/queries.ts';
import { trackLeads } from '../series/series-queries.ts';
import { missingNotes } from './text-queries.ts';
import { daysSince, type ExpectedNotes, pageOf } from './text-rules.ts';

/**
 * Asks for notes that nobody has written: the lead of a track some days after the call, and the
 * organisers some days later, as many as the definition says. Each is asked once for each text; one
 * event for each.
 */
export async function askForNotes(tx: Tx, actor: Actor, summit: Summit): Promise<void> {
  const { notes_from_lead_after_days: toLead, notes_from_organisers_after_days: toOrganisers } =
    summit.definition.planning_meetings;
  const missing = await missingNotes(tx, summit, actor.now);
  const since = (notes: ExpectedNotes): number => daysSince(notes, actor.now);
  const late = missing.filter((notes) => since(notes) >= toOrganisers);
  await askLeads(
    tx,
    actor,
    summit,
    missing.filter((notes) => since(notes) >= toLead && !late.includes(notes)),
  );
  await askOrganisers(tx, actor, summit, late);
}

async function askLeads(
  tx: Tx,
  actor: Actor,
  summit: Summit,
  missing: readonly ExpectedNotes[],
): Promise<void> {
  if (missing.length === 0) return;
  const leads = await trackLeads(tx, summit.id);
  for (const notes of missing) {
    const place = placeOf(notes);
    const theirs = leads.filter(
      (lead) => lead.meeting === place.meeting && lead.track === place.track,
    );
    if (theirs.length === 0 || !(await remember(tx, actor, summit, place, 'lead'))) continue;
    for (const { personId } of theirs) {
      await notify(tx, actor, {
        summitId: summit.id,
        personId,
        key: `notes-of:${summit.id}:${place.meeting}:${place.track}:${personId}`,
        subject: `The notes of ${nameOf(notes)} are missing`,
        body: `You led ${nameOf(notes)} (${summit.definition.title}), and nobody has written its notes yet. A few lines are enough: what was decided, and who does what by when. Everybody who was there can write with you, on the page below.`,
        page: `/s/${summit.slug}${pageOf(place)}`,
      });
    }
  }
}

async function askOrganisers(
  tx: Tx,
  actor: Actor,
  summit: Summit,
  missing: readonly ExpectedNotes[],
): Promise<void> {
  const news: ExpectedNotes[] = [];
  for (const notes of missing) {
    if (await remember(tx, actor, summit, placeOf(notes), 'organiser')) news.push(notes);
  }
  const [first] = news;
  if (first === undefined) return;
  const { meeting, track } = placeOf(first);
  for (const { personId } of await organisersOf(tx, summit.id)) {
    await notify(tx, actor, {
      summitId: summit.id,
      personId,
      key: `notes-missing:${summit.id}:${meeting}:${track}:${news.length}:${personId}`,
      subject:
        news.length === 1
          ? `The notes of ${nameOf(first)} are still missing`
          : `${news.length} notes of calls are still missing`,
      body: [
        `Nobody has written the notes of (${summit.definition.title}):`,
        '',
        ...news.map((notes) => `- ${nameOf(notes)}`),
        '',
        'Ask somebody who was there, or write down what you remember. Your overview lists what is missing.',
      ].join('\n'),
      page: `/s/${summit.slug}/organise`,
    });
  }
}

const placeOf = ({ call, track }: ExpectedNotes) => ({
  meeting: call.key,
  track: track?.key ?? '',
  kind: 'notes' as const,
});

const nameOf = ({ call, track }: ExpectedNotes): string =>
  track === undefined ? call.title : `${call.title}: ${track.title}`;

/** Notes that somebody is asked for a text; false when they were asked before. */
async function remember(
  tx: Tx,
  actor: Actor,
  { id: summitId }: Summit,
  { meeting, track }: { readonly meeting: string; readonly track: string },
  whom: 'lead' | 'organiser',
): Promise<boolean> {
  const row = await tx
    .insertInto('meetingTextAsked')
    .values({ summitId, meeting, track, whom, at: actor.now })
    .onConflict((conflict) => conflict.doNothing())
    .returning('whom')
    .executeTakeFirst();
  if (row === undefined) return false;
  await recordEvent(tx, actor, {
    kind: 'notes.asked_for',
    summitId,
    data: { meeting, track, whom },
  });
  return true;
}
