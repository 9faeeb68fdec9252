import { markdownToHtml } from '@cairn/formats/markdown-html';
import type { Problem } from '@cairn/kernel/problem';
import type { ZoneName } from '@cairn/kernel/time';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { Checkbox, HiddenField, NumberField, TextArea } from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { DateSpan, Facts, Prose, When } from '../../../design/prose.tsx';
import type { Typed } from '../../../platform/http/form.ts';
import type { OwnPoll } from '../../dates/weeks/own-poll-queries.ts';
import { whenWords } from '../../publishing/wording-rules.ts';
import { fillFacts, isTentative, summitDays } from '../../summits/facts.ts';
import type { Summit } from '../../summits/queries.ts';
import { type Agreement, partsOf } from '../agreement/agreement-rules.ts';
import type { OwnInvitation } from './answer-queries.ts';
import type { SeatKind } from './invitation-rules.ts';
import { OwnPollSection } from './own-poll-views.tsx';

/** What a seat kind means to the person who is offered it. */
export const SEAT_KIND_WORDS: Record<SeatKind, string> = {
  funded: 'Your costs are covered by the summit’s funding.',
  self_funded: 'You or your employer cover your own costs.',
  sponsored: 'A sponsor covers your costs.',
  host: 'You take part as one of the hosts.',
};

/** What was typed into a field of a refused form. */
export const typedText = (typed: Typed | undefined, name: string): string | undefined => {
  const value = typed?.[name];
  return typeof value === 'string' ? value : undefined;
};

/** Days, place and money of the summit, as an invited person wants to know them first. */
export function AtAGlance({ summit, seatKind }: { summit: Summit; seatKind: SeatKind }) {
  const { definition } = summit;
  const days = summitDays(definition);
  return (
    <Facts
      facts={[
        ...(isTentative(definition)
          ? [{ term: 'Summit', value: whenWords(definition) }]
          : [
              { term: 'Summit', value: <DateSpan from={days.start} to={days.end} /> },
              { term: 'Your stay', value: <DateSpan from={days.arrival} to={days.departure} /> },
            ]),
        { term: 'Place', value: `${definition.venue.name}, ${definition.venue.city}` },
        {
          term: 'Costs',
          value:
            seatKind === 'funded'
              ? fillFacts(definition.funding.text, definition)
              : SEAT_KIND_WORDS[seatKind],
        },
      ]}
    />
  );
}

/** The words that are promised. */
export function AgreementText({ agreement }: { agreement: Agreement }) {
  const { introduction, promises } = partsOf(agreement);
  const html = (text: string) => markdownToHtml(text, { shiftHeadings: 2 });
  return (
    <>
      {introduction !== '' && <Prose html={html(introduction)} />}
      {promises.length > 0 && (
        <ul class="lettered">
          {promises.map((text) => (
            <li key={text}>
              <Prose html={html(text)} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** The page that a mailed link leads to: it changes nothing until the button is pressed. */
export function InvitationDoor({
  summit,
  name,
  action,
}: {
  summit: Summit;
  name: string;
  action: string;
}) {
  return (
    <>
      <p>
        {summit.definition.hosts.map((host) => host.name).join(' and ')} and{' '}
        {summit.definition.organisation} invite you, {name}, to the {summit.definition.title}.
      </p>
      <Form action={action}>
        <Actions>
          <SubmitButton>Open my invitation</SubmitButton>
        </Actions>
      </Form>
      <p class="small">
        This link is for {name} only. Opening it signs you in on this device; if you are not {name},
        please close this page.
      </p>
    </>
  );
}

export interface AnswerFormProps {
  readonly summit: Summit;
  readonly invitation: OwnInvitation;
  readonly agreement: Agreement & { readonly version: number };
  readonly poll: OwnPoll | undefined;
  readonly seatsAreGone: boolean;
  readonly zone: ZoneName;
  readonly typed?: Typed | undefined;
  readonly problems?: readonly Problem[] | undefined;
}

/** The invitation and its three answers. */
export function AnswerForm({
  summit,
  invitation,
  agreement,
  poll,
  seatsAreGone,
  zone,
  typed,
  problems,
}: AnswerFormProps) {
  return (
    <>
      <AtAGlance summit={summit} seatKind={invitation.seatKind} />
      {poll !== undefined && (
        <OwnPollSection poll={poll} href={`/s/${summit.slug}/me/weeks`} zone={zone} />
      )}
      {invitation.expiresAt !== undefined && (
        <p>
          Please answer by <When instant={invitation.expiresAt} zone={zone} />.
        </p>
      )}
      <h2>What you would promise</h2>
      <AgreementText agreement={agreement} />
      {seatsAreGone && (
        <p>
          All {summit.definition.seats.planned} seats are taken or held just now. If you say yes you
          get a place on the waiting list, and a mail as soon as a seat is free.
        </p>
      )}
      <h2>Your answer</h2>
      <Form action={`/s/${summit.slug}/me/invitation`} problems={problems}>
        <HiddenField name="version" value={String(agreement.version)} />
        <Checkbox
          name="agreed"
          label={`I accept the agreement (version ${agreement.version})`}
          checked={typedText(typed, 'agreed') === 'yes'}
          optional
        />
        {seatsAreGone && (
          <NumberField
            name="notice_days"
            label="Days of notice you would need to come"
            hint="Tickets, a visa, family: you are only offered a seat that leaves you this long."
            value={typedText(typed, 'notice_days')}
            optional
          />
        )}
        <TextArea
          name="note"
          label="Note to the organisers"
          rows={3}
          value={typedText(typed, 'note') ?? invitation.note}
          optional
        />
        <Actions>
          <SubmitButton name="answer" value="accept">
            Yes, I accept
          </SubmitButton>
          {invitation.state !== 'unsure' && (
            <SubmitButton weight="ordinary" name="answer" value="unsure">
              Not sure yet
            </SubmitButton>
          )}
          <SubmitButton weight="ordinary" name="answer" value="decline">
            No, I cannot come
          </SubmitButton>
        </Actions>
      </Form>
    </>
  );
}

/** Taking back a yes: what it means, and the button. */
export function ChangeAnswer({
  summit,
  seatNumber,
}: {
  summit: Summit;
  seatNumber: number | undefined;
}) {
  return (
    <>
      <p>
        You have accepted this invitation.
        {seatNumber !== undefined &&
          ` If you cannot come, seat ${seatNumber} goes to the next on the waiting list; it cannot be held for you.`}
      </p>
      <Form action={`/s/${summit.slug}/me/invitation`}>
        <TextArea name="note" label="Note to the organisers" rows={3} optional />
        <Actions>
          <SubmitButton weight="danger" name="answer" value="decline">
            I cannot come after all
          </SubmitButton>
          <a href={`/s/${summit.slug}/me`}>Keep my answer</a>
        </Actions>
      </Form>
    </>
  );
}
