import type { Problem } from '@cairn/kernel/problem';
import type { ZoneName } from '@cairn/kernel/time';
import { ordinal } from '@cairn/kernel/words';
import { ActionLink, Actions, SubmitButton } from '../../../design/actions.tsx';
import { HiddenField, Select, TextArea, TextField } from '../../../design/controls.tsx';
import { EmptyState } from '../../../design/empty.tsx';
import { Fieldset, Form } from '../../../design/form.tsx';
import { Table } from '../../../design/table.tsx';
import { CATEGORY_KEYS, type Category, categoryLabel } from '../category-rules.ts';
import type { FundLine } from '../funders/funder-rules.ts';
import { type Typed, textIn } from '../typed-rules.ts';
import { EstimateMark, ItemTable, OfLine, StepTable, titleOf } from './estimate-parts-views.tsx';
import type { Cap } from './estimate-queries.ts';
import { type Estimate, estimateTitle, isOpen, mayBe, NEXT_WORDS } from './estimate-rules.ts';
import { itemField } from './estimate-schema.ts';

/** What somebody may expect to spend, from where they come and for how long. */
export interface Expected {
  readonly label: string;
  readonly low: string;
  readonly likely: string;
  readonly high: string;
}

const Hints = ({ hints, rulesAt }: { hints: readonly Expected[]; rulesAt: string }) => (
  <>
    {hints.length > 0 && (
      <Table
        caption="What the treasurers expect for somebody who comes as you do"
        note="a guess to begin with, no limit"
        rows={hints}
        rowKey={({ label }) => label}
        empty=""
        columns={[
          { head: 'Cost', cell: ({ label }) => label },
          { head: 'At least', kind: 'number', cell: ({ low }) => low },
          { head: 'Likely', kind: 'number', cell: ({ likely }) => likely },
          { head: 'At most', kind: 'number', cell: ({ high }) => high },
        ]}
      />
    )}
    <p>
      Write what you expect to pay, in the currency in which you pay it; it is converted for you
      when you submit. <a href={rulesAt}>What is paid, and what is not</a>.
    </p>
  </>
);

interface EditorProps {
  readonly home: string;
  readonly action: string;
  /** Undefined before it was first saved. */
  readonly revision: number | undefined;
  readonly rows: number;
  readonly typed: Typed;
  readonly problems?: readonly Problem[] | undefined;
  /** What lines pay for this person at all. */
  readonly categories: readonly Category[];
  readonly currency: string;
  readonly hints: readonly Expected[];
  readonly isSupplement: boolean;
}

/** Which cost a field says something of. */
const partOf = (name: string): string | undefined => {
  const place = /^cost_(\d+)_/.exec(name)?.[1];
  return place === undefined ? undefined : `${ordinal(Number(place) + 1)} cost`;
};

/** The form of a draft. Works without scripts: saving brings two more empty costs. */
export function EstimateEditor(props: EditorProps) {
  const { home, action, revision, rows, typed, problems, categories, currency, hints } = props;
  return (
    <>
      <Hints hints={hints} rulesAt={`${home}/money/rules`} />
      <Form action={action} problems={problems} label="Estimate" partOf={partOf}>
        {revision !== undefined && <HiddenField name="revision" value={String(revision)} />}
        {Array.from({ length: rows }, (_, position) => {
          const name = (field: Parameters<typeof itemField>[1]) => itemField(position, field);
          const chosen = textIn(typed, name('category'));
          const shown = CATEGORY_KEYS.filter((key) => categories.includes(key) || key === chosen);
          return (
            <Fieldset key={position} legend={`${ordinal(position + 1)} cost`}>
              <Select
                name={name('category')}
                label="Kind"
                optional={position > 0}
                empty="Choose"
                value={chosen}
                options={shown.map((key) => ({ value: key, label: categoryLabel(key) }))}
              />
              <TextField
                name={name('text')}
                label="What for"
                hint={position === 0 ? 'Such as “Flight Berlin–Seattle and back”.' : undefined}
                optional={position > 0}
                value={textIn(typed, name('text'))}
              />
              <div class="pair">
                <TextField
                  name={name('amount')}
                  label="About how much"
                  optional={position > 0}
                  inputmode="decimal"
                  autocomplete="off"
                  width="short"
                  value={textIn(typed, name('amount'))}
                />
                <TextField
                  name={name('currency')}
                  label="Currency"
                  optional={position > 0}
                  autocomplete="off"
                  width="tiny"
                  value={textIn(typed, name('currency')) || currency}
                />
              </div>
            </Fieldset>
          );
        })}
        <TextArea
          name="note"
          label={
            props.isSupplement
              ? 'Why you need more than was approved'
              : 'What treasurers should know'
          }
          optional={!props.isSupplement}
          rows={3}
          value={textIn(typed, 'note')}
        />
        <Actions>
          <SubmitButton name="do" value="submit">
            Submit to the treasurers
          </SubmitButton>
          <SubmitButton weight="ordinary" name="do" value="save">
            Save the draft
          </SubmitButton>
        </Actions>
      </Form>
    </>
  );
}

