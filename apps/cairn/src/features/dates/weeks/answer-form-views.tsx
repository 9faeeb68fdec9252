import type { Problem } from '@cairn/kernel/problem';
import { expectZone, formatDate, type Instant, type ZoneName } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import type { ComponentChildren } from 'preact';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { ChoiceRow } from '../../../design/choice-row.tsx';
import { TextArea } from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { Mark } from '../../../design/mark.tsx';
import { DateSpan, Day, When } from '../../../design/prose.tsx';
import type { SummitDefinition } from '../../summits/schema.ts';
import {
  type GivenAnswers,
  type SaidOfWeek,
  WEEK_ANSWER_WORDS,
  WEEK_ANSWERS,
  type WeekCounts,
} from './answer-rules.ts';
import { answerField, noteField } from './answer-schema.ts';
import { closingOf, expectDay, type Poll } from './poll-rules.ts';
import { type Week, weekName } from './week-rules.ts';

const OPTIONS = [
  ...WEEK_ANSWERS.map((value) => ({ value, label: WEEK_ANSWER_WORDS[value] })),
  { value: '', label: 'Not said' },
];

export interface AnswerFormProps {
  readonly definition: SummitDefinition;
  readonly poll: Poll;
  /** Those that are offered. */
  readonly weeks: readonly Week[];
  /** What was saved, or what was typed last. */
  readonly given: GivenAnswers;
  readonly answeredAt: Instant | undefined;
  /** On how many days of each week the person's own calendar is busy; only what is not 0. */
  readonly busy: ReadonlyMap<string, number>;
  readonly counts: ReadonlyMap<string, WeekCounts> | undefined;
  /** Answers to weeks that are not offered now; they are kept. */
  readonly kept: readonly string[];
  readonly action: string;
  /** Where the person tells when they are busy; asks them to sign in. */
  readonly busyHref: string;
  readonly zone: ZoneName;
  readonly problems?: readonly Problem[] | undefined;
}

/** One row a week: three answers and silence, a note, and what speaks for or against it. */
export function AnswerForm(props: AnswerFormProps) {
  const { definition, poll, weeks, given, busy, counts, kept, action, zone, problems } = props;
  const place = expectZone(definition.zone);
  return (
    <>
      {poll.intro !== '' && poll.intro.split(/\n{2,}/).map((text) => <p key={text}>{text}</p>)}
      <p>
        We look for {counted(poll.days, 'day')} in {definition.venue.city}. Say for each week
        whether you could come. You can save a part now and the rest later, and change everything{' '}
        {poll.closesOn === undefined ? (
          'while the poll is open'
        ) : (
          <>
            until{' '}
            <When
              instant={closingOf(poll.closesOn, definition).subtract({ minutes: 1 })}
              zone={zone}
            />
          </>
        )}
        . What you leave open is never counted as a yes.
      </p>
      <p class="small">
        Days are days in {definition.venue.city} ({place.replaceAll('_', ' ')}).{' '}
        {poll.hideUntilClosed
          ? 'Nobody but the organisers sees who answered what; how many said yes is shown once the poll is closed.'
          : 'Nobody but the organisers sees who answered what; others see how many said yes.'}
      </p>
      <p class="small">
        If you tell Cairn <a href={props.busyHref}>when your calendar is busy</a>, weeks in which it
        is are marked here, for you alone. You decide all the same.
      </p>
      {props.answeredAt !== undefined && (
        <p>
          You answered last on <When instant={props.answeredAt} zone={zone} />.
        </p>
      )}
      <Form action={action} problems={problems} label="Your answers">
        {weeks.map((week) => (
          <WeekRow
            key={week.id}
            week={week}
            said={given.weeks.get(week.id)}
            busyDays={busy.get(week.id) ?? 0}
            days={poll.days}
            counts={counts?.get(week.id)}
          />
        ))}
        <TextArea
          name="remark"
          label="Anything about all weeks"
          hint="Only the organisers read it."
          rows={3}
          value={given.remark}
          optional
        />
        <Actions>
          <SubmitButton name="do" value="save">
            Save my answers
          </SubmitButton>
        </Actions>
      </Form>
      {kept.length > 0 && (
        <p class="small">
          Your answers to {kept.length === 1 ? 'one week' : `${kept.length} weeks`} that{' '}
          {kept.length === 1 ? 'is' : 'are'} not offered now are kept and come back with{' '}
          {kept.length === 1 ? 'it' : 'them'}: first {kept.length === 1 ? 'day' : 'days'}{' '}
          {kept.map((day) => formatDate(expectDay(day))).join('; ')}.
        </p>
      )}
    </>
  );
}

function WeekRow({
  week,
  said,
  busyDays,
  days,
  counts,
}: {
  week: Week;
  said: SaidOfWeek | undefined;
  busyDays: number;
  days: number;
  counts: WeekCounts | undefined;
}) {
  const hints: ComponentChildren[] = [
    <>
      arrive <Day date={week.arrival} />, leave <Day date={week.departure} />
    </>,
    // They are told in one line with the others.
    ...week.mentioned.map(({ sentence }) => sentence.replace(/\.$/, '')),
    ...(week.note === '' ? [] : [week.note]),
    ...(counts === undefined
      ? []
      : [
          `so far ${counts.yes} yes, ${counts.ifNeedBe} if need be, ${counts.no} no, ${counts.unanswered} silent`,
        ]),
  ];
  return (
    <ChoiceRow
      name={answerField(week.id)}
      label={<DateSpan from={week.start} to={week.end} />}
      hint={
        <>
          {hints.map((hint, index) => (
            <>
              {index > 0 && '; '}
              {hint}
            </>
          ))}
          {busyDays > 0 && (
            <>
              {'; '}
              <Mark shape="triangle" tone="warn">
                your calendar is busy on {busyDays} of {days} days
              </Mark>
            </>
          )}
        </>
      }
      options={OPTIONS}
      value={said?.answer}
    >
      <details open={said !== undefined && said.note !== ''}>
        <summary>Note on {weekName(week)}</summary>
        <TextArea
          name={noteField(week.id)}
          label="Note to the organisers"
          rows={2}
          value={said?.note ?? ''}
          optional
        />
      </details>
    </ChoiceRow>
  );
}
