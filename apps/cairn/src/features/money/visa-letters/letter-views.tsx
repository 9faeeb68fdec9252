import type { Problem } from '@cairn/kernel/problem';
import type { ZoneName } from '@cairn/kernel/time';
import { ActionLink, Actions, SubmitButton } from '../../../design/actions.tsx';
import {
  Checkbox,
  DateField,
  HiddenField,
  NumberField,
  Select,
  TextArea,
  TextField,
} from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { Mark, type Shape, type Tone } from '../../../design/mark.tsx';
import { DayOf, Facts } from '../../../design/prose.tsx';
import { Table } from '../../../design/table.tsx';
import type { VisaLetter } from './letter-queries.ts';
import { type LetterSetting, type LetterState, OUTCOMES } from './letter-rules.ts';

/** A form that was refused: which one, what was typed, and what is wrong. */
export interface RefusedPart {
  readonly part: string;
  readonly text: (name: string) => string;
  readonly problems: readonly Problem[];
}

const LOOKS: Readonly<Record<LetterState, { shape: Shape; tone: Tone; word: string }>> = {
  requested: { shape: 'half', tone: 'soft', word: 'asked for; organisers have it' },
  returned: { shape: 'triangle', tone: 'warn', word: 'came back; something is to be changed' },
  issued: { shape: 'tick', tone: 'good', word: 'issued' },
  withdrawn: { shape: 'dash', tone: 'soft', word: 'withdrawn' },
};

/** How far a letter is. */
const LetterMark = ({ state }: { state: LetterState }) => {
  const { word, ...look } = LOOKS[state];
  return <Mark {...look}>{word}</Mark>;
};

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

interface LetterListProps {
  readonly home: string;
  readonly zone: ZoneName;
  readonly letters: readonly (VisaLetter & { readonly name: string })[];
  readonly setting: LetterSetting;
  readonly refused: RefusedPart | undefined;
}

/** All letters, and what stands on every one. */
export function LetterList({ home, zone, letters, setting, refused }: LetterListProps) {
  const stored: Readonly<Record<string, string>> = {
    letterhead: setting.letterhead,
    signed_as: setting.signedAs,
    contact: setting.contact,
    days_kept: String(setting.daysKept),
  };
  const text = refused?.text ?? ((field: string) => stored[field] ?? '');
  return (
    <>
      <Table
        caption="Visa letters"
        columns={[
          {
            head: 'Person',
            cell: ({ id, name }: LetterListProps['letters'][number]) => (
              <a href={`${home}/${id}`}>{name}</a>
            ),
          },
          { head: 'State', cell: ({ state }) => <LetterMark state={state} /> },
          {
            head: 'Asked on',
            kind: 'date',
            cell: ({ requestedAt }) => <DayOf instant={requestedAt} zone={zone} />,
          },
          {
            head: 'Outcome',
            cell: ({ outcome, state }) =>
              outcome === null ? (state === 'issued' ? 'not told yet' : '') : WHAT_CAME[outcome],
          },
        ]}
        rows={letters}
        rowKey={({ id }) => id}
        empty="Nobody has asked for one."
      />
      <h2>On every letter</h2>
      <Form action={home} label="On every letter" problems={refused?.problems}>
        <TextArea
          name="letterhead"
          label="Who writes"
          hint="Name and address, line by line. Empty: the summit, its hosts and the city."
          optional
          rows={4}
          value={text('letterhead')}
        />
        <TextArea
          name="signed_as"
          label="Who signs"
          hint="Name and role, line by line."
          optional
          rows={3}
          value={text('signed_as')}
        />
        <TextField
          name="contact"
          label="Whom consulates may ask"
          hint="An address or a telephone number."
          optional
          value={text('contact')}
        />
        <NumberField
          name="days_kept"
          label="Days after the departure until what is personal is deleted"
          value={text('days_kept')}
        />
        <Actions>
          <SubmitButton weight="ordinary">Save</SubmitButton>
        </Actions>
      </Form>
    </>
  );
}

const WHAT_CAME = { granted: 'granted', refused: 'refused', not_needed: 'not needed' } as const;

interface LetterPageProps {
  readonly page: string;
  readonly home: string;
  readonly letter: VisaLetter & { readonly name: string };
  readonly signedAs: string;
  readonly refused: RefusedPart | undefined;
}

/** One request: what it says, and what is done with it. */
export function LetterPage({ page, home, letter, signedAs, refused }: LetterPageProps) {
  const { state, answer, clearedAt, content } = letter;
  const of = (part: string) => (refused?.part === part ? refused : undefined);
  return (
    <>
      <p>
        <LetterMark state={state} />
      </p>
      {clearedAt === null ? (
        <Facts
          facts={[
            { term: 'Name', value: letter.fullName },
            { term: 'Born on', value: letter.bornOn ?? 'not said' },
            { term: 'Citizenship', value: letter.citizenship },
            { term: 'Affiliation', value: letter.affiliation || 'not said' },
            { term: 'Consulate', value: letter.consulate || 'to whom it may concern' },
            {
              term: 'Money',
              value: letter.saysMoney ? 'the letter says what is approved' : 'not in the letter',
            },
            ...(letter.note === '' ? [] : [{ term: 'Note to you', value: letter.note }]),
            ...(answer === '' ? [] : [{ term: 'Sent back with', value: answer }]),
          ]}
        />
      ) : (
        <p>What was personal in it is deleted.</p>
      )}
      {state === 'issued' && content !== null && (
        <p>
          <a href={`${page}/letter.pdf`}>The letter as it was issued</a>
        </p>
      )}
      {state === 'requested' && (
        <>
          <p>
            <a href={`${page}/letter.pdf`}>Look at the draft</a>: check the name letter by letter.
          </p>
          <h2>Issue it</h2>
          <Form
            action={page}
            label="Issue this letter"
            scope="issue"
            problems={of('issue')?.problems}
          >
            <HiddenField name="do" value="issue" />
            <TextArea
              name="signed_as"
              label="Who signs"
              hint="Name and role, line by line. There is room for a hand above it."
              rows={3}
              value={of('issue')?.text('signed_as') ?? signedAs}
            />
            <Actions>
              <SubmitButton>Issue this letter</SubmitButton>
            </Actions>
          </Form>
          <h2>Or send it back</h2>
          <Form action={page} label="Send it back" scope="return" problems={of('return')?.problems}>
            <HiddenField name="do" value="return" />
            <TextArea
              name="answer"
              label="What is to be changed"
              rows={3}
              value={of('return')?.text('answer')}
            />
            <Actions>
              <SubmitButton weight="ordinary">Send it back</SubmitButton>
            </Actions>
          </Form>
        </>
      )}
      <p>
        <a href={home}>All letters</a>
      </p>
    </>
  );
}
