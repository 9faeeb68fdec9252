import type { Problem } from '@cairn/kernel/problem';
import { dateIn, type ZoneName } from '@cairn/kernel/time';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { FileField, TextField } from '../../../design/controls.tsx';
import { EmptyState } from '../../../design/empty.tsx';
import { Form } from '../../../design/form.tsx';
import { DateSpan, When } from '../../../design/prose.tsx';
import type { Typed } from '../../../platform/http/form.ts';
import type { BusySource } from './busy-queries.ts';

interface BusyProps {
  readonly action: string;
  readonly zone: ZoneName;
  /** The zone in which days and times without one are read. */
  readonly calendarZone: ZoneName;
  readonly sources: readonly BusySource[];
  readonly weekHref: string;
  /** The form that was refused: `new`, or a calendar's id. */
  readonly refused?: string | undefined;
  readonly typed?: Typed | undefined;
  readonly problems?: readonly Problem[] | undefined;
}

const text = (typed: Typed | undefined, name: string): string => {
  const value = typed?.[name];
  return typeof value === 'string' ? value : '';
};

function PlaceFields({ typed }: { typed: Typed | undefined }) {
  return (
    <>
      <TextField
        name="url"
        label="Address of the calendar"
        hint="https:// or webcal://, the one that calendar programs call iCal, ICS or secret address."
        type="url"
        value={text(typed, 'url')}
        autocomplete="off"
        optional
      />
      <FileField name="file" label="or a file" accept=".ics,text/calendar" optional />
    </>
  );
}

/** The calendars whose busy times a person gave: what is kept of each, and how to give more. */
export function BusyPage(props: BusyProps) {
  const { action, zone, calendarZone, sources, weekHref, refused, typed, problems } = props;
  return (
    <>
      <p>
        <a href={weekHref}>Your week</a> says what is usual; your calendars say when you are busy
        all the same. Give the address or the file of any calendar in the iCalendar format.
      </p>
      <p>
        Cairn reads it once and keeps only from when to when you are busy in the next twelve months,
        all events run together. It keeps no titles, no places, no other people, and not the
        address: so it cannot read it again by itself. Give it again when much has changed.
        Organisers are told that you cannot at a time, never that it is because of a calendar.
      </p>
      {sources.length === 0 ? (
        <EmptyState>You have given no calendar yet.</EmptyState>
      ) : (
        sources.map((source) => (
          <section key={source.id} aria-labelledby={`source-${source.id}`}>
            <h2 id={`source-${source.id}`}>{source.name}</h2>
            <p>
              Read <When instant={source.readAt} zone={zone} />, for{' '}
              <DateSpan
                from={dateIn(source.coversFrom, zone)}
                to={dateIn(source.coversUntil, zone)}
              />
              : busy for {source.hours} hours, by {source.events}{' '}
              {source.events === 1 ? 'event' : 'events'}.
              {source.skipped > 0 &&
                ` ${source.skipped} could not be understood, and are left out.`}
            </p>
            <details open={refused === source.id}>
              <summary>Replace or delete “{source.name}”</summary>
              <Form
                action={`${action}/${source.id}`}
                label={`Replace ${source.name}`}
                scope={source.id}
                problems={refused === source.id ? problems : []}
                multipart
              >
                <PlaceFields typed={refused === source.id ? typed : undefined} />
                <Actions>
                  <SubmitButton weight="ordinary">Read it again</SubmitButton>
                </Actions>
              </Form>
              <Form action={`${action}/${source.id}/delete`} label={`Delete ${source.name}`}>
                <Actions>
                  <SubmitButton weight="danger">Delete its busy times</SubmitButton>
                </Actions>
              </Form>
            </details>
          </section>
        ))
      )}
      <h2>Give a calendar</h2>
      <Form
        action={action}
        label="Give a calendar"
        problems={refused === 'new' ? problems : []}
        multipart
      >
        <TextField
          name="name"
          label="Your name for it"
          hint="For you alone, such as “work”."
          value={refused === 'new' ? text(typed, 'name') : ''}
          autocomplete="off"
        />
        <PlaceFields typed={refused === 'new' ? typed : undefined} />
        <p class="small">
          Whole days, and times without a zone, are read as {calendarZone.replaceAll('_', ' ')}.
        </p>
        <Actions>
          <SubmitButton>Keep my busy times</SubmitButton>
        </Actions>
      </Form>
    </>
  );
}
