import type { ZoneName } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import { When } from '../../../design/prose.tsx';
import { Table } from '../../../design/table.tsx';
import type { Affected } from './affected-rules.ts';
import type { Release } from './release-queries.ts';

/** What a change since the release broke, and the way to repair it. Nothing where nothing is broken. */
export const BrokenNow = ({ broken, home }: { broken: readonly Affected[]; home: string }) =>
  broken.length === 0 ? null : (
    <section aria-labelledby="broken">
      <h2 id="broken">What a change since then broke</h2>
      <ul>
        {broken.map(({ sentence }) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <p>
        People see which sessions are affected, and not why.{' '}
        <a href={`${home}/repair`}>Repair the timetable</a>, with few people moved.
      </p>
    </section>
  );

const TOLD = { moved: 'those who were moved', everybody: 'everybody', nobody: 'nobody' } as const;

/** What was released so far, and who was told. */
export const ReleasedList = ({
  home,
  releases,
  told,
  zone,
}: {
  /** `/s/<summit>/timetable`. */
  home: string;
  releases: readonly Release[];
  told: ReadonlyMap<number, number>;
  zone: ZoneName;
}) => (
  <Table
    caption="Released so far"
    columns={[
      {
        head: 'Version',
        cell: ({ version, name }) => (
          <a href={`${home}/versions/${version}`}>
            {version}: {name}
          </a>
        ),
      },
      {
        head: 'Released',
        kind: 'date',
        cell: ({ releasedAt }) => <When instant={releasedAt} zone={zone} />,
      },
      {
        head: 'Told',
        cell: ({ version, tell }) =>
          `${TOLD[tell]}: ${counted(told.get(version) ?? 0, 'mail')} so far`,
      },
    ]}
    rows={releases}
    rowKey={({ version }) => String(version)}
    empty="Nothing yet."
  />
);
