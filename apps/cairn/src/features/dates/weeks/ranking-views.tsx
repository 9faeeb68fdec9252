import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { CheckboxGroup, DateField } from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { Mark } from '../../../design/mark.tsx';
import { DateSpan } from '../../../design/prose.tsx';
import { Table } from '../../../design/table.tsx';
import { countAnswers, WEEK_ANSWER_WORDS } from './answer-rules.ts';
import type { Guest } from './guest-queries.ts';
import type { ToldWeek, WhatIf } from './ranking-rules.ts';
import { type Week, weekName } from './week-rules.ts';

interface RankingProps {
  readonly caption: string;
  readonly told: readonly ToldWeek[];
  /** The rank of each week as things are, where the table shows a what-if. */
  readonly before?: ReadonlyMap<string, number> | undefined;
  /** Leads to the page before a choice; none while nothing can be chosen. */
  readonly chooseHref?: string | undefined;
}

/** Weeks in order of how they suit, with the reasons in words. Ties share a place and say so. */
export const RankingTable = ({ caption, told, before, chooseHref }: RankingProps) => (
  <Table
    caption={caption}
    note="Silence is counted on its own, never as a yes."
    rows={told}
    rowKey={({ week }) => week.id}
    empty="No week is left in view."
    wide
    columns={[
      {
        head: 'Place',
        kind: 'number',
        cell: ({ week, ranked }) => {
          const was = before?.get(week.id);
          return (
            <>
              {ranked.rank}
              {ranked.isTied && <span> tied</span>}
              {was !== undefined && was !== ranked.rank && <span class="quiet"> was {was}</span>}
            </>
          );
        },
      },
      {
        head: 'Week',
        namesRow: true,
        kind: 'date',
        cell: ({ week }) => <DateSpan from={week.start} to={week.end} />,
      },
      { head: 'Yes', kind: 'number', cell: ({ ranked }) => ranked.counts.yes },
      { head: 'If need be', kind: 'number', cell: ({ ranked }) => ranked.counts.ifNeedBe },
      { head: 'No', kind: 'number', cell: ({ ranked }) => ranked.counts.no },
      { head: 'Silent', kind: 'number', cell: ({ ranked }) => ranked.counts.unanswered },
      { head: 'Seats filled', kind: 'number', cell: ({ ranked }) => ranked.counts.seatsFilled },
      {
        head: 'Why there',
        cell: ({ sentences }) => sentences.join(' '),
      },
      ...(chooseHref === undefined
        ? []
        : [
            {
              head: 'Choose',
              cell: ({ week }: ToldWeek) => (
                <a href={`${chooseHref}?start=${week.id}`}>
                  Choose<span class="unseen"> {weekName(week)}</span>
                </a>
              ),
            },
          ]),
    ]}
  />
);

/** Leaves people out and narrows the days, to see the ranking move. Nothing is changed by it. */
export function WhatIfForm({
  action,
  guests,
  whatIf,
}: {
  action: string;
  guests: readonly Guest[];
  whatIf: WhatIf;
}) {
  return (
    <Form action={action} method="get" label="What if?">
      <p>Nothing is changed by looking.</p>
      <DateField
        name="from"
        label="Only weeks from"
        value={whatIf.from?.toString() ?? ''}
        optional
      />
      <DateField
        name="until"
        label="Only weeks until"
        value={whatIf.until?.toString() ?? ''}
        optional
      />
      <details open={whatIf.without.size > 0}>
        <summary>Leave people out</summary>
        <CheckboxGroup
          name="without"
          label="Without"
          options={guests.map(({ personId, name, isNeeded }) => ({
            value: personId,
            label: isNeeded ? `${name} (needed)` : name,
          }))}
          values={[...whatIf.without]}
        />
      </details>
      <Actions>
        <SubmitButton weight="ordinary">Show the ranking then</SubmitButton>
        <a href={action}>As it is</a>
      </Actions>
    </Form>
  );
}

const MARKS = {
  yes: { shape: 'tick', tone: 'good' },
  if_need_be: { shape: 'half', tone: 'warn' },
  no: { shape: 'cross', tone: 'bad' },
} as const;

/** Everybody’s answers, week by week: the counts first, then a line for each person. */
export function AnswerMatrix({
  guests,
  shown,
  weeks,
  personHref,
}: {
  /** Everybody who is asked: the counts are theirs. */
  guests: readonly Guest[];
  /** Those of this page. */
  shown: readonly Guest[];
  weeks: readonly Week[];
  personHref: (personId: string) => string;
}) {
  const counts = countAnswers(weeks, guests);
  const rows: readonly (Guest | 'counts')[] = ['counts', ...shown];
  return (
    <Table
      caption="Answers"
      note="Organisers only."
      narrow="scroll"
      wide
      rows={rows}
      rowKey={(row) => (row === 'counts' ? row : row.personId)}
      empty="Nobody is asked."
      columns={[
        {
          head: 'Person',
          cell: (row) =>
            row === 'counts' ? (
              'yes / if need be / no / silent'
            ) : (
              <>
                <a href={personHref(row.personId)}>{row.name}</a>
                {row.isNeeded && ' (needed)'}
              </>
            ),
        },
        ...weeks.map((week) => ({
          head: weekName(week),
          cell: (row: Guest | 'counts') => {
            if (row === 'counts') {
              const { yes = 0, ifNeedBe = 0, no = 0, unanswered = 0 } = counts.get(week.id) ?? {};
              return (
                <span class="strong">
                  {yes} / {ifNeedBe} / {no} / {unanswered}
                </span>
              );
            }
            const answer = row.answers[week.id];
            const note = row.notes[week.id];
            return (
              <>
                {answer === undefined ? (
                  <Mark shape="ring" tone="soft">
                    silent
                  </Mark>
                ) : (
                  <Mark {...MARKS[answer]}>{WEEK_ANSWER_WORDS[answer].toLowerCase()}</Mark>
                )}
                {note !== undefined && <span class="quiet"> {note}</span>}
              </>
            );
          },
        })),
      ]}
    />
  );
}
