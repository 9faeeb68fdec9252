import { expectZone } from '@cairn/kernel/time';
import { Hono } from 'hono';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import {
  formProblems,
  type RefusedForm,
  readTyped,
  typedText,
} from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { showMoneyPage } from '../../money/page.tsx';
import { selfIn } from '../../people/rights.ts';
import {
  comersOnly,
  type ParticipantEnv,
  participantsOnly,
  withSummit,
} from '../../summits/access.ts';
import { mealKey } from './meal-rules.ts';
import { ownForm } from './meal-schema.ts';
import { sayMeal } from './own-commands.ts';
import { ownMeals } from './own-queries.ts';
import { OwnMealsPage } from './own-views.tsx';

type Context = AppContext<ParticipantEnv['Variables']>;

/** `/s/<summit>/meals`: where one eats and with whom. */
export function ownMealRoutes(): Hono<ParticipantEnv> {
  const routes = new Hono<ParticipantEnv>();
  const own = '/s/:summit/meals';
  routes.use(own, withSummit, participantsOnly, comersOnly);

  routes.get(own, (c) => showOwn(c));

  routes.post(own, async (c) => {
    const { summit, signedIn, services } = c.var;
    const { typed } = await readTyped(c);
    const parsed = ownForm.safeParse(typed);
    if (!parsed.success) return showOwn(c, { typed, problems: formProblems(parsed.error) });
    const said = await inTransaction(services.db, (tx) =>
      sayMeal(tx, webActor(c), selfIn(summit.id, signedIn), parsed.data),
    );
    if (!said.ok) return showOwn(c, { typed, problems: [said.error] });
    return seeOther(c, c.req.path, 'Saved.');
  });

  return routes;
}

async function showOwn(c: Context, refused?: RefusedForm): Promise<Response> {
  const { summit, signedIn, services } = c.var;
  const meals = await ownMeals(services.db, selfIn(summit.id, signedIn));
  const [date, meal] = [
    typedText(refused?.typed ?? {}, 'date'),
    typedText(refused?.typed ?? {}, 'meal'),
  ];
  const found = meals.find(({ time }) => time.date === date && time.meal === meal)?.time;
  return showMoneyPage(
    c,
    {
      title: 'Meals',
      lede: 'Where you eat, and with whom.',
      zone: expectZone(summit.definition.zone),
      status: refused === undefined ? 200 : 422,
    },
    <OwnMealsPage
      action={`/s/${summit.slug}/meals`}
      zone={expectZone(summit.definition.zone)}
      meals={meals}
      refused={
        refused && {
          key: found === undefined ? '' : mealKey(found.date, found.meal),
          at: typedText(refused.typed, 'at'),
          problems: refused.problems,
        }
      }
    />,
  );
}
