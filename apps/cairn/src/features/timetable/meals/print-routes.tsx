import { Hono } from 'hono';
import { Confirm } from '../../../design/actions.tsx';
import { inTransaction } from '../../../platform/db/command.ts';
import { answerCsv } from '../../../platform/http/csv-answer.ts';
import { webActor } from '../../../platform/http/env.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { showMoneyPage } from '../../money/page.tsx';
import { dietWords } from '../../people/needs/need-rules.ts';
import { type OrganiserEnv, organisersOnly, withSummit } from '../../summits/access.ts';
import { type MealFacts, mealFacts, numbersAt } from './fact-queries.ts';
import type { MealOfWeek } from './meal-queries.ts';
import { mealIn, mealsHome, mealTitle, type OrganiserContext } from './meal-routes.tsx';
import { portionRows } from './order-rules.ts';
import { removePlan } from './plan-commands.ts';
import { OrderSheet, TableSheet } from './print-views.tsx';
import { shownTables } from './shown-queries.ts';

/** Below a meal: `/order` and `/order.csv` for the caterer, `/tables` for the door, `/remove`. */
export function mealPrintRoutes(): Hono<OrganiserEnv> {
  const routes = new Hono<OrganiserEnv>();
  const one = '/s/:summit/organise/meals/:date{[0-9]{4}-[0-9]{2}-[0-9]{2}}/:meal';
  for (const part of ['order', 'order.csv', 'tables', 'remove']) {
    routes.use(`${one}/${part}`, withSummit, organisersOnly);
  }

  routes.get(`${one}/order`, async (c) => {
    const found = await factsIn(c);
    if (found === undefined) return c.notFound();
    const { meal, facts } = found;
    const { title, venue, zone } = c.var.summit.definition;
    const sheet = [
      { term: 'For', value: title },
      { term: 'When', value: `${meal.time.starts} to ${meal.time.ends}, ${zone}` },
      { term: 'Where', value: meal.plan?.place || `${venue.name}, ${venue.city}` },
      ...(meal.plan?.caterer ? [{ term: 'Delivered by', value: meal.plan.caterer }] : []),
    ];
    return showMoneyPage(
      c,
      { title: `Order: ${mealTitle(meal)}` },
      <OrderSheet
        facts={sheet}
        order={numbersAt(facts, meal).order}
        allergies={allergiesAt(facts, meal)}
        page={pageOf(c, meal)}
      />,
    );
  });

  routes.get(`${one}/order.csv`, async (c) => {
    const found = await factsIn(c);
    if (found === undefined) return c.notFound();
    const { meal, facts } = found;
    const rows = [
      ...portionRows(numbersAt(facts, meal).order).map(({ label, count }) => [label, count, '']),
      ...allergiesAt(facts, meal).map(({ label, words }) => [label, null, words]),
    ];
    return answerCsv(
      c,
      `${c.var.summit.slug}-${meal.date}-${meal.meal}.csv`,
      ['kind', 'portions', 'allergy of one of them'],
      rows,
    );
  });

  routes.get(`${one}/tables`, async (c) => {
    const found = await factsIn(c);
    if (found === undefined) return c.notFound();
    const { meal, facts } = found;
    const { tables } = await shownTables(c.var.services.db, facts, meal);
    const used = tables.map(({ people, ...table }) => ({
      ...table,
      people: people.map(({ name }) => name),
    }));
    return showMoneyPage(
      c,
      { title: `Tables: ${mealTitle(meal)}` },
      <TableSheet tables={used} page={pageOf(c, meal)} />,
    );
  });

  routes.get(`${one}/remove`, async (c) => {
    const meal = await mealIn(c);
    if (meal?.plan === undefined) return c.notFound();
    return showMoneyPage(
      c,
      { title: `Remove the plan: ${mealTitle(meal)}` },
      <Confirm
        action={c.req.path}
        back={pageOf(c, meal)}
        verb="Remove this plan"
        consequences={
          <p>
            Its order and its tables are gone with it, and so is who said that they eat elsewhere.
            Where the timetable has this meal, it is as the timetable says.
          </p>
        }
      />,
    );
  });

  routes.post(`${one}/remove`, async (c) => {
    const meal = await mealIn(c);
    if (meal?.plan === undefined) return c.notFound();
    await inTransaction(c.var.services.db, (tx) =>
      removePlan(tx, webActor(c), c.var.organiser, meal),
    );
    return seeOther(c, mealsHome(c), 'The plan is gone.');
  });

  return routes;
}

const pageOf = (c: OrganiserContext, { date, meal }: MealOfWeek): string =>
  `${mealsHome(c)}/${date}/${meal}`;

async function factsIn(c: OrganiserContext) {
  const meal = await mealIn(c);
  if (meal === undefined) return undefined;
  return { meal, facts: await mealFacts(c.var.services.db, c.var.organiser, [meal]) };
}

/** Allergies of those who eat, each with the portion it is about; nobody is named, and the order is no list of names. */
function allergiesAt(facts: MealFacts, meal: MealOfWeek) {
  const eat = new Set(numbersAt(facts, meal).eat);
  return facts.needs
    .filter(({ personId, allergies }) => eat.has(personId) && allergies.trim() !== '')
    .map(({ diets, allergies }) => ({ label: dietWords(diets), words: allergies }))
    .toSorted((one, other) => one.words.localeCompare(other.words));
}
