import type { Problem } from '@cairn/kernel/problem';
import { expectZone, type ZoneName } from '@cairn/kernel/time';
import type { ComponentChildren } from 'preact';
import { DateSpan, Day } from '../../../design/prose.tsx';
import { type Actor, inTransaction } from '../../../platform/db/command.ts';
import type { Reader } from '../../../platform/db/database.ts';
import type { Services } from '../../../platform/http/env.ts';
import { formProblems, type Typed } from '../../../platform/http/form.ts';
import type { Self } from '../../people/rights.ts';
import type { Summit } from '../../summits/queries.ts';
import { NOT_ASKED, saveAnswers } from './answer-commands.ts';
import { AnswerForm } from './answer-form-views.tsx';
import { countsForGuests, ownPart } from './answer-queries.ts';
import { answerProblems, type GivenAnswers, whyNoAnswers } from './answer-rules.ts';
import { concernForm, readAnswers, typedAnswers } from './answer-schema.ts';
import { GivenList, NotSaved } from './answer-views.tsx';
import { ownBusyDays } from './busy-queries.ts';
import { replyToChoice } from './concern-commands.ts';
import { ownConcern } from './concern-queries.ts';
import { ConcernForm } from './concern-views.tsx';
import { pollOf, weeksOfPoll } from './poll-queries.ts';
import { chosenDays, type Poll, todayAt } from './poll-rules.ts';
import { offered } from './week-rules.ts';

/** Who answers, of which summit, and where their form goes. */
export interface Answering {
  readonly services: Services;
  readonly summit: Summit;
  readonly self: Self;
  readonly action: string;
  readonly zone: ZoneName;
}

/** A page for somebody who is asked; how it is framed is the route's business. */
export interface AnswerPage {
  readonly status: 200 | 404 | 409 | 422;
  readonly lede: ComponentChildren;
  readonly body: ComponentChildren;
}

/** What was posted and refused. */
interface Refused {
  readonly typed: Typed;
  readonly problems: readonly Problem[];
  readonly status: 409 | 422;
}

/** The page of somebody who is asked: their form, what they said, or what they want to do now. */
export async function answerPage(who: Answering, refused?: Refused): Promise<AnswerPage> {
  const { services, summit, self } = who;
  const { db, clock } = services;
  const poll = await pollOf(db, summit.id);
  const part = await ownPart(db, self);
  if (poll === undefined || part === undefined) {
    return {
      status: 404,
      lede: undefined,
      body: <Sentences problems={[NOT_ASKED]} refused={refused} />,
    };
  }
  const today = todayAt(summit.definition, clock.now());
  const weeks = await weeksOfPoll(db, poll, today);
  const asked = offered(weeks);
  const counts = await countsForGuests(db, poll, asked);
  const closed = whyNoAnswers(poll, today);
  const status = refused?.status ?? 200;
  if (closed === undefined) {
    const known = new Set(asked.map(({ id }) => id));
    const given = refused === undefined ? part : merged(part, typedAnswers(refused.typed));
    return {
      status,
      lede: 'Which weeks suit you?',
      body: (
        <>
          {refused !== undefined && <NotSaved given={typedAnswers(refused.typed)} weeks={weeks} />}
          <AnswerForm
            definition={summit.definition}
            poll={poll}
            weeks={asked}
            given={given}
            answeredAt={part.answeredAt}
            busy={await ownBusyDays(db, self, asked, expectZone(summit.definition.zone))}
            counts={counts}
            kept={[...part.weeks].flatMap(([id, { answer }]) =>
              answer !== undefined && !known.has(id) ? [id] : [],
            )}
            action={who.action}
            busyHref={`/s/${summit.slug}/me/busy`}
            zone={who.zone}
            problems={refused?.problems}
          />
        </>
      ),
    };
  }
  if (poll.chosenStart !== undefined) {
    return { status, ...(await chosenPage(db, who, poll, poll.chosenStart, refused)) };
  }
  return {
    status,
    lede: undefined,
    body: (
      <>
        {refused === undefined ? (
          <p>{poll.state === 'draft' ? closed.sentence : standing(poll)}</p>
        ) : (
          <Sentences problems={refused.problems} refused={refused} />
        )}
        {poll.state !== 'draft' && <GivenList given={part} weeks={asked} counts={counts} />}
      </>
    ),
  };
}

