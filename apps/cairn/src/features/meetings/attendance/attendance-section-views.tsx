import type { ZoneName } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import { ActionLink, Actions, SubmitButton } from '../../../design/actions.tsx';
import { Form } from '../../../design/form.tsx';
import { When } from '../../../design/prose.tsx';
import { type MeetingPromise, MeetingPromiseLine } from '../series/meeting-views.tsx';
import type { OwnAttendance } from './attendance-queries.ts';
import type { CheckInWindow } from './check-in-rules.ts';
import { OwnPart } from './own-part-views.tsx';

interface AttendanceSectionProps {
  /** `/s/<summit>/meetings/<meeting>` */
  readonly at: string;
  readonly own: OwnAttendance;
  readonly promises: readonly MeetingPromise[];
  readonly isOver: boolean;
  readonly mayJoin: boolean;
  readonly checkIn: {
    readonly state: 'no_time' | 'early' | 'open' | 'late';
    readonly window: CheckInWindow | undefined;
  };
  /** Whether watching the recording counts, and there is one. */
  readonly mayWatch: boolean;
  /** For whoever keeps the attendance: how many requests wait. */
  readonly keeper: { readonly requests: number; readonly there: number } | undefined;
  readonly zone: ZoneName;
}

/** One's own part in a call: check-in, excuse, recording; for leads the way to the list. */
export function AttendanceSection(props: AttendanceSectionProps) {
  const { at, own, promises, isOver, mayJoin, mayWatch, keeper } = props;
  return (
    <>
      {mayJoin && (
        <>
          {promises.map((promise) => (
            <MeetingPromiseLine key={promise.key} promise={promise} />
          ))}
          {(own.source !== undefined || own.excuse !== undefined || isOver) && (
            <p>
              <OwnPart own={own} isOver={isOver} />
              {own.excuse !== undefined && own.source === undefined && (
                <>
                  {' '}
                  by {own.excuse.by}: {own.excuse.reason}
                </>
              )}
            </p>
          )}
          {own.watched !== undefined && own.source === 'recording' && (
            <p class="quiet">You wrote: {own.watched}</p>
          )}
          {own.source === undefined && <CheckIn {...props} />}
          {own.source === undefined && mayWatch && (
            <p>
              <a href={`${at}/recording`}>Say that you watched the recording</a>; it counts.
            </p>
          )}
          {own.source === undefined && own.excuse === undefined && <Request {...props} />}
        </>
      )}
      {keeper !== undefined && (
        <>
          <p>
            {keeper.there === 0
              ? 'Nobody is recorded as having been there yet.'
              : `${counted(keeper.there, 'person is', 'people are')} recorded as having been there.`}
            {keeper.requests > 0 &&
              ` ${counted(keeper.requests, 'request')} to be excused ${keeper.requests === 1 ? 'waits' : 'wait'}.`}
          </p>
          <Actions>
            <ActionLink href={`${at}/attendance`}>Record who was there</ActionLink>
          </Actions>
        </>
      )}
    </>
  );
}

function CheckIn({ at, checkIn, zone }: AttendanceSectionProps) {
  const { state, window } = checkIn;
  if (window === undefined) return null;
  if (state === 'open') {
    return (
      <Form action={`${at}/check-in`} label="Check in">
        <Actions>
          <SubmitButton>I am here</SubmitButton>
        </Actions>
        <p class="quiet">
          Until <When instant={window.closes} zone={zone} />.
        </p>
      </Form>
    );
  }
  if (state === 'early') {
    return (
      <p>
        Check yourself in here during the call, from <When instant={window.opens} zone={zone} />{' '}
        until <When instant={window.closes} zone={zone} />.
      </p>
    );
  }
  return (
    <p class="quiet">
      Check-in closed on <When instant={window.closes} zone={zone} />. If you were there, tell the
      lead or an organiser.
    </p>
  );
}

function Request({ at, own, isOver }: AttendanceSectionProps) {
  const { request } = own;
  if (request?.decision === null) {
    return (
      <Form action={`${at}/withdraw-request`} label="Your request">
        <p>You asked to be excused: {request.reason} The organisers have not answered yet.</p>
        <Actions>
          <SubmitButton weight="plain">Withdraw the request</SubmitButton>
        </Actions>
      </Form>
    );
  }
  return (
    <p>
      {request?.decision === 'declined' && 'Your request to be excused was declined. '}
      <a href={`${at}/excuse`}>
        {isOver ? 'Ask to be excused for having missed it' : 'Ask to be excused'}
      </a>
    </p>
  );
}
