import type { Problem } from '@cairn/kernel/problem';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { ChoiceRow } from '../../../design/choice-row.tsx';
import { HiddenField, TextField } from '../../../design/controls.tsx';
import { EmptyState } from '../../../design/empty.tsx';
import { Form } from '../../../design/form.tsx';
import { INTEREST_LEVELS, levelField, TAKE_BACK, whyField } from './interest-rules.ts';
import type { InterestTopic } from './matrix-rules.ts';

/** What stands in the fields of one topic. */
export interface TypedInterest {
  readonly level: string;
  readonly why: string;
}

const SHORT_WORDS = { lead: 'Lead', work: 'Work', learn: 'Learn', none: 'Not for me' } as const;

/** One question: what somebody wants of a topic, and why. */
function InterestField({
  topic: { number, title },
  label,
  typed,
}: {
  readonly topic: Pick<InterestTopic, 'number' | 'title'>;
  readonly label: string;
  readonly typed: TypedInterest;
}) {
  return (
    <ChoiceRow
      name={levelField(number)}
      label={label}
      options={[
        ...INTEREST_LEVELS.map((value) => ({ value, label: SHORT_WORDS[value] })),
        { value: TAKE_BACK, label: 'Not said' },
      ]}
      value={typed.level === '' ? TAKE_BACK : typed.level}
    >
      <details open={typed.why !== ''}>
        <summary>
          A word of why<span class="unseen">: {title}</span>
        </summary>
        <TextField
          name={whyField(number)}
          label="Why"
          value={typed.why}
          autocomplete="off"
          optional
        />
      </details>
    </ChoiceRow>
  );
}

interface OwnInterestPageProps {
  /** `/s/<summit>/plan`. */
  readonly plan: string;
  readonly topics: readonly InterestTopic[];
  readonly typed: (number: number) => TypedInterest;
  readonly problems?: readonly Problem[] | undefined;
  /** Of how many topics something could be taken from what was said of tracks. */
  readonly fromTracks: number;
  /** What was said of tracks is filled in, and not saved yet. */
  readonly isStarted: boolean;
}

/** All topics on one page: what somebody wants of each, in one form. */
export function OwnInterestPage(props: OwnInterestPageProps) {
  const { plan, topics, typed, problems, fromTracks, isStarted } = props;
  const matrix = `${plan}/interest/matrix`;
  if (topics.length === 0) {
    return (
      <EmptyState next={{ href: `${plan}/topics/new`, label: 'Propose one' }}>
        There is no open topic yet.
      </EmptyState>
    );
  }
  return (
    <>
      <p>
        <strong>Lead</strong>: you would see to it that it happens. <strong>Work</strong>: you would
        give it your time at the summit. <strong>Learn</strong>: you would sit in. Everybody who
        takes part sees it with your name, and groups are made of it.{' '}
        <a href={matrix}>See who wants what</a>.
      </p>
      {isStarted && (
        <p>
          <strong>
            What you said of the tracks of the meetings is filled in. Nothing is saved until you
            press the button.
          </strong>
        </p>
      )}
      {!isStarted && fromTracks > 0 && (
        <p>
          You have said what you want of tracks of the meetings.{' '}
          <a href={`${plan}/interest?start=tracks`}>Begin with that</a>.
        </p>
      )}
      <Form action={`${plan}/interest`} problems={problems} label="What I want">
        {topics.map((topic) => (
          <InterestField
            key={topic.number}
            topic={topic}
            label={topic.title}
            typed={typed(topic.number)}
          />
        ))}
        <Actions>
          <SubmitButton>Save what I want</SubmitButton>
        </Actions>
      </Form>
    </>
  );
}

/** The same question on the page of one topic. */
export const TopicInterestForm = ({
  plan,
  topic,
  typed,
}: {
  readonly plan: string;
  readonly topic: Pick<InterestTopic, 'number' | 'title'>;
  readonly typed: TypedInterest;
}) => (
  <Form action={`${plan}/interest`} label="My interest" scope={`interest.${topic.number}`}>
    <HiddenField name="topic" value={String(topic.number)} />
    <InterestField topic={topic} label="What do you want of it?" typed={typed} />
    <Actions>
      <SubmitButton weight="ordinary">Say so</SubmitButton>
    </Actions>
  </Form>
);
