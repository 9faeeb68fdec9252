import type { Problem } from '@cairn/kernel/problem';
import { expectOk } from '@cairn/kernel/result';
import { expectZone, formatDate, parseDate } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import { Hono } from 'hono';
import { ErrorSummary } from '../../../design/form.tsx';
import { inTransaction } from '../../../platform/db/command.ts';
import { answerCsv } from '../../../platform/http/csv-answer.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import {
  formProblems,
  type RefusedForm,
  readTyped,
  typedList,
  typedText,
} from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { showMoneyPage } from '../../money/page.tsx';
import { type OrganiserEnv, organisersOnly, withSummit } from '../../summits/access.ts';
import { readerZone } from '../../summits/page.tsx';
import { changeMeal } from './change-routes.ts';
import { type MealFacts, mealFacts, numbersAt } from './fact-queries.ts';
import { type MealOfWeek, mealAt, mealsOf } from './meal-queries.ts';
import { KIND_WORDS, timeOf } from './meal-rules.ts';
import { mealForm, mealOfAddress } from './meal-schema.ts';
import { MealNumbers, OrderPart, PlanPart, type RefusedPart } from './meal-views.tsx';
import { type Order, orderChanges, portionWords } from './order-rules.ts';
import { MEAL_NAMES, type MealGlance, MealsOverview } from './overview-views.tsx';
import { beginPlans } from './plan-commands.ts';
import { shownTables } from './shown-queries.ts';
import { restaurantsOf } from './table-queries.ts';
import { TablesPart } from './table-views.tsx';

export type OrganiserContext = AppContext<OrganiserEnv['Variables']>;

/** `Lunch on Mon 22 May 2023`. */
export const mealTitle = ({ date, meal }: Pick<MealOfWeek, 'date' | 'meal'>): string =>
  `${MEAL_NAMES[meal]} on ${formatDate(expectOk(parseDate(date)))}`;

export const mealsHome = (c: OrganiserContext): string => `/s/${c.var.summit.slug}/organise/meals`;

/** `/s/<summit>/organise/meals`: the week; `…/<day>/<meal>`: one meal, its order and its tables. */
export function mealRoutes(): Hono<OrganiserEnv> {
  const routes = new Hono<OrganiserEnv>();
  const home = '/s/:summit/organise/meals';
  const one = `${home}/:date{[0-9]{4}-[0-9]{2}-[0-9]{2}}/:meal`;
  for (const address of [home, `${home}/week.csv`, one]) {
    routes.use(address, withSummit, organisersOnly);
  }

  routes.get(home, (c) => showWeek(c));

  routes.post(home, async (c) => {
    const { typed } = await readTyped(c);
    if (typedText(typed, 'do') === 'begin') {
      const begun = await inTransaction(c.var.services.db, (tx) =>
        beginPlans(tx, webActor(c), c.var.organiser),
      );
      if (!begun.ok) return showWeek(c, { typed, problems: [begun.error] });
      return seeOther(c, mealsHome(c), `${counted(begun.value, 'meal')} planned.`);
    }
    const parsed = mealForm.safeParse(typed);
    if (!parsed.success) return showWeek(c, { typed, problems: formProblems(parsed.error) });
    return c.redirect(`${mealsHome(c)}/${parsed.data.date}/${parsed.data.meal}`, 303);
  });

  routes.get(`${home}/week.csv`, async (c) => {
    const { meals, facts } = await weekOf(c);
    const rows = meals.flatMap((meal) => {
      const { order } = numbersAt(facts, meal);
      const how = meal.plan === undefined ? '' : KIND_WORDS[meal.plan.kind];
      return Object.entries(order.portions).map(([key, count]) => [
        meal.date,
        meal.meal,
        meal.time.starts,
        how,
        portionWords(key),
        count,
      ]);
    });
    return answerCsv(
      c,
      `${c.var.summit.slug}-meals.csv`,
      ['day', 'meal', 'begins', 'how', 'kind', 'portions'],
      rows,
    );
  });

  routes.get(one, async (c) => {
    const meal = await mealIn(c);
    return meal === undefined ? c.notFound() : showMeal(c, meal);
  });

  routes.post(one, async (c) => {
    const meal = await mealIn(c);
    if (meal === undefined) return c.notFound();
    const { typed } = await readTyped(c);
    const part = typedText(typed, 'do');
    const done = await changeMeal(c, meal, part, typed);
    if (done.ok) return seeOther(c, c.req.path, done.value);
    return showMeal(c, (await mealIn(c)) ?? meal, {
      part,
      text: (name) => typedText(typed, name),
      list: (name) => typedList(typed, name),
      problems: done.error,
    });
  });

  return routes;
}

/** The meal of the address: planned, in the timetable, or one that could be planned. */
export async function mealIn(c: OrganiserContext): Promise<MealOfWeek | undefined> {
  const id = mealOfAddress(c.req.param('date') ?? '', c.req.param('meal') ?? '');
  if (id === undefined) return undefined;
  const found = await mealAt(c.var.services.db, c.var.summit.id, id);
  if (found !== undefined) return found;
  const { arrival, departure } = c.var.summit.definition.dates;
  if (id.date < arrival || id.date > departure) return undefined;
  return { ...id, time: timeOf(id.date, id.meal), plan: undefined, block: undefined };
}

