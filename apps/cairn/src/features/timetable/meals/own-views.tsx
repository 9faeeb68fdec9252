import type { Problem } from '@cairn/kernel/problem';
import { expectOk } from '@cairn/kernel/result';
import { parseDate, type ZoneName } from '@cairn/kernel/time';
import { counted, listed } from '@cairn/kernel/words';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { HiddenField, Select } from '../../../design/controls.tsx';
import { EmptyState } from '../../../design/empty.tsx';
import { ErrorSummary, Form } from '../../../design/form.tsx';
import { Mark } from '../../../design/mark.tsx';
import { Day } from '../../../design/prose.tsx';
import { dietsOf, dietWords } from '../../people/needs/need-rules.ts';
import { MEAL_NAMES } from './overview-views.tsx';
import type { OwnMeal } from './own-queries.ts';

interface OwnMealsProps {
  readonly action: string;
  readonly zone: ZoneName;
  readonly meals: readonly OwnMeal[];
  /** The form that was refused: `2023-05-22 lunch`. */
  readonly refused:
    | { readonly key: string; readonly at: string; readonly problems: readonly Problem[] }
    | undefined;
}

/** One's own meals, day by day. */
export function OwnMealsPage({ action, zone, meals, refused }: OwnMealsProps) {
  if (meals.length === 0) {
    return (
      <>
        <ErrorSummary problems={refused?.problems ?? []} />
        <EmptyState>
          There are no meals yet on the days when you are here. Organisers plan them.
        </EmptyState>
      </>
    );
  }
  const known = meals.some(
    ({ time, isPlanned, kind }) =>
      isPlanned && kind !== 'own' && `${time.date} ${time.meal}` === refused?.key,
  );
  return (
    <>
      {refused !== undefined && !known && <ErrorSummary problems={refused.problems} />}
      <p>
        Times are those of {zone.replaceAll('_', ' ')}. What you eat is said under Food and access.
      </p>
      {[...Map.groupBy(meals, ({ time }) => time.date)].map(([date, ofDay]) => (
        <section key={date}>
          <h2>
            <Day date={expectOk(parseDate(date))} />
          </h2>
          {ofDay.map((meal) => (
            <MealOfDay key={meal.time.meal} action={action} meal={meal} refused={refused} />
          ))}
        </section>
      ))}
    </>
  );
}

function MealOfDay({
  action,
  meal,
  refused,
}: { readonly meal: OwnMeal } & Pick<OwnMealsProps, 'action' | 'refused'>) {
  const { time, place, note, isPlanned, isElsewhere, isWithout, table } = meal;
  const key = `${time.date} ${time.meal}`;
  const own = refused?.key === key ? refused : undefined;
  return (
    <>
      <h3>
        {MEAL_NAMES[time.meal]}, {time.starts}
      </h3>
      <p>
        {howWords(meal)}
        {place !== '' && ` ${place}.`}
        {note !== '' && ` ${note}`}
      </p>
      {isElsewhere && (
        <p>
          <Mark shape="dash" tone="soft">
            You eat elsewhere.
          </Mark>
        </p>
      )}
      {table !== undefined && (
        <p>
          <Mark shape="tick" tone="good">
            You sit at {table.name}
          </Mark>
          {tableWords(table)}
          {table.link !== null && (
            <>
              {' '}
              <a href={table.link}>Their page</a>
            </>
          )}
        </p>
      )}
      {isWithout && (
        <p>
          <Mark shape="triangle" tone="warn">
            You have no table yet.
          </Mark>{' '}
          Choose one that has room, or ask an organiser.
        </p>
      )}
      {isPlanned && <SayForm action={action} meal={meal} scope={key} refused={own} />}
    </>
  );
}

/** With whom one sits and how far it is, after the name of the table. */
function tableWords({ walkMinutes, people }: NonNullable<OwnMeal['table']>): string {
  const parts = [
    ...(people.length === 0 ? [] : [`with ${listed(people)}`]),
    ...(walkMinutes === null ? [] : [`${counted(walkMinutes, 'minute')} on foot`]),
  ];
  return parts.length === 0 ? '' : ` ${parts.join('; ')}.`;
}

function howWords({ kind, isProvided }: OwnMeal): string {
  const paid = isProvided ? ' The summit pays, so it cannot be claimed.' : '';
  if (kind === 'catered') return `Delivered for all.${paid}`;
  if (kind === 'restaurants') return `In restaurants nearby.${paid}`;
  if (kind === 'own') return `Each as they like.${paid}`;
  return isProvided ? `Provided.${paid}` : 'Not planned yet.';
}

function SayForm({
  action,
  meal,
  scope,
  refused,
}: {
  readonly action: string;
  readonly meal: OwnMeal;
  readonly scope: string;
  readonly refused: OwnMealsProps['refused'];
}) {
  const { time, kind, isElsewhere, open } = meal;
  if (kind === 'own') return null;
  const name = `${MEAL_NAMES[time.meal]} on ${time.date}`;
  const hidden = (
    <>
      <HiddenField name="date" value={time.date} />
      <HiddenField name="meal" value={time.meal} />
    </>
  );
  return (
    <>
      {open.length > 0 && (
        <Form
          action={action}
          scope={scope}
          label={`Sit elsewhere: ${name}`}
          problems={refused?.problems}
        >
          {hidden}
          <Select
            name="at"
            label="Sit at"
            empty="Choose a table"
            value={refused?.at}
            options={open.map(({ id, name: table, free, diets }) => ({
              value: id,
              label: `${table}: ${counted(free, 'free seat')}${diets.length === 0 ? '' : ` (${dietWords(dietsOf(diets)).toLowerCase()})`}`,
            }))}
          />
          <Actions>
            <SubmitButton weight="ordinary">Sit there</SubmitButton>
          </Actions>
        </Form>
      )}
      <Form
        action={action}
        label={name}
        scope={`${scope} elsewhere`}
        problems={open.length > 0 ? undefined : refused?.problems}
      >
        {hidden}
        <HiddenField name="at" value={isElsewhere ? 'here' : 'elsewhere'} />
        <Actions>
          <SubmitButton weight="plain">
            {isElsewhere ? 'I eat here after all' : 'I eat elsewhere'}
          </SubmitButton>
        </Actions>
      </Form>
    </>
  );
}
