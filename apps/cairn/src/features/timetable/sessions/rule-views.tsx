import type { Problem } from '@cairn/kernel/problem';
import { ActionLink, Actions, SubmitButton } from '../../../design/actions.tsx';
import {
  CheckboxGroup,
  HiddenField,
  type Option,
  RadioGroup,
  Select,
} from '../../../design/controls.tsx';
import { EmptyState } from '../../../design/empty.tsx';
import { Form } from '../../../design/form.tsx';
import type { Contradiction } from '../frame/contradiction-rules.ts';
import { AsTyped, ContradictionList, type TypedFaults } from '../frame/contradiction-views.tsx';
import { SESSION_RULE_KINDS } from './session-rules.ts';
import { ruleWords } from './session-words-rules.ts';

type Typed = Readonly<Record<string, string | readonly string[]>>;

const text = (typed: Typed, name: string): string => {
  const value = typed[name];
  return typeof value === 'string' ? value : '';
};
const list = (typed: Typed, name: string): readonly string[] => {
  const value = typed[name] ?? [];
  return typeof value === 'string' ? [value] : value;
};

interface RuleListProps {
  readonly home: string;
  readonly rules: readonly { readonly id: string; readonly sentence: string }[];
  readonly contradictions: readonly Contradiction[];
}

/** Rules between sessions, as sentences. */
export function RuleListPage({ home, rules, contradictions }: RuleListProps) {
  const base = `${home}/sessions/rules`;
  return (
    <>
      <ContradictionList home={home} contradictions={contradictions} />
      {rules.length === 0 ? (
        <EmptyState>No rule yet. Sessions are free but for their people and rooms.</EmptyState>
      ) : (
        <ul>
          {rules.map(({ id, sentence }) => (
            <li key={id}>
              {sentence} <a href={`${base}/${id}`}>Change</a>
            </li>
          ))}
        </ul>
      )}
      <Actions>
        <ActionLink href={`${base}/new`}>Add a rule</ActionLink>
      </Actions>
    </>
  );
}

interface RulePageProps {
  readonly action: string;
  readonly isNew: boolean;
  readonly typed: Typed;
  readonly problems?: readonly Problem[] | undefined;
  readonly faults?: TypedFaults | undefined;
  readonly sessions: readonly Option[];
  readonly times: readonly Option[];
  readonly rooms: readonly Option[];
}

/** One rule between sessions. */
export function RulePage(props: RulePageProps) {
  const { action, isNew, typed, problems, faults } = props;
  const kind = text(typed, 'kind');
  return (
    <>
      <Form action={action} problems={problems} label="Rule">
        <HiddenField name="do" value="save" />
        <CheckboxGroup
          name="sessions[]"
          label="Sessions"
          optional={false}
          options={props.sessions}
          values={list(typed, 'sessions[]')}
        />
        <Select
          name="kind"
          label="They are to be"
          options={SESSION_RULE_KINDS.map((value) => ({ value, label: ruleWords(value) }))}
          value={kind}
        />
        <Select
          name="first"
          label="Which comes first"
          hint="Where one comes before the other, or right after it."
          optional
          empty="None"
          options={props.sessions}
          value={text(typed, 'first')}
        />
        <details open={kind === 'slot-wish'}>
          <summary>Certain times</summary>
          <CheckboxGroup
            name="times[]"
            label="Times at which they begin"
            options={props.times}
            values={list(typed, 'times[]')}
          />
        </details>
        <details open={kind === 'room-wish'}>
          <summary>Certain rooms</summary>
          <CheckboxGroup
            name="rooms[]"
            label="Rooms"
            options={props.rooms}
            values={list(typed, 'rooms[]')}
          />
        </details>
        <RadioGroup
          name="wish"
          label="For certain times and rooms"
          options={[
            { value: 'in', label: 'They are there and nowhere else' },
            { value: 'out', label: 'They are not there' },
          ]}
          value={text(typed, 'wish') || 'in'}
        />
        <RadioGroup
          name="strict"
          label="How strict it is"
          options={[
            { value: 'yes', label: 'It must hold' },
            { value: 'no', label: 'It should hold, if nothing weightier speaks against it' },
          ]}
          value={text(typed, 'strict') || 'yes'}
        />
        <AsTyped check={`${action}/check`} faults={faults} />
        <Actions>
          <SubmitButton>{isNew ? 'Add the rule' : 'Save the rule'}</SubmitButton>
        </Actions>
      </Form>
      {!isNew && (
        <Form action={action} label="Remove the rule">
          <HiddenField name="do" value="remove" />
          <Actions>
            <SubmitButton weight="danger">Remove the rule</SubmitButton>
          </Actions>
        </Form>
      )}
    </>
  );
}
