import type { Problem } from '@cairn/kernel/problem';
import { ActionLink, Actions, SubmitButton } from '../../../design/actions.tsx';
import { Checkbox, HiddenField } from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { Mark } from '../../../design/mark.tsx';
import { DateSpan, Day } from '../../../design/prose.tsx';
import { Table } from '../../../design/table.tsx';
import { MovedPlan } from '../moved-plan-views.tsx';
import type { ChoiceOutlook } from './choice-rules.ts';
import type { Concern } from './concern-queries.ts';
import { REPLY_SAID } from './concern-rules.ts';
import { expectDay } from './poll-rules.ts';
import { type Week, weekName } from './week-rules.ts';

export interface ChoicePageProps {
  readonly week: Week;
  readonly outlook: ChoiceOutlook;
  /** Whom it does not suit, by name; they get a mail. */
  readonly unsuited: readonly string[];
  /** Who never said, by name; they get none. */
  readonly unanswered: readonly string[];
  /** What the ranking says of it. */
  readonly sentences: readonly string[];
  readonly isOpen: boolean;
  readonly action: string;
  readonly definitionHref: string;
  readonly back: string;
  readonly problems?: readonly Problem[] | undefined;
}

/** What choosing a week changes, before it is done. */
export function ChoicePage(props: ChoicePageProps) {
  const { week, outlook, unsuited, unanswered, isOpen, action, back } = props;
  const day = (text: string | undefined) => expectDay(text ?? week.id);
  return (
    <>
      <p>{props.sentences.join(' ')}</p>
      <h2>What this changes</h2>
      <ul>
        <li>
          The summit moves from <DateSpan from={outlook.before.start} to={outlook.before.end} /> to{' '}
          <DateSpan from={week.start} to={week.end} />, and its days are no longer tentative.
        </li>
        <li>
          Arrival is on <Day date={day(outlook.days.arrival)} />, departure on{' '}
          <Day date={day(outlook.days.departure)} />.
        </li>
        {outlook.nights !== undefined && (
          <li>
            Lodging is for {outlook.nights.after} nights instead of {outlook.nights.before}.
          </li>
        )}
        {outlook.days.window !== undefined && (
          <li>
            The week lies outside the window of the definition, which becomes{' '}
            <DateSpan from={day(outlook.days.window.from)} to={day(outlook.days.window.until)} />.
          </li>
        )}
        <li>
          {unsuited.length === 0
            ? 'It suits everybody who answered.'
            : `It does not suit ${unsuited.length}, who get a mail that asks what they want to do: ${unsuited.join(', ')}.`}
        </li>
        {unanswered.length > 0 && (
          <li>
            {unanswered.length} never said whether it suits them, and get no such mail:{' '}
            {unanswered.join(', ')}.
          </li>
        )}
        <li>The other weeks and their answers are kept, and can be looked at here.</li>
      </ul>
      {week.excluded.length > 0 && (
        <p>
          <Mark shape="triangle" tone="warn">
            It was offered although: {week.excluded.map(({ sentence }) => sentence).join(' ')}
          </Mark>
        </p>
      )}
      {outlook.lateMonths.map(({ key, title, words }) => (
        <p key={key}>
          <Mark shape="triangle" tone="warn">
            “{title}” is planned for {words}, when the summit has begun
          </Mark>
          ; <a href={`${props.definitionHref}#planning_meetings`}>move it</a> before or after you
          choose.
        </p>
      ))}
      <MovedPlan caption="The phase plan then" steps={outlook.steps} />
      {outlook.problems.length > 0 ? (
        <>
          <h2>To mend first</h2>
          <p>These parts of the definition would contradict the week:</p>
          <ul>
            {outlook.problems.map(({ sentence, place }) => (
              <li key={`${place.path}${sentence}`}>{sentence}</li>
            ))}
          </ul>
          <Actions>
            <ActionLink href={props.definitionHref} weight="primary">
              Change the definition
            </ActionLink>
            <a href={back}>Back to the ranking</a>
          </Actions>
        </>
      ) : (
        <Form action={action} problems={props.problems} label="Choose">
          <HiddenField name="start" value={week.id} />
          {isOpen && (
            <Checkbox
              name="closing"
              label="Close the poll by this: nobody can answer any more"
              optional={false}
            />
          )}
          <Actions>
            <SubmitButton>Choose {weekName(week)}</SubmitButton>
            <a href={back}>Back to the ranking</a>
          </Actions>
        </Form>
      )}
    </>
  );
}

/** What those said whom the chosen week does not suit, and who never answered. */
export function ConcernTable({ concerns }: { concerns: readonly Concern[] }) {
  const asked = concerns.filter(({ why }) => why === 'no');
  const waiting = asked.filter(({ reply }) => reply === undefined).length;
  const silent = concerns.filter(({ why, reply }) => why === 'unanswered' && reply === undefined);
  return (
    <>
      <Table
        caption="Whom the week does not suit"
        rows={concerns.filter(({ why, reply }) => why === 'no' || reply !== undefined)}
        rowKey={({ personId }) => personId}
        empty="It suits everybody who answered."
        columns={[
          { head: 'Person', cell: ({ name }) => name },
          {
            head: 'Wants',
            cell: ({ reply }) =>
              reply === undefined ? (
                <Mark shape="ring" tone="warn">
                  not said yet
                </Mark>
              ) : (
                REPLY_SAID[reply]
              ),
          },
          { head: 'Note', cell: ({ note }) => note },
        ]}
      />
      {waiting > 0 && asked.length > 1 && (
        <p>
          {waiting} of {asked.length} {waiting === 1 ? 'has' : 'have'} not said yet what they want
          to do.
        </p>
      )}
      {silent.length > 0 && (
        <p>
          Never said whether it suits them: {silent.map(({ name }) => name).join(', ')}. No mail
          went to them; talk to those who matter.
        </p>
      )}
    </>
  );
}
