import type { ZoneName } from '@cairn/kernel/time';
import { ActionLink, Actions, SubmitButton } from '../../../design/actions.tsx';
import {
  Checkbox,
  DateField,
  HiddenField,
  Select,
  TextArea,
  TextField,
} from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { DayOf } from '../../../design/prose.tsx';
import type { VisaLetter } from './letter-queries.ts';
import { OUTCOMES } from './letter-rules.ts';
import { LetterMark, type RefusedPart } from './letter-views.tsx';

interface OwnLetterProps {
  readonly action: string;
  readonly zone: ZoneName;
  readonly name: string;
  readonly letters: readonly VisaLetter[];
  readonly daysKept: number;
  readonly refused: RefusedPart | undefined;
}

/** One's own letters, and the form that asks for one. */
export function OwnLetterPage(props: OwnLetterProps) {
  const { letters, action, daysKept, refused } = props;
  const open = letters.find(({ state }) => state === 'requested' || state === 'returned');
  return (
    <>
      <p>
        An invitation for your consulate, as a PDF. Organisers see what you write here, and nobody
        else; {daysKept} days after the summit it is deleted. The number of your passport is never
        stored: the letter has a line for it.
      </p>
      {letters.map((letter) => (
        <OwnLetter key={letter.id} {...props} letter={letter} />
      ))}
      {open?.state !== 'requested' && (
        <AskForm
          action={action}
          before={open ?? undefined}
          name={props.name}
          refused={refused?.part === 'ask' ? refused : undefined}
        />
      )}
    </>
  );
}

function OwnLetter({
  letter,
  action,
  zone,
  refused,
}: OwnLetterProps & { readonly letter: VisaLetter }) {
  const { id, state, fullName, issuedAt, requestedAt, answer, content, outcome } = letter;
  const own = refused?.part === `outcome-${id}` ? refused : undefined;
  return (
    <section>
      <h2>{fullName === '' ? 'A letter that was cleared' : `Letter for ${fullName}`}</h2>
      <p>
        <LetterMark state={state} /> <DayOf instant={issuedAt ?? requestedAt} zone={zone} />
      </p>
      {state === 'returned' && <p>Organisers write: {answer}</p>}
      {state === 'issued' && content !== null && (
        <p>
          <ActionLink href={`${action}/${id}.pdf`} weight="primary">
            The letter as PDF
          </ActionLink>
        </p>
      )}
      {state === 'issued' && content !== null && (
        <Form
          action={action}
          label="What the consulate decided"
          scope={`outcome-${id}`}
          problems={own?.problems}
        >
          <HiddenField name="do" value="outcome" />
          <HiddenField name="letter" value={id} />
          <Select
            name="outcome"
            label="What the consulate decided"
            hint="Organisers see it, so that your seat and your bed are right."
            empty="Not yet"
            value={own?.text('outcome') ?? outcome ?? ''}
            options={Object.entries(OUTCOMES).map(([value, label]) => ({ value, label }))}
          />
          <Actions>
            <SubmitButton weight="ordinary">Tell the organisers</SubmitButton>
          </Actions>
        </Form>
      )}
      {(state === 'requested' || state === 'returned') && (
        <Form action={action} label="Withdraw this request" scope={`withdraw-${id}`}>
          <HiddenField name="do" value="withdraw" />
          <HiddenField name="letter" value={id} />
          <Actions>
            <SubmitButton weight="plain">I need no letter</SubmitButton>
          </Actions>
        </Form>
      )}
    </section>
  );
}

function AskForm({
  action,
  before,
  name,
  refused,
}: {
  readonly action: string;
  readonly before: VisaLetter | undefined;
  readonly name: string;
  readonly refused: RefusedPart | undefined;
}) {
  const stored: Readonly<Record<string, string>> = {
    full_name: before?.fullName ?? name,
    born_on: before?.bornOn ?? '',
    citizenship: before?.citizenship ?? '',
    affiliation: before?.affiliation ?? '',
    consulate: before?.consulate ?? '',
    note: before?.note ?? '',
    says_money: before?.saysMoney === true ? 'yes' : '',
  };
  const text = refused?.text ?? ((field: string) => stored[field] ?? '');
  return (
    <>
      <h2>{before === undefined ? 'Ask for a letter' : 'Change what you asked for'}</h2>
      <Form action={action} label="Ask for a letter" scope="ask" problems={refused?.problems}>
        <HiddenField name="do" value="ask" />
        <TextField
          name="full_name"
          label="Name as in the passport"
          autocomplete="name"
          value={text('full_name')}
        />
        <DateField name="born_on" label="Born on" optional value={text('born_on')} />
        <TextField name="citizenship" label="Citizenship" value={text('citizenship')} />
        <TextField name="affiliation" label="Affiliation" optional value={text('affiliation')} />
        <TextField
          name="consulate"
          label="Consulate"
          hint="To whom the letter is written. Empty: to whom it may concern."
          optional
          value={text('consulate')}
        />
        <Checkbox
          name="says_money"
          label="Say what is paid for me"
          hint="The letter then names the amounts of your approved estimates, and the organisers who write it read them."
          checked={text('says_money') === 'yes'}
        />
        <TextArea
          name="note"
          label="What organisers should know"
          hint="Not in the letter. By when you need it, for instance."
          optional
          rows={2}
          value={text('note')}
        />
        <Actions>
          <SubmitButton>
            {before === undefined ? 'Ask for this letter' : 'Send it again'}
          </SubmitButton>
        </Actions>
      </Form>
    </>
  );
}
