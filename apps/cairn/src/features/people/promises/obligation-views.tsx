import { expectZone, type ZoneName } from '@cairn/kernel/time';
import type { ComponentChildren } from 'preact';
import { EmptyState } from '../../../design/empty.tsx';
import { type Standing as MarkStanding, ObligationMark } from '../../../design/mark.tsx';
import { DayOf, When } from '../../../design/prose.tsx';
import type { Summit } from '../../summits/queries.ts';
import type { Occasion } from './evidence-occasions.ts';
import type { JudgedPromise } from './obligation-board.ts';
import type { PersonPromises, RecordedFact } from './obligation-queries.ts';
import { ARRIVAL, type EvidenceKind, type Forecast, type Standing } from './obligation-rules.ts';
import { asHeading, planFact, SOURCE_WORDS } from './obligation-words.ts';

const MARKS: Record<Standing, MarkStanding> = {
  broken: 'broken',
  at_risk: 'at-risk',
  can_miss_more: 'can-miss-more',
  on_course: 'on-course',
  excused: 'excused',
  kept: 'kept',
};

/** Where a promise stands, as a mark; with the number where more than one may be missed. */
export const ForecastMark = ({ forecast }: { forecast: Forecast }) => {
  const { standing, canMiss = 1 } = forecast;
  return (
    <ObligationMark standing={MARKS[standing]}>
      {standing === 'can_miss_more' && canMiss > 1 ? `can miss ${canMiss} more` : undefined}
    </ObligationMark>
  );
};

/** Which kinds of evidence count towards a rule. */
const COUNTING: Record<JudgedPromise['rule']['kind'], readonly EvidenceKind[]> = {
  attend: ['attendance'],
  contribute: ['contribution', 'review'],
  present: ['presence'],
  follow_up: ['update'],
};

/** The facts that bear on a promise. */
export const factsFor = (
  { rule }: Pick<JudgedPromise, 'rule'>,
  facts: readonly RecordedFact[],
): readonly RecordedFact[] => facts.filter(({ kind }) => COUNTING[rule.kind].includes(kind));

interface FactListProps {
  readonly facts: readonly RecordedFact[];
  readonly occasions: readonly Occasion[];
  /** Days are those of the place. */
  readonly venue: { readonly city: string; readonly zone: string };
  /** The reader's zone, for moments. */
  readonly zone: ZoneName;
  /** What may be done about a fact, such as taking it back. */
  readonly action?: (fact: RecordedFact) => ComponentChildren;
}

/** Where a summit's days are counted. */
export const placeOf = ({ definition }: Summit): FactListProps['venue'] => ({
  city: definition.venue.city,
  zone: definition.zone,
});

/** Facts with when they happened and how they came to be known. */
export function FactList({ facts, occasions, venue, zone, action }: FactListProps) {
  if (facts.length === 0) return <p class="quiet">Nothing is recorded so far.</p>;
  return (
    <ul>
      {facts.map((fact) => {
        const label = occasions.find(({ subject }) => subject === fact.subject)?.label;
        return (
          <li key={fact.id}>
            {label ?? planFact(fact.subject)}
            {fact.kind !== 'presence' && (
              <>
                , <When instant={fact.at} zone={zone} />
              </>
            )}
            {fact.subject === ARRIVAL && (
              <>
                , <DayOf instant={fact.at} zone={expectZone(venue.zone)} />
              </>
            )}
            {fact.kind === 'presence' && ` (${venue.city})`}
            <span class="quiet">
              {' '}
              – {SOURCE_WORDS[fact.source] ?? fact.source}
              {fact.recordedBy !== undefined && ` by ${fact.recordedBy}`}
            </span>
            {action !== undefined && <> {action(fact)}</>}
          </li>
        );
      })}
    </ul>
  );
}

interface PromiseListProps {
  readonly summit: Summit;
  readonly person: PersonPromises;
  readonly occasions: readonly Occasion[];
  readonly zone: ZoneName;
}

/** What stands where somebody has promised nothing, or not everything that is asked now. */
export function PromisedOtherwise({ person, next }: { person: PersonPromises; next: string }) {
  const { acceptedVersion, dropped, unpromised } = person;
  if (acceptedVersion === undefined) {
    return (
      <EmptyState next={{ href: next, label: 'See the agreement' }}>
        Nothing has been promised yet: the agreement has not been accepted.
      </EmptyState>
    );
  }
  return (
    <>
      {unpromised.length > 0 && (
        <>
          <h2>Asked for now, and not promised yet</h2>
          <p>
            The agreement has changed since. These count once the new text is accepted.{' '}
            <a href={next}>See the agreement</a>
          </p>
          <ul>
            {unpromised.map(({ key, text }) => (
              <li key={key}>{asHeading(text)}</li>
            ))}
          </ul>
        </>
      )}
      {dropped.length > 0 && (
        <>
          <h2>No longer asked for</h2>
          <ul>
            {dropped.map(({ key, text }) => (
              <li key={key}>{asHeading(text)}</li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

/** A person's own promises: in words, with where they stand, why, and what can still be done. */
export function MyPromises({ summit, person, occasions, zone }: PromiseListProps) {
  const { acceptedAt, acceptedVersion, promises, facts } = person;
  return (
    <>
      {acceptedAt !== undefined && (
        <p>
          You accepted version {acceptedVersion} of the agreement on{' '}
          <When instant={acceptedAt} zone={zone} />. The words below are those that you accepted.
        </p>
      )}
      {promises.map((promise) => (
        <section key={promise.key} aria-labelledby={`promise-${promise.key}`}>
          <h2 id={`promise-${promise.key}`}>{asHeading(promise.wording)}</h2>
          <p>
            <ForecastMark forecast={promise.forecast} />
          </p>
          <p>{promise.forecast.sentence}</p>
          {promise.forecast.advice !== undefined && <p>{promise.forecast.advice}</p>}
          <FactList
            facts={factsFor(promise, facts)}
            occasions={occasions}
            venue={placeOf(summit)}
            zone={zone}
          />
        </section>
      ))}
      <PromisedOtherwise person={person} next={`/s/${summit.slug}/me`} />
      {promises.length > 0 && (
        <p class="quiet">
          Is something missing or wrong? Tell the organisers; they can record it or excuse you.
        </p>
      )}
    </>
  );
}
