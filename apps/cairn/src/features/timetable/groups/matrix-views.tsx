import { type Crossing, CrossTable } from '../../../design/cross-table.tsx';
import { Glyph } from '../../../design/mark.tsx';
import type { InterestLevel } from '../../planning/interest/interest-rules.ts';
import type { Grouping } from './grouping-queries.ts';
import type { GroupFacts } from './problem-rules.ts';
import type { Standing } from './standing-rules.ts';

interface MatrixProps {
  /** `/s/<summit>/organise/timetable/groups`. */
  readonly home: string;
  readonly grouping: Grouping;
  readonly standing: Standing;
  readonly facts: GroupFacts;
  /** The group by which it is sorted. */
  readonly sort: string | undefined;
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

/** Who wanted what, and is where: people by groups. */
export function Matrix({ home, grouping, standing, facts, sort }: MatrixProps) {
  const columns = [...standing.groups, ...standing.dropped];
  const by = columns.find(({ key }) => key === sort);
  const said = new Map(
    facts.said.map(({ personId, number, level }) => [`${personId} ${number}`, level]),
  );
  const saidOf = (personId: string, number: number) => said.get(`${personId} ${number}`);
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
