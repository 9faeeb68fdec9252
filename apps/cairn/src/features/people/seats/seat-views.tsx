import type { Problem } from '@cairn/kernel/problem';
import type { ZoneName } from '@cairn/kernel/time';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { Select } from '../../../design/controls.tsx';
import { ErrorSummary, Form, fieldId } from '../../../design/form.tsx';
import { Mark } from '../../../design/mark.tsx';
import { Meter } from '../../../design/progress.tsx';
import { DayOf, When } from '../../../design/prose.tsx';
import { Pager, Table } from '../../../design/table.tsx';
import type { Typed } from '../../../platform/http/form.ts';
import type { Summit } from '../../summits/queries.ts';
import { SEAT_KINDS, type SeatKind } from '../invitations/invitation-rules.ts';
import type { SeatRow, WaitingRow } from './seat-queries.ts';
import { freeSeats, ifEveryOfferIsAccepted, type SeatCount } from './seat-rules.ts';

/** The kinds of seats as organisers read them. */
export const SEAT_KIND_LABELS: Record<SeatKind, string> = {
  funded: 'funded',
  self_funded: 'self-funded',
  sponsored: 'sponsored',
  host: 'host',
};

/** Seats taken and, always, what becomes of them if every open invitation and offer is accepted. */
const SeatMeter = ({ count }: { count: SeatCount }) => (
  <Meter
    unit="seats taken"
    value={count.taken.length}
    cap={count.cap}
    outlook={{
      value: ifEveryOfferIsAccepted(count),
      when: 'if every open offer is accepted',
    }}
  />
);

/** One page of a list, and how many there are. */
export interface ListPage<Row> {
  readonly rows: readonly Row[];
  readonly count: number;
  readonly page: number;
  readonly pages: number;
}

export interface SeatsPageProps {
  readonly summit: Summit;
  readonly zone: ZoneName;
  readonly count: SeatCount;
  readonly seats: ListPage<SeatRow>;
  readonly waiting: ListPage<WaitingRow>;
  /** Why no line can carry somebody who waits, by person. */
  readonly uncarried: ReadonlyMap<string, string>;
  /** People known to the summit who neither sit nor wait. */
  readonly others: readonly { readonly personId: string; readonly name: string }[];
  readonly problems?: readonly Problem[] | undefined;
  /** The form that was refused: its reason stays in the row of its person. */
  readonly typed?: Typed | undefined;
}

interface WaitingFormProps {
  readonly action: string;
  readonly row: WaitingRow;
}

function ReasonForm({
  action,
  row: { personId, name, reason },
  typed,
}: WaitingFormProps & { readonly typed: Typed | undefined }) {
  const refused = typed?.['person'] === personId ? typed['reason'] : undefined;
  return (
    <form class="inline" action={action} method="post">
      <input type="hidden" name="person" value={personId} />
      <input
        class="short"
        name="reason"
        id={refused === undefined ? undefined : fieldId('reason')}
        value={refused === undefined ? reason : String(refused)}
        aria-label={`Why ${name} stands here`}
        aria-invalid={refused === undefined ? undefined : 'true'}
      />
      <SubmitButton weight="plain" name="action" value="reason">
        Save<span class="unseen"> the reason for {name}</span>
      </SubmitButton>
    </form>
  );
}

/** Moving one person on the list; each button says whom it moves. */
function PlaceForm({
  action,
  row: { personId, name, offerExpiresAt },
  mayOffer,
  isCarried,
}: WaitingFormProps & { readonly mayOffer: boolean; readonly isCarried: boolean }) {
  return (
    <form class="inline" action={action} method="post">
      <input type="hidden" name="person" value={personId} />
      <SubmitButton weight="plain" name="action" value="up">
        Up<span class="unseen">: {name}</span>
      </SubmitButton>
      <SubmitButton weight="plain" name="action" value="down">
        Down<span class="unseen">: {name}</span>
      </SubmitButton>
      {offerExpiresAt === null && mayOffer && (
        <SubmitButton weight="plain" name="action" value={isCarried ? 'offer' : 'offer_uncarried'}>
          {isCarried ? 'Offer a seat' : 'Offer all the same'}
          <span class="unseen"> to {name}</span>
        </SubmitButton>
      )}
      <a href={`${action}/${personId}/release`}>
        Remove<span class="unseen"> {name}</span>
      </a>
    </form>
  );
}

