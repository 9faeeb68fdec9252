import { markdownToHtml } from '@cairn/formats/markdown-html';
import type { Problem } from '@cairn/kernel/problem';
import type { ZoneName } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import { Actions, Confirm, SubmitButton } from '../../../design/actions.tsx';
import { TextField } from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { Prose } from '../../../design/prose.tsx';
import type { Frame } from '../frame/frame-rules.ts';
import type { Offer } from './offer-rules.ts';
import { DayOf, OpenSession, type ShownSession } from './open-session-views.tsx';
import { placeValue } from './space-schema.ts';
import { SessionMore, type TopicChoice, type TypedSession } from './space-views.tsx';

interface SessionPageProps {
  /** `/s/<summit>/timetable/open-space`. */
  readonly home: string;
  readonly frame: Frame;
  readonly zone: ZoneName;
  readonly shown: ShownSession;
  readonly mayRemove: boolean;
  readonly topics: readonly TopicChoice[];
  readonly typed: TypedSession;
  /** Where it could be instead; empty for those who may not move it. */
  readonly offers: readonly Offer[];
  readonly problems?: readonly Problem[] | undefined;
}

/** A session of open space: what it is about; for whoever put it there, to change and to move. */
export function OpenSessionPage(props: SessionPageProps) {
  const { home, frame, shown, topics, typed, offers, problems } = props;
  const { session, isOwn } = shown;
  const page = `${home}/${session.id}`;
  return (
    <>
      <p>
        <a href={`${home}?day=${session.date}`}>
          Open space on <DayOf date={session.date} />
        </a>
      </p>
      <ul class="open-sessions">
        <OpenSession {...props} />
      </ul>
      {session.text !== '' && <Prose html={markdownToHtml(session.text, { shiftHeadings: 2 })} />}
      {isOwn && (
        <section aria-labelledby="change">
          <h2 id="change">Change it</h2>
          <Form action={page} problems={problems} label="Change it">
            <TextField
              name="title"
              label="What it is about"
              value={typed.title}
              autocomplete="off"
            />
            <SessionMore typed={typed} topics={topics} />
            <Actions>
              <SubmitButton>Save</SubmitButton>
            </Actions>
          </Form>
        </section>
      )}
      {isOwn && (
        <section aria-labelledby="move">
          <h2 id="move">Move it</h2>
          {offers.length === 0 ? (
            <p>Nothing else is free for as long; withdraw it, and take a shorter time.</p>
          ) : (
            <Form action={`${page}/move`} wide label="Move it">
              <Actions>
                {offers.map(({ place, words }) => (
                  <SubmitButton
                    key={words}
                    weight="ordinary"
                    name="place"
                    value={placeValue(
                      place.date,
                      place.starts,
                      frame.rooms.find(({ id }) => id === place.roomId)?.key ?? '',
                    )}
                  >
                    {words}
                  </SubmitButton>
                ))}
              </Actions>
            </Form>
          )}
        </section>
      )}
    </>
  );
}

/** Asks once before a session leaves open space. */
export function WithdrawPage({ home, shown }: Pick<SessionPageProps, 'home' | 'shown'>) {
  const { session, goers, isOwn, by } = shown;
  const page = `${home}/${session.id}`;
  return (
    <Confirm
      action={`${page}/withdraw`}
      back={page}
      verb={`${isOwn ? 'Withdraw' : 'Remove'} “${session.title}”`}
      consequences={
        <>
          <p>
            It leaves the timetable at once, and its room is free for others.
            {!isOwn && by !== undefined && ` ${by} put it there, and is told by mail.`}
          </p>
          {goers.length > 0 && (
            <p>
              {counted(goers.length, 'person', 'people')} said that they come, and are told by mail.
            </p>
          )}
        </>
      }
    />
  );
}
