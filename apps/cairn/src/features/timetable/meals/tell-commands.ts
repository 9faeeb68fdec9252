import { expectOk } from '@cairn/kernel/result';
import { formatDate, parseDate } from '@cairn/kernel/time';
import type { Actor } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { notify } from '../../people/invitations/notify-commands.ts';
import { summitById } from '../../summits/queries.ts';
import { tableMail } from './mail-rules.ts';
import type { MealPlan } from './meal-queries.ts';
import { seatsOf, tableName, tablesOf } from './table-queries.ts';

/** Tells those of these people whose place at a meal is another than they were told. Says how many. */
export async function tellTables(
  tx: Tx,
  actor: Actor,
  summitId: string,
  plan: MealPlan,
  people: readonly string[],
): Promise<number> {
  const { slug, definition } = await summitById(tx, summitId);
  const tables = new Map((await tablesOf(tx, [plan.id])).map((table) => [table.id, table]));
  const among = new Set(people);
  let count = 0;
  for (const { personId, name, tableId, told } of await seatsOf(tx, [plan.id])) {
    const table = tables.get(tableId ?? '');
    if (!among.has(personId) || table === undefined) continue;
    const place = tableName(table);
    if (place === told) continue;
    await tx
      .updateTable('mealSeat')
      .set({ told: place })
      .where('mealPlanId', '=', plan.id)
      .where('personId', '=', personId)
      .execute();
    if (personId === actor.personId) continue;
    const text = tableMail({
      summit: definition.title,
      name,
      meal: plan.meal,
      day: formatDate(expectOk(parseDate(plan.date))),
      starts: plan.starts,
      place,
      isChanged: told !== '',
    });
    const key = `meal:${plan.id}:${personId}:${actor.now.epochMilliseconds}`;
    await notify(tx, actor, { summitId, personId, key, ...text, page: `/s/${slug}/meals` });
    count += 1;
  }
  return count;
}
