import type { Problem } from '@cairn/kernel/problem';
import type { ZoneName } from '@cairn/kernel/time';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { HiddenField, RadioGroup, TextField } from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { DayOf } from '../../../design/prose.tsx';
import { Table } from '../../../design/table.tsx';
import { numberHref } from '../threads/thread-rules.ts';
import type { PlanFeed } from './feed-queries.ts';
import type { FeedAbout } from './feed-schema.ts';

const ABOUT: Readonly<Record<FeedAbout, string>> = {
  everything: 'Everything that happens in the plan',
  mine: 'What I opened, wrote in, reviewed, watch or want to work on',
  thread: 'One topic, issue, proposal or decision',
};

interface PlanFeedsPageProps {
  readonly home: string;
  readonly zone: ZoneName;
  readonly feeds: readonly PlanFeed[];
  /** The address of the public feed of the documents, where there is one. */
  readonly publicFeed: string | undefined;
  /** A feed just made: its address is shown on this page and never again. */
  readonly made?: { readonly name: string; readonly address: string } | undefined;
  readonly typed?:
    | { readonly name: string; readonly about: string; readonly number: string }
    | undefined;
  readonly problems?: readonly Problem[] | undefined;
}

/** Somebody's own feeds of what happens in a plan: make one, revoke one. */
export function PlanFeedsPage(props: PlanFeedsPageProps) {
  const { home, zone, feeds, publicFeed, made, typed, problems } = props;
  const action = `${home}/me/plan-feeds`;
  return (
    <>
      {made !== undefined && (
        <section aria-labelledby="new-feed">
          <h2 id="new-feed">The address for {made.name}</h2>
          <p>
            <code>{made.address}</code>
          </p>
          <p>
            Copy it into your feed reader. It is shown only now. Whoever has it can read these
            discussions, so give it to nobody.
          </p>
        </section>
      )}
      <Table
        caption="Your feeds"
        columns={[
          { head: 'Read on', cell: ({ name }) => name },
          {
            head: 'About',
            cell: ({ about, number }) =>
              number === null ? ABOUT[about] : <a href={numberHref(home, number)}>#{number}</a>,
          },
          {
            head: 'Made',
            kind: 'date',
            cell: ({ createdAt }) => <DayOf instant={createdAt} zone={zone} />,
          },
          {
            head: 'Revoke',
            cell: ({ id, name }) => (
              <Form action={action} label={`Revoke ${name}`} scope={id}>
                <HiddenField name="action" value="revoke" />
                <HiddenField name="feed" value={id} />
                <SubmitButton weight="plain">
                  Revoke<span class="unseen"> the feed {name}</span>
                </SubmitButton>
              </Form>
            ),
          },
        ]}
        rows={feeds}
        rowKey={({ id }) => id}
        empty="You have no feed yet."
      />
      <h2>Make a feed</h2>
      <Form action={action} problems={problems}>
        <HiddenField name="action" value="make" />
        <TextField
          name="name"
          label="Where you will read it"
          hint="One for each place, so that you can revoke one alone."
          value={typed?.name}
          autocomplete="off"
        />
        <RadioGroup
          name="about"
          label="What it is about"
          value={typed?.about ?? 'mine'}
          options={Object.entries(ABOUT).map(([value, label]) => ({ value, label }))}
        />
        <TextField
          name="number"
          label="Its number"
          hint="For one topic, issue, proposal or decision."
          optional
          width="tiny"
          value={typed?.number}
          autocomplete="off"
        />
        <Actions>
          <SubmitButton>Make the feed</SubmitButton>
        </Actions>
      </Form>
      {publicFeed !== undefined && (
        <p class="small quiet">
          What changes in the documents of the plan is a feed for everybody:{' '}
          <a href={publicFeed}>the plan’s feed</a>.
        </p>
      )}
      <p>
        <a href={`${home}/plan/activity`}>Back to the activity of the plan</a>
      </p>
    </>
  );
}
