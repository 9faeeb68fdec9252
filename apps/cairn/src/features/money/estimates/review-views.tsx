import { amountText, formatMoney } from '@cairn/kernel/money';
import type { Problem } from '@cairn/kernel/problem';
import type { ZoneName } from '@cairn/kernel/time';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { HiddenField, Select, TextArea, TextField } from '../../../design/controls.tsx';
import { Fieldset, Form } from '../../../design/form.tsx';
import { Facts, When } from '../../../design/prose.tsx';
import { Table } from '../../../design/table.tsx';
import { type Category, categoryLabel } from '../category-rules.ts';
import type { FundLine } from '../funders/funder-rules.ts';
import type { Typed } from '../typed-rules.ts';
import { EstimateMark, ItemTable, StepTable } from './estimate-parts-views.tsx';
import type { NamedEstimate } from './estimate-queries.ts';
import { capField, estimateTitle, lineField, mayBe, reasonField } from './estimate-rules.ts';

const text = (typed: Typed, name: string): string | undefined => {
  const value = typed[name];
  return typeof value === 'string' ? value : value?.[0];
};

/** A line that may pay for somebody, with what it still has. */
export interface HeadRoomRow {
  readonly line: FundLine;
  readonly left: number;
  /** What it pays at most for this person, less what is spoken for; undefined where it has no ceiling. */
  readonly ofPerson: number | undefined;
}

/** What is known besides about one item. */
export interface ItemAdvice {
  readonly itemId: string;
  /** What the rules would take off, in sentences. */
  readonly sentences: readonly string[];
}

interface ReviewProps {
  readonly home: string;
  readonly estimate: NamedEstimate;
  readonly lines: readonly FundLine[];
  readonly headRoom: readonly HeadRoomRow[];
  /** The lines that may pay each category for this person. */
  readonly mayPay: ReadonlyMap<Category, readonly FundLine[]>;
  readonly advice: readonly ItemAdvice[];
  /** Where they come from and for how long, as far as they said. */
  readonly coming: string;
  readonly nameOf: (personId: string | null) => string;
  /** Why the reader may not decide; undefined where they may. */
  readonly barred: string | undefined;
  readonly typed: Typed;
  readonly problems?: readonly Problem[] | undefined;
  readonly turnProblems?: readonly Problem[] | undefined;
  readonly zone: ZoneName;
}

/** One estimate beside what lines have left, and what a treasurer says to it. */
export function EstimateReviewPage(props: ReviewProps) {
  const { home, estimate, lines, headRoom, barred, zone, nameOf } = props;
  const { state, note, overReason, firstLookBy } = estimate;
  const action = `${home}/treasury/estimates/${estimate.number}`;
  return (
    <>
      <Facts
        facts={[
          { term: 'Whose', value: estimate.name },
          { term: 'State', value: <EstimateMark state={state} /> },
          ...(estimate.submittedAt === null
            ? []
            : [{ term: 'Submitted', value: <When instant={estimate.submittedAt} zone={zone} /> }]),
          { term: 'Comes', value: props.coming },
          ...(note === '' ? [] : [{ term: 'Says', value: note }]),
          ...(overReason === '' ? [] : [{ term: 'Beyond what is foreseen', value: overReason }]),
          ...(firstLookBy === null ? [] : [{ term: 'First look', value: nameOf(firstLookBy) }]),
        ]}
      />
      <Table
        caption="What lines that pay for them have"
        rows={headRoom}
        rowKey={({ line }) => line.id}
        empty="No line pays for this person."
        columns={[
          { head: 'Line', cell: ({ line }) => `${line.funder.name}: ${line.title}` },
          {
            head: 'Left',
            kind: 'number',
            cell: ({ line, left }) => formatMoney(left, line.funder.currency),
          },
          {
            head: 'Still for this person',
            kind: 'number',
            cell: ({ line, ofPerson }) =>
              ofPerson === undefined ? 'no ceiling' : formatMoney(ofPerson, line.funder.currency),
          },
        ]}
      />
      {mayBe(state, 'decide') && barred === undefined ? (
        <Decision {...props} action={action} />
      ) : (
        <>
          {barred !== undefined && mayBe(state, 'decide') && <p>{barred}</p>}
          <ItemTable items={estimate.items} lines={lines} />
        </>
      )}
      <StepTable
        steps={estimate.steps}
        zone={zone}
        nameOf={({ byPerson }) =>
          byPerson === estimate.personId ? estimate.name : nameOf(byPerson)
        }
      />
      {mayBe(state, 'close') && (
        <Form action={`${action}/close`} problems={props.turnProblems} label="Close" scope="close">
          <TextArea
            name="words"
            label="Close it, and release what is left of its caps"
            hint="Say why; the person reads it. What they have claimed already stays."
            rows={2}
            value={text(props.typed, 'words') ?? ''}
          />
          <Actions>
            <SubmitButton weight="ordinary">Close {estimateTitle(estimate)}</SubmitButton>
          </Actions>
        </Form>
      )}
    </>
  );
}

