import type { Problem } from '@cairn/kernel/problem';
import type { ZoneName } from '@cairn/kernel/time';
import { WEEKDAYS } from '@cairn/kernel/words';
import { Actions, Confirm, SubmitButton } from '../../../design/actions.tsx';
import { Checkbox, HiddenField, Select } from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { type ThreadKind, threadHref } from '../threads/thread-rules.ts';

/** What the form holds, as text. */
export interface DigestFields {
  readonly mentions: string;
  readonly takingPart: string;
  readonly everything: string;
  readonly hour: string;
  readonly weekday: string;
  readonly asks: boolean;
}

interface DigestPageProps {
  readonly home: string;
  readonly fields: DigestFields;
  readonly zone: ZoneName;
  readonly watched: readonly {
    readonly number: number;
    readonly kind: ThreadKind;
    readonly title: string;
    readonly watches: boolean;
  }[];
  readonly problems?: readonly Problem[] | undefined;
}

const CHOICES = [
  { value: 'at_once', label: 'At once' },
  { value: 'daily', label: 'Once a day' },
  { value: 'weekly', label: 'Once a week' },
  { value: 'never', label: 'Never' },
];

/** How somebody wants to hear of the plan by mail. */
export function DigestPage({ home, fields, zone, watched, problems }: DigestPageProps) {
  return (
    <>
      <Form action={`${home}/me/digest`} problems={problems}>
        <Select
          name="mentions"
          label="When somebody mentions you"
          value={fields.mentions}
          options={CHOICES}
        />
        <Select
          name="taking_part"
          label="What you take part in"
          hint="What you opened, wrote in, reviewed or are asked to review, what you want to lead or work on, and what you watch."
          value={fields.takingPart}
          options={CHOICES}
        />
        <Select
          name="everything"
          label="Everything else"
          value={fields.everything}
          options={CHOICES}
        />
        <Select
          name="hour"
          label="Hour of daily and weekly mails"
          hint={`In your zone, ${zone}.`}
          value={fields.hour}
          options={Array.from({ length: 24 }, (_, hour) => ({
            value: String(hour),
            label: `${String(hour).padStart(2, '0')}:00`,
          }))}
        />
        <Select
          name="weekday"
          label="Day of weekly mails"
          value={fields.weekday}
          options={WEEKDAYS.map((day, index) => ({ value: String(index + 1), label: day }))}
        />
        <Checkbox
          name="asks"
          label="Invite me to an open review while nothing of mine is in the plan"
          checked={fields.asks}
        />
        <Actions>
          <SubmitButton>Save</SubmitButton>
        </Actions>
      </Form>
      <p class="small quiet">
        You are never told of what you did yourself, and no mail is sent when there is nothing to
        tell. What asks you to do something, such as a review, is sent at once in any case.
      </p>
      {watched.length > 0 && (
        <>
          <h2>Watched</h2>
          <ul>
            {watched.map((one) => (
              <li key={one.number}>
                <a href={threadHref(home, one)}>
                  #{one.number} <bdi>{one.title}</bdi>
                </a>
                {!one.watches && <span class="quiet"> (no mails, unless you are mentioned)</span>}
              </li>
            ))}
          </ul>
        </>
      )}
      <p>
        <a href={`${home}/plan/activity`}>Back to the activity of the plan</a>
      </p>
    </>
  );
}

interface WatchSectionProps {
  readonly home: string;
  readonly number: number;
  /** What the reader said; undefined for nothing. */
  readonly watches: boolean | undefined;
}

/** On the page of a thread: whether one hears of it, and a button to change that. */
export function WatchSection({ home, number, watches }: WatchSectionProps) {
  const button = (value: 'yes' | 'no', label: string) => (
    <Form action={`${home}/plan/threads/${number}/watch`} label={label} scope={`watch-${value}`}>
      <HiddenField name="watches" value={value} />
      <SubmitButton weight="plain">{label}</SubmitButton>
    </Form>
  );
  return (
    <section aria-labelledby="watching">
      <h2 id="watching">Mails about this</h2>
      <p class="small">
        {watches === undefined
          ? 'You hear of it if you take part in it.'
          : watches
            ? 'You watch this.'
            : 'You hear of it only when somebody mentions you.'}{' '}
        <a href={`${home}/me/digest`}>How often</a>
      </p>
      {watches !== true && button('yes', 'Watch')}
      {watches !== false && button('no', 'Do not tell me')}
    </section>
  );
}

/** The page that a mail’s link opens: a button, because mail scanners follow links. */
export const StopPage = ({
  action,
  title,
  settings,
}: {
  action: string;
  title: string;
  settings: string;
}) => (
  <Confirm
    action={action}
    back={settings}
    verb="Stop these mails"
    consequences={
      <p>
        You get no more mails about what is said in the plan of {title}, and no invitations to
        reviews. Invitations to the summit and what you promised are told to you all the same.
      </p>
    }
  />
);
