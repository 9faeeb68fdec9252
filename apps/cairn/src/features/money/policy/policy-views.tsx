import type { Problem } from '@cairn/kernel/problem';
import type { ZoneName } from '@cairn/kernel/time';
import { counted, listed } from '@cairn/kernel/words';
import { ActionLink, Actions, SubmitButton } from '../../../design/actions.tsx';
import { TickBox } from '../../../design/boxes.tsx';
import { HiddenField, TextArea } from '../../../design/controls.tsx';
import { DiffTable } from '../../../design/diff-table.tsx';
import { EmptyState } from '../../../design/empty.tsx';
import { ErrorSummary, Form } from '../../../design/form.tsx';
import { Mark } from '../../../design/mark.tsx';
import { DayOf, Facts, When } from '../../../design/prose.tsx';
import { Table } from '../../../design/table.tsx';
import { diffTexts, folded } from '../../planning/reviews/diff-rules.ts';
import type { Confirmation, PolicyRevision, StoredPolicy } from './policy-queries.ts';
import type { PolicyContent } from './policy-rules.ts';
import type { Rule } from './rule-schema.ts';
import { RuleSource, RuleWords } from './rule-views.tsx';
import { ruleWords } from './rule-words-rules.ts';

/** A set of rules that comes with Cairn. */
export interface ShippedPolicy {
  readonly key: string;
  readonly content: PolicyContent;
}

interface PoliciesPageProps {
  /** The address of the list. */
  readonly base: string;
  readonly policies: readonly StoredPolicy[];
  /** Those that were not adopted yet. */
  readonly shipped: readonly ShippedPolicy[];
  /** Titles of lines by id. */
  readonly lines: ReadonlyMap<string, string>;
  readonly problems?: readonly Problem[] | undefined;
}

/** The sets of rules of a summit, and those that wait to be adopted. */
export function PoliciesPage({ base, policies, shipped, lines, problems = [] }: PoliciesPageProps) {
  return (
    <>
      <ErrorSummary problems={problems} />
      {policies.length === 0 ? (
        <EmptyState>
          No rules yet. Adopt a set, read what it says, and choose it for the lines that pay by it.
        </EmptyState>
      ) : (
        <Table
          caption="Rules of this summit"
          columns={[
            { head: 'Set', cell: ({ key, title }) => <a href={`${base}/${key}`}>{title}</a> },
            { head: 'Amounts in', cell: ({ currency }) => currency },
            { head: 'Rules', kind: 'number', cell: ({ rules }) => rules.length },
            {
              head: 'To confirm',
              cell: ({ unconfirmed }) => <ToConfirm count={unconfirmed.length} />,
            },
            {
              head: 'Lines',
              cell: ({ lineIds }) => listed(lineIds.map((id) => lines.get(id) ?? '')) || 'none yet',
            },
          ]}
          rows={policies}
          rowKey={({ id }) => id}
          empty=""
        />
      )}
      <Actions>
        <ActionLink href={`${base}/new`}>Write rules of your own</ActionLink>
        <a href={base.replace(/policies$/, 'funders')}>Choose rules for a line</a>
      </Actions>
      {shipped.map(({ key, content }) => (
        <section key={key} aria-labelledby={`shipped-${key}`}>
          <h2 id={`shipped-${key}`}>{content.title}</h2>
          <p>
            {content.about} It has {counted(content.rules.length, 'rule')}, with amounts in{' '}
            {content.currency}.
          </p>
          <Form action={base} label={`Adopt “${content.title}”`} scope={key}>
            <HiddenField name="shipped" value={key} />
            <Actions>
              <SubmitButton weight="ordinary">Adopt “{content.title}”</SubmitButton>
              <a href={`${base}/new?from=${key}`}>Read it first, and change it</a>
            </Actions>
          </Form>
        </section>
      ))}
    </>
  );
}

const ToConfirm = ({ count }: { count: number }) =>
  count === 0 ? (
    <Mark shape="tick" tone="good">
      all confirmed
    </Mark>
  ) : (
    <Mark shape="triangle" tone="warn">
      {count} to confirm
    </Mark>
  );

interface PolicyPageProps {
  readonly base: string;
  readonly policy: StoredPolicy;
  readonly confirmations: readonly Confirmation[];
  readonly lines: ReadonlyMap<string, string>;
  readonly zone: ZoneName;
  /** Rules that were ticked in a form that was refused. */
  readonly ticked?: readonly string[] | undefined;
  readonly problems?: readonly Problem[] | undefined;
}

