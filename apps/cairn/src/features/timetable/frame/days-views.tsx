import type { Problem } from '@cairn/kernel/problem';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import {
  CheckboxGroup,
  DateField,
  HiddenField,
  NumberField,
  Select,
  TimeField,
} from '../../../design/controls.tsx';
import { Fieldset, Form } from '../../../design/form.tsx';
import { AsTyped, type TypedFaults } from './contradiction-views.tsx';
import type { FrameDay } from './frame-rules.ts';
import { dayWords } from './frame-words-rules.ts';

type Typed = Readonly<Record<string, string | readonly string[]>>;

/** Which of the page's forms was refused, and with what. */
export interface RefusedDays {
  readonly form: 'days' | 'add' | 'copy' | 'remove';
  readonly typed: Typed;
  readonly problems: readonly Problem[];
  readonly faults?: TypedFaults | undefined;
}

interface DaysPageProps {
  readonly action: string;
  readonly days: readonly FrameDay[];
  /** Lengths and hours as stored. */
  readonly stored: Typed;
  readonly refused?: RefusedDays | undefined;
}

const text = (typed: Typed, name: string): string => {
  const value = typed[name];
  return typeof value === 'string' ? value : '';
};

/** Hours of all days, lengths, one more day, and days made alike. */
export function DaysPage({ action, days, stored, refused }: DaysPageProps) {
  const of = (form: RefusedDays['form']) => (refused?.form === form ? refused : undefined);
  const saved = of('days');
  const typed = saved?.typed ?? stored;
  const options = days.map(({ date }) => ({ value: date, label: dayWords(date) }));
  const [add, copy, remove] = [of('add'), of('copy'), of('remove')];
  return (
    <>
      <Form action={action} problems={saved?.problems} label="Days and lengths">
        <HiddenField name="do" value="days" />
        <NumberField
          name="slot_minutes"
          label="Minutes of a slot"
          hint="Sessions begin at whole slots after a block, and last whole slots."
          value={text(typed, 'slot_minutes')}
        />
        <NumberField
          name="session_minutes"
          label="Minutes of a session"
          hint="For those that say nothing else."
          value={text(typed, 'session_minutes')}
        />
        {days.map(({ date }) => (
          <Fieldset key={date} legend={dayWords(date)}>
            <div class="pair">
              <TimeField
                name={`starts_${date}`}
                label="From"
                value={text(typed, `starts_${date}`)}
              />
              <TimeField name={`ends_${date}`} label="To" value={text(typed, `ends_${date}`)} />
            </div>
          </Fieldset>
        ))}
        <AsTyped check={`${action}/check`} faults={saved?.faults} />
        <Actions>
          <SubmitButton>Save days and lengths</SubmitButton>
        </Actions>
      </Form>
      <h2 id="add">One more day</h2>
      <Form action={`${action}#add`} problems={add?.problems} label="One more day" scope="add">
        <HiddenField name="do" value="add" />
        <DateField name="date" label="Day" value={text(add?.typed ?? {}, 'date')} />
        <div class="pair">
          <TimeField name="starts" label="From" value={text(add?.typed ?? FIRST, 'starts')} />
          <TimeField name="ends" label="To" value={text(add?.typed ?? FIRST, 'ends')} />
        </div>
        <Actions>
          <SubmitButton weight="ordinary">Add the day</SubmitButton>
        </Actions>
      </Form>
      {days.length > 1 && (
        <>
          <h2 id="copy">Make days alike</h2>
          <Form
            action={`${action}#copy`}
            problems={copy?.problems}
            label="Make days alike"
            scope="copy"
          >
            <HiddenField name="do" value="copy" />
            <Select
              name="from"
              label="The day that they are to be like"
              hint="Its hours and its blocks take the place of theirs."
              options={options}
              value={text(copy?.typed ?? {}, 'from')}
            />
            <CheckboxGroup
              name="to[]"
              label="Days that become like it"
              optional={false}
              options={options}
              values={list(copy?.typed ?? {}, 'to[]')}
            />
            <Actions>
              <SubmitButton weight="ordinary">Make them alike</SubmitButton>
            </Actions>
          </Form>
          <h2 id="remove">Remove a day</h2>
          <Form
            action={`${action}#remove`}
            problems={remove?.problems}
            label="Remove a day"
            scope="remove"
          >
            <HiddenField name="do" value="remove" />
            <Select
              name="date"
              label="Day"
              hint="It goes with all of its blocks."
              options={options}
              empty="Choose a day"
              value={text(remove?.typed ?? {}, 'date')}
            />
            <Actions>
              <SubmitButton weight="danger">Remove the day and its blocks</SubmitButton>
            </Actions>
          </Form>
        </>
      )}
    </>
  );
}

const FIRST: Typed = { starts: '09:00', ends: '17:30' };

const list = (typed: Typed, name: string): readonly string[] => {
  const value = typed[name] ?? [];
  return typeof value === 'string' ? [value] : value;
};
