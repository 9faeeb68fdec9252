import type { Problem } from '@cairn/kernel/problem';
import { counted } from '@cairn/kernel/words';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import {
  Checkbox,
  CheckboxGroup,
  NumberField,
  TextArea,
  TextField,
} from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { Table } from '../../../design/table.tsx';
import { DIET_KEYS, DIETS, dietsOf, dietWords } from '../../people/needs/need-rules.ts';
import type { Restaurant } from './table-queries.ts';

interface RestaurantFormProps {
  readonly action: string;
  readonly verb: string;
  readonly text: (name: string) => string;
  readonly list: (name: string) => readonly string[];
  readonly problems: readonly Problem[];
}

/** One restaurant, to be added or changed. */
export function RestaurantForm({ action, verb, text, list, problems }: RestaurantFormProps) {
  return (
    <Form action={action} label={verb} problems={problems}>
      <TextField name="name" label="Name" value={text('name')} />
      <div class="pair">
        <NumberField
          name="seats"
          label="Seats for us"
          hint="How many of you they can have at once."
          value={text('seats')}
        />
        <NumberField
          name="walk_minutes"
          label="Minutes on foot"
          optional
          value={text('walk_minutes')}
        />
      </div>
      <CheckboxGroup
        name="diets"
        label="What they have"
        hint="Only who eats something of it, or eats everything, is sent there."
        values={list('diets')}
        options={DIET_KEYS.map((value) => ({ value, label: DIETS[value] }))}
      />
      <Checkbox
        name="is_accessible"
        label="Reached without steps"
        checked={text('is_accessible') === 'yes'}
      />
      <TextField
        name="price"
        label="Prices"
        hint="Such as 15 to 25 USD."
        optional
        value={text('price')}
      />
      <TextField name="link" label="Web address" type="url" optional value={text('link')} />
      <TextArea name="note" label="Note" optional rows={2} value={text('note')} />
      <Actions>
        <SubmitButton>{verb}</SubmitButton>
      </Actions>
    </Form>
  );
}

/** The restaurants nearby. */
export const RestaurantList = ({
  home,
  restaurants,
}: {
  readonly home: string;
  readonly restaurants: readonly Restaurant[];
}) => (
  <Table
    caption="Restaurants nearby"
    note={counted(
      restaurants.reduce((sum, { seats }) => sum + seats, 0),
      'seat',
    )}
    columns={[
      { head: 'Name', cell: ({ id, name }: Restaurant) => <a href={`${home}/${id}`}>{name}</a> },
      { head: 'Seats', kind: 'number', cell: ({ seats }) => seats },
      {
        head: 'On foot',
        kind: 'number',
        cell: ({ walkMinutes }) => (walkMinutes === null ? '' : counted(walkMinutes, 'minute')),
      },
      {
        head: 'Has',
        cell: ({ diets }) => (diets.length === 0 ? '' : dietWords(dietsOf(diets))),
      },
      { head: 'Steps', cell: ({ isAccessible }) => (isAccessible ? 'none' : 'yes') },
      { head: 'Prices', cell: ({ price }) => price },
    ]}
    rows={restaurants}
    rowKey={({ id }) => id}
    empty="None yet."
  />
);

/** A restaurant as the fields of its form. */
export const restaurantAsTyped = (restaurant: Restaurant) => ({
  text: (name: string): string =>
    ({
      name: restaurant.name,
      seats: String(restaurant.seats),
      walk_minutes: String(restaurant.walkMinutes ?? ''),
      is_accessible: restaurant.isAccessible ? 'yes' : '',
      price: restaurant.price,
      link: restaurant.link ?? '',
      note: restaurant.note,
    })[name] ?? '',
  list: (name: string): readonly string[] => (name === 'diets' ? restaurant.diets : []),
});
