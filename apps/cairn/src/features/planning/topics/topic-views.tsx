import type { ZoneName } from '@cairn/kernel/time';
import type { ComponentChildren } from 'preact';
import { ActionLink, Actions, SubmitButton } from '../../../design/actions.tsx';
import { Select, TextField } from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { Mark } from '../../../design/mark.tsx';
import { Facts, Prose, When } from '../../../design/prose.tsx';
import { TOPIC_STATES, type TopicState } from '../documents/kind-schema.ts';
import { taskListText } from '../documents/task-rules.ts';
import { renderPlanText } from '../documents/text-rules.ts';
import type { TopicDocument } from '../documents/topic-rules.ts';
import type { Label } from '../threads/label-queries.ts';
import { Labels } from '../threads/label-views.tsx';
import { numberHref } from '../threads/thread-rules.ts';
import { STATE_WORDS } from './topic-form-rules.ts';
import { TopicStateMark } from './topic-list-views.tsx';
import type { Topic } from './topic-queries.ts';

/** What whoever reads a topic may do with it. */
export interface TopicReader {
  readonly mayWrite: boolean;
  /** Changes its document at once; others propose. */
  readonly mayEdit: boolean;
  readonly isOrganiser: boolean;
  readonly isLead: boolean;
  readonly isIn: boolean;
  /** The states into which they can move it. */
  readonly moves: readonly TopicState[];
  /** They can merge it: they are of it, or organise. */
  readonly mayMerge: boolean;
}

interface TopicPageProps {
  readonly home: string;
  readonly topic: Topic;
  readonly labels: readonly Label[];
  readonly names: ReadonlyMap<string, string>;
  /** The topics that were merged into this one. */
  readonly merged: readonly { readonly number: number; readonly title: string }[];
  readonly reader: TopicReader;
  readonly zone: ZoneName;
}

/** What a topic says and how it stands. Its conversation stands below it. */
export function TopicPage({ home, topic, labels, names, merged, reader, zone }: TopicPageProps) {
  const { number, says, document, duplicateOf } = topic;
  const here = `${home}/plan/topics/${number}`;
  return (
    <>
      {duplicateOf !== null && (
        <div class="notice info">
          <p>
            This topic was merged into <a href={numberHref(home, duplicateOf)}>#{duplicateOf}</a>,
            where its conversation goes on.
          </p>
          {reader.isOrganiser && (
            <form method="post" action={`${here}/unmerge`}>
              <Actions>
                <SubmitButton weight="ordinary">Take it out again</SubmitButton>
              </Actions>
            </form>
          )}
        </div>
      )}
      {document === undefined && (
        <p>
          <Mark shape="cross" tone="warn">
            Its document was taken away
          </Mark>
          . What was said about it stays below.
        </p>
      )}
      {duplicateOf === null && (
        <ToldNoteBox topic={topic} here={here} zone={zone} reader={reader} />
      )}
      <Facts
        facts={[
          { term: 'State', value: <TopicStateMark state={topic.state} /> },
          ...factsOf(home, topic, names),
          ...(labels.length === 0 ? [] : [{ term: 'Labels', value: <Labels labels={labels} /> }]),
          ...(merged.length === 0
            ? []
            : [
                {
                  term: 'Holds',
                  value: merged.map((each, index) => (
                    <>
                      {index > 0 && ', '}
                      <a href={`${home}/plan/topics/${each.number}`}>#{each.number}</a>{' '}
                      <bdi>{each.title}</bdi>
                    </>
                  )),
                },
              ]),
          ...(document === undefined
            ? []
            : [
                {
                  term: 'Document',
                  value: (
                    <>
                      <a href={`${home}/plan/files/${topic.path}`}>{topic.path}</a> ·{' '}
                      <a href={`${home}/plan/history/${topic.path}`}>history</a>
                    </>
                  ),
                },
              ]),
        ]}
      />
      {reader.mayWrite && document !== undefined && duplicateOf === null && (
        <TopicActions home={home} topic={topic} reader={reader} />
      )}
      {says !== undefined && <TopicText says={says} path={topic.path} home={home} />}
    </>
  );
}

/** What a topic lacks, told once by Cairn; gone when it is mended. */
function ToldNoteBox({
  topic: { told },
  here,
  zone,
  reader,
}: {
  topic: Topic;
  here: string;
  zone: ZoneName;
  reader: TopicReader;
}) {
  if (told === undefined) return null;
  return (
    <aside class="notice info" aria-labelledby="lacks">
      <p id="lacks">
        <Mark shape="triangle" tone="warn">
          {told.problems.length === 1
            ? 'One thing is missing'
            : `${told.problems.length} things are missing`}
        </Mark>{' '}
        <span class="quiet small">
          Told by Cairn since <When instant={told.toldAt} zone={zone} />; it goes away when it is
          mended.
        </span>
      </p>
      <ul>
        {told.problems.map(({ code, sentence, place }, index) => (
          <li key={`${code}-${index}`}>
            {sentence}
            {reader.mayEdit && place.path !== undefined && place.line === undefined && (
              <>
                {' '}
                <a href={`${here}/edit#field-${place.path}`}>
                  Mend it<span class="unseen">: {sentence}</span>
                </a>
              </>
            )}
          </li>
        ))}
      </ul>
    </aside>
  );
}