/** That nobody is offered a seat, and why they are passed over where money is the reason. */
const NoOffer = ({ why }: { why: string | undefined }) =>
  why === undefined ? (
    <>none open</>
  ) : (
    <Mark shape="triangle" tone="warn">
      passed over: {why}
    </Mark>
  );

/** The organisers' page of seats and the waiting list. */
export function SeatsPage({
  summit,
  zone,
  count,
  seats,
  waiting,
  uncarried,
  others,
  problems = [],
  typed,
}: SeatsPageProps) {
  const action = `/s/${summit.slug}/organise/seats`;
  const free = freeSeats(count);
  return (
    <>
      <ErrorSummary problems={problems} />
      <SeatMeter count={count} />
      <p>
        {free} free, {count.openOffers} held by open offers, {count.openInvitations} invited and not
        yet answered, {waiting.count} on the waiting list. The cap of {count.cap} holds whatever
        happens; it is <a href={`/s/${summit.slug}/organise/definition`}>part of the definition</a>.
      </p>
      <h2>Waiting list</h2>
      <p>
        A free seat is offered by itself to the first who can come at that notice, for{' '}
        {summit.definition.invitations.offer_within_days} days, and then to the next. Who would come
        on a funded seat that no line can carry is passed over until there is money.
      </p>
      <Table
        caption="Waiting list, in your order"
        rows={waiting.rows}
        rowKey={({ personId }) => personId}
        empty="Nobody waits."
        wide
        columns={[
          { head: 'Name', cell: ({ name }) => name },
          {
            head: 'Waits',
            cell: ({ seatKind, joinedAt, noticeDays }) => (
              <>
                since <DayOf instant={joinedAt} zone={zone} />, {SEAT_KIND_LABELS[seatKind]},{' '}
                {noticeDays === null ? 'notice not said' : `needs ${noticeDays} days’ notice`}
              </>
            ),
          },
          {
            head: 'Offer',
            cell: ({ personId, offerExpiresAt }) =>
              offerExpiresAt === null ? (
                <NoOffer why={uncarried.get(personId)} />
              ) : (
                <>
                  open until <When instant={offerExpiresAt} zone={zone} />
                </>
              ),
          },
          {
            head: 'Why here',
            cell: (row) => <ReasonForm action={action} row={row} typed={typed} />,
          },
          {
            head: 'Change',
            cell: (row) => (
              <PlaceForm
                action={action}
                row={row}
                mayOffer={free > 0}
                isCarried={!uncarried.has(row.personId)}
              />
            ),
          },
        ]}
      />
      <Pager
        label="waiting list"
        page={waiting.page}
        pages={waiting.pages}
        href={(page) => `${action}?seats=${seats.page}&waiting=${page}`}
      />
      <h2>Seats</h2>
      <Table
        caption="Seats taken"
        rows={seats.rows}
        rowKey={({ personId }) => personId}
        empty="No seat is taken yet."
        columns={[
          { head: 'Seat', cell: ({ number }) => number, kind: 'number' },
          {
            head: 'Name',
            namesRow: true,
            cell: ({ personId, name }) => (
              <a href={`/s/${summit.slug}/organise/people/${personId}`}>{name}</a>
            ),
          },
          { head: 'Kind', cell: ({ kind }) => SEAT_KIND_LABELS[kind] },
          {
            head: 'Since',
            cell: ({ takenAt }) => <DayOf instant={takenAt} zone={zone} />,
            kind: 'date',
          },
          {
            head: 'Change',
            cell: ({ personId, name, number }) => (
              <a href={`${action}/${personId}/release`}>
                Free seat {number}
                <span class="unseen"> of {name}</span>
              </a>
            ),
          },
        ]}
      />
      <Pager
        label="seats"
        page={seats.page}
        pages={seats.pages}
        href={(page) => `${action}?seats=${page}&waiting=${waiting.page}`}
      />
      {others.length > 0 && (
        <>
          <h2>Give a seat by hand</h2>
          <Form action={action} label="Give a seat by hand">
            <Select
              name="person"
              label="Person"
              hint="For hosts, and for those who said yes by other means; without a free seat they join the waiting list."
              empty="Choose"
              options={others.map(({ personId, name }) => ({ value: personId, label: name }))}
            />
            <Select
              name="seat_kind"
              label="Kind of seat"
              value="host"
              options={SEAT_KINDS.map((kind) => ({ value: kind, label: SEAT_KIND_LABELS[kind] }))}
            />
            <Actions>
              <SubmitButton name="action" value="seat">
                Give the seat
              </SubmitButton>
            </Actions>
          </Form>
        </>
      )}
    </>
  );
}
