import type { Problem } from '@cairn/kernel/problem';
import type { ZoneName } from '@cairn/kernel/time';
import { ActionLink, Actions, SubmitButton } from '../../../design/actions.tsx';
import { Select, TextArea, TextField } from '../../../design/controls.tsx';
import { EmptyState } from '../../../design/empty.tsx';
import { ErrorSummary, Form } from '../../../design/form.tsx';
import { When } from '../../../design/prose.tsx';
import { Pager, Table } from '../../../design/table.tsx';
import type { AttendancePerson, OpenRequest } from './attendance-queries.ts';

/** How it came to be known that somebody was there. */
const SOURCES: Readonly<Record<string, string>> = {
  organiser: 'recorded by an organiser',
  lead: 'recorded by a lead',
  csv: 'from a list',
  self: 'checked in',
  recording: 'watched the recording',
  system: 'noticed by Cairn',
};

interface AttendancePageProps {
  /** `/s/<summit>/meetings/<meeting>` */
  readonly at: string;
  /** The address of this very page, with its filter. */
  readonly action: string;
  readonly title: string;
  readonly hasBegun: boolean;
  readonly name: string;
  readonly people: readonly AttendancePerson[];
  readonly there: number;
  /** Who was recorded when the page was made, and who is ticked now. */
  readonly shown: ReadonlySet<string>;
  readonly ticked: ReadonlySet<string>;
  readonly page: number;
  readonly pages: number;
  readonly hrefOfPage: (page: number) => string;
  readonly requests: readonly OpenRequest[];
  readonly problems: readonly Problem[];
  /** For organisers: where a video tool's list is read, and how many of its rows are open. */
  readonly list: { readonly href: string; readonly open: number } | undefined;
  readonly zone: ZoneName;
}

const LIST_FORM = 'attendance';

/** Who was at one meeting: tick them, take ticks back, and answer who asked to be excused. */
export function AttendancePage(props: AttendancePageProps) {
  const { at, action, title, hasBegun, name, people, there, page, pages, hrefOfPage, list } = props;
  return (
    <>
      <p>
        <a href={at}>{title}</a>
      </p>
      <Requests {...props} />
      <p>
        {there === 1 && '1 person is recorded. '}
        {there > 1 && `${there} people are recorded. `}
        {hasBegun
          ? 'Tick who was there. Until somebody is recorded by hand or from a list, or check-in has closed, nobody counts as having missed the meeting.'
          : 'Once the meeting has begun, you tick here who is there.'}
      </p>
      {list !== undefined && hasBegun && (
        <Actions>
          <ActionLink href={list.href}>
            {list.open === 0
              ? 'Read a list of the video tool'
              : `Lists of the video tool, ${list.open} open`}
          </ActionLink>
        </Actions>
      )}
      <Form action={action} method="get" label="Find a person">
        <TextField name="q" label="Name" type="search" value={name} optional />
        <Actions>
          <SubmitButton weight="ordinary">Find</SubmitButton>
        </Actions>
      </Form>
      {people.length === 0 && name === '' ? (
        <EmptyState>Nobody has accepted yet, so there is nobody to record.</EmptyState>
      ) : (
        <People {...props} />
      )}
      <Pager label="people" page={page} pages={pages} href={hrefOfPage} />
    </>
  );
}

