import type { ZoneName } from '@cairn/kernel/time';
import { EmptyState } from '../../../design/empty.tsx';
import { Mark } from '../../../design/mark.tsx';
import { When } from '../../../design/prose.tsx';
import { Table } from '../../../design/table.tsx';
import type { OwnCall } from './own-times-rules.ts';

interface OwnTimesProps {
  readonly home: string;
  readonly zone: ZoneName;
  readonly hasSaid: boolean;
  readonly calls: readonly OwnCall[];
  readonly open: number;
  /** What the times that were found mean for the reader. */
  readonly sentences: readonly string[];
}

/** A person's own page about the times of the calls: which they can make, and what would help. */
export function OwnTimesPage({ home, zone, hasSaid, calls, open, sentences }: OwnTimesProps) {
  const can = calls.filter((call) => call.can > 0).length;
  return (
    <>
      {!hasSaid && (
        <EmptyState>
          You have not said when you can, so nobody knows.{' '}
          <a href={`${home}/me/availability`}>Say it once</a>, it counts for everything.
        </EmptyState>
      )}
      {hasSaid && calls.length > 0 && (
        <p>
          <strong>
            {calls.length === 1
              ? `You ${can === 1 ? 'can' : 'cannot'} make the meeting`
              : `You can make ${can} of ${calls.length} meetings`}
          </strong>{' '}
          to come.
        </p>
      )}
      {sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <Table
        caption="Meetings to come"
        columns={[
          {
            head: 'Meeting',
            cell: ({ meeting }: OwnCall) => (
              <a href={`${home}/meetings/${meeting.key}`}>{meeting.title}</a>
            ),
          },
          {
            head: 'For you',
            kind: 'date',
            cell: ({ meeting }) =>
              meeting.begins === undefined ? '–' : <When instant={meeting.begins} zone={zone} />,
          },
          { head: 'You', cell: (call) => (hasSaid ? <Can call={call} /> : 'unknown') },
        ]}
        rows={calls}
        rowKey={({ meeting }) => meeting.key}
        empty="No meeting has a time yet."
      />
      {open > 0 && (
        <p>
          {open === 1 ? 'One meeting waits' : `${open} meetings wait`} for a time; what you say of
          your week helps to find it.
        </p>
      )}
      <p>
        Is something wrong here? Change <a href={`${home}/me/availability`}>your week</a> or{' '}
        <a href={`${home}/me/busy`}>your busy times</a>. Organisers see it when they look for times
        again.
      </p>
    </>
  );
}

function Can({ call: { can, isBusy, pain } }: { call: OwnCall }) {
  const late = pain > 0 ? ', outside sociable hours' : '';
  if (can === 2) {
    return (
      <Mark shape="tick" tone="good">
        yes{late}
      </Mark>
    );
  }
  if (can === 1) {
    return (
      <Mark shape="triangle" tone="warn">
        if need be{late}
      </Mark>
    );
  }
  return (
    <Mark shape="cross" tone="bad">
      {isBusy ? 'no: your calendar says that you are busy' : 'no, by your week'}
    </Mark>
  );
}
