import type { Problem } from '@cairn/kernel/problem';
import { expectOk } from '@cairn/kernel/result';
import { parseDate } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import type { ComponentChildren } from 'preact';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import {
  Checkbox,
  CheckboxGroup,
  DateField,
  HiddenField,
  RadioGroup,
  Select,
  TextArea,
  TextField,
  TimeField,
} from '../../../design/controls.tsx';
import { Fieldset, Form } from '../../../design/form.tsx';
import { DateSpan } from '../../../design/prose.tsx';
import { listIn, type Typed, textIn } from '../typed-rules.ts';
import { COUNTRIES } from './country-rules.ts';
import type { SummitDates } from './stay-rules.ts';
import { MOST_NAMED } from './stay-schema.ts';
import { GROUP_OPTIONS, HABIT_OPTIONS, PAYER_OPTIONS, ROOM_OPTIONS } from './words-rules.ts';

interface StayFieldsProps {
  readonly typed: Typed;
  readonly dates: SummitDates;
  /** The zone of the summit, in which times of day are meant. */
  readonly zone: string;
}

const nightsInWords = (dates: SummitDates) => (
  <DateSpan from={expectOk(parseDate(dates.arrival))} to={expectOk(parseDate(dates.departure))} />
);

/** From where, which days, which nights besides, and what room: the same for oneself and for an organiser. */
export function StayFields({ typed, dates, zone }: StayFieldsProps) {
  const text = (name: string): string => textIn(typed, name);
  return (
    <>
      <HiddenField name="revision" value={text('revision') === '' ? '0' : text('revision')} />
      <Fieldset legend="From where">
        <div class="pair">
          <TextField name="from_city" label="City" optional value={text('from_city')} />
          <Select
            name="from_country"
            label="Country"
            optional
            empty="Not said"
            options={COUNTRIES}
            value={text('from_country')}
          />
        </div>
        <TextField
          name="from_airport"
          label="Airport, if you fly"
          hint="Its three letters, such as OSL."
          optional
          width="tiny"
          value={text('from_airport')}
        />
      </Fieldset>
      <Fieldset legend="Days">
        <p>
          The summit’s nights: {nightsInWords(dates)}. Times are those of{' '}
          {zone.replaceAll('_', ' ')}. Leave empty what is not known yet.
        </p>
        <div class="pair">
          <DateField name="arrives_on" label="Arrival" optional value={text('arrives_on')} />
          <TimeField name="arrives_at" label="At" optional value={text('arrives_at')} />
        </div>
        <div class="pair">
          <DateField name="leaves_on" label="Departure" optional value={text('leaves_on')} />
          <TimeField name="leaves_at" label="At" optional value={text('leaves_at')} />
        </div>
        <Checkbox
          name="is_remote"
          label="Takes part from afar"
          hint="Then no bed and no meal is ordered."
          checked={text('is_remote') === 'yes'}
        />
      </Fieldset>
      <Fieldset legend="Extra nights">
        <RadioGroup
          name="extra_paid_by"
          label="Who pays them"
          hint="Only if you arrive before the summit’s nights, or leave after them."
          optional
          options={PAYER_OPTIONS}
          value={text('extra_paid_by')}
        />
        <TextArea
          name="extra_reason"
          label="Why"
          hint="Organisers read it; they answer where the summit is to pay."
          optional
          rows={2}
          value={text('extra_reason')}
        />
      </Fieldset>
      <Fieldset legend="Room">
        <RadioGroup
          name="room"
          label="What room"
          options={ROOM_OPTIONS}
          value={text('room') === '' ? 'shared' : text('room')}
        />
        <TextArea
          name="single_reason"
          label="Why a room alone"
          hint="Only organisers read it. “For health reasons” is enough."
          optional
          rows={2}
          value={text('single_reason')}
        />
        <RadioGroup
          name="shares_with"
          label="Shares with"
          hint="People share only with those who say the same. Organisers see this answer."
          optional
          options={GROUP_OPTIONS}
          value={text('shares_with')}
        />
      </Fieldset>
      <TextArea
        name="note"
        label="What organisers should know"
        hint="Only organisers see it."
        optional
        rows={2}
        value={text('note')}
      />
    </>
  );
}

interface OwnStayPageProps extends StayFieldsProps {
  readonly action: string;
  /** Those who come besides oneself, by name. */
  readonly others: readonly { readonly value: string; readonly label: string }[];
  /** What stands above the form: what was answered, and one’s room. */
  readonly standing: ComponentChildren;
  readonly problems?: readonly Problem[] | undefined;
}

/** One's own stay. */
export function OwnStayPage(props: OwnStayPageProps) {
  const { action, others, standing, problems, ...fields } = props;
  const { typed } = fields;
  return (
    <>
      {standing}
      <Form action={action} problems={problems} label="My stay">
        <StayFields {...fields} />
        <Fieldset legend="With whom">
          <p>
            Nobody sees this but you: no organiser, and none of those you name. Rooms are proposed
            by a program that reads it, and says who shares, never why.
          </p>
          <Named
            name="with"
            label="I would like to share with"
            others={others}
            typed={typed}
            least={2}
          />
          <Named name="not_with" label="Please not with" others={others} typed={typed} least={2} />
          <CheckboxGroup
            name="habits[]"
            label="My nights"
            options={HABIT_OPTIONS}
            values={listIn(typed, 'habits[]')}
          />
        </Fieldset>
        <Actions>
          <SubmitButton>Save my stay</SubmitButton>
        </Actions>
      </Form>
    </>
  );
}

/** Lists to choose people from: those chosen already, and one more. */
function Named({
  name,
  label,
  others,
  typed,
  least,
}: {
  name: string;
  label: string;
  others: OwnStayPageProps['others'];
  typed: Typed;
  least: number;
}) {
  const last = Array.from({ length: MOST_NAMED }, (_, index) => index + 1).findLast(
    (index) => textIn(typed, `${name}_${index}`) !== '',
  );
  const lists = Math.min(MOST_NAMED, Math.max(least, (last ?? 0) + 1));
  return (
    <>
      {Array.from({ length: lists }, (_, index) => index + 1).map((index) => (
        <Select
          key={index}
          name={`${name}_${index}`}
          label={index === 1 ? label : `${label}, ${index}`}
          optional
          empty="Nobody in particular"
          options={others}
          value={textIn(typed, `${name}_${index}`)}
        />
      ))}
    </>
  );
}

/** How many nights that are not the summit's, in words. */
export const extraCount = (nights: readonly string[]): string =>
  counted(nights.length, 'extra night');
