import type { Problem } from '@cairn/kernel/problem';
import type { ZoneName } from '@cairn/kernel/time';
import { ActionLink, Actions, SubmitButton } from '../../../design/actions.tsx';
import { HiddenField, NumberField, TextArea } from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { When } from '../../../design/prose.tsx';
import { Table } from '../../../design/table.tsx';
import { NOT_IN_FILE } from './call-rules.ts';
import { EndingMark, repeatWords } from './call-views.tsx';
import { SharedLink } from './link-views.tsx';
import type { OrganisedCalendar } from './shown-rules.ts';
import { ProblemList, problemsOf, type Refused, SourceFields, textOf } from './source-views.tsx';

interface CalendarPageProps {
  readonly home: string;
  readonly publicHome: string;
  readonly calendar: OrganisedCalendar;
  readonly revision: number;
  readonly importedFrom: string | undefined;
  readonly warn: { readonly days: number; readonly times: number };
  /** Events of the file that could not be read, and what may not mean what was meant. */
  readonly unread: readonly Problem[];
  readonly notes: readonly Problem[];
  readonly zone: ZoneName;
  readonly refused: Refused | undefined;
}

/** One calendar: its calls, what of its file is not understood, and what can be done with it. */
export function CalendarPage(props: CalendarPageProps) {
  const { home, publicHome, calendar, revision, importedFrom, warn, zone, refused } = props;
  const { key, calls, links, followers } = calendar;
  const here = `${home}/${key}`;
  return (
    <>
      <p>
        Public: <a href={publicHome}>the page of all calls</a>,{' '}
        <a href={`${publicHome}/${key}.ics`}>iCalendar</a>,{' '}
        <a href={`${publicHome}/${key}.yaml`}>YAML</a>. {followersWords(followers)}
      </p>
      <ProblemList
        id="not-read"
        title="Not read"
        lede="These events stay in the file and are in no feed until they are mended."
        problems={props.unread}
      />
      <Table
        caption="Calls"
        columns={[
          {
            head: 'Call',
            cell: ({ content, position }) =>
              position === NOT_IN_FILE ? (
                `${content.summary} (its event can no longer be read)`
              ) : (
                <a href={`${here}/call/${position}`}>{content.summary}</a>
              ),
          },
          { head: 'When', cell: ({ content }) => repeatWords(content) },
          {
            head: 'Next',
            kind: 'date',
            cell: ({ next }) =>
              next === undefined ? 'none' : <When instant={next.begins} zone={zone} />,
          },
          { head: 'End', cell: ({ ending }) => <EndingMark ending={ending} zone={zone} /> },
        ]}
        rows={calls}
        rowKey={({ id }) => id}
        empty="This calendar has no calls yet."
      />
      <Actions>
        <ActionLink href={`${here}/call/new`} weight="primary">
          Add a call
        </ActionLink>
        <ActionLink href={`${here}/file`}>Edit the file</ActionLink>
      </Actions>
      <h2 id="links">Links</h2>
      <p>
        Cairn looks at each link about once a week, and says “unknown” where it could not see it.
      </p>
      {links.length === 0 ? (
        <p class="quiet">No call of this calendar has a link that begins with https://.</p>
      ) : (
        <ul>
          {[...new Set(links.map(({ url }) => url))].map((url) => (
            <SharedLink
              key={url}
              links={links.filter((link) => link.url === url)}
              calls={calls}
              zone={zone}
            />
          ))}
        </ul>
      )}
      <ProblemList
        id="notes"
        title="To know"
        lede="This was read, and may not mean what its writer thinks."
        problems={props.notes}
      />
      <h2 id="import-again">Import again</h2>
      <p>
        Calls of the same name stay the same for everybody who reads them; those that are gone are
        cancelled.
      </p>
      <Form
        action={`${here}/import`}
        problems={problemsOf(refused, 'file')}
        multipart
        label="Import again"
        scope="again"
      >
        <HiddenField name="revision" value={String(revision)} />
        <SourceFields
          form="file"
          refused={
            refused?.form === 'file'
              ? refused
              : { form: 'file', typed: { url: importedFrom ?? '' }, problems: [] }
          }
        />
        <Actions>
          <SubmitButton weight="ordinary">Import again</SubmitButton>
        </Actions>
      </Form>
      <h2 id="warning">Warning before a call runs out</h2>
      <Form action={`${here}/warning`} problems={problemsOf(refused, 'warning')} label="Warning">
        <NumberField
          name="days"
          label="Days before its last time"
          value={textOf(refused, 'warning', 'days') || String(warn.days)}
        />
        <NumberField
          name="times"
          label="Or when so few times are left"
          hint="Whichever comes first. Organisers get one mail for each end."
          value={textOf(refused, 'warning', 'times') || String(warn.times)}
        />
        <Actions>
          <SubmitButton weight="ordinary">Save the warning</SubmitButton>
        </Actions>
      </Form>
      <p>
        <a href={`${here}/retire`}>End this calendar</a>
      </p>
    </>
  );
}

const followersWords = (followers: number): string => {
  if (followers === 0) return 'Nobody has it in their own feed.';
  return followers === 1
    ? 'One person has it in their own feed.'
    : `${followers} people have it in their own feeds.`;
};

/** The file of a calendar, to be edited as it is. */
export function CalendarFilePage({
  action,
  fileName,
  source,
  revision,
  problems,
}: {
  action: string;
  fileName: string;
  source: string;
  revision: number;
  problems: readonly Problem[];
}) {
  return (
    <Form action={action} problems={problems} label={fileName}>
      <HiddenField name="revision" value={String(revision)} />
      <TextArea
        name="source"
        label={fileName}
        hint="Every # begins a comment, which is kept. Write times as on the wall, without an offset."
        value={source}
        rows={30}
      />
      <Actions>
        <SubmitButton>Save the file</SubmitButton>
      </Actions>
    </Form>
  );
}
