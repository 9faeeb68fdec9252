import { expectZone, formatInstant } from '@cairn/kernel/time';
import { sql } from 'kysely';
import type { Actor } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { notify } from '../../people/invitations/notify-commands.ts';
import { coming } from '../../people/invitations/participation-queries.ts';
import type { Summit } from '../../summits/queries.ts';
import { peopleByHandle } from '../threads/handle-queries.ts';
import { type Decision, decisionAt, decisionsOf, objectionsIn } from './decision-queries.ts';
import { withoutStateLine } from './record-rules.ts';
import { objectionStanding, remindFrom } from './window-rules.ts';

type NamedSummit = Pick<Summit, 'id' | 'slug' | 'definition'>;

/**
 * Tells by mail those who come and were not in the room: at once that a decision was made or written
 * anew, and once more in the last quarter of its window, unless they have objected. Each window is told
 * once and reminded of once, however often this runs.
 */
export async function tellDecisions(tx: Tx, actor: Actor, summit: NamedSummit): Promise<void> {
  for (const { number } of await decisionsOf(tx, summit.id)) {
    const place = { summitId: summit.id, number };
    const row = await tx
      .selectFrom('planDecision')
      .select(['toldAt', 'remindedAt'])
      .where('summitId', '=', summit.id)
      .where('number', '=', number)
      .where('state', '=', 'provisional')
      .where('closesAt', '>', actor.now)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst();
    const decision = row === undefined ? undefined : await decisionAt(tx, place);
    if (row === undefined || decision?.document === undefined) continue;
    const { openedAt, closesAt } = decision;
    if (row.toldAt === null) await tell(tx, actor, summit, decision, 'told');
    else if (
      row.remindedAt === null &&
      actor.now.epochMilliseconds >= remindFrom(openedAt, closesAt).epochMilliseconds
    ) {
      await tell(tx, actor, summit, decision, 'reminded');
    }
  }
}

/** Words of a decision that a mail begins with. */
const LONGEST_QUOTE = 1500;

async function tell(
  tx: Tx,
  actor: Actor,
  summit: NamedSummit,
  decision: Decision,
  what: 'told' | 'reminded',
): Promise<void> {
  const { number, title, closesAt, document } = decision;
  if (document === undefined) return;
  const place = { summitId: summit.id, number };
  const wereThere = await peopleByHandle(tx, document.deciders);
  const knows = new Set([...wereThere.values()].map(({ personId }) => personId));
  const objections = await objectionsIn(tx, place);
  if (what === 'reminded') for (const { personId } of objections) knows.add(personId);
  const words = withoutStateLine(document.text);
  const quote = words.length > LONGEST_QUOTE ? `${words.slice(0, LONGEST_QUOTE)}…` : words;
  for (const { id: personId, zone } of await whoComes(tx, summit.id)) {
    if (knows.has(personId)) continue;
    const until = formatInstant(closesAt, expectZone(zone ?? summit.definition.zone));
    await notify(tx, actor, {
      summitId: summit.id,
      personId,
      key: `decision-${what}:${summit.id}:${number}:${decision.openedAt.epochMilliseconds}:${personId}`,
      subject:
        what === 'told'
          ? `Decided, provisionally: ${title}`
          : `Still open until ${until}: ${title}`,
      body: [
        what === 'told'
          ? `This was decided without you (${summit.definition.title}${document.where === '' ? '' : `; ${document.where}`}):`
          : `What was decided without you (${summit.definition.title}) is ratified soon, unless somebody objects:`,
        '',
        title,
        '',
        quote,
        '',
        `It is provisional until ${until}. Until then you can object, with a reason, on the page below. If nothing stands against it then, it is ratified.`,
      ].join('\n'),
      page: `/s/${summit.slug}/plan/decisions/${number}`,
    });
  }
  await tx
    .updateTable('planDecision')
    .set(what === 'told' ? { toldAt: actor.now } : { remindedAt: actor.now })
    .where('summitId', '=', summit.id)
    .where('number', '=', number)
    .execute();
}

async function whoComes(
  tx: Tx,
  summitId: string,
): Promise<readonly { readonly id: string; readonly zone: string | null }[]> {
  const { rows } = await sql<{ id: string; zone: string | null }>`
    select id, zone from person
    where erased_at is null and id in ${coming(summitId)} order by id`.execute(tx);
  return rows;
}

/** Tells whoever objected that they were answered, or that the text was written anew. */
export async function tellObjectors(
  tx: Tx,
  actor: Actor,
  summit: NamedSummit,
  number: number,
): Promise<void> {
  const place = { summitId: summit.id, number };
  const decision = await decisionAt(tx, place);
  if (decision?.state !== 'provisional') return;
  for (const objection of await objectionsIn(tx, place)) {
    const { id, personId, answer, answeredAt, answeredByName } = objection;
    if (objectionStanding(objection) !== 'answered' || answeredAt === null) continue;
    await notify(tx, actor, {
      summitId: summit.id,
      personId,
      key: `objection-answered:${id}:${answeredAt.epochMilliseconds}`,
      subject: `Your objection was answered: ${decision.title}`,
      body: [
        answer === ''
          ? `The decision that you objected to was written anew (${summit.definition.title}).`
          : `${answeredByName ?? 'Somebody'} answered your objection (${summit.definition.title}):`,
        ...(answer === '' ? [] : ['', answer]),
        '',
        'It no longer counts against the decision. If it stands all the same, press “It stands all the same” on the page below while the window is open.',
      ].join('\n'),
      page: `/s/${summit.slug}/plan/decisions/${number}`,
    });
  }
}

/** Tells who was there and who objected that a decision was reopened and does not hold. */
export async function tellReopened(
  tx: Tx,
  actor: Actor,
  summit: NamedSummit,
  {
    number,
    event,
    by,
  }: { readonly number: number; readonly event: string; readonly by: string | null },
): Promise<void> {
  const place = { summitId: summit.id, number };
  const decision = await decisionAt(tx, place);
  if (decision?.document === undefined) return;
  const wereThere = await peopleByHandle(tx, decision.document.deciders);
  const people = new Set([...wereThere.values()].map(({ personId }) => personId));
  for (const { personId } of await objectionsIn(tx, place)) people.add(personId);
  for (const personId of people) {
    if (personId === by) continue;
    await notify(tx, actor, {
      summitId: summit.id,
      personId,
      key: `decision-reopened:${event}:${personId}`,
      subject: `Reopened: ${decision.title}`,
      body: `This decision is reopened (${summit.definition.title}), so it does not hold until it is decided anew. The page below says why. Whoever was there can write it anew; it is then provisional for a whole window.`,
      page: `/s/${summit.slug}/plan/decisions/${number}`,
    });
  }
}
