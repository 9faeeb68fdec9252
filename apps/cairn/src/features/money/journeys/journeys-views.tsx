import { expectOk } from '@cairn/kernel/result';
import { parseDate, type ZoneName } from '@cairn/kernel/time';
import { counted, listed } from '@cairn/kernel/words';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { HiddenField, NumberField } from '../../../design/controls.tsx';
import { EmptyState } from '../../../design/empty.tsx';
import { Form } from '../../../design/form.tsx';
import { Menu } from '../../../design/layout.tsx';
import { Day } from '../../../design/prose.tsx';
import { Table } from '../../../design/table.tsx';
import type { Direction, Leg } from './journey-rules.ts';
import type { Ride, Rider } from './ride-rules.ts';

/** Somebody at an airport or station near the summit. */
export interface Passing extends Rider {
  readonly name: string;
  readonly leg: Leg;
}

interface JourneysPageProps {
  /** `/s/<summit>/organise/journeys`. */
  readonly home: string;
  readonly zone: ZoneName;
  readonly direction: Direction;
  readonly minutes: number;
  readonly seats: number;
  /** In order of time. */
  readonly passing: readonly Passing[];
  readonly rides: readonly Ride<Passing>[];
  /** Said something of this way, and no time. */
  readonly timeless: readonly string[];
  readonly silent: readonly string[];
}

const WORDS = {
  there: { menu: 'Arrivals', at: 'Lands', from: 'From', ride: 'Rides from where they arrive' },
  back: { menu: 'Departures', at: 'Leaves', from: 'To', ride: 'Rides to where they leave from' },
} as const;

/** Who arrives or leaves when, and who can share a ride. */
export function JourneysPage(props: JourneysPageProps) {
  const { home, zone, direction, minutes, seats, passing, rides, timeless, silent } = props;
  const words = WORDS[direction];
  return (
    <>
      <Menu
        label="Which way"
        items={(['there', 'back'] as const).map((way) => ({
          href: `${home}?direction=${way}&minutes=${minutes}&seats=${seats}`,
          label: WORDS[way].menu,
          current: way === direction,
        }))}
      />
      <p>
        Times are local times, mostly of {zone.replaceAll('_', ' ')}.{' '}
        <a href={`${home}/list.csv?direction=${direction}`}>The list as CSV</a>
      </p>
      {passing.length === 0 && <EmptyState>Nobody has said a time yet.</EmptyState>}
      {[...Map.groupBy(passing, ({ at }) => at.slice(0, 10))].map(([date, ofDay]) => (
        <section key={date}>
          <h2>
            <Day date={expectOk(parseDate(date))} />
          </h2>
          <Table
            id={`day-${date}`}
            caption={words.menu}
            wide
            note={counted(ofDay.length, 'person', 'people')}
            columns={[
              { head: words.at, cell: ({ at }: Passing) => at.slice(11), kind: 'date' },
              { head: 'Person', cell: ({ name }) => name, namesRow: true },
              { head: 'Where', cell: ({ place }) => place },
              {
                head: words.from,
                cell: ({ leg }) => (direction === 'there' ? leg.fromPlace : leg.toPlace),
              },
              { head: 'With', cell: ({ leg }) => [leg.carrier, leg.number].join(' ').trim() },
              { head: 'Ride', cell: ({ leg }) => (leg.wantsRide ? 'would share' : '') },
              { head: 'Note', cell: ({ leg }) => leg.note },
            ]}
            rows={ofDay}
            rowKey={({ personId }) => personId}
            empty="Nobody."
          />
        </section>
      ))}
      <h2>{words.ride}</h2>
      <Form action={home} method="get" label="Rides">
        <HiddenField name="direction" value={direction} />
        <div class="pair">
          <NumberField name="minutes" label="Minutes that somebody waits" value={String(minutes)} />
          <NumberField name="seats" label="Seats in a ride" value={String(seats)} />
        </div>
        <Actions>
          <SubmitButton weight="ordinary">Show these rides</SubmitButton>
        </Actions>
      </Form>
      {rides.length === 0 ? (
        <p>Nobody said that they would share one.</p>
      ) : (
        <>
          <p>
            {counted(rides.length, 'ride')}, the fewest there can be with these waits and seats.
          </p>
          <ol>
            {rides.map((ride) => (
              <li key={`${ride.place} ${ride.from} ${ride.riders[0]?.personId}`}>
                <Day date={expectOk(parseDate(ride.from.slice(0, 10)))} />, {ride.place},{' '}
                {ride.from.slice(11)}
                {ride.until !== ride.from && ` to ${ride.until.slice(11)}`}:{' '}
                {listed(ride.riders.map(({ name }) => name))}
              </li>
            ))}
          </ol>
        </>
      )}
      {timeless.length > 0 && <p>Without a time: {timeless.join(', ')}.</p>}
      {silent.length > 0 && (
        <p>
          {counted(silent.length, 'person has', 'people have')} not said how they{' '}
          {direction === 'there' ? 'come' : 'leave'}: {silent.join(', ')}.
        </p>
      )}
    </>
  );
}
