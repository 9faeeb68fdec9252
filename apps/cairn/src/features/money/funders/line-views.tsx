import { amountText, type Currency } from '@cairn/kernel/money';
import type { Problem } from '@cairn/kernel/problem';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import {
  Checkbox,
  CheckboxGroup,
  HiddenField,
  NumberField,
  type Option,
  RadioGroup,
  Select,
  TextField,
} from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import type { Typed } from '../../../platform/http/form.ts';
import { CATEGORIES, CATEGORY_KEYS } from '../category-rules.ts';
import { listIn, textIn } from '../typed-rules.ts';
import type { FundLine } from './funder-rules.ts';
import { ceilingField } from './funder-schema.ts';

export interface LineFormProps {
  readonly action: string;
  readonly isNew: boolean;
  readonly typed: Typed;
  readonly problems?: readonly Problem[] | undefined;
  readonly funders: readonly Option[];
  readonly tracks: readonly Option[];
  readonly communities: readonly Option[];
  readonly people: readonly Option[];
  readonly policies: readonly Option[];
}

/** What a line pays, for whom, and how much at most. */
export function LineForm(props: LineFormProps) {
  const { action, isNew, typed, problems } = props;
  const value = (name: string) => textIn(typed, name);
  const isTicked = (name: string) => value(name) === 'yes';
  return (
    <Form action={action} problems={problems} label="Line">
      <HiddenField name="do" value="save" />
      <Select
        name="funder"
        label="Whose money"
        options={props.funders}
        value={value('funder')}
        empty="Choose"
      />
      <TextField
        name="title"
        label="What it is for"
        hint="Such as “Travel of participants”."
        value={value('title')}
      />
      <CheckboxGroup
        name="categories[]"
        label="What it pays"
        optional={false}
        options={CATEGORY_KEYS.map((key) => ({ value: key, label: CATEGORIES[key].label }))}
        values={listIn(typed, 'categories[]')}
      />
      <WhomFields {...props} />
      <NumberField
        name="person_ceiling"
        label="At most for one person"
        width="short"
        hint="In the funder’s currency, such as 1500.00. Empty: no ceiling."
        decimal
        optional
        value={value('person_ceiling')}
      />
      <details open={CATEGORY_KEYS.some((key) => value(ceilingField(key)) !== '')}>
        <summary>At most for one kind of cost</summary>
        {CATEGORY_KEYS.map((key) => (
          <NumberField
            key={key}
            name={ceilingField(key)}
            label={CATEGORIES[key].label}
            width="short"
            decimal
            optional
            value={value(ceilingField(key))}
          />
        ))}
      </details>
      <Select
        name="policy"
        label="Rules of what is paid"
        optional
        empty="None but the ceilings"
        options={props.policies}
        value={value('policy')}
      />
      <Checkbox
        name="needs_estimate"
        label="Only within an estimate that was approved before"
        checked={isTicked('needs_estimate')}
      />
      <Checkbox
        name="participant_support"
        label="It is participant support (line F of NSF’s form)"
        checked={isTicked('participant_support')}
      />
      <Checkbox
        name="indirect_base"
        label="It counts for indirect costs"
        checked={isTicked('indirect_base')}
      />
      <Actions>
        <SubmitButton>{isNew ? 'Add the line' : 'Save the line'}</SubmitButton>
      </Actions>
    </Form>
  );
}

/** For whom: with the lists from which to choose, where they are not everybody. */
function WhomFields({ typed, tracks, communities, people }: LineFormProps) {
  const paysFor = textIn(typed, 'pays_for') || 'everyone';
  const lists = [
    ['tracks', 'Tracks of the planning meetings', tracks],
    ['communities', 'Communities', communities],
    ['people', 'People', people],
  ] as const;
  return (
    <>
      <RadioGroup
        name="pays_for"
        label="For whom"
        hint="Who pays for themselves, has a sponsor or is a host is paid by no line."
        options={[
          { value: 'everyone', label: 'Everybody with a funded seat' },
          { value: 'tracks', label: 'Those who lead or work in certain tracks' },
          { value: 'communities', label: 'People of certain communities' },
          { value: 'people', label: 'Certain people' },
        ]}
        value={paysFor}
      />
      {lists.map(([name, label, options]) => (
        <details key={name} open={paysFor === name}>
          <summary>{label}</summary>
          {options.length === 0 ? (
            <p class="quiet">There are none.</p>
          ) : (
            <CheckboxGroup
              name={`${name}[]`}
              label={label}
              options={options}
              values={listIn(typed, `${name}[]`)}
            />
          )}
        </details>
      ))}
    </>
  );
}

/** A line as its form shows it. */
export function lineAsTyped(line: FundLine): Typed {
  const { currency } = line.funder;
  return {
    funder: line.funder.id,
    title: line.title,
    'categories[]': line.categories,
    pays_for: line.paysFor,
    'tracks[]': line.paysFor === 'tracks' ? line.paysForKeys : [],
    'communities[]': line.paysFor === 'communities' ? line.paysForKeys : [],
    'people[]': line.people,
    person_ceiling: textOf(line.personCeiling, currency),
    policy: line.policyId ?? '',
    needs_estimate: yes(line.needsEstimate),
    participant_support: yes(line.isParticipantSupport),
    indirect_base: yes(line.inIndirectBase),
    ...Object.fromEntries(
      CATEGORY_KEYS.map((key) => [
        ceilingField(key),
        textOf(line.categoryCeilings[key] ?? null, currency),
      ]),
    ),
  };
}

const yes = (is: boolean): string => (is ? 'yes' : '');
const textOf = (minor: number | null, currency: Currency): string =>
  minor === null ? '' : amountText(minor, currency);
