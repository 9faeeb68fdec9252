import { Hono } from 'hono';
import { Confirm } from '../../../design/actions.tsx';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import {
  formProblems,
  type RefusedForm,
  readTyped,
  typedList,
  typedText,
} from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { UUID } from '../../../platform/http/route-pattern.ts';
import { showMoneyPage } from '../../money/page.tsx';
import { type OrganiserEnv, organisersOnly, withSummit } from '../../summits/access.ts';
import { restaurantForm } from './meal-schema.ts';
import { addRestaurant, changeRestaurant, removeRestaurant } from './restaurant-commands.ts';
import { RestaurantForm, RestaurantList, restaurantAsTyped } from './restaurant-views.tsx';
import { type Restaurant, restaurantsOf } from './table-queries.ts';

type Context = AppContext<OrganiserEnv['Variables']>;

/** `/s/<summit>/organise/meals/restaurants`: those nearby; `…/<id>`: one of them; `…/<id>/remove`. */
export function restaurantRoutes(): Hono<OrganiserEnv> {
  const routes = new Hono<OrganiserEnv>();
  const list = '/s/:summit/organise/meals/restaurants';
  const one = `${list}/:id{${UUID}}`;
  for (const address of [list, one, `${one}/remove`]) {
    routes.use(address, withSummit, organisersOnly);
  }

  routes.get(list, (c) => showList(c));

  routes.post(list, async (c) => {
    const { typed } = await readTyped(c);
    const parsed = restaurantForm.safeParse(typed);
    if (!parsed.success) return showList(c, { typed, problems: formProblems(parsed.error) });
    const added = await inTransaction(c.var.services.db, (tx) =>
      addRestaurant(tx, webActor(c), c.var.organiser, parsed.data),
    );
    if (!added.ok) return showList(c, { typed, problems: [added.error] });
    return seeOther(c, homeOf(c), `${parsed.data.name} is in the list.`);
  });

  routes.get(one, async (c) => {
    const found = await restaurantIn(c);
    return found === undefined ? c.notFound() : showOne(c, found);
  });

  routes.post(one, async (c) => {
    const found = await restaurantIn(c);
    if (found === undefined) return c.notFound();
    const { typed } = await readTyped(c);
    const parsed = restaurantForm.safeParse(typed);
    if (!parsed.success) return showOne(c, found, { typed, problems: formProblems(parsed.error) });
    const changed = await inTransaction(c.var.services.db, (tx) =>
      changeRestaurant(tx, webActor(c), c.var.organiser, { id: found.id, ...parsed.data }),
    );
    if (!changed.ok) return showOne(c, found, { typed, problems: [changed.error] });
    return seeOther(c, homeOf(c), 'Saved. Propose tables again where it counts.');
  });

  routes.get(`${one}/remove`, async (c) => {
    const found = await restaurantIn(c);
    if (found === undefined) return c.notFound();
    return showMoneyPage(
      c,
      { title: `Remove ${found.name}` },
      <Confirm
        action={c.req.path}
        back={`${homeOf(c)}/${found.id}`}
        verb={`Remove ${found.name}`}
        consequences={<p>Nobody is sent there any more. Tables that are there already keep it.</p>}
      />,
    );
  });

  routes.post(`${one}/remove`, async (c) => {
    const found = await restaurantIn(c);
    if (found === undefined) return c.notFound();
    await inTransaction(c.var.services.db, (tx) =>
      removeRestaurant(tx, webActor(c), c.var.organiser, found.id),
    );
    return seeOther(c, homeOf(c), `${found.name} is not in the list any more.`);
  });

  return routes;
}

const homeOf = (c: Context): string => `/s/${c.var.summit.slug}/organise/meals/restaurants`;

async function restaurantIn(c: Context): Promise<Restaurant | undefined> {
  const all = await restaurantsOf(c.var.services.db, c.var.summit.id);
  return all.find(({ id }) => id === c.req.param('id'));
}

const asTyped = ({ typed, problems }: RefusedForm) => ({
  text: (name: string) => typedText(typed, name),
  list: (name: string) => typedList(typed, name),
  problems,
});

async function showList(c: Context, refused?: RefusedForm): Promise<Response> {
  const restaurants = await restaurantsOf(c.var.services.db, c.var.summit.id);
  const fresh = { text: (name: string) => (name === 'is_accessible' ? 'yes' : ''), list: () => [] };
  return showMoneyPage(
    c,
    {
      title: 'Restaurants nearby',
      lede: 'Where people can eat together; tables are proposed from this list.',
      status: refused === undefined ? 200 : 422,
    },
    <>
      <p>
        <a href={`/s/${c.var.summit.slug}/organise/meals`}>All meals</a>
      </p>
      <RestaurantList home={homeOf(c)} restaurants={restaurants} />
      <h2>Add one</h2>
      <RestaurantForm
        action={homeOf(c)}
        verb="Add this restaurant"
        {...(refused === undefined ? { ...fresh, problems: [] } : asTyped(refused))}
      />
    </>,
  );
}

function showOne(c: Context, found: Restaurant, refused?: RefusedForm) {
  const page = `${homeOf(c)}/${found.id}`;
  return showMoneyPage(
    c,
    { title: found.name, status: refused === undefined ? 200 : 422 },
    <>
      <RestaurantForm
        action={page}
        verb="Save"
        {...(refused === undefined
          ? { ...restaurantAsTyped(found), problems: [] }
          : asTyped(refused))}
      />
      <p>
        <a href={homeOf(c)}>All restaurants</a> · <a href={`${page}/remove`}>Remove it</a>
      </p>
    </>,
  );
}
