import type { ZoneName } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import {
  Checkbox,
  CheckboxGroup,
  HiddenField,
  NumberField,
  Select,
} from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { Mark } from '../../../design/mark.tsx';
import { When } from '../../../design/prose.tsx';
import { Table } from '../../../design/table.tsx';
import { dietsOf, dietWords } from '../../people/needs/need-rules.ts';
import type { MealOfWeek } from './meal-queries.ts';
import type { RefusedPart } from './meal-views.tsx';
import type { Restaurant } from './table-queries.ts';

/** A table with those who sit there. */
export interface ShownTable {
  readonly id: string;
  /** With its restaurant. */
  readonly name: string;
  readonly seats: number;
  readonly restaurantId: string | null;
  readonly people: readonly {
    readonly id: string;
    readonly name: string;
    readonly isKept: boolean;
    /** Does not eat here any more, as their days or their words have it. */
    readonly isAway: boolean;
    /** Cannot eat what there is, or cannot get there. */
    readonly isAmiss: boolean;
  }[];
}

interface TablesPartProps {
  /** `/s/<summit>/organise/meals`. */
  readonly home: string;
  readonly page: string;
  readonly readerZone: ZoneName;
  readonly meal: MealOfWeek;
  readonly tables: readonly ShownTable[];
  /** Eat here and have no table. */
  readonly without: readonly { readonly id: string; readonly name: string }[];
  readonly elsewhere: readonly { readonly id: string; readonly name: string }[];
  readonly restaurants: readonly Restaurant[];
  /** How many would hear of it. */
  readonly toTell: number;
  readonly refused: RefusedPart | undefined;
}

/** Who sits where at a meal, for organisers. */
export function TablesPart(props: TablesPartProps) {
  const { meal, tables, without, elsewhere, page } = props;
  if (meal.plan === undefined || meal.plan.kind === 'own') return null;
  return (
    <>
      <h2 id="tables">Tables</h2>
      {tables.length > 0 && (
        <>
          <Standing {...props} />
          <Table
            caption="Who sits where"
            note="people of one project apart, others than at earlier meals; kept: put there by hand"
            columns={[
              { head: 'Table', cell: ({ name }: ShownTable) => name },
              { head: 'People', cell: ({ people }) => <People people={people} /> },
              {
                head: 'Seats',
                kind: 'number',
                cell: ({ people, seats }) => `${people.length} of ${seats}`,
              },
            ]}
            rows={tables}
            rowKey={({ id }) => id}
            empty="No tables."
          />
          {without.length > 0 && (
            <p>
              <Mark shape="triangle" tone="warn">
                Without a table: {without.map(({ name }) => name).join(', ')}.
              </Mark>
            </p>
          )}
          {elsewhere.length > 0 && (
            <p>Eat elsewhere, as they said: {elsewhere.map(({ name }) => name).join(', ')}.</p>
          )}
          <ByHand {...props} />
          <p>
            <a href={`${page}/tables`}>Tables to print</a>
          </p>
        </>
      )}
      <Propose {...props} />
    </>
  );
}

function People({ people }: Pick<ShownTable, 'people'>) {
  if (people.length === 0) return <span class="quiet">nobody</span>;
  return (
    <>
      {people.map(({ id, name, isKept, isAway, isAmiss }, index) => (
        <span key={id}>
          {index > 0 && ', '}
          {name}
          {isKept && <span class="quiet small"> (kept)</span>}
          {isAway && <span class="quiet small"> (does not eat here any more)</span>}
          {isAmiss && (
            <>
              {' '}
              <Mark shape="triangle" tone="warn">
                does not suit them
              </Mark>
            </>
          )}
        </span>
      ))}
    </>
  );
}

function Standing({ page, readerZone, meal, toTell, refused }: TablesPartProps) {
  const setAt = meal.plan?.setAt ?? null;
  if (setAt !== null) {
    return (
      <p>
        <Mark shape="tick" tone="good">
          told
        </Mark>{' '}
        since <When instant={setAt} zone={readerZone} />. All who come see their table under Meals;
        whoever is moved hears of it.
      </p>
    );
  }
  return (
    <Form
      action={page}
      label="Set these tables"
      scope="set"
      problems={refused?.part === 'set' ? refused.problems : undefined}
    >
      <HiddenField name="do" value="set" />
      <p>Only organisers see these tables until you set them.</p>
      <Checkbox
        name="tells"
        label={`Tell ${counted(toTell, 'person', 'people')} by mail: those whose table is another than they know of`}
        checked
      />
      <Actions>
        <SubmitButton>Set these tables</SubmitButton>
      </Actions>
    </Form>
  );
}

