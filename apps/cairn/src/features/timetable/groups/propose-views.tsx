import type { Problem } from '@cairn/kernel/problem';
import type { ZoneName } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import type { ComponentChildren } from 'preact';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { Checkbox, CheckboxGroup, NumberField, Select } from '../../../design/controls.tsx';
import { EmptyState } from '../../../design/empty.tsx';
import { Form } from '../../../design/form.tsx';
import { Mark } from '../../../design/mark.tsx';
import { type Fact, Facts, When } from '../../../design/prose.tsx';
import { Table } from '../../../design/table.tsx';
import type { GroupingRow } from './grouping-queries.ts';
import type { FactTopic } from './problem-rules.ts';
import { spanInWords } from './span-rules.ts';

/** What the form says: as it was typed, or as it begins. */
export interface ProposeTyped {
  readonly date: string;
  readonly least: string;
  readonly most: string;
  readonly different: string;
  readonly from: string;
  readonly keepsPlaces: boolean;
  readonly seed: string;
  readonly topics: readonly string[];
}

interface GroupsHomeProps {
  /** `/s/<summit>/organise/timetable/groups`. */
  readonly home: string;
  readonly zone: ZoneName;
  readonly groupings: readonly GroupingRow[];
  readonly days: readonly string[];
  readonly topics: readonly FactTopic[];
  readonly people: number;
  /** How many of those who come said nothing of any topic. */
  readonly silent: number;
  readonly plan: string;
  readonly typed: ProposeTyped;
  readonly problems: readonly Problem[] | undefined;
}

/** The groups that hold and those that were proposed, and the form that proposes others. */
export function GroupsHome(props: GroupsHomeProps) {
  const { home, zone, groupings, days, people, silent, plan } = props;
  const held = (date: string | null) =>
    groupings
      .filter((each) => each.state === 'set' && each.date === date)
      .sort((one, other) => String(other.setAt).localeCompare(String(one.setAt)))[0];
  const week = held(null);
  const facts: Fact[] = [
    { term: 'The week', value: <Held home={home} grouping={week} none="none are set yet" /> },
    ...days.map((date) => ({
      term: spanInWords(date),
      value: (
        <Held
          home={home}
          grouping={held(date)}
          none={
            week === undefined ? (
              'none'
            ) : (
              <>
                those of the week ·{' '}
                <a href={`${home}?from=${week.id}&date=${date}#propose`}>others for this day</a>
              </>
            )
          }
        />
      ),
    })),
  ];
  return (
    <>
      <h2>Groups that hold</h2>
      <Facts facts={facts} />
      <Table
        caption="Proposed, and not set"
        columns={[
          {
            head: 'Groups',
            cell: ({ id, title }) => <a href={`${home}/${id}`}>{title}</a>,
          },
          { head: 'Made', cell: ({ createdAt }) => <When instant={createdAt} zone={zone} /> },
          { head: 'Sizes', cell: ({ least, most }) => `${least} to ${most}` },
          { head: 'Found', cell: ({ statement }) => statement[1] ?? statement[0] ?? '' },
        ]}
        rows={groupings.filter(({ state }) => state === 'draft')}
        rowKey={({ id }) => id}
        empty="Nothing is proposed. Nobody but organisers sees proposals before they are set."
      />
      <h2 id="propose">Propose groups</h2>
      <p>
        {counted(people, 'person comes', 'people come')}
        {silent > 0 && (
          <>
            ;{' '}
            <Mark shape="triangle" tone="warn">
              {counted(silent, 'has', 'have')} said nothing of what they want
            </Mark>{' '}
            and will be put where people are needed
          </>
        )}
        . <a href={`${plan}/interest/matrix`}>Who wants what</a>
      </p>
      <ProposeForm {...props} />
    </>
  );
}

function Held({
  home,
  grouping,
  none,
}: {
  home: string;
  grouping: GroupingRow | undefined;
  none: ComponentChildren;
}) {
  if (grouping === undefined) return <span class="quiet">{none}</span>;
  return (
    <>
      <a href={`${home}/${grouping.id}`}>{grouping.title}</a>
      {grouping.date !== null && ' (instead of those of the week)'} ·{' '}
      <a href={`${home}?from=${grouping.id}#propose`}>begin the next from them</a>
    </>
  );
}

function ProposeForm({ home, groupings, days, topics, typed, problems }: GroupsHomeProps) {
  if (topics.length === 0) {
    return (
      <EmptyState>The plan has no open topic, so there is nothing to make groups of.</EmptyState>
    );
  }
  return (
    <Form action={home} label="Propose groups" scope="propose" problems={problems}>
      <Select
        name="date"
        label="For"
        value={typed.date}
        empty="The whole week"
        options={days.map((date) => ({ value: date, label: spanInWords(date) }))}
      />
      <NumberField
        name="least"
        label="People in a group, at least"
        value={typed.least}
        hint="A group may have sizes of its own: say them on its page, and propose again from there."
      />
      <NumberField name="most" label="People in a group, at most" value={typed.most} />
      <NumberField
        name="different"
        label="Projects that should meet in each group"
        value={typed.different}
        hint="People of so many different projects, where it costs nobody a better wish. The projects that a topic names should meet in any case."
      />
      <Select
        name="from"
        label="Begin from"
        value={typed.from}
        empty="Nothing: form them anew"
        hint="What was done by hand there is kept: who was put somewhere, who stays out, who must not be missed, groups that were added or split."
        options={groupings.map(({ id, title, state }) => ({
          value: id,
          label: `${title} (${state === 'set' ? 'these hold' : 'proposed'})`,
        }))}
      />
      <Checkbox
        name="keeps_places"
        label="Move few people away from there"
        checked={typed.keepsPlaces}
        hint="For a morning: whoever has a wish of theirs stays, even where a better one could be had."
      />
      <CheckboxGroup
        name="topics"
        label="Topics that may become groups"
        optional={false}
        values={typed.topics}
        hint="Those that too few want do not come about."
        options={topics.map(({ number, title, state }) => ({
          value: String(number),
          label: state === 'idea' || state === 'proposed' ? `${title} (${state})` : title,
        }))}
      />
      <NumberField
        name="seed"
        label="Number to draw lots by"
        value={typed.seed}
        hint="Where nothing else tells two people apart. The same number gives the same groups."
      />
      <Actions>
        <SubmitButton>Propose groups</SubmitButton>
      </Actions>
    </Form>
  );
}
