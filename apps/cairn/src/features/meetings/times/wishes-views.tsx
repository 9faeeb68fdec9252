import type { Problem } from '@cairn/kernel/problem';
import { formatMonth, type ZoneName } from '@cairn/kernel/time';
import { listed } from '@cairn/kernel/words';
import type { ComponentChildren } from 'preact';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { DateBox, SelectBox, TextBox, TickBox } from '../../../design/boxes.tsx';
import { CheckboxGroup, NumberField, RadioGroup, Select } from '../../../design/controls.tsx';
import { Fieldset, Form } from '../../../design/form.tsx';
import { When } from '../../../design/prose.tsx';
import { Table } from '../../../design/table.tsx';
import type { Typed } from '../../../platform/http/form.ts';
import type { Meeting } from '../series/series-rules.ts';
import type { AskedPeople } from './times-queries.ts';

/** Weekdays as a form names them. */
const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** More names than this are no list to tick; the API takes ids. */
const MOST_TICKED = 300;

/** What the form of wishes is drawn from. */
export interface WishesFormProps {
  readonly home: string;
  readonly summitZone: ZoneName;
  readonly meetings: readonly Meeting[];
  readonly tracks: readonly { readonly key: string; readonly title: string }[];
  readonly people: AskedPeople;
  /** Ids of those who said that they would lead, by track. */
  readonly willing: ReadonlyMap<string, readonly string[]>;
  readonly typed: Typed;
  readonly problems?: readonly Problem[] | undefined;
}

const text = (typed: Typed, name: string): string => {
  const value = typed[name];
  return typeof value === 'string' ? value : '';
};
const texts = (typed: Typed, name: string): readonly string[] => {
  const value = typed[name] ?? [];
  return typeof value === 'string' ? [value] : value;
};
/** When a meeting is now, by the summit's clock. */
const TimeNow = ({ meeting: { begins, month }, zone }: { meeting: Meeting; zone: ZoneName }) =>
  begins !== undefined ? (
    <When instant={begins} zone={zone} />
  ) : (
    <>open{month !== undefined && `, ${formatMonth(month)} ${month.year}`}</>
  );

/** Some weekdays in words; neighbours as a span. */
function weekdayWords(values: readonly string[]): string {
  const days = values.map(Number).sort((a, b) => a - b);
  const name = (day: number | undefined): string => WEEKDAYS[(day ?? 0) - 1] ?? '';
  const [first] = days;
  const last = days.at(-1);
  const isSpan = first !== undefined && last !== undefined && last - first === days.length - 1;
  if (days.length === 0) return 'no day';
  return isSpan && days.length > 2 ? `${name(first)} to ${name(last)}` : listed(days.map(name));
}

/** Wishes that are mostly left as they are: folded, with what they say now on their fold. */
const Folded = (props: {
  title: string;
  now: string;
  open: boolean;
  children: ComponentChildren;
}) => (
  <details open={props.open}>
    <summary>
      {props.title}: <span class="quiet">{props.now}</span>
    </summary>
    {props.children}
  </details>
);

