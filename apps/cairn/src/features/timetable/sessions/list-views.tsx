import type { Problem } from '@cairn/kernel/problem';
import { counted, listed } from '@cairn/kernel/words';
import { ActionLink, Actions, SubmitButton } from '../../../design/actions.tsx';
import { TickBox } from '../../../design/boxes.tsx';
import { Checkbox, HiddenField, NumberField, RadioGroup } from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { Menu } from '../../../design/layout.tsx';
import { Table } from '../../../design/table.tsx';
import type { Contradiction, KnownGroup } from '../frame/contradiction-rules.ts';
import { ContradictionList } from '../frame/contradiction-views.tsx';
import { lengthWords } from '../frame/frame-words-rules.ts';
import type { Session } from './session-rules.ts';

type Typed = Readonly<Record<string, string | readonly string[]>>;

const text = (typed: Typed, name: string): string => {
  const value = typed[name];
  return typeof value === 'string' ? value : '';
};

/** Which sessions the list shows. */
export const SESSION_FILTERS = [
  ['all', 'All'],
  ['leadless', 'Without a lead'],
  ['contradicted', 'With contradictions'],
  ['optional', 'Optional'],
  ['open', 'In open space'],
] as const;
export type SessionFilter = (typeof SESSION_FILTERS)[number][0];

interface SessionListProps {
  /** The address of the making of the timetable. */
  readonly home: string;
  readonly filter: SessionFilter;
  readonly counts: Readonly<Record<SessionFilter, number>>;
  readonly sessions: readonly Session[];
  /** Names of people by id, and the groups of the week by key. */
  readonly names: ReadonlyMap<string, string>;
  readonly groups: ReadonlyMap<string, KnownGroup>;
  readonly contradictions: readonly Contradiction[];
  readonly rules: number;
  readonly problems?: readonly Problem[] | undefined;
  readonly make: {
    readonly typed: Typed;
    readonly problems?: readonly Problem[] | undefined;
    readonly groups: number;
    readonly topics: number;
  };
}

/** What is to be put into the timetable, and making more of it. */
export function SessionListPage(props: SessionListProps) {
  const { home, filter, counts, sessions, names, groups, contradictions, problems } = props;
  const base = `${home}/sessions`;
  return (
    <>
      <Menu
        label="Which to show"
        items={SESSION_FILTERS.map(([value, label]) => ({
          href: value === 'all' ? base : `${base}?show=${value}`,
          label: `${label} (${counts[value]})`,
          current: value === filter,
        }))}
      />
      <Actions>
        <ActionLink href={`${base}/new`}>Add a session</ActionLink>
        <ActionLink href={`${base}/rules`}>
          Rules between sessions ({String(props.rules)})
        </ActionLink>
      </Actions>
      <ContradictionList home={home} contradictions={contradictions} most={15} />
      <Form action={base} problems={problems} label="Sessions" wide>
        <HiddenField name="do" value="remove" />
        <Table
          caption="Sessions"
          note={counted(sessions.length, 'session')}
          columns={[
            {
              head: 'Session',
              cell: ({ id, kind, title }: Session) =>
                kind === 'open' ? title : <a href={`${base}/${id}`}>{title}</a>,
            },
            {
              head: 'For',
              cell: ({ kind, groupKey, topicNumber }) =>
                kind === 'plenary'
                  ? 'everybody'
                  : groupKey !== null
                    ? (groups.get(groupKey)?.title ?? groupKey)
                    : topicNumber === null
                      ? '–'
                      : `topic ${topicNumber}`,
            },
            { head: 'Length', cell: ({ minutes }) => lengthWords(minutes) },
            {
              head: 'Leads',
              cell: ({ leads, groupKey }) => {
                const ofGroup = groupKey === null ? [] : (groups.get(groupKey)?.leads ?? []);
                const all = [...new Set([...leads, ...ofGroup])];
                return listed(all.map((id) => names.get(id) ?? 'somebody')) || '–';
              },
            },
            {
              head: 'Needs',
              cell: ({ needs, needed, size, isOptional }) =>
                [
                  ...needs,
                  ...(needed.length > 0 ? [counted(needed.length, 'person', 'people')] : []),
                  ...(size === null ? [] : [counted(size, 'place')]),
                  ...(isOptional ? ['optional'] : []),
                ].join(', ') || '–',
            },
            {
              head: 'Choose',
              cell: ({ id, kind, title }) =>
                kind === 'open' ? (
                  '–'
                ) : (
                  <TickBox name="ids[]" label={`Choose ${title}`} value={id} checked={false} />
                ),
            },
          ]}
          rows={sessions}
          rowKey={({ id }) => id}
          empty="There is no session here."
        />
        {sessions.some(({ kind }) => kind !== 'open') && (
          <Actions>
            <SubmitButton weight="danger">Remove those chosen</SubmitButton>
          </Actions>
        )}
      </Form>
      <MakeSection base={base} {...props.make} />
    </>
  );
}

/** The same number of sessions for each group or planned topic. */
function MakeSection({
  base,
  typed,
  problems,
  groups,
  topics,
}: SessionListProps['make'] & { base: string }) {
  return (
    <>
      <h2 id="make">Make sessions</h2>
      <p>
        Those that there are count, so pressing it again makes none. Sessions of a topic become
        those of its group.
      </p>
      <Form action={`${base}#make`} problems={problems} label="Make sessions" scope="make">
        <HiddenField name="do" value="make" />
        <RadioGroup
          name="from"
          label="For each"
          options={[
            { value: 'groups', label: `group of the week (${groups})` },
            { value: 'topics', label: `planned topic (${topics})` },
          ]}
          value={text(typed, 'from')}
        />
        <NumberField name="count" label="Sessions each" value={text(typed, 'count')} />
        <NumberField name="minutes" label="Minutes of each" value={text(typed, 'minutes')} />
        <Checkbox
          name="in_order"
          label="The first part comes before the second, and so on"
          checked={text(typed, 'in_order') === 'yes'}
        />
        <Actions>
          <SubmitButton>Make the sessions</SubmitButton>
        </Actions>
      </Form>
    </>
  );
}
