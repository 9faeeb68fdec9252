import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { HiddenField, Select } from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import type { Comparison } from '../drafts/compare-rules.ts';
import type { Consequences } from '../drafts/places-rules.ts';
import { ComparisonInWords, Sentences } from '../drafts/standing-views.tsx';

export interface WhyNotShown {
  /** `Tuesday 09:00`. */
  readonly where: string;
  readonly isHere: boolean;
  /** At once, with nothing else moved. */
  readonly consequences: Consequences;
  /** What the library says: what else would have to move. */
  readonly sentences: readonly string[];
  readonly helps: readonly string[];
  /** The best timetable found that has it there, and the moves to it. */
  readonly best: { readonly comparison: Comparison; readonly moves: string } | undefined;
  /** It took too long, or too many ask at once. */
  readonly unanswered: string | undefined;
}

interface WhyPageProps {
  readonly href: string;
  readonly draftName: string;
  readonly revision: number;
  readonly sessions: readonly { readonly id: string; readonly title: string }[];
  readonly session: { readonly id: string; readonly title: string } | undefined;
  readonly slots: readonly { readonly key: string; readonly words: string }[];
  readonly rooms: readonly { readonly id: string; readonly name: string }[];
  readonly at: string;
  readonly room: string;
  readonly here: readonly string[];
  readonly whyNot: WhyNotShown | undefined;
}

/** Why a session is where it is, and why it is not elsewhere. */
export function WhyPage(props: WhyPageProps) {
  const { href, draftName, sessions, session, slots, rooms, at, room, here } = props;
  return (
    <>
      <p>
        In the draft <a href={href}>{draftName}</a>. Nothing is changed by asking.
      </p>
      <Form action={`${href}/why`} method="get" label="Ask why">
        <Select
          name="session"
          label="Session"
          options={sessions.map(({ id, title }) => ({ value: id, label: title }))}
          value={session?.id}
        />
        <Select
          name="at"
          label="Why not there?"
          hint="Leave it to learn only why the session is where it is."
          empty="only why it is where it is"
          options={slots.map(({ key, words }) => ({ value: key, label: words }))}
          value={at}
        />
        <Select
          name="room"
          label="In which room"
          empty="its best one"
          options={rooms.map(({ id, name }) => ({ value: id, label: name }))}
          value={room}
        />
        <Actions>
          <SubmitButton>Ask</SubmitButton>
        </Actions>
      </Form>
      {session !== undefined && (
        <>
          {props.whyNot !== undefined && (
            <WhyNotPart {...props} session={session} whyNot={props.whyNot} />
          )}
          <h2>Why “{session.title}” is where it is</h2>
          <ul>
            {here.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function WhyNotPart({
  href,
  revision,
  session,
  whyNot,
}: WhyPageProps & {
  session: NonNullable<WhyPageProps['session']>;
  whyNot: WhyNotShown;
}) {
  const { where, consequences, helps, best, unanswered, isHere } = whyNot;
  if (isHere) return <p>It is there already ({where}).</p>;
  const { breaks, costs, gains } = consequences;
  return (
    <>
      <h2>
        Why “{session.title}” is not on {where}
      </h2>
      {breaks.length + costs.length === 0 ? (
        <p>Nothing speaks against it: nothing would break, and nobody would lose anything.</p>
      ) : (
        <Sentences of={[...breaks, ...costs]} rest="reasons" />
      )}
      {gains.length > 0 && (
        <>
          <p>What would be better then:</p>
          <Sentences of={gains} rest="gains" />
        </>
      )}
      {unanswered !== undefined && <p role="alert">{unanswered}</p>}
      {best !== undefined && (
        <>
          <h3>What else would have to move</h3>
          <p>In the best timetable that was found with it there:</p>
          <ComparisonInWords comparison={best.comparison} />
          <Form action={`${href}/why`} label="Make these moves">
            <HiddenField name="seen" value={String(revision)} />
            <HiddenField name="moves" value={best.moves} />
            <Actions>
              <SubmitButton weight="ordinary">Make these moves in the draft</SubmitButton>
            </Actions>
          </Form>
        </>
      )}
      {best === undefined && unanswered === undefined && (
        <p>No timetable was found that has it there and keeps all that must hold.</p>
      )}
      {whyNot.sentences.length > 0 && (
        <details>
          <summary>The whole answer</summary>
          <ul>
            {whyNot.sentences.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </details>
      )}
      {helps.length > 0 && (
        <>
          <h3>What would help the timetable most</h3>
          <Sentences of={helps} rest="ways" />
        </>
      )}
    </>
  );
}
