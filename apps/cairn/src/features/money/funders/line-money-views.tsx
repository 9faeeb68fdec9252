import { formatMoney } from '@cairn/kernel/money';
import type { Problem } from '@cairn/kernel/problem';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import {
  Checkbox,
  DateField,
  HiddenField,
  NumberField,
  type Option,
  Select,
  TextField,
} from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { Facts } from '../../../design/prose.tsx';
import type { Typed } from '../../../platform/http/form.ts';
import type { Standing } from '../journal/journal-rules.ts';
import { textIn } from '../typed-rules.ts';
import type { FundLine } from './funder-rules.ts';

/** A form of a line that was refused: which one, and what it held. */
export interface RefusedMove {
  readonly form: 'allot' | 'transfer';
  readonly typed: Typed;
  readonly problems: readonly Problem[];
}

interface LineMoneyProps {
  readonly action: string;
  readonly line: FundLine;
  readonly standing: Standing | undefined;
  /** The entries of the journal about this line. */
  readonly journal: string;
  /** Keys that make each form count once. */
  readonly keys: { readonly allot: string; readonly transfer: string };
  /** Open lines of the same funder. */
  readonly others: readonly Option[];
  readonly refused?: RefusedMove | undefined;
}

/** What a line was given and what is left, giving it more, and moving some of it. */
export function LineMoney(props: LineMoneyProps) {
  const { action, line, standing, journal, others, refused } = props;
  const { currency } = line.funder;
  const money = (minor: number | undefined) => formatMoney(minor ?? 0, currency);
  const typedOf = (form: RefusedMove['form']) => (refused?.form === form ? refused.typed : {});
  const problemsOf = (form: RefusedMove['form']) =>
    refused?.form === form ? refused.problems : undefined;
  return (
    <>
      <h2 id="money">Money</h2>
      <Facts
        facts={[
          { term: 'Given', value: money(standing?.granted) },
          { term: 'Left', value: money(standing?.left) },
          { term: 'Entries', value: <a href={journal}>What made these numbers</a> },
        ]}
      />
      {!line.isClosed && (
        <>
          <h3>Allot</h3>
          <Form
            action={`${action}#money`}
            problems={problemsOf('allot')}
            label="Allot"
            scope="allot"
          >
            <HiddenField name="do" value="allot" />
            <HiddenField name="key" value={props.keys.allot} />
            <NumberField
              name="amount"
              label={`How much, in ${currency}`}
              width="short"
              hint="What the funder gives; below zero, such as -200, what it takes back."
              decimal
              value={textIn(typedOf('allot'), 'amount')}
            />
            <ToldFields typed={typedOf('allot')} />
            <Actions>
              <SubmitButton>Allot it</SubmitButton>
            </Actions>
          </Form>
        </>
      )}
      {others.length > 0 && (
        <>
          <h3>Move to another line</h3>
          <Form
            action={`${action}#money`}
            problems={problemsOf('transfer')}
            label="Move to another line"
            scope="transfer"
          >
            <HiddenField name="do" value="transfer" />
            <HiddenField name="key" value={props.keys.transfer} />
            <NumberField
              name="amount"
              label={`How much, in ${currency}`}
              width="short"
              decimal
              value={textIn(typedOf('transfer'), 'amount')}
            />
            <Select
              name="to"
              label="Which line gets it"
              hint={
                line.isParticipantSupport
                  ? 'Money of participant support goes elsewhere only where the funder agreed in writing.'
                  : undefined
              }
              options={others}
              value={textIn(typedOf('transfer'), 'to')}
              empty="Choose"
            />
            <ToldFields typed={typedOf('transfer')} />
            <Actions>
              <SubmitButton weight="ordinary">Move it</SubmitButton>
            </Actions>
          </Form>
        </>
      )}
      <CloseForm action={action} line={line} />
    </>
  );
}

function ToldFields({ typed }: { typed: Typed }) {
  return (
    <>
      <DateField
        name="on_date"
        label="When it was decided"
        hint="Empty: today."
        optional
        value={textIn(typed, 'on_date')}
      />
      <TextField
        name="note"
        label="In words"
        hint="The letter, the mail, who said so."
        optional
        value={textIn(typed, 'note')}
      />
      <Checkbox
        name="override"
        label="Let a line be overdrawn by it; the words then say why"
        checked={textIn(typed, 'override') === 'yes'}
      />
    </>
  );
}

function CloseForm({ action, line: { isClosed } }: { action: string; line: FundLine }) {
  return (
    <Form action={action} label={isClosed ? 'Open the line again' : 'Close the line'}>
      <HiddenField name="do" value={isClosed ? 'reopen' : 'close'} />
      <p>
        {isClosed
          ? 'This line is closed: nothing new is paid from it.'
          : 'From a closed line nothing new is paid; what is left can be moved to another one.'}
      </p>
      <Actions>
        <SubmitButton weight={isClosed ? 'ordinary' : 'danger'}>
          {isClosed ? 'Open the line again' : 'Close the line'}
        </SubmitButton>
      </Actions>
    </Form>
  );
}
