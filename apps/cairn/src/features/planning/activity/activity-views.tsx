import type { ZoneName } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import type { ComponentChildren } from 'preact';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { Select, TextField } from '../../../design/controls.tsx';
import { EmptyState } from '../../../design/empty.tsx';
import { Form } from '../../../design/form.tsx';
import { When } from '../../../design/prose.tsx';
import { numberHref, threadHref } from '../threads/thread-rules.ts';
import { WriterName } from '../threads/writer-views.tsx';
import type { Activity } from './activity-queries.ts';
import { TOLD_GROUPS, type ToldGroup, toldTogether, wordsFor } from './activity-rules.ts';

/** The page of what an activity is about, at the place where it was said. */
export function activityHref(home: string, { number, thread, kind, ref }: Activity): string {
  if (number === null) return `${home}/plan/work-plan`;
  const page =
    thread === null ? numberHref(home, number) : threadHref(home, { kind: thread, number });
  if (ref === null) return page;
  return `${page}#${kind.startsWith('comment') ? 'comment' : 'review'}-${ref}`;
}

/** What happened, in one line: who did what, where, when. */
function ActivityLine({ one, home, zone }: { one: Activity; home: string; zone: ZoneName }) {
  const { before, after } = wordsFor(one);
  return (
    <>
      <WriterName by={one.by} home={home} /> {before}{' '}
      {one.number !== null && (
        <a href={activityHref(home, one)}>
          #{one.number} <bdi>{one.title ?? ''}</bdi>
        </a>
      )}
      {after}{' '}
      <span class="small quiet">
        <When instant={one.at} zone={zone} />
      </span>
    </>
  );
}

/** What somebody said of many topics at once, in one line. */
function InterestLine({
  said,
  home,
  zone,
}: {
  said: readonly [Activity, ...Activity[]];
  home: string;
  zone: ZoneName;
}) {
  const [{ by, at }] = said;
  return (
    <>
      <WriterName by={by} home={home} /> said what they want of {counted(said.length, 'topic')}:{' '}
      {said.toReversed().map((one, index) => (
        <>
          {index > 0 && ', '}
          <a href={activityHref(home, one)} title={one.title ?? undefined}>
            #{one.number}
          </a>
        </>
      ))}{' '}
      <span class="small quiet">
        <When instant={at} zone={zone} />
      </span>
    </>
  );
}

interface ActivityPageProps {
  readonly home: string;
  readonly zone: ZoneName;
  readonly items: readonly Activity[];
  readonly what: ToldGroup | undefined;
  readonly who: string | undefined;
  readonly number: number | undefined;
  /** The address of what happened before the last one shown. */
  readonly older: string | undefined;
}

const GROUPS: Readonly<Record<ToldGroup, string>> = {
  discussions: 'Discussions',
  topics: 'Topics and interest',
  proposals: 'Proposals',
  reviews: 'Reviews',
  decisions: 'Decisions and the work plan',
};

/** What happened in a plan, the newest first. */
export function ActivityPage(props: ActivityPageProps) {
  const { home, zone, items, what, who, number, older } = props;
  return (
    <>
      <p>
        <a href={`${home}/me/digest`}>Hear of it by mail</a> or{' '}
        <a href={`${home}/me/plan-feeds`}>in a feed reader</a>.
      </p>
      <details open={what !== undefined || who !== undefined || number !== undefined}>
        <summary>Only some of it</summary>
        <Form action={`${home}/plan/activity`} method="get" label="Filter">
          <Select
            name="what"
            label="Only"
            optional
            empty="Everything"
            value={what}
            options={TOLD_GROUPS.map((group) => ({ value: group, label: GROUPS[group] }))}
          />
          <TextField
            name="who"
            label="By"
            hint="A handle."
            optional
            width="short"
            value={who}
            autocomplete="off"
          />
          <TextField
            name="number"
            label="In"
            hint="A number, such as 12."
            optional
            width="tiny"
            inputmode="numeric"
            value={number === undefined ? '' : String(number)}
            autocomplete="off"
          />
          <Actions>
            <SubmitButton weight="ordinary">Show</SubmitButton>
          </Actions>
        </Form>
      </details>
      <ActivityList items={items} home={home} zone={zone}>
        Nothing of this kind has happened yet.
      </ActivityList>
      {older !== undefined && (
        <p>
          <a rel="next" href={older}>
            Older
          </a>
        </p>
      )}
    </>
  );
}

/** Lines of what happened; what stands there when nothing did. */
export const ActivityList = ({
  items,
  home,
  zone,
  children,
}: {
  items: readonly Activity[];
  home: string;
  zone: ZoneName;
  children: ComponentChildren;
}) =>
  items.length === 0 ? (
    <EmptyState>{children}</EmptyState>
  ) : (
    <ul>
      {toldTogether(items).map(([one, ...more]) =>
        one === undefined ? null : (
          <li key={one.id}>
            {more.length === 0 ? (
              <ActivityLine one={one} home={home} zone={zone} />
            ) : (
              <InterestLine said={[one, ...more]} home={home} zone={zone} />
            )}
          </li>
        ),
      )}
    </ul>
  );
