import type { ZoneName } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import type { ComponentChildren } from 'preact';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import {
  Checkbox,
  DateField,
  HiddenField,
  TextArea,
  TextField,
} from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { Menu } from '../../../design/layout.tsx';
import { DateSpan, Day, type Fact, Facts, When } from '../../../design/prose.tsx';
import type { SummitDefinition } from '../../summits/schema.ts';
import { closingOf, type Poll } from './poll-rules.ts';
import { PollMark } from './poll-words.tsx';
import type { Refilled } from './setup-schema.ts';

/** The pages of the poll. */
export const PollMenu = ({ home, current }: { home: string; current: string }) => (
  <Menu
    label="Week poll"
    items={[
      { href: home, label: 'Standing' },
      { href: `${home}/setup`, label: 'Weeks and days' },
      { href: `${home}/people`, label: 'People' },
      { href: `${home}/mails`, label: 'Deadline and mails' },
    ].map((item) => ({ ...item, current: item.href === current }))}
  />
);

/** What a poll is about and how far it is. */
export function PollFacts({
  poll,
  definition,
  zone,
  asked,
  answered,
}: {
  poll: Poll;
  definition: SummitDefinition;
  zone: ZoneName;
  asked: number;
  answered: number;
}) {
  const facts: Fact[] = [
    { term: 'State', value: <PollMark state={poll.state} /> },
    {
      term: 'Looked for',
      value: (
        <>
          {counted(poll.days, 'day')} within <DateSpan from={poll.from} to={poll.until} />
        </>
      ),
    },
    { term: 'Answered', value: `${answered} of ${asked}` },
    ...(poll.closesOn === undefined
      ? []
      : [
          {
            term: 'Last day for answers',
            value: (
              <>
                <Day date={poll.closesOn} /> (until{' '}
                <When instant={closingOf(poll.closesOn, definition)} zone={zone} />)
              </>
            ),
          },
        ]),
  ];
  return <Facts facts={facts} />;
}

/** What can be done with the poll as a whole in its state. */
export function PollActions({
  poll,
  home,
  refused,
}: {
  poll: Poll;
  home: string;
  refused?: Refilled | undefined;
}) {
  switch (poll.state) {
    case 'draft':
      return (
        <section aria-labelledby="open-poll">
          <h2 id="open-poll">Open the poll</h2>
          <p>
            Look at the <a href={`${home}/setup`}>weeks</a>, choose{' '}
            <a href={`${home}/people`}>whom to ask</a>, and say{' '}
            <a href={`${home}/mails`}>until when</a>. Opening writes to nobody yet.
          </p>
          <Form action={home} problems={refused?.problems} label="Open the poll">
            <HiddenField name="do" value="open" />
            <Checkbox
              name="tentative"
              label="The definition’s days are only tentative until a week is chosen"
              hint="Calendars, announcement and handout then say that the week is still to be chosen."
              checked
            />
            <Actions>
              <SubmitButton>Open the poll</SubmitButton>
            </Actions>
          </Form>
          <GiveUp home={home} />
        </section>
      );
    case 'open':
      return (
        <section aria-labelledby="close-poll">
          <h2 id="close-poll">Close the poll</h2>
          <p>
            It closes by itself when its last day is over at the summit’s place. To extend it, write
            a later day under <a href={`${home}/mails`}>deadline and mails</a>.
          </p>
          <Form action={home} problems={refused?.problems} label="Close the poll">
            <HiddenField name="do" value="close" />
            <Actions>
              <SubmitButton weight="ordinary">Close it now</SubmitButton>
            </Actions>
          </Form>
          <GiveUp home={home} />
        </section>
      );
    case 'closed':
      return (
        <section aria-labelledby="reopen-poll">
          <h2 id="reopen-poll">Open it again</h2>
          <p>Every answer is where it was, and can be changed again.</p>
          <Form action={home} problems={refused?.problems} label="Open the poll again">
            <HiddenField name="do" value="reopen" />
            <DateField
              name="closes_on"
              label="New last day for answers"
              value={String(refused?.typed['closes_on'] ?? '')}
            />
            <Actions>
              <SubmitButton weight="ordinary">Open it again</SubmitButton>
            </Actions>
          </Form>
          <GiveUp home={home} />
        </section>
      );
    case 'chosen':
      return (
        <section aria-labelledby="unchoose-poll">
          <h2 id="unchoose-poll">Choose anew</h2>
          <p>
            Taking the choice back lets another week be chosen from the same answers. The
            definition’s days stay as they are, as tentative ones; people are not told by it.
          </p>
          <Form action={home} problems={refused?.problems} label="Take the choice back">
            <HiddenField name="do" value="unchoose" />
            <Actions>
              <SubmitButton weight="danger">Take the choice back</SubmitButton>
            </Actions>
          </Form>
        </section>
      );
    case 'abandoned':
      return (
        <Form action={home} problems={refused?.problems} label="Take the poll up again">
          <HiddenField name="do" value="resume" />
          <p>Everything that was entered and answered is kept.</p>
          <Actions>
            <SubmitButton>Take the poll up again</SubmitButton>
          </Actions>
        </Form>
      );
    default:
      return poll.state satisfies never;
  }
}

