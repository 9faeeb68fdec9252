import type { PlainDate, ZoneName } from '@cairn/kernel/time';
import { counted, listed } from '@cairn/kernel/words';
import { ActionLink, Actions } from '../../../design/actions.tsx';
import { EmptyState } from '../../../design/empty.tsx';
import { Mark } from '../../../design/mark.tsx';
import { Day, Facts, Prose, When } from '../../../design/prose.tsx';
import { Table } from '../../../design/table.tsx';
import { taskListText } from '../documents/task-rules.ts';
import type { FrozenPlan } from './workplan-queries.ts';
import type { PersonLoad, TopicChange, WorkPlan, WorkPlanTopic } from './workplan-rules.ts';

export interface WorkPlanPageProps {
  /** `/s/<summit>`. */
  readonly home: string;
  readonly zone: ZoneName;
  readonly work: WorkPlan;
  readonly nameOf: (handle: string) => string;
  /** A text of the plan as HTML. */
  readonly html: (topic: WorkPlanTopic, text: string) => string;
  readonly freezeOn: PlainDate;
  /** Days until then; negative once it is over. */
  readonly daysLeft: number;
  readonly frozen: readonly FrozenPlan[];
  readonly changes: readonly TopicChange[];
  readonly mayFreeze: boolean;
}

/** What is planned, what it still lacks, who has what to do, and what was frozen. */
export function WorkPlanPage(props: WorkPlanPageProps) {
  const { home, work } = props;
  return (
    <>
      <Standing {...props} />
      <Frozen {...props} />
      {work.topics.length === 0 ? (
        <EmptyState next={{ href: `${home}/plan/topics`, label: 'Topics' }}>
          No topic is planned yet. A topic comes in once its state is “planned”.
        </EmptyState>
      ) : (
        <>
          <Overview {...props} />
          <PeopleTable home={home} work={work} />
          <h2>The topics</h2>
          {work.topics.map((topic) => (
            <Topic key={topic.path} {...props} topic={topic} />
          ))}
        </>
      )}
    </>
  );
}

function Standing({ home, work, freezeOn, daysLeft, frozen, mayFreeze }: WorkPlanPageProps) {
  const whole = work.topics.filter(({ lacks }) => lacks.length === 0).length;
  return (
    <>
      <p>
        {counted(work.topics.length, 'topic is', 'topics are')} in the plan, {whole} of them{' '}
        {whole === 1 ? 'lacks' : 'lack'} nothing; {counted(work.unplanned, 'other')}{' '}
        {work.unplanned === 1 ? 'is' : 'are'} not planned.{' '}
        {frozen.length === 0 && (
          <>
            The plan is to be frozen by <Day date={freezeOn} />:{' '}
            <strong>{daysWords(daysLeft)}</strong>.
          </>
        )}
      </p>
      <Actions>
        {mayFreeze && (
          <ActionLink
            href={`${home}/plan/work-plan/freeze`}
            weight={frozen.length === 0 ? 'primary' : 'ordinary'}
          >
            Freeze a version
          </ActionLink>
        )}
        <a href={`${home}/workplan.pdf?draft`}>Print today’s draft (PDF)</a>
        <a href={`${home}/workplan.md?draft`}>As Markdown</a>
      </Actions>
    </>
  );
}

const daysWords = (days: number): string => {
  if (days === 0) return 'that is today';
  return days > 0 ? `${counted(days, 'day')} left` : `${counted(-days, 'day')} late`;
};

function Frozen({ home, zone, frozen, changes }: WorkPlanPageProps) {
  const [latest] = frozen;
  if (latest === undefined) return null;
  return (
    <section id="frozen">
      <h2>
        {latest.tag}: {latest.name}
      </h2>
      <p>
        Frozen on <When instant={latest.frozenAt} zone={zone} />
        {latest.frozenBy !== null && ` by ${latest.frozenBy}`}, as{' '}
        <a href={`${home}/workplan.pdf`}>PDF</a> and <a href={`${home}/workplan.md`}>Markdown</a>.{' '}
        {changes.length === 0
          ? 'No topic has changed since.'
          : `${counted(changes.length, 'topic')} changed since ${latest.tag}:`}
      </p>
      {changes.length > 0 && (
        <ul>
          {changes.map(({ kind, path, number, title, words }) => (
            <li key={`${kind} ${path}`}>
              {kind === 'added' ? 'new: ' : kind === 'removed' ? 'left the plan: ' : ''}
              {number === undefined ? title : <a href={`${home}/plan/topics/${number}`}>{title}</a>}
              {words.length > 0 && ` (${words.join('; ')})`}
            </li>
          ))}
        </ul>
      )}
      <details>
        <summary>How to verify the signature</summary>
        <p>
          The tag is signed by Cairn. In a clone, with{' '}
          <a href={`${home}/plan.signers`}>plan.signers</a> beside it:
        </p>
        <pre>{`git -c gpg.ssh.allowedSignersFile=../plan.signers verify-tag ${latest.tag}`}</pre>
      </details>
      {frozen.length > 1 && (
        <p class="small">
          Before:{' '}
          {frozen.slice(1).map(({ tag, name, version }, index) => (
            <>
              {index > 0 && ', '}
              <a href={`${home}/workplan.pdf?version=${version}`}>
                {tag}: {name}
              </a>
            </>
          ))}
        </p>
      )}
    </section>
  );
}