async function weekOf(c: OrganiserContext) {
  const { db } = c.var.services;
  const meals = await mealsOf(db, c.var.summit.id);
  return { meals, facts: await mealFacts(db, c.var.organiser, meals) };
}

/** Now as a local time of the summit, as orders name it. */
const wallNow = (c: OrganiserContext): string =>
  c.var.services.clock
    .now()
    .toZonedDateTimeISO(expectZone(c.var.summit.definition.zone))
    .toPlainDateTime()
    .toString()
    .slice(0, 16);

function glanceOf(meal: MealOfWeek, facts: MealFacts, now: string): MealGlance {
  const { plan, date, time } = meal;
  const { eat, unsure, order } = numbersAt(facts, meal);
  const tables = facts.seats.some((seat) => seat.mealPlanId === plan?.id && seat.tableId !== null);
  const amiss =
    plan?.ordered != null && orderChanges(plan.ordered, order).length > 0
      ? 'not as ordered'
      : plan?.orderBy != null && plan.ordered === null && plan.orderBy < now && plan.kind !== 'own'
        ? 'not ordered, and late'
        : tables && plan?.setAt === null
          ? 'tables are not told'
          : undefined;
  return {
    ...{ date, meal: meal.meal, starts: time.starts, kind: plan?.kind, eat: eat.length, unsure },
    isProvided: plan?.isProvided ?? meal.block?.isProvided ?? false,
    amiss,
  };
}

async function showWeek(c: OrganiserContext, refused?: RefusedForm): Promise<Response> {
  const { meals, facts } = await weekOf(c);
  const now = wallNow(c);
  const days = [...new Set(meals.map(({ date }) => date))].map((date) => expectOk(parseDate(date)));
  return showMoneyPage(
    c,
    {
      title: 'Meals',
      lede: 'Who eats when, what is ordered for them, and with whom they sit.',
      zone: expectZone(c.var.summit.definition.zone),
      status: refused === undefined ? 200 : 422,
    },
    <MealsOverview
      home={mealsHome(c)}
      zone={expectZone(c.var.summit.definition.zone)}
      days={days}
      meals={meals.map((meal) => glanceOf(meal, facts, now))}
      toBegin={meals.filter(({ plan }) => plan === undefined).length}
      restaurants={(await restaurantsOf(c.var.services.db, c.var.summit.id)).length}
      typed={(name) => (refused === undefined ? '' : typedText(refused.typed, name))}
      problems={refused?.problems ?? []}
    />,
  );
}

/** The forms that the page of a meal has just now; what others were refused for is told on top. */
function partsShown(meal: MealOfWeek, order: Order, tables: number): readonly string[] {
  const { plan } = meal;
  if (plan === undefined || plan.kind === 'own') return ['plan'];
  const isToOrder =
    plan.orderedAt === null ||
    (plan.ordered !== null && orderChanges(plan.ordered, order).length > 0);
  return [
    ...['plan', 'propose'],
    ...(isToOrder ? ['order'] : []),
    ...(tables > 0 ? ['move'] : []),
    ...(tables > 0 && plan.setAt === null ? ['set'] : []),
  ];
}

async function showMeal(
  c: OrganiserContext,
  meal: MealOfWeek,
  refused?: RefusedPart,
): Promise<Response> {
  const { services, summit, organiser } = c.var;
  const facts = await mealFacts(services.db, organiser, [meal]);
  const numbers = numbersAt(facts, meal);
  const shown = await shownTables(services.db, facts, meal);
  const orderBy = meal.plan?.orderBy ?? null;
  const zone = readerZone(c, summit);
  const problems: readonly Problem[] = refused?.problems ?? [];
  const parts = partsShown(meal, numbers.order, shown.tables.length);
  const isTold = refused === undefined || parts.includes(refused.part);
  const page = {
    page: `${mealsHome(c)}/${meal.date}/${meal.meal}`,
    zone: expectZone(summit.definition.zone),
    ...{ meal, numbers, refused },
    isLate: orderBy !== null && orderBy < wallNow(c),
  };
  return showMoneyPage(
    c,
    { title: mealTitle(meal), status: problems.length === 0 ? 200 : 422 },
    <>
      <p>
        <a href={mealsHome(c)}>All meals</a>
      </p>
      {!isTold && <ErrorSummary problems={problems} />}
      <MealNumbers {...page} />
      <OrderPart {...page} readerZone={zone} />
      <TablesPart
        home={mealsHome(c)}
        page={page.page}
        readerZone={zone}
        meal={meal}
        {...shown}
        restaurants={await restaurantsOf(services.db, summit.id)}
        refused={refused}
      />
      <PlanPart {...page} />
    </>,
  );
}
