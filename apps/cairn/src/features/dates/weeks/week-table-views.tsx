import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { HiddenField } from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { Mark } from '../../../design/mark.tsx';
import { DateSpan } from '../../../design/prose.tsx';
import { Table } from '../../../design/table.tsx';
import { WeekStrip } from '../../../design/week-strip.tsx';
import { costField } from './money-rules.ts';
import { type Refilled, weekField } from './setup-schema.ts';
import { type Week, weekName } from './week-rules.ts';

/** The weeks of a range on the calendar, and in how many words they are offered. */
export function WeekPreview({ weeks }: { weeks: readonly Week[] }) {
  const count = weeks.filter(({ isOffered }) => isOffered).length;
  return (
    <>
      <p>
        {count === 0 ? (
          <Mark shape="triangle" tone="warn">
            No week remains. With holidays of many countries hardly a week is free: let some of them
            only be mentioned, widen the range, or offer a week all the same.
          </Mark>
        ) : (
          `${count} of ${weeks.length} weeks ${count === 1 ? 'is' : 'are'} offered.`
        )}
      </p>
      <WeekStrip
        caption="Candidate weeks"
        weeks={weeks.map(({ id, start, end, isOffered, excluded }) => ({
          id,
          start,
          end,
          look: !isOffered ? 'excluded' : excluded.length > 0 ? 'offered-anyway' : 'offered',
        }))}
      />
    </>
  );
}

function Reasons({ week: { excluded, mentioned } }: { week: Week }) {
  if (excluded.length + mentioned.length === 0) return 'nothing';
  return (
    <ul class="reasons">
      {excluded.map(({ sentence }) => (
        <li key={sentence}>
          <Mark shape="cross" tone="bad">
            {sentence}
          </Mark>
        </li>
      ))}
      {mentioned.map(({ sentence }) => (
        <li key={sentence}>
          <Mark shape="dash" tone="soft">
            {sentence}
          </Mark>
        </li>
      ))}
    </ul>
  );
}

/** Every week with all that speaks against it, where nothing is changed any more. */
export const WeekReasons = ({ weeks }: { weeks: readonly Week[] }) => (
  <Table
    caption="Weeks"
    rows={weeks}
    rowKey={({ id }) => id}
    empty="There is no week in this range."
    wide
    columns={[
      {
        head: 'Week',
        kind: 'date',
        namesRow: true,
        cell: (week: Week) => <DateSpan from={week.start} to={week.end} />,
      },
      { head: 'Speaks against it', cell: (week) => <Reasons week={week} /> },
      { head: 'Offered', cell: ({ isOffered }) => (isOffered ? 'yes' : 'no') },
    ]}
  />
);

/** Every week with all that speaks against it, and what organisers say of it. */
export function WeekTable({
  action,
  weeks,
  currency,
  answered,
  refused,
}: {
  action: string;
  weeks: readonly Week[];
  currency: string | undefined;
  /** How many answered each week, also those that are not offered. */
  answered: ReadonlyMap<string, number>;
  refused?: Refilled | undefined;
}) {
  return (
    <Form action={action} problems={refused?.problems} label="Weeks" wide>
      <HiddenField name="do" value="weeks" />
      <Table
        caption="Weeks"
        note="Answers belong to a week’s first day: a week that is taken out keeps them, and they come back with it."
        rows={weeks}
        rowKey={({ id }) => id}
        empty="There is no week in this range."
        wide
        columns={[
          {
            head: 'Week',
            kind: 'date',
            cell: (week) => <DateSpan from={week.start} to={week.end} />,
          },
          {
            head: 'Speaks against it',
            cell: (week) => <Reasons week={week} />,
          },
          {
            head: 'Offered',
            cell: (week) => (
              <select
                name={weekField('offer', week.id)}
                aria-label={`Offer ${weekName(week)}`}
                class="inline"
              >
                {[
                  { value: 'auto', label: week.excluded.length > 0 ? 'no, excluded' : 'yes' },
                  ...(week.excluded.length > 0 ? [{ value: 'anyway', label: 'all the same' }] : []),
                  { value: 'removed', label: 'taken out' },
                ].map(({ value, label }) => (
                  <option
                    key={value}
                    value={value}
                    selected={
                      value === (week.removed ? 'removed' : week.offeredAnyway ? 'anyway' : 'auto')
                    }
                  >
                    {label}
                  </option>
                ))}
              </select>
            ),
          },
          { head: 'Answers', kind: 'number', cell: ({ id }) => answered.get(id) ?? 0 },
          {
            head: currency === undefined ? 'Extra cost' : `Extra cost (${currency})`,
            cell: (week) => (
              <input
                type="text"
                class="inline tiny"
                inputMode="decimal"
                name={weekField('cost', week.id)}
                aria-label={`Extra cost of ${weekName(week)}`}
                value={String(
                  refused?.typed[weekField('cost', week.id)] ?? costField(week.extraCost, currency),
                )}
              />
            ),
          },
          {
            head: 'Note to those who are asked',
            cell: (week) => (
              <input
                type="text"
                class="inline"
                name={weekField('note', week.id)}
                aria-label={`Note on ${weekName(week)}`}
                value={String(refused?.typed[weekField('note', week.id)] ?? week.note)}
              />
            ),
          },
        ]}
      />
      <Actions>
        <SubmitButton weight="ordinary">Save the weeks</SubmitButton>
      </Actions>
    </Form>
  );
}
