import type { Problem } from '@cairn/kernel/problem';
import type { ZoneName } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import { ActionLink, Actions, Confirm, SubmitButton } from '../../../design/actions.tsx';
import { TextField } from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { NoticeLine } from '../../../design/layout.tsx';
import { Progress } from '../../../design/progress.tsx';
import { Facts, When } from '../../../design/prose.tsx';
import type { GithubCounts, GithubPlan, ReadingState } from './settings-queries.ts';
import { troubleSentence } from './trouble-rules.ts';

/** How a plan stands with GitHub. */
export interface GithubStanding {
  readonly plan: GithubPlan;
  readonly counts: GithubCounts;
  readonly readings: readonly ReadingState[];
  readonly kept: readonly {
    readonly event: string;
    readonly why: string;
    readonly count: number;
  }[];
  /** Where people look at the repository. */
  readonly url: string;
}

interface GithubPageProps {
  readonly action: string;
  readonly standing: GithubStanding | undefined;
  readonly typed: { readonly repository: string; readonly topicLabel: string };
  readonly problems?: readonly Problem[] | undefined;
  /** Whether GitHub tells by itself what happens: a secret for it is set. */
  readonly isTold: boolean;
  readonly webhookUrl: string;
  readonly zone: ZoneName;
}

const STREAM_NAMES: Readonly<Record<ReadingState['stream'], string>> = {
  issues: 'Issues and pull requests',
  comments: 'Comments',
  'line-comments': 'Comments on lines',
};

/** The repository on GitHub that the plan is kept in step with. */
export function GithubPage(props: GithubPageProps) {
  const { action, standing, typed, problems, isTold, webhookUrl } = props;
  return (
    <>
      {standing !== undefined && <Standing {...props} standing={standing} />}
      <section aria-labelledby="github-which">
        <h2 id="github-which">{standing === undefined ? 'Connect a repository' : 'Settings'}</h2>
        <Form action={action} problems={problems} label="The repository on GitHub">
          <TextField
            name="repository"
            label="Repository"
            hint="Owner and name, or its address. What is there comes in; what is done here goes out."
            value={typed.repository}
          />
          <TextField
            name="topicLabel"
            label="Label of topics"
            hint="Issues with this label become topics with a document in the plan; all others are issues."
            value={typed.topicLabel}
            width="short"
          />
          <SubmitButton>{standing === undefined ? 'Connect' : 'Save'}</SubmitButton>
        </Form>
      </section>
      <section aria-labelledby="github-told">
        <h2 id="github-told">How Cairn hears of changes</h2>
        {isTold ? (
          <p>
            GitHub tells them by webhook to <code>{webhookUrl}</code>, and Cairn looks twice an hour
            for what it was not told.
          </p>
        ) : (
          <p>
            Cairn looks every five minutes. To hear at once, ask whoever operates Cairn to set a
            secret for webhooks, and let GitHub send to <code>{webhookUrl}</code>.
          </p>
        )}
      </section>
    </>
  );
}

