import { ok } from '@cairn/kernel/result';
import { Hono } from 'hono';
import { Confirm } from '../../../design/actions.tsx';
import { HiddenField } from '../../../design/controls.tsx';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { parseForm, type RefusedForm } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { waitingWhys } from '../../money/seat-cost/carry-queries.ts';
import { type OrganiserEnv, organisersOnly, withSummit } from '../../summits/access.ts';
import { readerZone, showPage } from '../../summits/page.tsx';
import { freeSeatByHand, seatByHand } from './seat-commands.ts';
import { seatCount, seatRows, unseatedRows, waitingRows } from './seat-queries.ts';
import { seatForm } from './seat-schema.ts';
import { type ListPage, SeatsPage } from './seat-views.tsx';
import { arrangeWaiting, offerByHand } from './waiting-commands.ts';

type OrganiserContext = AppContext<OrganiserEnv['Variables']>;

/** As many rows as anybody reads at once. */
const PER_PAGE = 100;

/** One page of a list, by the number in the address; beyond the last page stands the last. */
function pageOf<Row>(rows: readonly Row[], asked: string | undefined): ListPage<Row> {
  const pages = Math.max(1, Math.ceil(rows.length / PER_PAGE));
  const page = Math.min(pages, Math.max(1, Math.trunc(Number(asked)) || 1));
  return {
    rows: rows.slice((page - 1) * PER_PAGE, page * PER_PAGE),
    count: rows.length,
    page,
    pages,
  };
}

async function showSeats(c: OrganiserContext, refused?: RefusedForm): Promise<Response> {
  const { summit, organiser, services } = c.var;
  const waiting = pageOf(await waitingRows(services.db, organiser), c.req.query('waiting'));
  return showPage(
    c,
    { title: 'Seats', status: refused === undefined ? 200 : 422 },
    <SeatsPage
      summit={summit}
      zone={readerZone(c, summit)}
      count={await seatCount(services.db, summit.id)}
      seats={pageOf(await seatRows(services.db, organiser), c.req.query('seats'))}
      waiting={waiting}
      uncarried={await waitingWhys(services.db, organiser, summit, waiting.rows)}
      others={await unseatedRows(services.db, organiser)}
      problems={refused?.problems}
      typed={refused?.typed}
    />,
  );
}

const DONE = {
  seat: 'Done.',
  release: 'Done; what became free is offered to the next who waits.',
  offer: 'The seat is offered.',
  offer_uncarried: 'The seat is offered, though no line can carry it.',
  up: 'Moved up.',
  down: 'Moved down.',
  reason: 'Saved.',
} as const;

/** `/s/<summit>/organise/seats`: who sits, who waits, and what the organisers change by hand. */
export function seatRoutes(): Hono<OrganiserEnv> {
  const routes = new Hono<OrganiserEnv>();
  const address = '/s/:summit/organise/seats';
  routes.use(address, withSummit, organisersOnly);
  routes.use(`${address}/:person/release`, withSummit, organisersOnly);

  routes.get(address, (c) => showSeats(c));

  routes.get(`${address}/:person/release`, async (c) => {
    const { summit, organiser, services } = c.var;
    const person = c.req.param('person');
    const isPerson = ({ personId }: { readonly personId: string }): boolean => personId === person;
    const seat = (await seatRows(services.db, organiser)).find(isPerson);
    const place = (await waitingRows(services.db, organiser)).find(isPerson);
    const held = seat ?? place;
    if (held === undefined) return c.notFound();
    const back = `/s/${summit.slug}/organise/seats`;
    const { name } = held;
    return showPage(
      c,
      { title: seat === undefined ? `Take ${name} off the list` : `Free the seat of ${name}` },
      <Confirm
        action={back}
        back={back}
        verb={seat === undefined ? `Take ${name} off the list` : `Free seat ${seat.number}`}
        consequences={
          <p>
            {seat === undefined
              ? `${name} loses the place on the waiting list, and an open offer with it.`
              : `${name} loses seat ${seat.number}; it is offered at once to the next on the waiting list and cannot be taken back from them.`}{' '}
            {name} is not told by Cairn: please write to them.
          </p>
        }
      >
        <HiddenField name="person" value={held.personId} />
        <HiddenField name="action" value="release" />
      </Confirm>,
    );
  });

  routes.post(address, async (c) => {
    const { summit, organiser, services } = c.var;
    const form = await parseForm(c, seatForm);
    if (!form.ok) return showSeats(c, form.error);
    const given = form.value;
    const actor = webActor(c);
    const changed = await inTransaction<unknown>(services.db, async (tx) => {
      switch (given.action) {
        case 'seat':
          return seatByHand(tx, actor, organiser, given.person, given.seat_kind);
        case 'release':
          return freeSeatByHand(tx, actor, organiser, given.person);
        case 'offer':
          return offerByHand(tx, actor, organiser, given.person);
        case 'offer_uncarried':
          return offerByHand(tx, actor, organiser, given.person, { evenUncarried: true });
        case 'up':
        case 'down':
          return arrangeWaiting(tx, actor, organiser, given.person, { move: given.action });
        case 'reason':
          return arrangeWaiting(tx, actor, organiser, given.person, { reason: given.reason });
        default:
          return ok(given satisfies never);
      }
    });
    if (!changed.ok) return showSeats(c, { typed: {}, problems: [changed.error] });
    return seeOther(c, `/s/${summit.slug}/organise/seats`, DONE[given.action]);
  });

  return routes;
}
