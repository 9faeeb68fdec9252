import { listed } from '@cairn/kernel/words';
import { SubmitButton } from '../../../design/actions.tsx';
import { Select } from '../../../design/controls.tsx';
import { type Crossing, CrossTable } from '../../../design/cross-table.tsx';
import { EmptyState } from '../../../design/empty.tsx';
import { Form } from '../../../design/form.tsx';
import { Glyph, Mark } from '../../../design/mark.tsx';
import type { InterestLevel } from './interest-rules.ts';
import {
  amissOf,
  type InterestMatrix,
  type LeadStanding,
  type MatrixRow,
  type MatrixTopic,
  type MatrixView,
} from './matrix-rules.ts';

const CROSSINGS: Readonly<Record<InterestLevel, Crossing>> = {
  lead: { shape: 'disc', word: 'lead', isStrong: true },
  work: { shape: 'half', word: 'work' },
  learn: { shape: 'ring', word: 'learn' },
  none: { shape: 'dash', word: 'not for me' },
};

const LEVEL_HEADS = [
  ['lead', 'Would lead'],
  ['work', 'Work'],
  ['learn', 'Learn'],
  ['none', 'Not for them'],
  ['silent', 'Said nothing'],
] as const;

interface MatrixPageProps {
  /** `/s/<summit>/plan`. */
  readonly plan: string;
  readonly matrix: InterestMatrix;
  readonly view: MatrixView;
  readonly communities: readonly { readonly key: string; readonly name: string }[];
}

/** The address of the matrix, seen in a way. */
function matrixHref(plan: string, { people, topics, community }: MatrixView): string {
  const query = new URLSearchParams({ people: String(people), topics });
  if (community !== undefined) query.set('community', community);
  return `${plan}/interest/matrix?${query}`;
}

/** Who wants what: what is amiss, the matrix, and the same in words. */
export function MatrixPage({ plan, matrix, view, communities }: MatrixPageProps) {
  const { topics, rows, silent } = matrix;
  if (topics.length === 0) {
    return (
      <EmptyState next={{ href: `${plan}/topics`, label: 'Topics' }}>
        There is no open topic yet, so nobody can want anything of one.
      </EmptyState>
    );
  }
  return (
    <>
      <Amiss plan={plan} matrix={matrix} />
      <ViewForm plan={plan} view={view} topics={topics} communities={communities} />
      <CrossTable
        id="interest-matrix"
        caption="People and topics"
        corner="Person"
        silence="said nothing"
        legend={Object.values(CROSSINGS)}
        columns={topics.map(({ number, title }) => ({
          key: String(number),
          head: title,
          sort: {
            href: matrixHref(plan, { ...view, people: number }),
            isNow: view.people === number,
          },
        }))}
        sums={LEVEL_HEADS.map(([level, head]) => ({
          head,
          count: (column) =>
            topics.find(({ number }) => String(number) === column)?.counts[level] ?? 0,
          ...(level === 'lead'
            ? {
                amiss: (column: string) =>
                  STANDING_WORDS[
                    topics.find(({ number }) => String(number) === column)?.standing ?? 'one'
                  ],
              }
            : {}),
        }))}
        rows={rows.map(({ id, name, said }) => ({
          key: id,
          head: name,
          cells: new Map(
            [...said].map(([number, { level }]) => [String(number), CROSSINGS[level]]),
          ),
        }))}
      />
      <h2>By topic</h2>
      {topics.map((topic) => (
        <TopicInWords key={topic.number} plan={plan} topic={topic} rows={rows} />
      ))}
      {silent.length > 0 && (
        <p>
          <strong>Said nothing yet:</strong> {listed(silent.map(({ name }) => name))}.
        </p>
      )}
      <p>
        <a href={`${plan}/interest.csv`}>The same as a table (CSV)</a>
      </p>
    </>
  );
}

const STANDING_WORDS: Readonly<Record<LeadStanding, string | undefined>> = {
  one: undefined,
  several: 'more than one',
  'nobody-leads': 'nobody',
  nobody: 'nobody',
};