const GiveUp = ({ home }: { home: string }) => (
  <Form action={home} label="Give the poll up">
    <HiddenField name="do" value="abandon" />
    <p>
      <SubmitButton weight="plain">Give this poll up</SubmitButton>: nobody can answer then. What
      was answered is kept, and the poll can be taken up again.
    </p>
  </Form>
);

/** The deadline, the reminders and the words of the mails. */
export function TermsForm({
  action,
  poll,
  refused,
}: {
  action: string;
  poll: Poll;
  refused?: Refilled | undefined;
}) {
  const text = (name: string, stored: string) => String(refused?.typed[name] ?? stored);
  const isOver = poll.state === 'closed';
  return (
    <Form action={action} problems={refused?.problems} label="Deadline">
      <HiddenField name="do" value="terms" />
      {isOver ? (
        <HiddenField name="closes_on" value={poll.closesOn?.toString() ?? ''} />
      ) : (
        <DateField
          name="closes_on"
          label="Last day for answers"
          hint="A day at the summit’s place; the poll closes when it is over."
          value={text('closes_on', poll.closesOn?.toString() ?? '')}
        />
      )}
      <TextField
        name="remind_days"
        label="Remind the silent so many days before"
        hint="Such as 7, 2. Each reminder goes once, only to those who have answered nothing. Empty: none."
        value={text('remind_days', poll.remindDays.join(', '))}
        width="short"
        optional
      />
      <Checkbox
        name="hide_until_closed"
        label="Hide the counts until the poll is closed"
        hint="Who answered what is never shown to others; this hides how many said yes, too."
        checked={
          refused === undefined
            ? poll.hideUntilClosed
            : refused.typed['hide_until_closed'] === 'yes'
        }
      />
      <TextArea
        name="intro"
        label="What you tell those whom you ask"
        hint="It stands in the mail and above the form."
        rows={5}
        value={text('intro', poll.intro)}
        optional
      />
      <TextField
        name="currency"
        label="Currency of the extra costs"
        hint="Three letters, such as USD. Costs count in the ranking only when every week has one."
        value={text('currency', poll.currency ?? '')}
        width="tiny"
        optional
      />
      <Actions>
        <SubmitButton weight="ordinary">Save</SubmitButton>
      </Actions>
    </Form>
  );
}

/** One kind of mail as it would go out, with how many people get it. */
export function MailPreview({
  title,
  count,
  mail,
  action,
  doing,
  nobody,
}: {
  title: string;
  count: number;
  mail: { readonly subject: string; readonly body: string };
  action: string;
  doing: 'ask' | 'remind';
  nobody: ComponentChildren;
}) {
  const id = `mail-${doing}`;
  const people = counted(count, 'person', 'people');
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {count === 0 ? (
        <p>{nobody}</p>
      ) : (
        <>
          <p>This goes to {people}, each with a link of their own:</p>
          <blockquote>
            <p>
              <strong>{mail.subject}</strong>
            </p>
            {mail.body.split(/\n{2,}/).map((text) => (
              <p key={text} class="changes">
                {text.trim()}
              </p>
            ))}
          </blockquote>
          <Form action={action} label={title}>
            <HiddenField name="do" value={doing} />
            <Actions>
              <SubmitButton>
                {doing === 'ask' ? 'Write to' : 'Remind'} {people}
              </SubmitButton>
            </Actions>
          </Form>
        </>
      )}
    </section>
  );
}