function Decision(props: ReviewProps & { action: string }) {
  const { action, estimate, mayPay, advice, typed, problems, turnProblems, lines } = props;
  const revision = String(estimate.revision);
  return (
    <>
      <Form action={`${action}/approve`} problems={problems} label="Approve">
        <HiddenField name="revision" value={revision} />
        {estimate.items.map((item) => {
          const options = mayPay.get(item.category) ?? [];
          const line = lines.find(({ id }) => id === item.lineId);
          const currency = line?.funder.currency;
          const cap = item.capMinor ?? item.minor;
          const asked =
            item.minor !== null && currency !== undefined && currency !== item.spentCurrency
              ? `${formatMoney(item.spentMinor, item.spentCurrency)}, that is ${formatMoney(item.minor, currency)} at ${item.rate} of ${item.rateOn}`
              : formatMoney(item.spentMinor, item.spentCurrency);
          const says = advice.find(({ itemId }) => itemId === item.id)?.sentences ?? [];
          return (
            <Fieldset key={item.id} legend={`${categoryLabel(item.category)}: ${item.text}`}>
              <p>
                Asks for {asked}.{says.map((sentence) => ` ${sentence}`)}
              </p>
              <Select
                name={lineField(item.id)}
                label="Paid from"
                empty="Choose"
                value={text(typed, lineField(item.id)) ?? item.lineId ?? ''}
                options={options.map(({ id, title, funder }) => ({
                  value: id,
                  label: `${title} (${funder.currency})`,
                }))}
              />
              <div class="pair">
                <TextField
                  name={capField(item.id)}
                  label="May spend at most"
                  inputmode="decimal"
                  autocomplete="off"
                  width="short"
                  value={
                    text(typed, capField(item.id)) ??
                    (cap === null || currency === undefined ? '' : amountText(cap, currency))
                  }
                />
                <TextField
                  name={reasonField(item.id)}
                  label="If less than asked, why"
                  optional
                  value={text(typed, reasonField(item.id)) ?? item.capReason}
                />
              </div>
            </Fieldset>
          );
        })}
        <TextArea
          name="over_reason"
          label="If it goes beyond what is foreseen, why"
          hint="Beyond a ceiling, what a line has left, or a cap that was approved before. A second treasurer then has to agree; the reason is kept."
          optional
          rows={2}
          value={text(typed, 'over_reason') ?? estimate.overReason}
        />
        <Actions>
          <SubmitButton>{estimate.state === 'second_look' ? 'Agree' : 'Approve'}</SubmitButton>
        </Actions>
      </Form>
      <Form action={`${action}/turn-back`} problems={turnProblems} label="Give back" scope="turn">
        <HiddenField name="revision" value={revision} />
        <TextArea
          name="words"
          label="Or give it back with words"
          hint="What is to be mended, or why it is declined; the person reads it."
          rows={3}
          value={text(typed, 'words') ?? ''}
        />
        <Actions>
          <SubmitButton weight="ordinary" name="to" value="returned">
            Return it to be mended
          </SubmitButton>
          <SubmitButton weight="ordinary" name="to" value="declined">
            Decline it
          </SubmitButton>
        </Actions>
      </Form>
    </>
  );
}