const AMISS_WORDS: readonly (readonly [Exclude<LeadStanding, 'one'>, string])[] = [
  ['nobody', 'Nobody wants to work on it or learn from it'],
  ['nobody-leads', 'Nobody would lead it'],
  ['several', 'More than one would lead it'],
];

function Amiss({ plan, matrix }: Pick<MatrixPageProps, 'plan' | 'matrix'>) {
  const amiss = amissOf(matrix.topics);
  const found = AMISS_WORDS.filter(([standing]) => amiss[standing].length > 0);
  if (found.length === 0) return <p>Each topic has one person who would lead it.</p>;
  return (
    <ul>
      {found.map(([standing, words]) => (
        <li key={standing}>
          <Mark shape={standing === 'several' ? 'diamond' : 'triangle'} tone="warn">
            {words}:
          </Mark>{' '}
          {amiss[standing].map(({ number, title }, index) => (
            <>
              {index > 0 && ', '}
              <a href={`${plan}/topics/${number}`}>{title}</a>
            </>
          ))}
          .
        </li>
      ))}
    </ul>
  );
}

function ViewForm({
  plan,
  view,
  topics,
  communities,
}: Pick<MatrixPageProps, 'plan' | 'view' | 'communities'> & {
  readonly topics: readonly MatrixTopic[];
}) {
  return (
    <details>
      <summary>Sort and filter</summary>
      <Form action={`${plan}/interest/matrix`} method="get" label="Sort and filter">
        <Select
          name="people"
          label="People by"
          value={String(view.people)}
          options={[
            { value: 'name', label: 'their name' },
            { value: 'said', label: 'how little they have said' },
            { value: 'lead', label: 'how much they would lead' },
            ...topics.map(({ number, title }) => ({
              value: String(number),
              label: `what they want of “${title}”`,
            })),
          ]}
        />
        <Select
          name="topics"
          label="Topics by"
          value={view.topics}
          options={[
            { value: 'number', label: 'their number' },
            { value: 'title', label: 'their title' },
            { value: 'interest', label: 'interest, the most first' },
            { value: 'least', label: 'interest, the least first' },
          ]}
        />
        {communities.length > 0 && (
          <Select
            name="community"
            label="People of"
            value={view.community}
            empty="all communities"
            options={communities.map(({ key, name }) => ({ value: key, label: name }))}
            optional
          />
        )}
        <SubmitButton weight="ordinary">Show</SubmitButton>
      </Form>
    </details>
  );
}

function TopicInWords({
  plan,
  topic: { number, title, counts },
  rows,
}: {
  readonly plan: string;
  readonly topic: MatrixTopic;
  readonly rows: readonly MatrixRow[];
}) {
  return (
    <section>
      <h3>
        <a href={`${plan}/topics/${number}`}>{title}</a> <span class="quiet">#{number}</span>
      </h3>
      <InterestLists
        people={rows.flatMap(({ id, name, said }) => {
          const own = said.get(number);
          return own === undefined ? [] : [{ personId: id, name, ...own }];
        })}
      />
      {counts.silent > 0 && <p class="quiet small">{counts.silent} said nothing.</p>}
    </section>
  );
}

interface InterestListsProps {
  readonly people: readonly {
    readonly personId: string;
    readonly name: string;
    readonly level: InterestLevel;
    readonly why: string;
  }[];
}

/** What people want of one topic, level by level, with their reasons. */
export function InterestLists({ people }: InterestListsProps) {
  const levels = LEVEL_HEADS.flatMap(([level, head]) =>
    level === 'silent'
      ? []
      : [{ level, head, theirs: people.filter((one) => one.level === level) }],
  ).filter(({ level, theirs }) => theirs.length > 0 || level === 'lead');
  return (
    <ul class="interest">
      {levels.map(({ level, head, theirs }) => (
        <li key={level}>
          <Glyph shape={CROSSINGS[level].shape} /> {head}:{' '}
          {theirs.length === 0
            ? 'nobody'
            : theirs.map(({ personId, name, why }, index) => (
                <span key={personId}>
                  {index > 0 && ', '}
                  {name}
                  {why !== '' && <span class="quiet"> ({why})</span>}
                </span>
              ))}
        </li>
      ))}
    </ul>
  );
}