function factsOf(home: string, { says, facts }: Topic, names: ReadonlyMap<string, string>) {
  const person = (handle: string): ComponentChildren => (
    <a href={`${home}/plan/people/${handle}`}>
      <bdi>{names.get(handle.toLowerCase()) ?? `@${handle}`}</bdi>
    </a>
  );
  const row = (term: string, value: ComponentChildren) => ({ term, value });
  const lead = says?.lead ?? facts.lead;
  return [
    row('Lead', lead === null || lead === undefined ? 'nobody yet' : person(lead)),
    ...(says === undefined || says.people.length === 0
      ? []
      : [
          row(
            'People',
            says.people.map((handle, index) => (
              <>
                {index > 0 && ', '}
                {person(handle)}
              </>
            )),
          ),
        ]),
    ...(says === undefined || says.projects.length === 0
      ? []
      : [row('Needs', says.projects.join(', '))]),
    ...(says?.effort === undefined ? [] : [row('Effort', says.effort)]),
    ...(says === undefined || says.links.length === 0
      ? []
      : [
          row(
            'Links',
            says.links.map((link) => (
              <span key={link}>
                {/^https?:\/\//.test(link) ? (
                  <a href={link} rel="nofollow noopener">
                    {link}
                  </a>
                ) : (
                  link
                )}
                <br />
              </span>
            )),
          ),
        ]),
  ];
}

/** The sections of a topic's document, as far as it has them. */
function TopicText({ says, path, home }: { says: TopicDocument; path: string; home: string }) {
  const html = (text: string, shiftHeadings: number) =>
    renderPlanText(text, { base: `${home}/plan`, path, shiftHeadings });
  const parts = [
    ['Problem', says.problem],
    ['Wished result', says.goal],
    ['Done when', says.doneWhen],
  ].filter(([, text]) => text !== '');
  return (
    <>
      {parts.map(([heading, text = '']) => (
        <section key={heading}>
          <h2>{heading}</h2>
          <Prose html={html(text, 2)} />
        </section>
      ))}
      {says.firstTasks.length > 0 && (
        <section>
          <h2>First tasks</h2>
          <Prose html={html(taskListText(says.firstTasks), 2)} />
        </section>
      )}
      {says.rest !== '' && <Prose html={html(says.rest, 1)} />}
    </>
  );
}

function TopicActions({
  home,
  topic,
  reader,
}: {
  home: string;
  topic: Topic;
  reader: TopicReader;
}) {
  const here = `${home}/plan/topics/${topic.number}`;
  const hasLead = topic.says?.lead !== undefined;
  return (
    <>
      <form method="post" action={`${here}/join`} aria-label="Who works on it">
        <Actions>
          {!hasLead && (
            <SubmitButton name="do" value="lead" weight="ordinary">
              I lead it
            </SubmitButton>
          )}
          {!reader.isIn && !reader.isLead && (
            <SubmitButton name="do" value="join" weight="ordinary">
              I join
            </SubmitButton>
          )}
          {(reader.isIn || reader.isLead) && (
            <SubmitButton name="do" value="leave" weight="plain">
              I leave it
            </SubmitButton>
          )}
          {reader.mayEdit ? (
            <ActionLink href={`${here}/edit`}>Edit</ActionLink>
          ) : (
            <ActionLink href={`${home}/plan/edit?path=${encodeURIComponent(topic.path)}`}>
              Propose a change
            </ActionLink>
          )}
          {reader.mayMerge && <a href={`${here}/merge`}>Merge it into another</a>}
        </Actions>
      </form>
      {reader.moves.length > 0 && (
        <details>
          <summary>Move it to another state</summary>
          <Form action={`${here}/state`} label="State">
            <Select
              name="state"
              label="Move it to"
              value={nextOf(topic.state, reader.moves)}
              options={reader.moves.map((state) => ({ value: state, label: STATE_WORDS[state] }))}
            />
            <Actions>
              <SubmitButton weight="ordinary">Move</SubmitButton>
            </Actions>
          </Form>
        </details>
      )}
    </>
  );
}

/** The state that comes after this one, or the first into which it may go. */
const nextOf = (state: TopicState, moves: readonly TopicState[]): TopicState | undefined =>
  TOPIC_STATES.slice(TOPIC_STATES.indexOf(state) + 1).find((each) => moves.includes(each)) ??
  moves[0];

interface MergePageProps {
  readonly home: string;
  readonly topic: Pick<Topic, 'number'>;
  readonly into: string;
  readonly problems?: Parameters<typeof Form>[0]['problems'];
  readonly options: readonly { readonly number: number; readonly title: string }[];
}

/** The page on which a topic is merged into another one. */
export const MergePage = ({ home, topic, into, problems, options }: MergePageProps) => (
  <>
    <p>
      Its comments go on in the other topic, each with where it was said; labels, interest and
      people join there. The number of this one keeps working. Organisers can take it back.
    </p>
    {options.length > 0 && (
      <section aria-labelledby="alike">
        <h2 id="alike">Those that look alike</h2>
        <ul>
          {options.map(({ number, title }) => (
            <li key={number}>
              #{number} <a href={`${home}/plan/topics/${number}`}>{title}</a>
            </li>
          ))}
        </ul>
      </section>
    )}
    <Form action={`${home}/plan/topics/${topic.number}/merge`} problems={problems}>
      <datalist id="other-topics">
        {options.map(({ number, title }) => (
          <option key={number} value={`#${number}`}>
            {title}
          </option>
        ))}
      </datalist>
      <TextField
        name="into"
        label="The topic that stays"
        value={into}
        hint="Its number, such as #12."
        width="short"
        autocomplete="off"
      />
      <Actions>
        <SubmitButton>Merge #{topic.number} into it</SubmitButton>
        <a href={`${home}/plan/topics/${topic.number}`}>Leave them apart</a>
      </Actions>
    </Form>
  </>
);
