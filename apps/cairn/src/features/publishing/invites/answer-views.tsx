import type { Problem } from '@cairn/kernel/problem';
import { expectZone, type Instant, instantOf, Temporal, type ZoneName } from '@cairn/kernel/time';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { HiddenField } from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { Mark } from '../../../design/mark.tsx';
import { type Fact, Facts, When } from '../../../design/prose.tsx';
import { type EntryContent, type KeptEntry, placeOf, type StoredTime } from '../calendar-rules.ts';
import { ANSWER_WORDS, type AnswerCounts, type AnswerOrNone } from './answer-rules.ts';
import { type ContentChange, spanWords, timeWords } from './invite-words-rules.ts';

/** The shape and tone of each answer, always beside its word. */
const ANSWER_MARKS = {
  ACCEPTED: { shape: 'disc', tone: 'good' },
  TENTATIVE: { shape: 'half', tone: 'warn' },
  DECLINED: { shape: 'cross', tone: 'bad' },
  'NEEDS-ACTION': { shape: 'ring', tone: 'soft' },
} as const;

/** An answer in a word. */
export const AnswerMark = ({ answer }: { answer: AnswerOrNone }) => (
  <Mark {...ANSWER_MARKS[answer]}>{ANSWER_WORDS[answer]}</Mark>
);

/** When an entry is: a moment in the reader's zone, or days where the summit is. */
export const EntryTime = ({ time, zone }: { time: StoredTime; zone: ZoneName }) =>
  time.kind === 'wall' ? (
    <>
      <When instant={startOf(time)} zone={zone} />, {time.minutes} minutes
    </>
  ) : (
    spanWords(time, zone)
  );

const startOf = (time: Extract<StoredTime, { kind: 'wall' }>): Instant =>
  instantOf({ local: Temporal.PlainDateTime.from(time.local), zone: expectZone(time.zone) });

/** When and where an entry is, to a reader in a zone. */
function entryFacts(content: EntryContent, zone: ZoneName, summitZone: ZoneName): Fact[] {
  const { time } = content;
  const place = placeOf(content);
  const isElsewhere = time.kind === 'wall' && zone !== summitZone;
  return [
    { term: 'When', value: <EntryTime time={time} zone={zone} /> },
    ...(isElsewhere ? [{ term: 'There', value: timeWords(time, summitZone) }] : []),
    ...(place === undefined ? [] : [{ term: 'Where', value: <Place place={place} /> }]),
  ];
}

const Place = ({ place }: { place: string }) =>
  /^https?:\/\//.test(place) ? <a href={place}>{place}</a> : place;

interface AnswerButtonsProps {
  readonly action: string;
  /** Names the form where a page has several. */
  readonly label: string;
  readonly entry: KeptEntry;
  /** The page is about nothing else, and nothing was answered: a yes is what most people want. */
  readonly isFirst?: boolean;
  /** On one's own pages the form says which entry it is about, and on a call's page the way back. */
  readonly own?: 'calendar' | 'meeting';
  readonly problems?: readonly Problem[] | undefined;
}

/** Yes, maybe, no: one press each, and another press changes it. */
export const AnswerButtons = ({
  action,
  label,
  entry,
  isFirst,
  own,
  problems,
}: AnswerButtonsProps) => (
  <Form action={action} label={label} scope={entry.key} problems={problems}>
    <HiddenField name="seen" value={String(entry.sequence)} />
    {own !== undefined && <HiddenField name="entry" value={entry.key} />}
    {own === 'meeting' && <HiddenField name="back" value="meeting" />}
    <Actions>
      <SubmitButton name="answer" value="ACCEPTED" weight={isFirst ? 'primary' : 'ordinary'}>
        Yes
        <Unseen text={label} />
      </SubmitButton>
      <SubmitButton name="answer" value="TENTATIVE" weight="ordinary">
        Maybe
        <Unseen text={label} />
      </SubmitButton>
      <SubmitButton name="answer" value="DECLINED" weight="ordinary">
        No
        <Unseen text={label} />
      </SubmitButton>
    </Actions>
  </Form>
);

const Unseen = ({ text }: { text: string }) => <span class="unseen">, {text}</span>;

/** Where to say that one does not come, as against how one's calendar shows the week. */
export const NotYourSeat = ({ slug }: { slug: string }) => (
  <p>
    <strong>This is only about your calendar.</strong> A seat stays yours until you give it back, so
    that it goes to the next who waits: if you cannot come,{' '}
    <a href={`/s/${slug}/me/invitation`}>change your answer to the invitation</a>.
  </p>
);

interface InvitePageProps {
  readonly slug: string;
  readonly zone: ZoneName;
  readonly summitZone: ZoneName;
  readonly entry: KeptEntry;
  readonly name: string;
  readonly answer: AnswerOrNone;
  readonly changes: readonly ContentChange[];
  /** Their answer was to another time. */
  readonly wasAnswered: boolean;
  /** Why there is nothing to answer. */
  readonly closed: string | undefined;
  readonly action: string;
  readonly problems?: readonly Problem[] | undefined;
}

/** What the link of a mail opens: the entry as it is now, and three buttons. */
export function InvitePage(props: InvitePageProps) {
  const { slug, zone, summitZone, entry, name, answer, changes, closed, action, problems } = props;
  if (closed !== undefined) {
    return (
      <>
        <p>{closed}</p>
        <p>
          <a href={`/s/${slug}`}>The summit’s page</a>
        </p>
      </>
    );
  }
  return (
    <>
      <Facts facts={entryFacts(entry.content, zone, summitZone)} />
      {changes.length > 0 && (
        <section aria-labelledby="changed">
          <h2 id="changed">Changed since the mail that you opened</h2>
          <ul>
            {changes.map(({ what, before, now }) => (
              <li key={what}>
                {what}: {now} <span class="quiet">(before: {before})</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section aria-labelledby="answer">
        <h2 id="answer">Do you come, {name}?</h2>
        <YourAnswer answer={answer} wasAnswered={props.wasAnswered} />
        <AnswerButtons
          action={action}
          label={entry.content.summary}
          entry={entry}
          isFirst={answer === 'NEEDS-ACTION'}
          problems={problems}
        />
        {entry.key === 'summit' && answer === 'DECLINED' && <NotYourSeat slug={slug} />}
        {entry.key !== 'summit' && (
          <p class="small quiet">
            This tells the organisers what to expect. Attendance is noted at the call itself.
          </p>
        )}
      </section>
    </>
  );
}

const YourAnswer = ({ answer, wasAnswered }: { answer: AnswerOrNone; wasAnswered: boolean }) => {
  if (answer !== 'NEEDS-ACTION') {
    return (
      <p>
        You have said <AnswerMark answer={answer} />. Press another button to change it.
      </p>
    );
  }
  return wasAnswered ? (
    <p>Your answer was to the old time, so it does not count for this one.</p>
  ) : (
    <p>You have not answered yet.</p>
  );
};

/** How many say what; numbers only. */
export const CountsLine = ({ counts }: { counts: AnswerCounts }) => (
  <p>
    {counts.ACCEPTED} yes, {counts.TENTATIVE} maybe, {counts.DECLINED} no, {counts['NEEDS-ACTION']}{' '}
    without an answer.
  </p>
);
