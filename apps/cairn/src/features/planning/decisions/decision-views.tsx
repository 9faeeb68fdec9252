import type { Problem } from '@cairn/kernel/problem';
import type { Instant, ZoneName } from '@cairn/kernel/time';
import { listed } from '@cairn/kernel/words';
import { ActionLink, Actions, SubmitButton } from '../../../design/actions.tsx';
import { HiddenField, TextArea } from '../../../design/controls.tsx';
import { EmptyState } from '../../../design/empty.tsx';
import { ErrorSummary, Form } from '../../../design/form.tsx';
import { Mark } from '../../../design/mark.tsx';
import { Facts, Prose, When } from '../../../design/prose.tsx';
import { DecisionBadge } from './badge-views.tsx';
import type { Decision, Objection } from './decision-queries.ts';
import { MadeOn } from './list-views.tsx';
import { isClosed, objectionStanding } from './window-rules.ts';

/** What whoever reads may do with a decision. */
export interface DecisionReader {
  readonly personId: string;
  /** Comes, and so may object. */
  readonly comes: boolean;
  /** Was there, or organises: may write it anew, and answers. */
  readonly decides: boolean;
}

/** What somebody wanted to do and could not. */
export interface RefusedDeed {
  readonly typed: Readonly<Record<string, string>>;
  readonly problems: readonly Problem[];
}

export interface DecisionPageProps {
  /** `/s/<summit>/plan`. */
  readonly plan: string;
  readonly zone: ZoneName;
  readonly now: Instant;
  readonly decision: Decision;
  /** The text as HTML. */
  readonly html: string;
  readonly deciders: readonly string[];
  readonly topics: readonly { readonly number: number; readonly title: string }[];
  readonly objections: readonly Objection[];
  readonly reader: DecisionReader;
  readonly refused?: RefusedDeed | undefined;
}

/** A decision: how it stands, what it says, and what people have against it. */
export function DecisionDetail(props: DecisionPageProps) {
  const { plan, zone, decision, html, deciders, topics, reader } = props;
  const { document, number, path } = decision;
  return (
    <>
      <p>
        <DecisionBadge decision={decision} zone={zone} />
      </p>
      <Facts
        facts={[
          { term: 'Made', value: <MadeOn decision={decision} /> },
          ...(document?.where ? [{ term: 'Where', value: document.where }] : []),
          { term: 'Were there', value: deciders.length === 0 ? 'not said' : listed(deciders) },
          ...(topics.length === 0
            ? []
            : [{ term: 'About', value: <TopicLinks plan={plan} topics={topics} /> }]),
          ...(decision.state === 'provisional' && decision.openedAt !== undefined
            ? [{ term: 'Window opened', value: <When instant={decision.openedAt} zone={zone} /> }]
            : []),
          ...(decision.settledAt === null
            ? []
            : [{ term: 'Settled', value: <When instant={decision.settledAt} zone={zone} /> }]),
        ]}
      />
      {document === undefined ? (
        <EmptyState>Its document was taken away from the plan.</EmptyState>
      ) : (
        <Prose html={html} />
      )}
      {document !== undefined && (
        <p class="small">
          <a href={`${plan}/files/${path}`}>{path}</a>
          {reader.decides && (
            <>
              {' · '}
              <a href={`${plan}/decisions/${number}/edit`}>Write it anew</a>
            </>
          )}
          {reader.comes && !reader.decides && (
            <>
              {' · '}
              <a href={`${plan}/edit?path=${encodeURIComponent(path)}`}>Propose another text</a>
            </>
          )}
        </p>
      )}
      <Objections {...props} />
    </>
  );
}

const TopicLinks = ({ plan, topics }: Pick<DecisionPageProps, 'plan' | 'topics'>) => (
  <>
    {topics.map(({ number, title }, index) => (
      <>
        {index > 0 && ', '}
        <a href={`${plan}/topics/${number}`}>{title}</a>
      </>
    ))}
  </>
);

