import type { Problem } from '@cairn/kernel/problem';
import type { ZoneName } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { Checkbox, HiddenField, Select, TextField } from '../../../design/controls.tsx';
import { type Crossing, CrossTable } from '../../../design/cross-table.tsx';
import { Form } from '../../../design/form.tsx';
import { Glyph, Mark } from '../../../design/mark.tsx';
import { Facts, When } from '../../../design/prose.tsx';
import { Table } from '../../../design/table.tsx';
import type { InterestLevel } from '../../planning/interest/interest-rules.ts';
import type { Grouping } from './grouping-queries.ts';
import type { GroupFacts } from './problem-rules.ts';
import { spanInWords } from './span-rules.ts';
import { type Standing, type StandingMember, wishInWords } from './standing-rules.ts';

/** A form of the page that was refused: which one, what was typed, and what is wrong. */
export interface RefusedPart {
  readonly part: string;
  readonly typed: (name: string) => string;
  readonly problems: readonly Problem[];
}

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

function ByHand({ home, grouping, standing, facts, refused }: GroupingPageProps) {
  const page = `${home}/${grouping.id}`;
  const of = (part: string) => (refused?.part === part ? refused : undefined);
  const [move, add] = [of('move'), of('add')];
  const all = [...standing.groups, ...standing.dropped];
  const keyOf = new Map(grouping.members.map(({ personId, key }) => [personId, key]));
  const titles = new Map(all.map(({ key, title }) => [key, title]));
  const pinned = grouping.members.filter(({ isPinned, isOut }) => isPinned && !isOut).length;
  return (
    <>
      <h2>By hand</h2>
      <Form action={page} label="Put somebody elsewhere" scope="move" problems={move?.problems}>
        <HiddenField name="do" value="move" />
        <Select
          name="person"
          label="Put"
          empty="Choose somebody"
          value={move?.typed('person')}
          options={facts.people.map(({ id, name }) => {
            const title = titles.get(keyOf.get(id) ?? '');
            return { value: id, label: title === undefined ? name : `${name} (${title})` };
          })}
        />
        <Select
          name="to"
          label="Into"
          empty="Choose where"
          value={move?.typed('to')}
          options={[
            ...all.map(({ key, title, room }) => ({
              value: `in:${key}`,
              label: `${title} (${room.people} of ${room.most})`,
            })),
            { value: 'none', label: 'No group' },
            { value: 'out', label: 'Out: they take no part in groups' },
          ]}
        />
        <Checkbox
          name="pins"
          label="Keep them there when groups are proposed from these"
          checked={move === undefined || move.typed('pins') === 'yes'}
        />
        <Actions>
          <SubmitButton weight="ordinary">Put them there</SubmitButton>
        </Actions>
      </Form>
      {pinned > 0 && (
        <Form action={page} label="Release">
          <HiddenField name="do" value="pins" />
          <p>
            {counted(pinned, 'person is', 'people are')} kept where they are, because they were put
            there by hand, chose it or changed places.
          </p>
          <Actions>
            <SubmitButton weight="ordinary">Release all of them</SubmitButton>
          </Actions>
        </Form>
      )}
      <Form action={page} label="Add a group" scope="add" problems={add?.problems}>
        <HiddenField name="do" value="add" />
        <Select
          name="topic"
          label="Add a group for"
          empty="No topic"
          value={add?.typed('topic')}
          hint="Of a topic that has a group, it is another one beside it."
          options={facts.topics.map(({ number, title }) => ({
            value: String(number),
            label: title,
          }))}
        />
        <TextField
          name="title"
          label="Its title"
          optional
          value={add?.typed('title')}
          hint="The topic’s, where you write none."
        />
        <Actions>
          <SubmitButton weight="ordinary">Add the group</SubmitButton>
        </Actions>
      </Form>
    </>
  );
}

const WANTS: Readonly<Record<InterestLevel, Crossing>> = {
  lead: { shape: 'disc', word: 'would lead' },
  work: { shape: 'half', word: 'would work' },
  learn: { shape: 'ring', word: 'would learn' },
  none: { shape: 'dash', word: 'not for them' },
};

/** The same shapes, where somebody is. */
const here = ({ shape, word }: Crossing): Crossing => ({
  shape,
  word: `is here, ${word}`,
  isStrong: true,
});
const HERE_UNSAID: Crossing = { shape: 'diamond', word: 'is here, said nothing', isStrong: true };

function Matrix({ home, grouping, standing, facts, sort }: GroupingPageProps) {
  const columns = [...standing.groups, ...standing.dropped];
  const by = columns.find(({ key }) => key === sort);
  const saidOf = (personId: string, number: number | null) =>
    facts.said.find((each) => each.personId === personId && each.number === number)?.level;
  const order = new Map(columns.map(({ key }, at) => [key, key === by?.key ? -1 : at]));
  const rows = [
    ...standing.groups.flatMap(({ people }) => people),
    ...standing.unplaced,
    ...standing.out,
  ].toSorted((one, other) => {
    const at = (key: string | null): number => (key === null ? 999 : (order.get(key) ?? 998));
    return at(one.key) - at(other.key);
  });
  return (
    <CrossTable
      id="groups-matrix"
      caption="People and groups"
      corner="Person"
      silence="said nothing"
      legend={[...Object.values(WANTS), here(WANTS.work), HERE_UNSAID]}
      columns={columns.map(({ key, title }) => ({
        key,
        head: title,
        sort: {
          href: `${home}/${grouping.id}?sort=${key}#groups-matrix`,
          isNow: key === by?.key,
        },
      }))}
      sums={[
        {
          head: 'In it',
          count: (key) => columns.find((group) => group.key === key)?.people.length ?? 0,
          amiss: (key) => {
            const group = columns.find((each) => each.key === key);
            if (group === undefined || group.people.length === 0) return undefined;
            if (group.room.left < 0) return 'too many';
            return group.people.length < group.room.least ? 'too few' : undefined;
          },
        },
      ]}
      rows={rows.map((person) => ({
        key: person.personId,
        head: person.isPinned ? (
          <>
            {person.name} <Glyph shape="diamond" />
            <span class="unseen">kept by hand</span>
          </>
        ) : (
          person.name
        ),
        cells: new Map(
          columns.flatMap(({ key, topicNumber }): [string, Crossing][] => {
            const level = topicNumber === null ? undefined : saidOf(person.personId, topicNumber);
            const wants = level === undefined ? undefined : WANTS[level];
            if (person.key === key) return [[key, wants === undefined ? HERE_UNSAID : here(wants)]];
            return wants === undefined ? [] : [[key, wants]];
          }),
        ),
      }))}
    />
  );
}