const Lacks = ({ lacks }: Pick<WorkPlanTopic, 'lacks'>) =>
  lacks.length === 0 ? (
    <Mark shape="tick" tone="good">
      nothing
    </Mark>
  ) : (
    <Mark shape="triangle" tone="warn">
      {counted(lacks.length, 'thing')}
    </Mark>
  );

function Overview({ home, work, nameOf }: WorkPlanPageProps) {
  return (
    <Table
      caption="The plan at a glance"
      note={counted(work.topics.length, 'topic')}
      wide
      rows={work.topics}
      rowKey={({ path }) => path}
      empty=""
      columns={[
        {
          head: 'Topic',
          cell: ({ path, number, topic }) => (
            <>
              <a href={`#${anchorOf(path)}`}>{topic.title}</a>
              {number !== undefined && <span class="quiet"> #{number}</span>}
            </>
          ),
        },
        { head: 'State', cell: ({ topic }) => topic.state },
        {
          head: 'Lead',
          cell: ({ topic }) =>
            topic.lead === undefined ? (
              <Mark shape="ring" tone="warn">
                nobody
              </Mark>
            ) : (
              nameOf(topic.lead)
            ),
        },
        {
          head: 'With',
          cell: ({ topic }) =>
            topic.people
              .filter((handle) => handle !== topic.lead)
              .map(nameOf)
              .join(', '),
        },
        { head: 'Effort', cell: ({ topic }) => topic.effort ?? '' },
        {
          head: 'Tasks',
          cell: ({ topic: { firstTasks } }) =>
            // Not parted over two lines.
            `${firstTasks.filter(({ done }) => done).length}\u00a0of\u00a0${firstTasks.length}`,
        },
        {
          head: 'Lacks',
          cell: ({ lacks, number }) => (
            <>
              <Lacks lacks={lacks} />
              {lacks.length > 0 && number !== undefined && (
                <>
                  {' '}
                  <a href={`${home}/plan/topics/${number}/edit`}>mend</a>
                </>
              )}
            </>
          ),
        },
      ]}
    />
  );
}

const anchorOf = (path: string): string => `topic-${path.replace(/[^a-z0-9]+/gi, '-')}`;

function PeopleTable({ home, work }: Pick<WorkPlanPageProps, 'home' | 'work'>) {
  const busy = work.people.filter(({ leads, worksOn }) => leads.length + worksOn.length > 0);
  const titles = (topics: readonly WorkPlanTopic[]) => topics.map(({ topic }) => topic.title);
  return (
    <>
      <Table
        caption="Who has what to do"
        note={counted(busy.length, 'person', 'people')}
        wide
        rows={[...busy].sort((a, b) => weight(b) - weight(a))}
        rowKey={({ id }) => id}
        empty="Nobody is in a topic yet."
        columns={[
          { head: 'Person', cell: ({ name }) => name },
          { head: 'Leads', cell: ({ leads }) => titles(leads).join('; ') },
          { head: 'Works on', cell: ({ worksOn }) => titles(worksOn).join('; ') },
          {
            head: 'Together',
            kind: 'number',
            cell: (person) => (
              <>
                {weight(person)}
                {person.isOverloaded === true && (
                  <>
                    {' '}
                    <Mark shape="triangle" tone="warn">
                      too much
                    </Mark>
                  </>
                )}
              </>
            ),
          },
        ]}
      />
      {work.idle.length > 0 && (
        <p>
          <strong>In no topic yet:</strong> {listed(work.idle.map(({ name }) => name))}.{' '}
          <a href={`${home}/plan/interest/matrix`}>What they are interested in</a>
        </p>
      )}
    </>
  );
}

const weight = ({ leads, worksOn }: PersonLoad): number => leads.length + worksOn.length;

function Topic({ home, nameOf, html, topic: each }: WorkPlanPageProps & { topic: WorkPlanTopic }) {
  const { path, number, topic, lacks } = each;
  const others = topic.people.filter((handle) => handle !== topic.lead);
  return (
    <section id={anchorOf(path)}>
      <h3>
        {number === undefined ? (
          topic.title
        ) : (
          <a href={`${home}/plan/topics/${number}`}>{topic.title}</a>
        )}
      </h3>
      <Facts
        facts={[
          { term: 'Lead', value: topic.lead === undefined ? 'nobody yet' : nameOf(topic.lead) },
          { term: 'With', value: others.length === 0 ? 'nobody yet' : listed(others.map(nameOf)) },
          ...(topic.projects.length > 0
            ? [{ term: 'Projects', value: topic.projects.join(', ') }]
            : []),
          ...(topic.effort === undefined ? [] : [{ term: 'Effort', value: topic.effort }]),
        ]}
      />
      {topic.goal !== '' && <Prose html={html(each, topic.goal)} />}
      {topic.doneWhen !== '' && (
        <>
          <h4>Done when</h4>
          <Prose html={html(each, topic.doneWhen)} />
        </>
      )}
      {topic.firstTasks.length > 0 && (
        <>
          <h4>First tasks</h4>
          <Prose html={html(each, taskListText(topic.firstTasks))} />
        </>
      )}
      {lacks.length > 0 && (
        <>
          <h4>Still missing</h4>
          <ul>
            {lacks.map(({ code, sentence }) => (
              <li key={code}>
                {sentence}{' '}
                {number !== undefined && (
                  <a href={`${home}/plan/topics/${number}/edit`}>
                    Mend<span class="unseen">: {topic.title}</span>
                  </a>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
