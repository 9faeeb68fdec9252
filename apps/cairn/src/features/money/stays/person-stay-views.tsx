import type { Problem } from '@cairn/kernel/problem';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { HiddenField, RadioGroup, TextArea } from '../../../design/controls.tsx';
import { ErrorSummary, Fieldset, Form } from '../../../design/form.tsx';
import { Facts } from '../../../design/prose.tsx';
import { type Typed, textIn } from '../typed-rules.ts';
import { StayFields } from './own-views.tsx';
import { extraNightsOf, type HostedStay, type SummitDates } from './stay-rules.ts';
import { dayWords, fromWords, shortDay } from './stays-views.tsx';
import { extraWords, roomWords } from './words-rules.ts';

interface PersonStayProps {
  readonly action: string;
  readonly stay: HostedStay;
  readonly dates: SummitDates;
  readonly zone: string;
  readonly typed: Typed;
  /** It is one's own stay, whose requests others answer. */
  readonly isOwn: boolean;
  readonly refused?: { readonly form: string; readonly problems: readonly Problem[] } | undefined;
}

/** One person's stay: what they ask, and what an organiser notes for them. */
export function PersonStayPage(props: PersonStayProps) {
  const { action, stay, dates, zone, typed, refused } = props;
  const extra = extraNightsOf(stay, dates);
  const forms = [
    'note',
    ...(stay.extraState === 'none' ? [] : ['extra']),
    ...(stay.singleState === 'none' ? [] : ['single']),
  ];
  return (
    <>
      {refused !== undefined && !forms.includes(refused.form) && (
        <ErrorSummary problems={refused.problems} />
      )}
      <Facts
        facts={[
          { term: 'From', value: stay.hasSaid ? fromWords(stay) : 'Not said' },
          {
            term: 'Arrives',
            value: stay.arrivesOn === null ? 'Not said' : dayWords(stay.arrivesOn),
          },
          { term: 'Leaves', value: stay.leavesOn === null ? 'Not said' : dayWords(stay.leavesOn) },
          { term: 'Room', value: roomWords(stay) },
          ...(extra.state === 'none' || stay.room === 'own'
            ? []
            : [{ term: 'Nights', value: extraWords(extra) }]),
          ...(stay.note === '' ? [] : [{ term: 'Note', value: stay.note }]),
        ]}
      />
      {stay.extraState !== 'none' && (
        <AnswerForm
          {...props}
          request="extra"
          legend={`Extra nights: ${extra.nights.map(shortDay).join(', ')}`}
          reason={stay.extraReason}
          state={stay.extraState}
        />
      )}
      {stay.singleState !== 'none' && (
        <AnswerForm
          {...props}
          request="single"
          legend="A room alone"
          reason={stay.singleReason}
          state={stay.singleState}
        />
      )}
      <h2>Note it for {stay.name}</h2>
      <p>
        People say this themselves; write it here where they told you. Whom they would share with
        stays as they said it, and is not shown to anybody.
      </p>
      <Form
        action={action}
        label="Stay"
        problems={refused?.form === 'note' ? refused.problems : undefined}
      >
        <HiddenField name="form" value="note" />
        <StayFields typed={typed} dates={dates} zone={zone} />
        <Actions>
          <SubmitButton weight="ordinary">Save the stay</SubmitButton>
        </Actions>
      </Form>
    </>
  );
}

const STATES = { none: '', asked: 'Not answered yet.', agreed: 'Agreed.', declined: 'Declined.' };

function AnswerForm({
  action,
  stay,
  isOwn,
  typed,
  refused,
  request,
  legend,
  reason,
  state,
}: PersonStayProps & {
  readonly request: 'extra' | 'single';
  readonly legend: string;
  readonly reason: string;
  readonly state: keyof typeof STATES;
}) {
  const isRefused = refused?.form === request;
  const answer = request === 'extra' ? stay.extraAnswer : stay.singleAnswer;
  return (
    <Form
      action={action}
      label={legend}
      scope={request}
      problems={isRefused ? refused.problems : undefined}
    >
      <Fieldset legend={legend}>
        <p>
          {reason === '' ? 'No reason was given.' : `“${reason}”`} {STATES[state]}
        </p>
        {isOwn ? (
          <p>This is your own request; another organiser answers it.</p>
        ) : (
          <>
            <HiddenField name="form" value={request} />
            <HiddenField name="revision" value={String(stay.revision)} />
            <RadioGroup
              name="agreed"
              label="Answer"
              options={[
                { value: 'yes', label: 'Agree' },
                { value: 'no', label: 'Decline' },
              ]}
              value={isRefused ? textIn(typed, 'agreed') : STATE_ANSWER[state]}
            />
            <TextArea
              name="answer"
              label="In words"
              hint="Told to whoever asked, by mail. Needed where you decline."
              optional
              rows={2}
              value={isRefused ? textIn(typed, 'answer') : answer}
            />
            <Actions>
              <SubmitButton>Answer</SubmitButton>
            </Actions>
          </>
        )}
      </Fieldset>
    </Form>
  );
}

const STATE_ANSWER = { none: '', asked: '', agreed: 'yes', declined: 'no' };
