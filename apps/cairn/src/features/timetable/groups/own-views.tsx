import type { Problem } from '@cairn/kernel/problem';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { HiddenField, Select } from '../../../design/controls.tsx';
import { EmptyState } from '../../../design/empty.tsx';
import { ErrorSummary, Form } from '../../../design/form.tsx';
import { Menu } from '../../../design/layout.tsx';
import { Mark } from '../../../design/mark.tsx';
import { Table } from '../../../design/table.tsx';
import type { CameBy } from './group-schema.ts';
import { spanInWords } from './span-rules.ts';

/** Somebody in a group, as those see them who come. */
export interface ShownMember {
  readonly personId: string;
  readonly name: string;
  readonly isLead: boolean;
}

export interface ShownGroup {
  readonly key: string;
  readonly title: string;
  readonly people: readonly ShownMember[];
  readonly left: number;
}

/** Somebody's own part in the groups that hold. */
export interface OwnPlace {
  readonly personId: string;
  readonly group: ShownGroup | undefined;
  readonly isOut: boolean;
  readonly cameBy: CameBy;
  readonly why: readonly string[];
  /** Groups that they can join. */
  readonly joins: readonly { readonly value: string; readonly label: string }[];
  /** People with whom they can change places. */
  readonly swaps: readonly { readonly value: string; readonly label: string }[];
  readonly askedOfMe: readonly ShownSwap[];
  readonly askedByMe: readonly ShownSwap[];
}

/** A swap, and who is on its other side. */
export interface ShownSwap {
  readonly id: string;
  readonly name: string;
  readonly group: string;
}

export interface RefusedOwn {
  readonly part: string;
  readonly text: (name: string) => string;
  readonly problems: readonly Problem[];
}

interface OwnGroupsProps {
  /** `/s/<summit>/timetable/groups`. */
  readonly home: string;
  /** The day that these groups are for; the week where null. */
  readonly date: string | null;
  /** Days that have groups of their own. */
  readonly days: readonly string[];
  readonly hasWeek: boolean;
  readonly grouping: string;
  readonly own: OwnPlace | undefined;
  readonly groups: readonly ShownGroup[];
  /** In no group, and not out. */
  readonly unplaced: readonly ShownMember[];
  readonly interestHref: string;
  readonly refused: RefusedOwn | undefined;
}

/** Where the groups of a day, or of the week, are. */
export const groupsHref = (home: string, date: string | null): string =>
  date === null ? `${home}?for=week` : `${home}?for=${date}`;

/** The groups that hold, for those who come: one's own with its reasons, and everybody's. */
export function OwnGroups(props: OwnGroupsProps) {
  const { home, date, days, hasWeek, own, groups, unplaced } = props;
  const spans = [...(hasWeek ? [null] : []), ...days];
  return (
    <>
      {spans.length > 1 && (
        <Menu
          label="Groups of"
          items={spans.map((each) => ({
            href: groupsHref(home, each),
            label: each === null ? 'The week' : spanInWords(each),
            current: each === date,
          }))}
        />
      )}
      {own === undefined ? (
        <ErrorSummary problems={props.refused?.problems ?? []} />
      ) : (
        <Own {...props} own={own} />
      )}
      <h2>Everybody</h2>
      <Table
        caption={`Groups for ${spanInWords(date)}`}
        note={`${groups.length}; who leads is bold`}
        columns={[
          {
            head: 'Group',
            cell: ({ key, title, people }) => (
              <>
                <a href={`${home}/${key}`}>{title}</a>
                {people.some(({ personId }) => personId === own?.personId) && (
                  <>
                    {' '}
                    <Mark shape="disc" tone="good">
                      yours
                    </Mark>
                  </>
                )}
              </>
            ),
          },
          { head: 'People', cell: ({ people }) => <Names people={people} /> },
          {
            head: 'Room for',
            cell: ({ left }) => (left > 0 ? `${left} more` : 'nobody more'),
          },
        ]}
        rows={groups}
        rowKey={({ key }) => key}
        empty="No group has come about."
      />
      {unplaced.length > 0 && (
        <p>
          In no group: <Names people={unplaced} />.
        </p>
      )}
    </>
  );
}

export const Names = ({ people }: { people: readonly ShownMember[] }) => (
  <>
    {people.map(({ personId, name, isLead }, index) => (
      <span key={personId}>
        {index > 0 && ', '}
        {isLead ? <strong>{name}</strong> : name}
      </span>
    ))}
  </>
);

