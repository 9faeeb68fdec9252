import type { Problem } from '@cairn/kernel/problem';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { RadioGroup, Select } from '../../../design/controls.tsx';
import { EmptyState } from '../../../design/empty.tsx';
import { Form } from '../../../design/form.tsx';
import type { Standing } from '../drafts/cost-rules.ts';
import { HoldsMark, Sentences } from '../drafts/standing-views.tsx';
import { SearchUnderWay } from './under-way-views.tsx';

interface RepairPageProps {
  readonly home: string;
  /** What can be mended: the release, and drafts. */
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly from: string;
  readonly measure: string;
  /** How that which is chosen stands now; undefined where nothing is chosen. */
  readonly standing: Standing | undefined;
  /** A search that is under way. */
  readonly running: string | undefined;
  readonly problems?: readonly Problem[] | undefined;
}

/** What a late change has broken, and the search for a way to mend it that moves few. */
export function RepairPage(props: RepairPageProps) {
  const { home, options, from, measure, standing, running, problems } = props;
  if (options.length === 0) {
    return (
      <EmptyState next={{ href: `${home}/drafts`, label: 'Go to the drafts' }}>
        There is no timetable to mend yet.
      </EmptyState>
    );
  }
  return (
    <>
      <p>
        When a room floods, somebody flies home or a group splits, the release stays as it is until
        you mend it. Say what has changed under <a href={`${home}/frame`}>days and rooms</a>,{' '}
        <a href={`${home}/presence`}>who is there</a> or <a href={`${home}/groups`}>groups</a>; here
        you see what that breaks, and what would have to move.
      </p>
      {options.length > 1 && (
        <Form action={`${home}/repair`} method="get" label="What to mend" scope="which">
          <Select name="from" label="What to mend" options={options} value={from} />
          <Actions>
            <SubmitButton weight="ordinary">Show it</SubmitButton>
          </Actions>
        </Form>
      )}
      {standing !== undefined && (
        <>
          <h2>What does not hold now</h2>
          <p>
            <HoldsMark standing={standing} />
          </p>
          <Sentences of={standing.broken.map(({ sentence }) => sentence)} rest="broken" />
        </>
      )}
      <h2>Look for a repair</h2>
      {running !== undefined && <SearchUnderWay href={running} />}
      {/* What was typed stays, where a search that began meanwhile is why it was refused. */}
      {(running === undefined || problems !== undefined) && (
        <Form action={`${home}/repair`} problems={problems} label="Look for a repair">
          <input type="hidden" name="from" value={from} />
          <RadioGroup
            name="measure"
            label="Move as few as can be of"
            options={[
              { value: 'people', label: 'people', hint: 'who must be at a session that moves' },
              { value: 'sessions', label: 'sessions' },
            ]}
            value={measure}
          />
          <p class="quiet">
            Pinned sessions stay, and so does what has begun. You see each move before anything is
            made.
          </p>
          <Actions>
            <SubmitButton>Look for a repair</SubmitButton>
          </Actions>
        </Form>
      )}
    </>
  );
}