/** What somebody is told who only looks at a poll that is over. */
const standing = (poll: Poll) =>
  poll.state === 'abandoned' ? (
    'The organisers gave this poll up. Nothing is asked of you.'
  ) : (
    <>
      This poll is closed
      {poll.closesOn !== undefined && (
        <>
          ; its last day was <Day date={poll.closesOn} />
        </>
      )}
      . The organisers choose a week now. If something has changed for you, tell them: they can open
      it again.
    </>
  );

/** The form's own week answers win over what is stored; what it does not hold stays. */
const merged = (part: GivenAnswers, typed: GivenAnswers): GivenAnswers => ({
  weeks: new Map([...part.weeks, ...typed.weeks]),
  remark: typed.remark,
});

async function chosenPage(
  db: Reader,
  { self, action }: Answering,
  poll: Poll,
  start: NonNullable<Poll['chosenStart']>,
  refused: Refused | undefined,
): Promise<Pick<AnswerPage, 'lede' | 'body'>> {
  const days = chosenDays(poll, start);
  const concern = await ownConcern(db, self, start);
  const typed = refused?.typed;
  const text = (name: string) => (typeof typed?.[name] === 'string' ? typed[name] : undefined);
  return {
    lede: (
      <>
        The week is <DateSpan from={days.start} to={days.end} />.
      </>
    ),
    body: (
      <>
        <p>
          Arrival is on <Day date={days.arrival} />, departure on <Day date={days.departure} />.
        </p>
        {refused !== undefined && typed?.['do'] !== 'reply' && (
          <Sentences problems={refused.problems} refused={refused} />
        )}
        {concern === undefined ? (
          <p>
            You said that this week suits you. If something has changed, tell the organisers, or
            change your answer to your invitation.
          </p>
        ) : (
          <ConcernForm
            concern={concern}
            start={days.start}
            end={days.end}
            action={action}
            problems={typed?.['do'] === 'reply' ? refused?.problems : undefined}
            typed={
              typed?.['do'] === 'reply' ? { reply: text('reply'), note: text('note') } : undefined
            }
          />
        )}
      </>
    ),
  };
}

/** What went wrong, and all that was sent. */
const Sentences = ({
  problems,
  refused,
}: {
  problems: readonly Problem[];
  refused: Refused | undefined;
}) => (
  <>
    {problems.map(({ sentence }) => (
      <p key={sentence} role={refused === undefined ? undefined : 'alert'}>
        {sentence}
      </p>
    ))}
    {refused !== undefined && <NotSaved given={typedAnswers(refused.typed)} />}
  </>
);

/** Saves what a form of the poll holds: answers to weeks, or what to do about the chosen one. */
export async function takeAnswer(
  who: Answering,
  actor: Actor,
  typed: Typed,
): Promise<{ readonly saved: string } | Refused> {
  const { services, self } = who;
  if (typed['do'] === 'reply') {
    const form = concernForm.safeParse(typed);
    if (!form.success) return { typed, problems: formProblems(form.error), status: 422 };
    const replied = await inTransaction(services.db, (tx) =>
      replyToChoice(tx, actor, self, form.data),
    );
    return replied.ok
      ? { saved: 'Thank you; the organisers see what you said.' }
      : { typed, problems: [replied.error], status: 409 };
  }
  const read = readAnswers(typed);
  if (!read.ok) return { typed, problems: read.error, status: 422 };
  const wrong = await wrongWeeks(who, read.value);
  if (wrong.length > 0) return { typed, problems: wrong, status: 422 };
  const saved = await inTransaction(services.db, (tx) => saveAnswers(tx, actor, self, read.value));
  if (!saved.ok) return { typed, problems: [saved.error], status: 409 };
  return {
    saved:
      saved.value === 0
        ? 'Nothing had changed; your answers are saved.'
        : 'Your answers are saved. You can change them while the poll is open.',
  };
}

/** Every week of a form that cannot be answered; the command would tell only the first. */
async function wrongWeeks(
  { services, summit }: Answering,
  given: GivenAnswers,
): Promise<Problem[]> {
  const poll = await pollOf(services.db, summit.id);
  if (poll === undefined) return [];
  const today = todayAt(summit.definition, services.clock.now());
  if (whyNoAnswers(poll, today) !== undefined) return [];
  return answerProblems(given.weeks.keys(), await weeksOfPoll(services.db, poll, today));
}