/** What organisers wish of the times. */
export function WishesForm(props: WishesFormProps) {
  const { home, summitZone, meetings, tracks, people, willing, typed, problems } = props;
  const names = new Map([...people.known, ...people.unknown].map(({ id, name }) => [id, name]));
  const ticked = people.known.slice(0, MOST_TICKED);
  const led = tracks.filter(({ key }) => text(typed, `lead_${key}`) !== '').length;
  const isRefused = (problems ?? []).length > 0;
  const field = (name: string) => ({ name, value: text(typed, name) });
  return (
    <Form action={`${home}/organise/meetings/times`} problems={problems} wide>
      <div class="boxes">
        <Table
          caption="Meetings to find a time for"
          id="field-calls~5b~~5d~"
          note="those that you do not tick keep their time, and are counted"
          columns={[
            { head: 'Meeting', cell: ({ title }: Meeting) => title },
            {
              head: 'Find',
              cell: ({ key, title }) => (
                <TickBox
                  name="calls[]"
                  label={`Find a time for ${title}`}
                  value={key}
                  checked={texts(typed, 'calls[]').includes(key)}
                />
              ),
            },
            { head: 'Now', cell: (meeting) => <TimeNow meeting={meeting} zone={summitZone} /> },
            {
              head: 'First day',
              cell: ({ key, title }) => (
                <DateBox {...field(`from_${key}`)} label={`First day of ${title}`} />
              ),
            },
            {
              head: 'Last day',
              cell: ({ key, title }) => (
                <DateBox {...field(`until_${key}`)} label={`Last day of ${title}`} />
              ),
            },
          ]}
          rows={meetings}
          rowKey={({ key }) => key}
          empty=""
        />
      </div>
      <Fieldset legend="Who">
        <NumberField
          {...field('required')}
          label="Calls that everybody should make"
          hint="Of those ticked above and those that keep their time."
        />
        <RadioGroup
          {...field('whom')}
          label="For whom"
          options={[
            { value: 'seated', label: 'Those who have a seat' },
            { value: 'invited', label: 'Those who have a seat, are invited or wait for a seat' },
          ]}
        />
        {ticked.length > 0 && (
          <details open={texts(typed, 'needed[]').length > 0}>
            <summary>People without whom it does not do</summary>
            <CheckboxGroup
              name="needed[]"
              label="Needed"
              hint={
                people.known.length > MOST_TICKED
                  ? `The first ${MOST_TICKED} by name; the others through the API.`
                  : 'Leads of tracks are needed anyway. Who has not said when they can is not in the list.'
              }
              options={ticked.map(({ id, name }) => ({ value: id, label: name }))}
              values={texts(typed, 'needed[]')}
            />
          </details>
        )}
      </Fieldset>
      <Folded
        title="Days and hours"
        now={`${weekdayWords(texts(typed, 'weekdays[]'))}, ${text(typed, 'step') === '30' ? 'on the hour and half past' : 'on the hour'}, sociable from ${text(typed, 'sociable_from')} to ${text(typed, 'sociable_until')}, ${text(typed, 'min_gap_days')} days apart`}
        open={isRefused}
      >
        <CheckboxGroup
          name="weekdays[]"
          label="Days of the week"
          optional={false}
          hint={`By the summit’s clock, ${summitZone.replaceAll('_', ' ')}.`}
          options={WEEKDAYS.map((label, index) => ({ value: String(index + 1), label }))}
          values={texts(typed, 'weekdays[]')}
        />
        <Select
          {...field('step')}
          label="Calls may begin"
          options={[
            { value: '60', label: 'on the hour' },
            { value: '30', label: 'on the hour and half past' },
          ]}
        />
        <NumberField
          {...field('sociable_from')}
          label="Sociable hours begin at"
          hint="An hour by everybody’s own clock. Earlier is possible for those who say so, and is shared fairly."
        />
        <NumberField {...field('sociable_until')} label="and end at" />
        <NumberField {...field('min_gap_days')} label="Days from one call to the next, at least" />
      </Folded>
      {tracks.length > 0 && (
        <Folded
          title="Tracks"
          now={`${text(typed, 'parallel_least')} to ${text(typed, 'parallel_most')} at once, ${led} of ${tracks.length} with a lead`}
          open={isRefused}
        >
          <NumberField {...field('parallel_least')} label="Tracks at once, at least" />
          <NumberField {...field('parallel_most')} label="and at most" />
          <div class="boxes">
            <Table
              caption="Each track"
              note="in how many calls it takes place, and who leads it, of those who said they would"
              columns={[
                { head: 'Track', cell: ({ title }: WishesFormProps['tracks'][number]) => title },
                {
                  head: 'Lead',
                  cell: ({ key, title }) => (
                    <SelectBox
                      {...field(`lead_${key}`)}
                      label={`Lead of ${title}`}
                      empty="nobody yet"
                      options={(willing.get(key) ?? []).map((id) => ({
                        value: id,
                        label: names.get(id) ?? 'somebody without a seat',
                      }))}
                    />
                  ),
                },
                {
                  head: 'At least',
                  cell: ({ key, title }) => (
                    <TextBox
                      {...field(`least_${key}`)}
                      label={`Calls with ${title}, at least`}
                      inputmode="numeric"
                    />
                  ),
                },
                {
                  head: 'At most',
                  cell: ({ key, title }) => (
                    <TextBox
                      {...field(`most_${key}`)}
                      label={`Calls with ${title}, at most`}
                      inputmode="numeric"
                    />
                  ),
                },
              ]}
              rows={tracks}
              rowKey={({ key }) => key}
              empty=""
            />
          </div>
        </Folded>
      )}
      <Folded
        title="How hard to look"
        now={text(typed, 'effort') === 'thorough' ? 'until it is proven' : 'some seconds'}
        open={isRefused}
      >
        <RadioGroup
          {...field('effort')}
          label="Effort"
          options={[
            { value: 'quick', label: 'Some seconds' },
            { value: 'thorough', label: 'Until it is proven, or some minutes' },
          ]}
        />
        <NumberField
          {...field('seed')}
          label="Seed"
          hint="The same wishes and seed always find the same times."
        />
      </Folded>
      <Actions>
        <SubmitButton>Find times</SubmitButton>
      </Actions>
    </Form>
  );
}