function Own(props: OwnGroupsProps & { own: OwnPlace }) {
  const { home, date, own, refused } = props;
  const { group, isOut, why, askedOfMe, askedByMe } = own;
  const page = groupsHref(home, date);
  return (
    <>
      <h2>
        {group === undefined ? (
          isOut ? (
            'You stay out of groups'
          ) : (
            'You are in no group'
          )
        ) : (
          <>
            You are in <a href={`${home}/${group.key}`}>{group.title}</a>
          </>
        )}
      </h2>
      {group !== undefined && (
        <p>
          {group.people.length === 1 ? (
            'Nobody else is there yet.'
          ) : (
            <>
              With{' '}
              <Names people={group.people.filter(({ personId }) => personId !== own.personId)} />.
            </>
          )}
        </p>
      )}
      {refused !== undefined && !['join', 'ask', 'out'].includes(refused.part) && (
        <ErrorSummary problems={refused.problems} />
      )}
      {askedOfMe.map(({ id, name, group: theirs }) => (
        <Form key={id} action={page} label={`${name} asks to change places`} scope={id}>
          <HiddenField name="grouping" value={props.grouping} />
          <HiddenField name="do" value="answer" />
          <HiddenField name="swap" value={id} />
          <p>
            <Mark shape="triangle" tone="warn">
              {name} asks to change places with you: you would be in “{theirs}”, and they here.
            </Mark>
          </p>
          <Actions>
            <SubmitButton name="agrees" value="yes">
              Change places with {name}
            </SubmitButton>
            <SubmitButton name="agrees" value="no" weight="ordinary">
              Stay where I am
            </SubmitButton>
          </Actions>
        </Form>
      ))}
      {askedByMe.map(({ id, name, group: theirs }) => (
        <Form key={id} action={page} label={`You asked ${name}`} scope={id}>
          <HiddenField name="grouping" value={props.grouping} />
          <HiddenField name="do" value="withdraw" />
          <HiddenField name="swap" value={id} />
          <p>
            You asked {name} in “{theirs}” to change places, and wait for an answer.
          </p>
          <Actions>
            <SubmitButton weight="ordinary">Take it back</SubmitButton>
          </Actions>
        </Form>
      ))}
      {why.length > 0 && (
        <>
          <h3>Why</h3>
          <ul>
            {why.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </>
      )}
      <Elsewhere {...props} />
    </>
  );
}

function Elsewhere({
  home,
  date,
  grouping,
  own,
  interestHref,
  refused,
}: OwnGroupsProps & { own: OwnPlace }) {
  const page = groupsHref(home, date);
  const of = (part: string) => (refused?.part === part ? refused : undefined);
  const [join, ask, out] = [of('join'), of('ask'), of('out')];
  const { group, isOut, joins, swaps } = own;
  return (
    <details open={refused !== undefined || group === undefined}>
      <summary>Be somewhere else</summary>
      {joins.length > 0 || join !== undefined ? (
        <Form
          action={page}
          label="Join a group that has room"
          scope="join"
          problems={join?.problems}
        >
          <HiddenField name="grouping" value={grouping} />
          <HiddenField name="do" value="join" />
          <Select
            name="group"
            label="Join a group that has room"
            empty="Choose a group"
            value={join?.text('group')}
            hint="It counts at once."
            options={joins}
          />
          <Actions>
            <SubmitButton weight="ordinary">Join it</SubmitButton>
          </Actions>
        </Form>
      ) : (
        <p>No other group has room that you could take without leaving yours too small.</p>
      )}
      {((group !== undefined && swaps.length > 0) || ask !== undefined) && (
        <Form
          action={page}
          label="Ask somebody to change places"
          scope="ask"
          problems={ask?.problems}
        >
          <HiddenField name="grouping" value={grouping} />
          <HiddenField name="do" value="ask" />
          <Select
            name="person"
            label="Ask somebody to change places"
            empty="Choose somebody"
            value={ask?.text('person')}
            hint="They are told by mail. Nothing changes before they agree. Groups that you want most come first."
            options={swaps}
          />
          <Actions>
            <SubmitButton weight="ordinary">Ask them</SubmitButton>
          </Actions>
        </Form>
      )}
      <Form action={page} label="Stay out of groups" scope="out" problems={out?.problems}>
        <HiddenField name="grouping" value={grouping} />
        <HiddenField name="do" value="out" />
        <HiddenField name="out" value={isOut ? 'no' : 'yes'} />
        <p>
          {isOut
            ? 'You stay out until you say otherwise. When you take part again, join a group or let organisers put you into one.'
            : 'You may stay out of groups altogether. Your place goes to whoever takes it.'}
        </p>
        <Actions>
          <SubmitButton weight="ordinary">
            {isOut ? 'Take part in groups again' : 'Stay out of groups'}
          </SubmitButton>
        </Actions>
      </Form>
      <p>
        What later groups are made from: <a href={interestHref}>what you want of the topics</a>.
      </p>
    </details>
  );
}

/** Before anything holds. */
export const NoGroups = ({
  interestHref,
  organise,
  problems,
}: {
  interestHref: string;
  organise: string | undefined;
  problems: readonly Problem[];
}) => (
  <>
    <ErrorSummary problems={problems} />
    <EmptyState next={{ href: interestHref, label: 'Say what you want' }}>
      No groups are set yet. They are made from what people want of the topics.
    </EmptyState>
    {organise !== undefined && (
      <p>
        <a href={organise}>Propose groups</a>
      </p>
    )}
  </>
);