/** One set of rules: what it says, what is still to be confirmed, and which lines pay by it. */
export function PolicyPage(props: PolicyPageProps) {
  const { base, policy, confirmations, lines, zone, ticked = [], problems } = props;
  const address = `${base}/${policy.key}`;
  const done = new Map(confirmations.map((each) => [each.rule, each]));
  const open = policy.unconfirmed.length;
  const table = (
    <Table
      caption="Rules"
      note={counted(policy.rules.length, 'rule')}
      columns={[
        {
          head: 'Rule',
          cell: (rule: Rule) => <RuleWords rule={rule} currency={policy.currency} />,
        },
        { head: 'Where it is from', cell: (rule) => <RuleSource rule={rule} /> },
        {
          head: 'Confirmed',
          cell: (rule) => {
            const by = done.get(rule.key);
            if (!rule.confirm) return 'needs no word';
            if (by === undefined) {
              const label = `I have checked: ${ruleWords(rule, policy.currency)}`;
              return (
                <TickBox
                  name="rules[]"
                  value={rule.key}
                  label={label}
                  checked={ticked.includes(rule.key)}
                />
              );
            }
            return (
              <>
                {by.by ?? 'somebody'}, <DayOf instant={by.at} zone={zone} />
              </>
            );
          },
        },
      ]}
      rows={policy.rules}
      rowKey={({ key }) => key}
      empty=""
    />
  );
  return (
    <>
      {policy.about !== '' && <p>{policy.about}</p>}
      <Facts
        facts={[
          { term: 'Amounts in', value: policy.currency },
          {
            term: 'Lines that pay by them',
            value: listed(policy.lineIds.map((id) => lines.get(id) ?? '')) || 'none yet',
          },
          { term: 'Revision', value: <a href={`${address}/revisions`}>{policy.revision}</a> },
          { term: 'Confirmed', value: <ToConfirm count={open} /> },
        ]}
      />
      <Actions>
        <ActionLink href={`${address}/text`}>Change the text</ActionLink>
        <ActionLink href={`${address}/try`}>Try them on a cost</ActionLink>
        <a href={`${address}/file`}>Download</a>
      </Actions>
      <Form action={address} problems={problems} label="Confirm rules" wide>
        {table}
        {open > 0 && (
          <>
            <HiddenField name="do" value="confirm" />
            <HiddenField name="revision" value={String(policy.revision)} />
            <p>
              Rules hold as soon as a line uses them. Those that differ from place to place wait for
              somebody to read their source and say that they are right here.
            </p>
            <Actions>
              <SubmitButton>Confirm those that are ticked</SubmitButton>
            </Actions>
          </>
        )}
      </Form>
      {policy.lineIds.length === 0 && (
        <Form action={address} label="Remove these rules" scope="remove">
          <HiddenField name="do" value="remove" />
          <Actions>
            <SubmitButton weight="plain">Remove these rules</SubmitButton>
          </Actions>
        </Form>
      )}
    </>
  );
}

interface PolicyTextPageProps {
  readonly action: string;
  readonly text: string;
  /** Of a set that is changed; none for a new one. */
  readonly revision?: number | undefined;
  readonly problems?: readonly Problem[] | undefined;
  /** What is stored now, where somebody saved meanwhile. */
  readonly stored?: string | undefined;
}

/** The text of a set of rules, to be written. */
export const PolicyTextPage = (props: PolicyTextPageProps) => (
  <>
    {props.stored !== undefined && (
      <section aria-labelledby="meanwhile">
        <h2 id="meanwhile">Somebody saved meanwhile</h2>
        <p>Nothing of yours is stored yet. This is how yours differs from what is stored now.</p>
        <TextDifference id="mine" before={props.stored} after={props.text} whole={props.action} />
      </section>
    )}
    <Form action={props.action} problems={props.problems} label="Rules">
      {props.revision !== undefined && (
        <HiddenField name="revision" value={String(props.revision)} />
      )}
      <TextArea
        name="text"
        label="Rules, as YAML"
        hint="Indent with blanks. Names in braces stand for a rule’s own figures: “A dinner is paid up to {most}.”"
        value={props.text}
        rows={30}
      />
      <Actions>
        <SubmitButton>
          {props.revision === undefined ? 'Adopt these rules' : 'Save these rules'}
        </SubmitButton>
      </Actions>
    </Form>
  </>
);

const TextDifference = (props: { id: string; before: string; after: string; whole: string }) => (
  <DiffTable
    caption="What changed"
    view="unified"
    stretches={folded(diffTexts(props.before, props.after))}
    id={props.id}
    text={(text) => text}
    whole={props.whole}
  />
);

/** Every revision of a set of rules: who saved it when, and what changed. */
export function RevisionsPage(props: {
  readonly address: string;
  readonly revisions: readonly PolicyRevision[];
  readonly zone: ZoneName;
}) {
  const { address, revisions, zone } = props;
  return (
    <>
      {revisions.map(({ revision, text, at, by }, index) => {
        const before = revisions[index + 1];
        return (
          <section key={revision} aria-labelledby={`revision-${revision}`}>
            <h2 id={`revision-${revision}`}>Revision {revision}</h2>
            <p>
              {by ?? 'Somebody'}, <When instant={at} zone={zone} />.
            </p>
            {before === undefined ? (
              <p>The rules as they were adopted.</p>
            ) : (
              <TextDifference
                id={`r${revision}`}
                before={before.text}
                after={text}
                whole={`${address}/text`}
              />
            )}
          </section>
        );
      })}
    </>
  );
}
