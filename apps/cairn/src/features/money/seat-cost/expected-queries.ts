import { type Currency, expectCurrency } from '@cairn/kernel/money';
import type { Reader } from '../../../platform/db/database.ts';
import type { Self } from '../../people/rights.ts';
import type { Summit } from '../../summits/queries.ts';
import { providedMeals } from '../../timetable/meals/meal-queries.ts';
import { ownStay } from '../stays/stay-queries.ts';
import { modelledPart, PARTS, type Part, type Range } from './cost-rules.ts';
import { modelOf } from './cost-world.ts';
import { comingOf } from './forecast-rules.ts';

/** What the model expects of somebody, from what they said of their own stay; undefined where there is no model. */
export async function expectedFor(
  db: Reader,
  self: Self,
  summit: Summit,
): Promise<
  { readonly currency: Currency; readonly parts: Readonly<Record<Part, Range>> } | undefined
> {
  const kept = await modelOf(db, summit.id);
  if (kept === undefined) return undefined;
  const [stay, provided] = await Promise.all([ownStay(db, self), providedMeals(db, summit.id)]);
  const coming = comingOf(stay, summit.definition.dates, new Set(provided.keys()));
  return {
    currency: expectCurrency(kept.model.currency),
    parts: Object.fromEntries(
      PARTS.map((part) => [part, modelledPart(kept.model, coming, part)]),
    ) as Record<Part, Range>, // every part
  };
}
