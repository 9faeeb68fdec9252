import type { ZoneName } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import { ActionLink, Actions } from '../../../design/actions.tsx';
import { Mark } from '../../../design/mark.tsx';
import { When } from '../../../design/prose.tsx';
import { TOPIC_STATES } from '../documents/kind-schema.ts';
import { encodedPath } from '../documents/text-rules.ts';
import { threadHref } from '../threads/thread-rules.ts';
import { STATE_WORDS } from '../topics/topic-form-rules.ts';
import type { AwaitingThread, PlanCounts } from './awaiting-queries.ts';

const WHYS: Readonly<Record<AwaitingThread['why'], string>> = {
  review: 'asks for your review',
  changes: 'is yours, and changes were requested',
  lacks: 'is led by you, and lacks something',
};

/** What of the plan awaits the reader, each with where to do it. */
export const AwaitingList = ({
  home,
  awaiting,
}: {
  home: string;
  awaiting: readonly AwaitingThread[];
}) => (
  <ul>
    {awaiting.map((thread) => (
      <li key={`${thread.why}-${thread.number}`}>
        <a href={threadHref(home, thread)}>
          <bdi>{thread.title}</bdi>
        </a>{' '}
        <span class="quiet">#{thread.number}</span> {WHYS[thread.why]}.
      </li>
    ))}
  </ul>
);

/** What the plan is, for whoever sees it for the first time. */
export const WhatItIs = ({ home }: { home: string }) => (
  <p>
    The plan is a folder of documents that those who come write together: topics, notes, decisions,
    practices. Whoever comes can change <a href={`${home}/plan/files`}>them</a> here in the browser,
    on a phone too, with Git, or on GitHub where that is connected.
  </p>
);

interface CountsProps {
  readonly home: string;
  readonly counts: PlanCounts;
  readonly zone: ZoneName;
}

/** Where the plan stands: numbers, each leading to its list. */
export function Counts({ home, counts, zone }: CountsProps) {
  const plan = `${home}/plan`;
  const states = TOPIC_STATES.filter((state) => (counts.byState[state] ?? 0) > 0);
  return (
    <section aria-labelledby="where-it-stands">
      <h2 id="where-it-stands">Where it stands</h2>
      <ul>
        <li>
          <a href={`${plan}/topics`}>{counted(counts.topics, 'topic')}</a>
          {states.length > 0 && ': '}
          {states.map((state, index) => (
            <>
              {index > 0 && ', '}
              <a href={`${plan}/topics?state=${state}`}>
                {state === 'idea'
                  ? counted(counts.byState[state] ?? 0, 'idea')
                  : `${counts.byState[state]} ${STATE_WORDS[state].toLowerCase()}`}
              </a>
            </>
          ))}
        </li>
        {counts.lacking > 0 && (
          <li>
            <Mark shape="triangle" tone="warn">
              <a href={`${plan}/topics?lacks=1`}>
                {counted(counts.lacking, 'topic lacks', 'topics lack')} something
              </a>
            </Mark>
          </li>
        )}
        {counts.leaderless > 0 && (
          <li>
            <a href={`${plan}/topics?lead=none`}>
              {counted(counts.leaderless, 'open topic has', 'open topics have')} nobody who leads
            </a>
          </li>
        )}
        <li>
          <a href={`${plan}/proposals`}>{counted(counts.proposals, 'open proposal')}</a>
          {counts.unreviewed > 0 && `, ${counts.unreviewed} of them not reviewed by anybody yet`}
        </li>
        <li>
          <a href={`${plan}/issues`}>{counted(counts.issues, 'open issue')}</a>
        </li>
        {counts.decisions.length > 0 && (
          <li>
            {counted(counts.decisions.length, 'decision is', 'decisions are')} provisional:
            <ul>
              {counts.decisions.map(({ number, title, closesAt }) => (
                <li key={number}>
                  <a href={`${plan}/decisions/${number}`}>
                    <bdi>{title}</bdi>
                  </a>
                  , open to objections until <When instant={closesAt} zone={zone} />
                </li>
              ))}
            </ul>
          </li>
        )}
      </ul>
    </section>
  );
}

interface PublicTopicsProps {
  readonly home: string;
  readonly topics: readonly { readonly path: string; readonly title: string | null }[];
  /** The tag of the latest frozen work plan. */
  readonly frozen: string | undefined;
}

/** What the summit may work on, as the documents say it to everybody. */
export const PublicTopics = ({ home, topics, frozen }: PublicTopicsProps) => (
  <section aria-labelledby="public-topics">
    <h2 id="public-topics">Topics</h2>
    {topics.length === 0 ? (
      <p class="quiet">There is none yet.</p>
    ) : (
      <ul>
        {topics.map(({ path, title }) => (
          <li key={path}>
            <a href={`${home}/plan/files/${encodedPath(path)}`}>
              <bdi>{title ?? path}</bdi>
            </a>
          </li>
        ))}
      </ul>
    )}
    {frozen !== undefined && (
      <p>
        The work plan is frozen as {frozen}: <a href={`${home}/workplan.pdf`}>PDF</a>,{' '}
        <a href={`${home}/workplan.md`}>Markdown</a>.
      </p>
    )}
  </section>
);

/** What somebody can open from here. */
export const Begin = ({ home }: { home: string }) => (
  <Actions>
    <ActionLink href={`${home}/plan/topics/new`} weight="primary">
      Open a topic
    </ActionLink>
    <ActionLink href={`${home}/plan/proposals/new`}>Propose a change</ActionLink>
    <ActionLink href={`${home}/plan/issues/new`}>Open an issue</ActionLink>
  </Actions>
);

/** How people take part, also from a phone without any Git. */
export const HowToTakePart = ({ home }: { home: string }) => (
  <section aria-labelledby="take-part">
    <h2 id="take-part">How to take part</h2>
    <WhatItIs home={home} />
    <ol>
      <li>
        Say what you want of <a href={`${home}/plan/interest`}>each topic</a>: lead, work, learn or
        none.
      </li>
      <li>
        Talk in <a href={`${home}/plan/topics`}>topics</a> and{' '}
        <a href={`${home}/plan/issues`}>issues</a>; <code>@handle</code> tells somebody by mail.
      </li>
      <li>
        Change a <a href={`${home}/plan/files`}>document</a> with “Propose a change” on its page.
        Others review it before it counts.
      </li>
      <li>
        Review <a href={`${home}/plan/proposals`}>a proposal</a> of somebody else: that is half of
        what everybody promised.
      </li>
    </ol>
  </section>
);