function Standing({ action, standing, zone }: GithubPageProps & { standing: GithubStanding }) {
  const { plan, counts, readings, kept, url } = standing;
  const reading = readings.filter(
    ({ passBeganAt, readAt }) => passBeganAt !== null && readAt === null,
  );
  const isBegun = readings.length > 0;
  return (
    <section aria-labelledby="github-standing">
      <h2 id="github-standing">How it stands</h2>
      {plan.trouble !== null && (
        <NoticeLine kind="problem">{troubleSentence(plan.trouble)}</NoticeLine>
      )}
      {!isBegun && plan.trouble === null && (
        <Progress label="Reading the repository">
          It begins within a minute; this page can be left.
        </Progress>
      )}
      {reading.map(({ stream, seen, expected }) => (
        <Progress
          key={stream}
          label={STREAM_NAMES[stream]}
          done={seen}
          total={Math.max(expected ?? seen, seen)}
        >
          Reading goes on by itself, also when this page is left. Load it again to see how far it
          is.
        </Progress>
      ))}
      <Facts
        facts={[
          {
            term: 'Repository',
            value: (
              <a href={url} rel="external">
                {plan.owner}/{plan.name}
              </a>
            ),
          },
          { term: 'The same here and there', value: counted(counts.linked, 'thing') },
          {
            term: 'Still to be asked',
            value: counts.due === 0 ? 'nothing' : counted(counts.due, 'thing'),
          },
          {
            term: 'Last told by GitHub',
            value: plan.lastDeliveryAt ? (
              <When instant={plan.lastDeliveryAt} zone={zone} />
            ) : (
              'never'
            ),
          },
          { term: 'Last looked through', value: lookedThrough(readings, zone) },
          {
            term: 'Told and not yet applied',
            value:
              counts.waiting === 0 ? 'nothing' : counted(counts.waiting, 'delivery', 'deliveries'),
          },
          ...(kept.length === 0
            ? []
            : [
                {
                  term: 'Kept and not used',
                  value: kept
                    .map(({ event, why, count }) => `${event} ${count} (${KEPT_WORDS[why] ?? why})`)
                    .join(', '),
                },
              ]),
          {
            term: 'May still be asked this hour',
            value:
              plan.rateLeft === null ? (
                'not known yet'
              ) : (
                <>
                  {plan.rateLeft.toLocaleString('en-GB')} of{' '}
                  {(plan.rateLimit ?? plan.rateLeft).toLocaleString('en-GB')} requests
                </>
              ),
          },
          ...(plan.limitedUntil === null
            ? []
            : [
                {
                  term: 'Asks nothing until',
                  value: <When instant={plan.limitedUntil} zone={zone} />,
                },
              ]),
        ]}
      />
      <Form action={`${action}/read`} label="Read the repository again">
        <Actions>
          <SubmitButton weight="ordinary">Read all of it again now</SubmitButton>
          <ActionLink href={`${action}/disconnect`}>Disconnect</ActionLink>
        </Actions>
      </Form>
    </section>
  );
}

const KEPT_WORDS: Readonly<Record<string, string>> = {
  'unknown-event': 'not about plans',
  'nothing-of-it': 'nothing to do',
  'not-as-described': 'not as GitHub describes it',
};

function lookedThrough(readings: readonly ReadingState[], zone: ZoneName) {
  const times = readings.flatMap(({ readAt }) => readAt ?? []);
  const [oldest] = times.toSorted((one, other) => one.epochMilliseconds - other.epochMilliseconds);
  return readings.length < 3 || oldest === undefined ? (
    'not yet'
  ) : (
    <When instant={oldest} zone={zone} />
  );
}

/** The page before a repository is disconnected. */
export const DisconnectPage = ({ action, name }: { action: string; name: string }) => (
  <Confirm
    action={`${action}/disconnect`}
    consequences={
      <>
        <p>Nothing that is done on {name} comes here any more, and nothing goes there.</p>
        <p>All that came from it stays, and {name} is left as it is. It can be connected again.</p>
      </>
    }
    verb={`Disconnect ${name}`}
    back={action}
  />
);

/** What the settings of the plan say of GitHub. */
export const GithubSummary = ({
  action,
  plan,
}: {
  action: string;
  plan: GithubPlan | undefined;
}) => (
  <>
    {plan?.trouble != null && (
      <NoticeLine kind="problem">{troubleSentence(plan.trouble)}</NoticeLine>
    )}
    <p>
      {plan === undefined
        ? 'Nothing is connected. Issues, pull requests and reviews of a repository can be kept in step with this plan.'
        : `Kept in step with ${plan.owner}/${plan.name}.`}{' '}
      <a href={action}>{plan === undefined ? 'Connect a repository' : 'See how it stands'}</a>
    </p>
  </>
);
