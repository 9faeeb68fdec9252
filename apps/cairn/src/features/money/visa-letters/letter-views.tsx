import type { Problem } from '@cairn/kernel/problem';
import type { ZoneName } from '@cairn/kernel/time';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { HiddenField, NumberField, TextArea, TextField } from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { Mark, type Shape, type Tone } from '../../../design/mark.tsx';
import { DayOf, Facts } from '../../../design/prose.tsx';
import { Table } from '../../../design/table.tsx';
import type { VisaLetter } from './letter-queries.ts';
import type { LetterSetting, LetterState } from './letter-rules.ts';

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
export const LetterMark = ({ state }: { state: LetterState }) => {
  const { word, ...look } = LOOKS[state];
  return <Mark {...look}>{word}</Mark>;
};

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
            <SignedAs value={of('issue')?.text('signed_as') ?? signedAs} />
            <Actions>
              <SubmitButton>Issue this letter</SubmitButton>
            </Actions>
          </Form>
          <h2>Or send it back</h2>
          <Form action={page} label="Send it back" scope="return" problems={of('return')?.problems}>
            <HiddenField name="do" value="return" />
            <Answer value={of('return')?.text('answer')} />
            <Actions>
              <SubmitButton weight="ordinary">Send it back</SubmitButton>
            </Actions>
          </Form>
        </>
      )}
      {state !== 'requested' && refused !== undefined && (
        <Form action={page} label="What was not done" problems={refused.problems}>
          {refused.part === 'return' ? (
            <Answer value={refused.text('answer')} />
          ) : (
            <SignedAs value={refused.text('signed_as')} />
          )}
        </Form>
      )}
      <p>
        <a href={home}>All letters</a>
      </p>
    </>
  );
}

const SignedAs = ({ value }: { value: string }) => (
  <TextArea
    name="signed_as"
    label="Who signs"
    hint="Name and role, line by line. There is room for a hand above it."
    rows={3}
    value={value}
  />
);

const Answer = ({ value }: { value: string | undefined }) => (
  <TextArea name="answer" label="What is to be changed" rows={3} value={value} />
);
