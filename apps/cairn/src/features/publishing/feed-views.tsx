import type { Problem } from '@cairn/kernel/problem';
import type { ZoneName } from '@cairn/kernel/time';
import { Actions, SubmitButton } from '../../design/actions.tsx';
import { HiddenField, TextField } from '../../design/controls.tsx';
import { Form } from '../../design/form.tsx';
import { DayOf, When } from '../../design/prose.tsx';
import { Table } from '../../design/table.tsx';
import { webcalAddress } from './documents-views.tsx';
import type { OwnFeed } from './feed-queries.ts';

interface FeedsPageProps {
  readonly slug: string;
  readonly zone: ZoneName;
  readonly feeds: readonly OwnFeed[];
  /** A feed just made: its address is shown on this page and never again. */
  readonly made?: { readonly name: string; readonly address: string } | undefined;
  readonly typedName?: string | undefined;
  readonly problems?: readonly Problem[] | undefined;
}

/** A person's own feeds: make one, see which are read, revoke one. */
export function FeedsPage({ slug, zone, feeds, made, typedName, problems }: FeedsPageProps) {
  const action = `/s/${slug}/me/feeds`;
  return (
    <>
      {made !== undefined && <NewFeed {...made} />}
      <Table
        caption="Your feeds"
        columns={[
          { head: 'Read on', cell: ({ name }) => name },
          {
            head: 'Made',
            kind: 'date',
            cell: ({ createdAt }) => <DayOf instant={createdAt} zone={zone} />,
          },
          {
            head: 'Last read',
            kind: 'date',
            cell: ({ lastReadAt }) =>
              lastReadAt === undefined ? 'not yet' : <When instant={lastReadAt} zone={zone} />,
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
          hint="One for each place, such as phone or work, so that you can revoke one alone."
          value={typedName}
          autocomplete="off"
        />
        <Actions>
          <SubmitButton>Make the feed</SubmitButton>
        </Actions>
      </Form>
      <p class="small quiet">
        A feed holds the dates of the summit, the links to its planning meetings, and your own:
        until when you are asked to answer, a seat that is offered to you, your stay; once a
        timetable is released, your agenda. It also holds{' '}
        <a href={`/s/${slug}/me/calls`}>the regular calls that you choose</a>.
      </p>
    </>
  );
}

function NewFeed({ name, address }: { name: string; address: string }) {
  return (
    <section aria-labelledby="new-feed">
      <h2 id="new-feed">The address for {name}</h2>
      <p>
        <code>{address}</code>
      </p>
      <p>
        Copy it into your calendar program, or{' '}
        <a href={webcalAddress(address)}>subscribe with the program of this device</a>. It is shown
        only now. Whoever has it can read these dates, so give it to nobody.
      </p>
    </section>
  );
}
