import type { ZoneName } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { Checkbox, HiddenField } from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { Mark } from '../../../design/mark.tsx';
import { Facts, When } from '../../../design/prose.tsx';
import { Table } from '../../../design/table.tsx';
import { ByHand, type RefusedPart } from './by-hand-views.tsx';
import type { Grouping } from './grouping-queries.ts';
import { Matrix } from './matrix-views.tsx';
import type { GroupFacts } from './problem-rules.ts';
import { spanInWords } from './span-rules.ts';
import { type Standing, type StandingMember, wishInWords } from './standing-rules.ts';

interface GroupingPageProps {
  /** `/s/<summit>/organise/timetable/groups`. */
  readonly home: string;
  readonly plan: string;
  readonly zone: ZoneName;
  readonly grouping: Grouping;
  readonly standing: Standing;
  readonly facts: GroupFacts;
  /** How many would be told when it is set. */
  readonly toTell: number;
  /** The group by which the matrix is sorted. */
  readonly sort: string | undefined;
  readonly refused: RefusedPart | undefined;
}

/** Everything about one grouping, for organisers. */
export function GroupingPage(props: GroupingPageProps) {
  const { grouping, standing } = props;
  return (
    <>
      <Summary {...props} />
      {grouping.state !== 'dropped' && <Decide {...props} />}
      <h2>How it stands</h2>
      <p>{standing.wishes}</p>
      {standing.amiss.length > 0 && (
        <ul>
          {standing.amiss.map((sentence) => (
            <li key={sentence}>
              <Mark shape="triangle" tone="warn">
                {sentence}
              </Mark>
            </li>
          ))}
        </ul>
      )}
      <GroupsTable {...props} />
      <WorstOff standing={standing} />
      {grouping.statement.length > 0 && (
        <>
          <h2>What the search said</h2>
          <ul>
            {grouping.statement.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </>
      )}
      {grouping.state !== 'dropped' && <ByHand {...props} />}
      <h2>Who wants what, and is where</h2>
      <Matrix {...props} />
      <p class="quiet">On a narrow screen, the table of groups says the same in words.</p>
    </>
  );
}

function Summary({ home, zone, grouping }: GroupingPageProps) {
  const { date, state, setAt, least, most, different, seed, fromId, keepsPlaces } = grouping;
  return (
    <Facts
      facts={[
        { term: 'For', value: spanInWords(date) },
        {
          term: 'State',
          value:
            state === 'set' && setAt !== null ? (
              <>
                <Mark shape="tick" tone="good">
                  they hold
                </Mark>{' '}
                since <When instant={setAt} zone={zone} />
              </>
            ) : state === 'draft' ? (
              'proposed; only organisers see them'
            ) : (
              'dropped or replaced'
            ),
        },
        {
          term: 'Asked for',
          value: `${least} to ${most} people in a group${different > 1 ? `, of ${different} projects` : ''}; lots drawn by ${seed}`,
        },
        ...(fromId === null
          ? []
          : [
              {
                term: 'Begun from',
                value: (
                  <>
                    <a href={`${home}/${fromId}`}>earlier groups</a>
                    {keepsPlaces && ', moving few people'}
                  </>
                ),
              },
            ]),
      ]}
    />
  );
}

function Decide({ home, grouping, toTell }: GroupingPageProps) {
  const page = `${home}/${grouping.id}`;
  return (
    <>
      {grouping.state === 'draft' && (
        <Form action={page} label="Set these groups" scope="set">
          <HiddenField name="do" value="set" />
          <Checkbox
            name="tells"
            label={`Tell ${counted(toTell, 'person', 'people')} by mail: those whose group is another than they know of`}
            checked
          />
          <Actions>
            <SubmitButton>Set these groups for {spanInWords(grouping.date)}</SubmitButton>
          </Actions>
        </Form>
      )}
      <p>
        <a href={`${home}?from=${grouping.id}#propose`}>Propose again from these</a> ·{' '}
        <a href={`${page}/drop-them`}>
          {grouping.state === 'set' ? 'Do without these groups' : 'Drop this proposal'}
        </a>
      </p>
    </>
  );
}

/** A person in a list: who leads is bold, what was done by hand is said. */
const Person = ({ person }: { person: StandingMember }) => (
  <>
    {person.isLead ? <strong>{person.name}</strong> : person.name}{' '}
    <span class="quiet small">
      ({person.isLead && 'leads, '}
      {wishInWords(person)}
      {person.isPinned && ', kept'})
    </span>
  </>
);

const People = ({ people }: { people: readonly StandingMember[] }) => (
  <>
    {people.map((person, index) => (
      <>
        {index > 0 && ', '}
        <Person person={person} />
      </>
    ))}
  </>
);

function GroupsTable({ home, grouping, standing }: GroupingPageProps) {
  const { groups, dropped, unplaced, out } = standing;
  return (
    <>
      <Table
        caption="Groups"
        note={`${groups.length}; who leads is bold`}
        wide
        columns={[
          {
            head: 'Group',
            cell: ({ key, title }) => <a href={`${home}/${grouping.id}/${key}`}>{title}</a>,
          },
          { head: 'People', cell: ({ people }) => <People people={people} /> },
          {
            head: 'Size',
            kind: 'number',
            cell: ({ room }) => `${room.people} of ${room.least}–${room.most}`,
          },
        ]}
        rows={groups}
        rowKey={({ key }) => key}
        empty="No group has come about."
      />
      {unplaced.length > 0 && (
        <p>
          In no group: <People people={unplaced} />.
        </p>
      )}
      {out.length > 0 && (
        <p>Out of groups, or not there: {out.map(({ name }) => name).join(', ')}.</p>
      )}
      {dropped.length > 0 && (
        <p>
          Do not come about:{' '}
          {dropped.map(({ key, title }, index) => (
            <>
              {index > 0 && ', '}
              <a href={`${home}/${grouping.id}/${key}`}>{title}</a>
            </>
          ))}
          .
        </p>
      )}
    </>
  );
}

function WorstOff({ standing: { worstOff } }: { standing: Standing }) {
  if (worstOff.length === 0) return <p>Everybody who said what they want has a first wish.</p>;
  return (
    <>
      <h2>Who is worst off</h2>
      {worstOff.map(({ personId, name, why }) => (
        <details key={personId}>
          <summary>{name}</summary>
          <p class="quiet">Told to them:</p>
          <ul>
            {why.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </details>
      ))}
    </>
  );
}