interface OwnListProps {
  readonly home: string;
  readonly estimates: readonly Estimate[];
  readonly caps: readonly Cap[];
  readonly lines: readonly FundLine[];
  /** Why nobody would pay anything for the reader; undefined where somebody would. */
  readonly unpaid: string | undefined;
  /** A line that pays for them wants an estimate before anything is spent. */
  readonly isNeeded: boolean;
}

/** One's own estimates, and what one may spend. */
export function OwnEstimatesPage(props: OwnListProps) {
  const { home, estimates, caps, lines, unpaid, isNeeded } = props;
  const isBusy = estimates.some(({ state }) => isOpen(state));
  if (unpaid !== undefined && estimates.length === 0) return <EmptyState>{unpaid}</EmptyState>;
  return (
    <>
      <p>
        {isNeeded
          ? 'Propose what you will spend before you spend it. What is approved has a cap for each cost; what you spend without that may not be paid back.'
          : 'You may propose what you will spend before you spend it; what is approved is kept for you.'}
      </p>
      {caps.length > 0 && (
        <Table
          caption="What you may spend"
          rows={caps}
          rowKey={({ lineId, category }) => `${lineId} ${category}`}
          empty=""
          columns={[
            { head: 'Kind', cell: ({ category }) => categoryLabel(category) },
            { head: 'Paid from', cell: ({ lineId }) => titleOf(lines, lineId) },
            {
              head: 'At most',
              kind: 'number',
              cell: ({ capMinor, lineId }) => (
                <OfLine minor={capMinor} lineId={lineId} lines={lines} />
              ),
            },
            {
              head: 'Still to claim',
              kind: 'number',
              cell: ({ leftMinor, lineId }) => (
                <OfLine minor={leftMinor} lineId={lineId} lines={lines} />
              ),
            },
          ]}
        />
      )}
      <Table
        caption="Your estimates"
        rows={estimates}
        rowKey={({ id }) => id}
        empty="You have proposed none yet."
        columns={[
          {
            head: 'Estimate',
            cell: (each) => (
              <a href={`${home}/money/estimates/${each.number}`}>{estimateTitle(each)}</a>
            ),
          },
          { head: 'State', cell: ({ state }) => <EstimateMark state={state} /> },
          { head: 'What comes next', cell: ({ state }) => NEXT_WORDS[state] },
        ]}
      />
      {!isBusy && unpaid === undefined && (
        <Actions>
          <ActionLink href={`${home}/money/estimates/new`} weight="primary">
            {caps.length > 0 ? 'Ask for more' : 'Propose an estimate'}
          </ActionLink>
        </Actions>
      )}
    </>
  );
}

interface OwnPageProps {
  readonly home: string;
  readonly estimate: Estimate;
  readonly lines: readonly FundLine[];
  readonly zone: ZoneName;
  readonly readerId: string;
}

/** One of one's own estimates, which nobody edits now. */
export function OwnEstimatePage({ home, estimate, lines, zone, readerId }: OwnPageProps) {
  const { number, state, note } = estimate;
  return (
    <>
      <p>
        <EstimateMark state={state} /> {NEXT_WORDS[state]}
      </p>
      <ItemTable items={estimate.items} lines={lines} />
      {note !== '' && <p>You wrote: {note}</p>}
      {state === 'approved' && (
        <p>
          Will it cost more? <a href={`${home}/money/estimates/new`}>Ask for more</a> before you
          spend it.
        </p>
      )}
      <OwnSteps estimate={estimate} zone={zone} readerId={readerId} />
      {mayBe(state, 'withdraw') && (
        <p>
          <a href={`${home}/money/estimates/${number}/withdraw`}>Take it back</a>
        </p>
      )}
      {mayBe(state, 'close') && (
        <p>
          <a href={`${home}/money/estimates/${number}/close`}>I need no more of it</a>
        </p>
      )}
    </>
  );
}

/** What happened to one's own estimate. */
export const OwnSteps = ({
  estimate,
  zone,
  readerId,
}: Pick<OwnPageProps, 'estimate' | 'zone' | 'readerId'>) => (
  <StepTable
    steps={estimate.steps}
    zone={zone}
    nameOf={({ byPerson }) => (byPerson === readerId ? 'you' : 'a treasurer')}
  />
);
