import type { Problem } from '@cairn/kernel/problem';
import type { ZoneName } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import { ActionLink, Actions, SubmitButton } from '../../../design/actions.tsx';
import {
  CheckboxGroup,
  HiddenField,
  Select,
  TextArea,
  TextField,
} from '../../../design/controls.tsx';
import { EmptyState } from '../../../design/empty.tsx';
import { Form } from '../../../design/form.tsx';
import { Menu } from '../../../design/layout.tsx';
import { Mark } from '../../../design/mark.tsx';
import { DayOf, Prose } from '../../../design/prose.tsx';
import { Pager, Table } from '../../../design/table.tsx';
import { renderPlanText } from '../documents/text-rules.ts';
import { Labels } from '../threads/label-views.tsx';
import { WriterName } from '../threads/writer-views.tsx';
import type { AlikeThread } from '../topics/alike-queries.ts';
import { AlikeHint, AlikeQuestion } from '../topics/topic-form-views.tsx';
import type { FormAnswers, IssueForm, IssueFormPart } from './issue-form-rules.ts';
import type { IssueList } from './issue-list-queries.ts';
import { type IssueFilter, issueQuery } from './issue-schema.ts';

/** How an issue stands. */
export const IssueStateMark = ({ state }: { state: 'open' | 'closed' }) =>
  state === 'open' ? (
    <Mark shape="ring" tone="soft">
      Open
    </Mark>
  ) : (
    <Mark shape="disc" tone="good">
      Closed
    </Mark>
  );

interface IssueListPageProps {
  readonly home: string;
  readonly list: IssueList;
  readonly filter: IssueFilter;
  readonly labels: readonly string[];
  readonly zone: ZoneName;
  readonly mayOpen: boolean;
}

/** Issues as a list, with what narrows it. */
export function IssueListPage({ home, list, filter, labels, zone, mayOpen }: IssueListPageProps) {
  const here = `${home}/plan/issues`;
  const state = (value: IssueFilter['state'], label: string) => ({
    href: `${here}${issueQuery(filter, { state: value })}`,
    label,
    current: filter.state === value,
  });
  return (
    <>
      {mayOpen && (
        <Actions>
          <ActionLink href={`${here}/new`} weight="primary">
            Open an issue
          </ActionLink>
        </Actions>
      )}
      <Menu
        label="States"
        items={[
          state('open', `Open (${list.open})`),
          state('closed', `Closed (${list.closed})`),
          state('all', 'All'),
        ]}
      />
      <details open={filter.label !== undefined || filter.q !== ''}>
        <summary>Narrow the list</summary>
        <Form action={here} method="get" label="Narrow the list">
          {filter.state !== 'open' && <HiddenField name="state" value={filter.state} />}
          <TextField name="q" label="Words in it" type="search" value={filter.q} optional />
          <Select
            name="label"
            label="Label"
            empty="any"
            value={filter.label}
            options={labels.map((value) => ({ value, label: value }))}
            optional
          />
          <Select
            name="sort"
            label="First"
            value={filter.sort}
            options={[
              { value: 'updated', label: 'What changed last' },
              { value: 'number', label: 'The newest' },
              { value: 'comments', label: 'The most discussed' },
            ]}
          />
          <Actions>
            <SubmitButton weight="ordinary">Show</SubmitButton>
          </Actions>
        </Form>
      </details>
      {list.count === 0 ? (
        <EmptyState next={mayOpen ? { href: `${here}/new`, label: 'Open one' } : undefined}>
          {list.open + list.closed === 0 ? 'There is no issue yet.' : 'No issue is like that.'}
        </EmptyState>
      ) : (
        <Table
          caption="Issues"
          note={counted(list.count, 'issue')}
          rows={list.issues}
          rowKey={({ number }) => String(number)}
          empty="No issue is like that."
          columns={[
            {
              head: 'Issue',
              cell: (issue) => (
                <>
                  <a href={`${here}/${issue.number}`}>
                    <bdi>{issue.title}</bdi>
                  </a>{' '}
                  <span class="quiet">#{issue.number}</span> <Labels labels={issue.labels} />
                </>
              ),
            },
            { head: 'State', cell: (issue) => <IssueStateMark state={issue.state} /> },
            { head: 'By', cell: ({ author }) => <WriterName by={author} home={home} /> },
            { head: 'Comments', kind: 'number', cell: ({ comments }) => comments },
            {
              head: 'Changed',
              kind: 'date',
              cell: ({ updatedAt }) => <DayOf instant={updatedAt} zone={zone} />,
            },
          ]}
        />
      )}
      <Pager
        label="issues"
        page={list.page}
        pages={list.pages}
        href={(page) => `${here}${issueQuery(filter, { page })}`}
      />
    </>
  );
}

interface ChoosePageProps {
  readonly home: string;
  readonly forms: readonly IssueForm[];
  readonly problems: readonly Problem[];
  readonly allowsPlain: boolean;
}