function People({ at, action, people, shown, ticked, hasBegun, problems }: AttendancePageProps) {
  return (
    <>
      <ErrorSummary problems={problems} />
      <Table
        caption="Who was there"
        columns={[
          { head: 'Name', cell: ({ name }: AttendancePerson) => name, namesRow: true },
          {
            head: 'There',
            cell: ({ personId, name }) =>
              hasBegun || ticked.has(personId) ? (
                <span class="choice">
                  <input
                    type="checkbox"
                    form={LIST_FORM}
                    name="on[]"
                    value={personId}
                    checked={ticked.has(personId)}
                    aria-label={`${name} was there`}
                  />
                </span>
              ) : (
                <span class="quiet">to come</span>
              ),
          },
          {
            head: 'Known by',
            cell: ({ source, watched }) => (
              <>
                {source !== null && (SOURCES[source] ?? source)}
                {watched !== null && source === 'recording' && (
                  <span class="quiet">: “{watched}”</span>
                )}
              </>
            ),
          },
          {
            head: 'Absence',
            cell: ({ personId, name, source, isExcused }) => {
              if (isExcused) {
                return (
                  <form class="inline" method="post" action={`${at}/attendance/withdraw-excuse`}>
                    excused <input type="hidden" name="person" value={personId} />
                    <button class="plain" type="submit">
                      take back<span class="unseen"> the excuse of {name}</span>
                    </button>
                  </form>
                );
              }
              return source === null ? (
                <a href={`${at}/attendance/excuse?person=${personId}`}>
                  Excuse<span class="unseen"> {name}</span>
                </a>
              ) : null;
            },
          },
        ]}
        rows={people}
        rowKey={({ personId }) => personId}
        empty="Nobody fits."
      />
      {(hasBegun || shown.size > 0) && (
        <form class="form" id={LIST_FORM} method="post" action={action} aria-label="Attendance">
          {[...shown].map((personId) => (
            <input key={personId} type="hidden" name="was[]" value={personId} />
          ))}
          <Actions>
            <SubmitButton>Save what changed</SubmitButton>
          </Actions>
        </form>
      )}
    </>
  );
}

function Requests({ at, requests, zone }: AttendancePageProps) {
  if (requests.length === 0) return null;
  return (
    <section aria-labelledby="requests">
      <h2 id="requests">Asked to be excused</h2>
      {requests.map(({ id, name, reason, at: asked }) => (
        <Form key={id} action={`${at}/attendance/decide`} label={`Request of ${name}`}>
          <p>
            <strong>{name}</strong>, <When instant={asked} zone={zone} />: {reason}
          </p>
          <input type="hidden" name="request" value={id} />
          <Actions>
            <SubmitButton weight="ordinary" name="answer" value="grant">
              Excuse {name}
            </SubmitButton>
            <SubmitButton weight="plain" name="answer" value="decline">
              Decline<span class="unseen"> the request of {name}</span>
            </SubmitButton>
          </Actions>
        </Form>
      ))}
    </section>
  );
}

interface SentencePageProps {
  readonly action: string;
  readonly back: string;
  readonly text: string;
  readonly problems: readonly Problem[];
}

/** Somebody asks to be excused from one meeting. */
export const AskPage = ({ action, back, text, problems }: SentencePageProps) => (
  <>
    <p>
      The organisers and the leads of this meeting see your reason and answer by mail. An excused
      absence is not missed; it does not count as attended either.
    </p>
    <Form action={action} problems={problems}>
      <TextArea name="reason" label="Why you cannot come" rows={3} value={text} />
      <Actions>
        <SubmitButton>Ask to be excused</SubmitButton>
        <a href={back}>Leave things as they are</a>
      </Actions>
    </Form>
  </>
);

/** Somebody says what they took from the recording. */
export const RecordingPage = ({ action, back, text, problems }: SentencePageProps) => (
  <Form action={action} problems={problems}>
    <TextArea
      name="sentence"
      label="One sentence on what you took from it"
      hint="The organisers and the leads of this meeting see it."
      rows={3}
      value={text}
    />
    <Actions>
      <SubmitButton>I watched the recording</SubmitButton>
      <a href={back}>Leave things as they are</a>
    </Actions>
  </Form>
);

interface ExcusePageProps extends SentencePageProps {
  readonly person: string;
  readonly people: readonly { readonly personId: string; readonly name: string }[];
}

/** An organiser or a lead enters an excuse. */
export const ExcusePage = ({ action, back, text, problems, person, people }: ExcusePageProps) => (
  <Form action={action} problems={problems}>
    <Select
      name="person"
      label="Person"
      options={people.map(({ personId, name }) => ({ value: personId, label: name }))}
      value={person}
    />
    <TextArea
      name="reason"
      label="Reason"
      hint="The person sees it, with your name."
      rows={3}
      value={text}
    />
    <Actions>
      <SubmitButton>Excuse them</SubmitButton>
      <a href={back}>Leave things as they are</a>
    </Actions>
  </Form>
);
