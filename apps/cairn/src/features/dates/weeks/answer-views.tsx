import { SubmitButton } from '../../../design/actions.tsx';
import { Form } from '../../../design/form.tsx';
import { DateSpan, Day } from '../../../design/prose.tsx';
import { type GivenAnswers, WEEK_ANSWER_WORDS, type WeekCounts } from './answer-rules.ts';
import { expectDay } from './poll-rules.ts';
import type { Week } from './week-rules.ts';

/** What was sent and could not be saved, in words, so that nothing typed is lost. */
export function NotSaved({ given, weeks }: { given: GivenAnswers; weeks?: readonly Week[] }) {
  const offered = new Set(weeks?.filter(({ isOffered }) => isOffered).map(({ id }) => id));
  const lost = [...given.weeks].filter(
    ([week, { answer, note }]) => !offered.has(week) && (answer !== undefined || note !== ''),
  );
  const showsRemark = weeks === undefined && given.remark !== '';
  if (lost.length === 0 && !showsRemark) return null;
  return (
    <section aria-labelledby="not-saved">
      <h2 id="not-saved">What you sent and what was not saved</h2>
      <ul>
        {lost.map(([week, { answer, note }]) => (
          <li key={week}>
            Week from <Day date={expectDay(week)} />:{' '}
            {[answer === undefined ? '' : WEEK_ANSWER_WORDS[answer].toLowerCase(), note]
              .filter((part) => part !== '')
              .join('; ')}
          </li>
        ))}
        {showsRemark && <li>About all weeks: {given.remark}</li>}
      </ul>
    </section>
  );
}

/** What somebody said, while it cannot be changed. */
export function GivenList({
  given,
  counts,
  weeks,
}: {
  given: GivenAnswers;
  weeks: readonly Week[];
  counts: ReadonlyMap<string, WeekCounts> | undefined;
}) {
  return (
    <>
      <h2>Your answers</h2>
      <ul>
        {weeks.map((week) => {
          const said = given.weeks.get(week.id);
          const count = counts?.get(week.id);
          return (
            <li key={week.id}>
              <DateSpan from={week.start} to={week.end} />:{' '}
              {said?.answer === undefined
                ? 'not said, which counts as no answer'
                : WEEK_ANSWER_WORDS[said.answer].toLowerCase()}
              {said !== undefined && said.note !== '' && ` (${said.note})`}
              {count !== undefined &&
                `; all together ${count.yes} yes, ${count.ifNeedBe} if need be, ${count.no} no, ${count.unanswered} silent`}
            </li>
          );
        })}
      </ul>
    </>
  );
}

/** Says for whom a link answers, and lets somebody else say that they are not that person. */
export const WhoAnswers = ({ name, action }: { name: string; action: string }) => (
  <Form action={action} label="Not you?">
    <p>
      You answer as <strong>{name}</strong>.{' '}
      <SubmitButton weight="plain" name="do" value="not-me">
        Not you? Tell the organisers
      </SubmitButton>
    </p>
  </Form>
);
