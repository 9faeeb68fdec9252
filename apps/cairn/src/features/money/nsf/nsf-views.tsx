import { amountText, type Currency, formatMoney } from '@cairn/kernel/money';
import type { Problem } from '@cairn/kernel/problem';
import { listed } from '@cairn/kernel/words';
import { ActionLink, Actions, SubmitButton } from '../../../design/actions.tsx';
import { HiddenField, NumberField, TextField } from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { Mark } from '../../../design/mark.tsx';
import { Facts } from '../../../design/prose.tsx';
import { Table } from '../../../design/table.tsx';
import { type Typed, textIn } from '../typed-rules.ts';
import type { SavedAward } from './nsf-queries.ts';
import { FORM_LINES, type FormBudget, type FormRow } from './nsf-rules.ts';

interface NsfProps {
  readonly base: string;
  /** Where it is decided who is a participant. */
  readonly participantsHref: string;
  readonly currency: Currency;
  readonly budget: FormBudget;
  readonly award: SavedAward;
  readonly warnings: readonly string[];
  readonly names: ReadonlyMap<string, string>;
  readonly typed: Typed;
  readonly problems?: readonly Problem[] | undefined;
}

/** What was awarded, as the form shows it. */
export const awardAsTyped = (
  { awarded, participants, revision }: SavedAward,
  currency: Currency,
): Typed => ({
  ...Object.fromEntries(
    Object.entries(awarded).map(([line, minor]) => [line, amountText(minor, currency)]),
  ),
  participants: participants === null ? '' : String(participants),
  revision: String(revision),
});

/** A funder's budget in the shape of NSF's form 1030. */
export function NsfPage(props: NsfProps) {
  const { base, participantsHref, currency, budget, award, warnings, names, typed, problems } =
    props;
  const { rows, totals } = budget;
  const money = (minor: number) => formatMoney(minor, currency);
  const rest = (letter: 'E' | 'F' | 'G' | 'H', line: string, label: string) => ({
    line,
    label,
    isSum: true,
    ...totals[letter],
  });
  const of = (letter: string) =>
    rows.filter(({ line }) => line.startsWith(letter)).map((row) => ({ ...row, isSum: false }));
  const shown = [
    ...of('E'),
    rest('E', 'E', 'Travel of staff and speakers'),
    ...of('F'),
    rest('F', 'F', 'Participant support'),
    ...of('G'),
    rest('G', 'G', 'Other direct costs'),
    rest('H', 'H', 'Direct costs kept here'),
  ];
  type Shown = Omit<FormRow, 'line'> & { readonly line: string; readonly isSum: boolean };
  const figure = (head: string, of: (row: Shown) => number) => ({
    head,
    kind: 'number' as const,
    cell: (row: Shown) => (row.isSum ? <strong>{money(of(row))}</strong> : money(of(row))),
  });
  const nameList = (ids: readonly string[]) => listed(ids.map((id) => names.get(id) ?? 'somebody'));
  return (
    <>
      {warnings.map((sentence) => (
        <p key={sentence}>
          <Mark shape="triangle" tone="warn">
            {sentence}
          </Mark>
        </p>
      ))}
      <Table
        caption="The lines of form 1030"
        columns={[
          {
            head: 'Line',
            cell: ({ line, label, isSum }: Shown) =>
              isSum ? (
                <strong>
                  {line} {label}
                </strong>
              ) : (
                `${line} ${label}`
              ),
          },
          figure('Awarded', ({ awarded }) => awarded),
          figure('Committed', ({ committed }) => committed),
          figure('Claimed', ({ claimed }) => claimed),
          figure('Approved', ({ approved }) => approved),
          figure('Of it paid', ({ paid }) => paid),
          figure('Left of the award', ({ left }) => left),
        ]}
        rows={shown}
        rowKey={({ line }) => line}
        empty=""
        narrow="scroll"
        wide
      />
      <Facts
        facts={[
          {
            term: 'Participants',
            value: `${budget.participants.length}${award.participants === null ? '' : ` of ${award.participants} awarded`}`,
          },
          { term: 'Base of indirect costs', value: money(budget.base) },
          {
            term: 'Indirect costs',
            value:
              budget.indirectRate === null
                ? 'none'
                : `${money(budget.indirect)} (${budget.indirectRate} % of the base), awarded ${money(budget.awardedIndirect)}`,
          },
          { term: 'Direct and indirect', value: money(totals.H.approved + budget.indirect) },
        ]}
      />
      <p class="quiet small">
        Salaries, fringe benefits and equipment (A to D) are not kept here. Participant support is
        never in the base. What is in it is said of each line by whoever keeps the lines.
      </p>
      <h2 id="people">Who counts as a participant</h2>
      {budget.undecided.length > 0 ? (
        <p>
          Nobody decided yet on {nameList(budget.undecided)}. Whoever puts effort into the programme
          is no participant; your institution’s written policy says who that is.
        </p>
      ) : (
        <p>It is decided for everybody who is paid.</p>
      )}
      {budget.misplaced.length > 0 && (
        <p>No participants, though participant support pays them: {nameList(budget.misplaced)}.</p>
      )}
      <Actions>
        <ActionLink href={participantsHref}>Decide for each person</ActionLink>
        <ActionLink href={`${base}/nsf.csv`}>This budget as CSV</ActionLink>
      </Actions>
      <h2 id="award">What was awarded</h2>
      <Form action={`${base}/nsf`} problems={problems} label="What was awarded">
        <HiddenField name="revision" value={textIn(typed, 'revision')} />
        {FORM_LINES.map(([line, label]) => (
          <TextField
            key={line}
            name={line}
            label={`${line} ${label}`}
            value={textIn(typed, line)}
            inputmode="decimal"
            width="short"
            optional
          />
        ))}
        <TextField
          name="I"
          label="I Indirect costs"
          value={textIn(typed, 'I')}
          inputmode="decimal"
          width="short"
          optional
        />
        <NumberField
          name="participants"
          label="Number of participants (F)"
          value={textIn(typed, 'participants')}
          optional
        />
        <Actions>
          <SubmitButton>Save what was awarded</SubmitButton>
        </Actions>
      </Form>
    </>
  );
}
