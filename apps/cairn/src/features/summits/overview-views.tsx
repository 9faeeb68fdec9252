import type { ComponentChildren } from 'preact';
import { Actions, SubmitButton } from '../../design/actions.tsx';
import { Mark } from '../../design/mark.tsx';
import { Meter } from '../../design/progress.tsx';
import { ifEveryOfferIsAccepted, type SeatCount } from '../people/seats/seat-rules.ts';
import type { Summit } from './queries.ts';

/** One part of the overview, brought by the room that knows it. */
export interface OverviewSection {
  readonly key: string;
  readonly title: string;
  /** Counts and a few names; never a list that grows with the number of people. */
  readonly body: ComponentChildren;
  /** Where everything about it is. */
  readonly more: { readonly href: string; readonly label: string };
  /** Whether somebody should act on it now: such sections come first. */
  readonly isUrgent: boolean;
}

interface OverviewProps {
  readonly summit: Summit;
  readonly seats: SeatCount;
  readonly carried: number;
  readonly sections: readonly OverviewSection[];
}

/** What needs doing now, the most urgent first; each part is loaded as counts only. */
export function Overview({ summit, seats, carried, sections }: OverviewProps) {
  const home = `/s/${summit.slug}`;
  const state = <StateSection summit={summit} carried={carried} />;
  // An announced summit stays so for months; what to do with its state is needed once.
  const isStateLast = summit.state === 'announced' && carried === 0;
  return (
    <>
      {!isStateLast && state}
      <Parts sections={sections.filter(({ isUrgent }) => isUrgent)} />
      <section aria-labelledby="seats">
        <h2 id="seats">Seats</h2>
        <Meter
          unit="seated"
          value={seats.taken.length}
          cap={seats.cap}
          outlook={{
            value: ifEveryOfferIsAccepted(seats),
            when: 'if every open offer is accepted',
          }}
        />
        <p>
          <a href={`${home}/organise/seats`}>Seats and the waiting list</a>
        </p>
      </section>
      <Parts sections={sections.filter(({ isUrgent }) => !isUrgent)} />
      {isStateLast && state}
    </>
  );
}

const Parts = ({ sections }: Pick<OverviewProps, 'sections'>) => (
  <>
    {sections.map(({ key, title, body, more }) => (
      <section key={key} aria-labelledby={key}>
        <h2 id={key}>{title}</h2>
        {body}
        <p>
          <a href={more.href}>{more.label}</a>
        </p>
      </section>
    ))}
  </>
);

const STATES: Record<Summit['state'], ComponentChildren> = {
  draft: (
    <Mark shape="ring" tone="soft">
      A draft, seen by its organisers only
    </Mark>
  ),
  announced: (
    <Mark shape="disc" tone="good">
      Announced
    </Mark>
  ),
  archived: (
    <Mark shape="dash" tone="soft">
      Archived: its pages stay, and it is marked as over
    </Mark>
  ),
};

function StateSection({ summit, carried }: { summit: Summit; carried: number }) {
  const home = `/s/${summit.slug}`;
  const change = (does: string, words: string, weight: 'primary' | 'ordinary') => (
    <form method="post" action={`${home}/organise/state`}>
      <Actions>
        <SubmitButton name="do" value={does} weight={weight}>
          {words}
        </SubmitButton>
      </Actions>
    </form>
  );
  return (
    <section aria-labelledby="state">
      <h2 id="state">State</h2>
      <p>
        {STATES[summit.state]}. <a href={home}>See its page</a>
      </p>
      {carried > 0 && (
        <p>
          <Mark shape="triangle" tone="warn">
            {carried === 1 ? 'One value is' : `${carried} values are`} still last year’s
          </Mark>
          . <a href={`${home}/organise/carried`}>Confirm or change them</a>
          {summit.state === 'draft' && '; then the summit can be announced'}.
        </p>
      )}
      {summit.state === 'draft' &&
        carried === 0 &&
        change('announce', 'Announce the summit', 'primary')}
      {summit.state === 'announced' && change('archive', 'Archive the summit', 'ordinary')}
      {summit.state === 'archived' &&
        change('reopen', 'Put it back among the announced', 'ordinary')}
    </section>
  );
}
