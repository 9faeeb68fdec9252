import type { Problem } from '@cairn/kernel/problem';
import type { PlainDate, ZoneName } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { DateField, HiddenField, Select } from '../../../design/controls.tsx';
import { EmptyState } from '../../../design/empty.tsx';
import { Form } from '../../../design/form.tsx';
import { Mark, type Shape, type Tone } from '../../../design/mark.tsx';
import { Day } from '../../../design/prose.tsx';
import { Table } from '../../../design/table.tsx';
import type { Meal } from '../frame/frame-rules.ts';
import { KIND_WORDS, MEALS, type MealKind } from './meal-rules.ts';

/** One meal at a glance. */
export interface MealGlance {
  readonly date: string;
  readonly meal: Meal;
  readonly starts: string;
  readonly kind: MealKind | undefined;
  readonly isProvided: boolean;
  readonly eat: number;
  readonly unsure: number;
  /** What organisers have to do about it, in a few words. */
  readonly amiss: string | undefined;
}

export const MEAL_NAMES: Readonly<Record<Meal, string>> = {
  breakfast: 'Breakfast',
  lunch: 'Lunch',
  dinner: 'Dinner',
};
const MEAL_OPTIONS = MEALS.map((value) => ({ value, label: MEAL_NAMES[value] }));

const LOOKS: Readonly<Record<MealKind | 'none', { shape: Shape; tone: Tone }>> = {
  catered: { shape: 'disc', tone: 'good' },
  restaurants: { shape: 'half', tone: 'good' },
  own: { shape: 'ring', tone: 'soft' },
  none: { shape: 'dash', tone: 'warn' },
};

const Glance = ({ home, glance }: { home: string; glance: MealGlance | undefined }) => {
  if (glance === undefined) return <span class="quiet">none</span>;
  const { date, meal, kind, starts, eat, amiss } = glance;
  return (
    <>
      <a href={`${home}/${date}/${meal}`}>
        <Mark {...LOOKS[kind ?? 'none']}>
          {kind === undefined ? 'not planned' : KIND_WORDS[kind]}
        </Mark>
      </a>
      <br />
      <span class="small">
        {starts}, {counted(eat, 'person', 'people')}
        {glance.isProvided ? ', provided' : ''}
      </span>
      {amiss !== undefined && (
        <>
          <br />
          <Mark shape="triangle" tone="warn">
            {amiss}
          </Mark>
        </>
      )}
    </>
  );
};

interface OverviewProps {
  /** `/s/<summit>/organise/meals`. */
  readonly home: string;
  readonly zone: ZoneName;
  readonly days: readonly PlainDate[];
  readonly meals: readonly MealGlance[];
  /** Meals of the timetable without a plan. */
  readonly toBegin: number;
  readonly restaurants: number;
  readonly typed: (name: string) => string;
  readonly problems: readonly Problem[];
}

/** All meals of the week at a glance. */
export function MealsOverview(props: OverviewProps) {
  const { home, zone, days, meals, toBegin, restaurants, typed, problems } = props;
  const at = new Map(meals.map((each) => [`${each.date} ${each.meal}`, each]));
  return (
    <>
      {toBegin > 0 && (
        <Form action={home} label="Plan the meals of the timetable">
          <HiddenField name="do" value="begin" />
          <p>
            {counted(toBegin, 'meal')} of the timetable {toBegin === 1 ? 'has' : 'have'} no plan.
            Those that the timetable calls provided begin as delivered for all, the others in
            restaurants.
          </p>
          <Actions>
            <SubmitButton>Plan them</SubmitButton>
          </Actions>
        </Form>
      )}
      {meals.length === 0 ? (
        <EmptyState>No meals are planned, and the timetable has none.</EmptyState>
      ) : (
        <Table
          caption="Meals of the week"
          note={`times of ${zone.replaceAll('_', ' ')}; people as far as they said when they are there`}
          wide
          columns={[
            { head: 'Day', cell: (day: PlainDate) => <Day date={day} />, kind: 'date' },
            ...MEALS.map((meal) => ({
              head: MEAL_NAMES[meal],
              cell: (day: PlainDate) => (
                <Glance home={home} glance={at.get(`${day.toString()} ${meal}`)} />
              ),
            })),
          ]}
          rows={days}
          rowKey={(day) => day.toString()}
          empty="No days."
        />
      )}
      <p>
        <a href={`${home}/restaurants`}>Restaurants nearby</a> ({restaurants}) ·{' '}
        <a href={`${home}/week.csv`}>Numbers of the week as CSV</a>
      </p>
      <h2>Another meal</h2>
      <Form action={home} label="Another meal" scope="add" problems={problems}>
        <HiddenField name="do" value="add" />
        <DateField name="date" label="Day" value={typed('date')} />
        <Select
          name="meal"
          label="Meal"
          options={MEAL_OPTIONS}
          value={typed('meal')}
          empty="Choose one"
        />
        <Actions>
          <SubmitButton weight="ordinary">Plan this meal</SubmitButton>
        </Actions>
      </Form>
    </>
  );
}