function ByHand({ page, tables, without, elsewhere, refused }: TablesPartProps) {
  const own = refused?.part === 'move' ? refused : undefined;
  const people = [
    ...tables.flatMap((table) =>
      table.people.map(({ id, name }) => ({ id, name, at: table.name })),
    ),
    ...without.map((each) => ({ ...each, at: 'no table' })),
    ...elsewhere.map((each) => ({ ...each, at: 'elsewhere' })),
  ].toSorted((one, other) => one.name.localeCompare(other.name));
  return (
    <Form action={page} label="Put somebody elsewhere" scope="move" problems={own?.problems}>
      <HiddenField name="do" value="move" />
      <Select
        name="person"
        label="Put"
        empty="Choose somebody"
        value={own?.text('person')}
        options={people.map(({ id, name, at }) => ({ value: id, label: `${name} (${at})` }))}
      />
      <Select
        name="to"
        label="At"
        empty="Choose where to"
        value={own?.text('to')}
        options={[
          ...tables.map(({ id, name, people: there, seats }) => ({
            value: id,
            label: `${name} (${there.length} of ${seats})`,
          })),
          { value: 'none', label: 'No table' },
          { value: 'elsewhere', label: 'They eat elsewhere' },
        ]}
      />
      <Checkbox
        name="keeps"
        label="Keep them there when tables are proposed again"
        checked={own === undefined || own.text('keeps') === 'yes'}
      />
      <Actions>
        <SubmitButton weight="ordinary">Put them there</SubmitButton>
      </Actions>
    </Form>
  );
}

function Propose({ home, page, meal, tables, restaurants, refused }: TablesPartProps) {
  const own = refused?.part === 'propose' ? refused : undefined;
  const inUse = new Set(tables.flatMap(({ restaurantId }) => restaurantId ?? []));
  const isInRooms = meal.plan?.kind === 'catered';
  return (
    <Form action={page} label="Propose tables" scope="propose" problems={own?.problems}>
      <HiddenField name="do" value="propose" />
      <h3>{tables.length === 0 ? 'Propose tables' : 'Propose again'}</h3>
      <p>
        As many as can be get a place where they can eat and get in; then the tables are few and
        even, and each sits with people of other projects whom they have not sat with before.
        {meal.plan?.setAt != null &&
          ' People see no tables from then on, until you set the new ones.'}
      </p>
      {!isInRooms && restaurants.length === 0 && (
        <p>
          There are no restaurants yet; <a href={`${home}/restaurants`}>add those nearby</a>.
        </p>
      )}
      {!isInRooms && restaurants.length > 0 && (
        <CheckboxGroup
          name="restaurants"
          label="In"
          values={
            own?.list('restaurants') ??
            (inUse.size > 0 ? [...inUse] : restaurants.map(({ id }) => id))
          }
          options={restaurants.map(({ id, name, seats, walkMinutes, diets, isAccessible }) => ({
            value: id,
            label: `${name}, ${counted(seats, 'seat')}`,
            hint: [
              ...(walkMinutes === null ? [] : [`${counted(walkMinutes, 'minute')} on foot`]),
              diets.length === 0 ? 'nothing special to eat' : dietWords(dietsOf(diets)),
              isAccessible ? 'no steps' : 'steps',
            ].join(', '),
          }))}
        />
      )}
      <div class="pair">
        <NumberField
          name="size"
          label="People at a table, at most"
          value={own?.text('size') ?? '6'}
        />
        <NumberField
          name="seed"
          label="Lots"
          hint="Another number gives another seating."
          value={own?.text('seed') ?? String(meal.plan?.seed ?? 1)}
        />
      </div>
      <Actions>
        <SubmitButton weight={tables.length === 0 ? 'primary' : 'ordinary'}>
          Propose tables
        </SubmitButton>
      </Actions>
    </Form>
  );
}