/** Which form to open an issue with. */
export const ChoosePage = ({ home, forms, problems, allowsPlain }: ChoosePageProps) => (
  <>
    <ul>
      {forms.map(({ key, name, description }) => (
        <li key={key}>
          <a href={`${home}/plan/issues/new?form=${key}`}>{name}</a> – {description}
        </li>
      ))}
      {allowsPlain && (
        <li>
          <a href={`${home}/plan/issues/new?form=`}>A plain issue</a> – a title and a text
        </li>
      )}
      <li>
        <a href={`${home}/plan/topics/new`}>A topic</a> – something worth doing together, with
        people who work on it
      </li>
    </ul>
    {problems.length > 0 && <FormProblems home={home} problems={problems} />}
  </>
);

/** Files that should be forms and cannot be read: told where whoever can mend them looks. */
const FormProblems = ({ home, problems }: Pick<ChoosePageProps, 'home' | 'problems'>) => (
  <section aria-labelledby="broken-forms">
    <h2 id="broken-forms">Forms that cannot be read</h2>
    <ul>
      {problems.map(({ sentence, place }) => (
        <li key={`${place.file}${place.line}${sentence}`}>
          <a href={`${home}/plan/edit?path=${encodeURIComponent(place.file ?? '')}`}>
            {place.file}
          </a>
          {place.line !== undefined && `, line ${place.line}`}: {sentence}
        </li>
      ))}
    </ul>
  </section>
);

interface IssueFormPageProps {
  readonly home: string;
  /** Undefined for a plain issue. */
  readonly form: IssueForm | undefined;
  readonly title: string;
  readonly labels: string;
  readonly answers: FormAnswers;
  readonly problems?: readonly Problem[];
  readonly alike?: readonly AlikeThread[];
}

/** The form of an issue: the summit's own, or a title and a text. */
export function IssueFormPage(props: IssueFormPageProps) {
  const { home, form, title, labels, answers, problems, alike = [] } = props;
  return (
    <Form action={`${home}/plan/issues/new`} problems={problems} wide label="Open an issue">
      {alike.length > 0 && <AlikeQuestion home={home} alike={alike} />}
      {alike.length > 0 && <HiddenField name="looked" value="yes" />}
      <HiddenField name="form" value={form?.key ?? ''} />
      <TextField name="title" label="Title" value={title} hint="What it is about, in one line." />
      <AlikeHint home={home} of="issue" />
      {form === undefined ? (
        <>
          <TextArea
            name="body"
            label="Text"
            rows={10}
            value={typeof answers['body'] === 'string' ? answers['body'] : ''}
            hint={
              <>
                Markdown. <code>@handle</code> tells somebody by mail, <code>#12</code> links.
              </>
            }
            optional
          />
          <TextField
            name="labels"
            label="Labels"
            value={labels}
            hint="With commas between them."
            optional
          />
        </>
      ) : (
        form.parts.map((part) => (
          <FormPart key={part.field} part={part} answers={answers} home={home} />
        ))
      )}
      <Actions>
        <SubmitButton>{alike.length > 0 ? 'No, open mine' : 'Open the issue'}</SubmitButton>
        <a href={`${home}/plan/issues`}>Open none</a>
      </Actions>
    </Form>
  );
}

const answersTo = (answers: FormAnswers, field: string): readonly string[] => {
  const value = answers[field] ?? [];
  return typeof value === 'string' ? [value] : value;
};

function FormPart({
  part,
  answers,
  home,
}: {
  part: IssueFormPart;
  answers: FormAnswers;
  home: string;
}) {
  const given = answersTo(answers, part.field);
  if (part.type === 'markdown') {
    return <Prose html={renderPlanText(part.attributes.value, { base: `${home}/plan` })} />;
  }
  const { label, description } = part.attributes;
  const field = {
    name: part.field,
    label,
    ...(description === undefined ? {} : { hint: description }),
  };
  switch (part.type) {
    case 'input':
      return (
        <TextField {...field} value={given[0]} optional={part.validations?.required !== true} />
      );
    case 'textarea':
      return (
        <TextArea
          {...field}
          value={given[0]}
          rows={6}
          optional={part.validations?.required !== true}
        />
      );
    case 'dropdown': {
      const options = part.attributes.options.map((value) => ({ value, label: value }));
      const optional = part.validations?.required !== true;
      return part.attributes.multiple === true ? (
        <CheckboxGroup {...field} options={options} values={given} optional={optional} />
      ) : (
        <Select
          {...field}
          options={options}
          value={given[0]}
          empty="choose one"
          optional={optional}
        />
      );
    }
    case 'checkboxes':
      return (
        <CheckboxGroup
          {...field}
          values={given}
          optional={!part.attributes.options.some((option) => option.required === true)}
          options={part.attributes.options.map((option) => ({
            value: option.label,
            label: option.label,
            ...(option.required === true ? { hint: 'Needed.' } : {}),
          }))}
        />
      );
    default:
      return part satisfies never;
  }
}
