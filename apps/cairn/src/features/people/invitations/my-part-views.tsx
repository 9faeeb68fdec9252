import type { Problem } from '@cairn/kernel/problem';
import type { ZoneName } from '@cairn/kernel/time';
import type { ComponentChildren } from 'preact';
import { ActionLink, Actions, SubmitButton } from '../../../design/actions.tsx';
import { NumberField } from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { When } from '../../../design/prose.tsx';
import type { Typed } from '../../../platform/http/form.ts';
import type { OwnPoll } from '../../dates/weeks/own-poll-queries.ts';
import type { Summit } from '../../summits/queries.ts';
import type { AgreementVersion } from '../agreement/agreement-queries.ts';
import type { WaitingPlace } from '../seats/seat-queries.ts';
import type { OwnInvitation } from './answer-queries.ts';
import { AtAGlance, SEAT_KIND_WORDS, typedText } from './answer-views.tsx';
import { awaitsAnswer, type InvitationState, type SeatKind } from './invitation-rules.ts';
import { OwnPollSection } from './own-poll-views.tsx';

/** What each state of an invitation means to the person invited. */
const STATE_WORDS: Record<InvitationState, string> = {
  drafted: 'Your invitation is being prepared.',
  sent: 'You are invited and have not answered yet.',
  opened: 'You are invited and have not answered yet.',
  accepted: 'You have accepted your invitation.',
  unsure: 'You have said that you are not sure yet.',
  declined: 'You have declined your invitation.',
  expired: 'Your invitation has expired without an answer; ask the organisers to send it anew.',
  withdrawn: 'Your invitation was withdrawn; ask the organisers if you think that is a mistake.',
};

export interface MyPartProps {
  readonly summit: Summit;
  readonly zone: ZoneName;
  readonly invitation: OwnInvitation | undefined;
  readonly seat: { readonly number: number; readonly kind: SeatKind } | undefined;
  readonly waiting: WaitingPlace | undefined;
  readonly poll: OwnPoll | undefined;
  /** The version that waits for the person's yes, where they accepted an older one. */
  readonly changedAgreement: AgreementVersion | undefined;
  readonly problems?: readonly Problem[] | undefined;
  readonly typed?: Typed | undefined;
  /** What other rooms bring along. */
  readonly children?: ComponentChildren;
}

/** A person's own page of a summit: where they stand, and what waits for them. */
export function MyPart({
  summit,
  zone,
  invitation,
  seat,
  waiting,
  poll,
  changedAgreement,
  problems,
  typed,
  children,
}: MyPartProps) {
  const at = (path: string) => `/s/${summit.slug}/me${path}`;
  return (
    <>
      {invitation !== undefined && <p>{STATE_WORDS[invitation.state]}</p>}
      {invitation !== undefined && awaitsAnswer(invitation.state) && (
        <Actions>
          <ActionLink href={at('/invitation')} weight="primary">
            Read and answer
          </ActionLink>
        </Actions>
      )}
      {poll !== undefined && <OwnPollSection poll={poll} href={at('/weeks')} zone={zone} />}
      {changedAgreement !== undefined && (
        <>
          <h2>The agreement has changed</h2>
          <p>
            Version {changedAgreement.version} asks for something else than what you accepted. Your
            seat stays yours; please read what changed and accept it.
          </p>
          <Actions>
            <ActionLink href={at('/agreement')} weight="primary">
              See what changed
            </ActionLink>
          </Actions>
        </>
      )}
      {seat !== undefined && (
        <>
          <h2>Your seat</h2>
          <p>
            You have seat {seat.number} of {summit.definition.seats.planned}.{' '}
            {SEAT_KIND_WORDS[seat.kind]}
          </p>
          <AtAGlance summit={summit} seatKind={seat.kind} />
        </>
      )}
      {waiting !== undefined && (
        <>
          <h2>Waiting list</h2>
          {waiting.offer === undefined ? (
            <p>
              You are number {waiting.before + 1} on the waiting list. When a seat is free for you,
              you get a mail and some days to take it.
            </p>
          ) : (
            <>
              <p>
                <strong>A seat is held for you</strong> until{' '}
                <When instant={waiting.offer.expiresAt} zone={zone} />.
              </p>
              <Form action={at('/offer')} label="The seat offered to you">
                <Actions>
                  <SubmitButton name="answer" value="accept">
                    Take the seat
                  </SubmitButton>
                  <SubmitButton weight="ordinary" name="answer" value="decline">
                    Leave it to the next
                  </SubmitButton>
                </Actions>
              </Form>
            </>
          )}
          <Form action={at('/notice')} label="Days of notice" problems={problems}>
            <NumberField
              name="notice_days"
              label="Days of notice you need to come"
              hint="You are only offered a seat that leaves you this long. Leave it empty if you can come at once."
              value={typedText(typed, 'notice_days') ?? String(waiting.noticeDays ?? '')}
              optional
            />
            <Actions>
              <SubmitButton weight="ordinary">Save</SubmitButton>
            </Actions>
          </Form>
        </>
      )}
      {children}
      <h2>More</h2>
      <ul>
        <li>
          <a href={`/s/${summit.slug}/meetings`}>Planning meetings</a>, and my part in them
        </li>
        <li>
          <a href={at('/promises')}>My promises</a> and what is recorded of them
        </li>
        <li>
          <a href={at('/availability')}>My week</a> and <a href={at('/busy')}>my busy times</a>:
          when I can join calls
        </li>
        <li>
          <a href={at('/tracks')}>My tracks</a> and <a href={at('/times')}>my planning meetings</a>:
          what I want of the planning meetings, and which I can make
        </li>
        <li>
          <a href={at('/tasks')}>My tasks</a> from the notes of the meetings
        </li>
        <li>
          <a href={at('/listing')}>What the public sees of me</a>
        </li>
        <li>
          <a href={at('/calendar')}>My calendar invitations</a>: whether I come to the calls
        </li>
        <li>
          <a href={at('/feeds')}>My calendar feeds</a>
        </li>
        {invitation?.state === 'accepted' && (
          <li>
            <a href={at('/invitation')}>Change my answer</a>
          </li>
        )}
      </ul>
    </>
  );
}
