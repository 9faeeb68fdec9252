import type { ComponentChildren } from 'preact';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { WallTimeField } from '../../../design/controls.tsx';
import { EmptyState } from '../../../design/empty.tsx';
import { Form } from '../../../design/form.tsx';
import { NoticeLine } from '../../../design/layout.tsx';
import type { Shown } from './now-views.tsx';

/** Which board an island holds. */
export type View = 'now' | 'projector' | 'door';

/**
 * A board that the browser draws anew as time goes by and as the timetable changes. What it needs to go
 * on alone stands in its attributes; without a script it is what the server drew.
 */
export function Island({
  view,
  shown,
  own,
  room,
  isAsked,
  children,
}: {
  view: View;
  shown: Shown;
  own?: ReadonlySet<string> | undefined;
  room?: string;
  /** The moment is one that somebody asked about. */
  isAsked: boolean;
  children: ComponentChildren;
}) {
  const { timetable, at, zone, home } = shown;
  return (
    <div
      data-now={view}
      data-at={at}
      data-asked={isAsked ? '' : undefined}
      data-zone={zone}
      data-home={home}
      data-stamp={timetable.stamp}
      data-groups={timetable.groups}
      data-own={own === undefined ? undefined : [...own].join(' ')}
      data-room={room}
    >
      {children}
    </div>
  );
}

/** Asks about another moment, and says that another one is shown. */
export function AskMoment({
  action,
  asked,
  problem,
}: {
  action: string;
  asked: string | undefined;
  problem: string | undefined;
}) {
  return (
    <>
      {problem !== undefined && (
        <NoticeLine kind="problem">{problem} This is the present moment.</NoticeLine>
      )}
      {asked !== undefined && (
        <NoticeLine kind="info">
          This is how it is at {asked.replace('T', ', ')} there, and not now.{' '}
          <a href={action}>Show the present moment</a>
        </NoticeLine>
      )}
      <details class="ask-moment">
        <summary>Another moment</summary>
        <Form action={action} method="get" label="Another moment">
          <WallTimeField name="at" label="Day and time at the place" value={asked ?? ''} />
          <Actions>
            <SubmitButton weight="ordinary">Show</SubmitButton>
          </Actions>
        </Form>
      </details>
    </>
  );
}

/** What stands where no timetable was released. */
export const NoTimetable = ({ home }: { home: string }) => (
  <EmptyState next={{ href: home, label: 'Timetable' }}>
    No timetable has been released yet; when there is one, this page says what is now and next.
  </EmptyState>
);