function Objections(props: DecisionPageProps) {
  const { decision, objections, reader, now, refused } = props;
  const isOpen = decision.state === 'provisional' && !isClosed(decision.closesAt, now);
  const ownStands = objections.some(
    (each) => each.personId === reader.personId && objectionStanding(each) === 'stands',
  );
  const action = `${props.plan}/decisions/${decision.number}`;
  const deed = refused?.typed['do'];
  // What was refused stays, with what was typed and why, also where it is not offered any more.
  const mayObject = (isOpen && reader.comes && !ownStands) || deed === 'object';
  const mayReopen = (decision.state === 'ratified' && reader.comes) || deed === 'reopen';
  const isSaidBelow =
    deed === 'object' ||
    deed === 'reopen' ||
    (deed === 'answer' && objections.some(({ id }) => id === refused?.typed['objection']));
  return (
    <section id="objections">
      <h2>Objections</h2>
      {refused !== undefined && !isSaidBelow && (
        <ErrorSummary problems={refused.problems.map((each) => ({ ...each, place: {} }))} />
      )}
      {objections.length === 0 && <p class="quiet">Nobody has objected.</p>}
      {objections.map((objection) => (
        <OneObjection key={objection.id} {...props} objection={objection} isOpen={isOpen} />
      ))}
      {mayObject && (
        <Form
          action={action}
          label="Object"
          problems={refused?.typed['do'] === 'object' ? refused.problems : []}
          scope="object"
        >
          <HiddenField name="do" value="object" />
          <TextArea
            name="reason"
            label="What speaks against it"
            hint="With a reason, and what you would do instead. While it stands, the decision is not ratified."
            rows={4}
            value={refused?.typed['do'] === 'object' ? refused.typed['reason'] : ''}
          />
          <Actions>
            <SubmitButton weight="ordinary">Object</SubmitButton>
          </Actions>
        </Form>
      )}
      {mayReopen && (
        <details open={refused?.typed['do'] === 'reopen'}>
          <summary>Ask that it be taken up again</summary>
          <Form
            action={action}
            label="Reopen"
            problems={refused?.typed['do'] === 'reopen' ? refused.problems : []}
            scope="reopen"
          >
            <HiddenField name="do" value="reopen" />
            <TextArea
              name="reason"
              label="Why"
              hint="It then does not hold until it is decided anew. Your reason stands in the conversation."
              rows={4}
              value={refused?.typed['do'] === 'reopen' ? refused.typed['reason'] : ''}
            />
            <Actions>
              <SubmitButton weight="danger">Reopen this decision</SubmitButton>
            </Actions>
          </Form>
        </details>
      )}
      {decision.state === 'reopened' && reader.decides && (
        <Actions>
          <ActionLink href={`${action}/edit`}>Write it anew</ActionLink>
        </Actions>
      )}
    </section>
  );
}

const STANDING_MARKS = {
  stands: { shape: 'triangle', tone: 'warn', word: 'stands' },
  answered: { shape: 'dash', tone: 'soft', word: 'answered' },
  withdrawn: { shape: 'cross', tone: 'soft', word: 'taken back' },
} as const;

function OneObjection({
  plan,
  zone,
  decision,
  reader,
  refused,
  objection,
  isOpen,
}: DecisionPageProps & { readonly objection: Objection; readonly isOpen: boolean }) {
  const standing = objectionStanding(objection);
  const { shape, tone, word } = STANDING_MARKS[standing];
  const isOwn = objection.personId === reader.personId;
  const action = `${plan}/decisions/${decision.number}`;
  const deed = (what: string, label: string) => (
    <Form action={action} label={label} scope={`${what}.${objection.id}`}>
      <HiddenField name="objection" value={objection.id} />
      <SubmitButton weight="plain" name="do" value={what}>
        {label}
      </SubmitButton>
    </Form>
  );
  const wasRefused =
    refused?.typed['do'] === 'answer' && refused.typed['objection'] === objection.id;
  const mayAnswer =
    wasRefused ||
    (isOpen && reader.decides && !isOwn && standing === 'stands' && objection.upheldAt === null);
  return (
    <article id={`objection-${objection.id}`}>
      <p>
        <Mark shape={shape} tone={tone}>
          {word}
        </Mark>{' '}
        <strong>{objection.name}</strong>, <When instant={objection.at} zone={zone} />
      </p>
      <Paragraphs text={objection.reason} />
      {objection.answeredAt !== null && (
        <p class="quiet">
          {objection.answer === ''
            ? 'Since then the decision was written anew'
            : `${objection.answeredByName ?? 'Somebody'} answered`}
          , <When instant={objection.answeredAt} zone={zone} />
          {objection.upheldAt !== null && '; it stands all the same'}.
        </p>
      )}
      {objection.answer !== '' && <Paragraphs text={objection.answer} />}
      {isOpen && isOwn && standing === 'stands' && deed('withdraw', 'Take it back')}
      {isOpen && isOwn && standing === 'answered' && deed('uphold', 'It stands all the same')}
      {mayAnswer && (
        <details open={wasRefused}>
          <summary>
            Answer<span class="unseen"> {objection.name}</span>
          </summary>
          <Form
            action={action}
            label={`Answer ${objection.name}`}
            problems={wasRefused ? refused.problems : []}
            scope={`answer.${objection.id}`}
          >
            <HiddenField name="do" value="answer" />
            <HiddenField name="objection" value={objection.id} />
            <TextArea
              name="answer"
              label="Answer"
              hint="It then no longer stands, unless whoever objected says that it does."
              rows={4}
              value={wasRefused ? refused.typed['answer'] : ''}
            />
            <Actions>
              <SubmitButton weight="ordinary">Answer</SubmitButton>
            </Actions>
          </Form>
        </details>
      )}
    </article>
  );
}

const Paragraphs = ({ text }: { text: string }) => (
  <>
    {text.split(/\n{2,}/).map((part, index) => (
      <p key={index}>{part}</p>
    ))}
  </>
);
