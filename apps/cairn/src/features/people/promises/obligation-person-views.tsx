import type { Problem } from '@cairn/kernel/problem';
import type { ZoneName } from '@cairn/kernel/time';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { TextArea } from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { When } from '../../../design/prose.tsx';
import type { Summit } from '../../summits/queries.ts';
import type { Occasion } from './evidence-occasions.ts';
import type { JudgedPromise } from './obligation-board.ts';
import type { PersonPromises, RecordedFact } from './obligation-queries.ts';
import {
  FactList,
  ForecastMark,
  factsFor,
  PromisedOtherwise,
  placeOf,
} from './obligation-views.tsx';
import { asHeading } from './obligation-words.ts';

interface PersonPageProps {
  readonly summit: Summit;
  readonly person: PersonPromises;
  readonly occasions: readonly Occasion[];
  readonly zone: ZoneName;
}

/** One person's promises as their organisers see them: what is recorded, and what they may do about it. */
export function PersonPromisesPage({ summit, person, occasions, zone }: PersonPageProps) {
  const home = `/s/${summit.slug}/organise/promises/${person.personId}`;
  const takeBack = (fact: RecordedFact) => (
    <form class="inline" method="post" action={`${home}/withdraw-evidence`}>
      <input type="hidden" name="evidence" value={fact.id} />
      <button class="plain" type="submit">
        take back<span class="unseen"> {fact.subject}</span>
      </button>
    </form>
  );
  const counted = new Set(person.promises.flatMap((one) => factsFor(one, person.facts)));
  const others = person.facts.filter((fact) => !counted.has(fact));
  const list = { occasions, venue: placeOf(summit), zone, action: takeBack };
  return (
    <>
      <p>
        <a href={`/s/${summit.slug}/organise/promises`}>Everybody’s promises</a>
      </p>
      {person.promises.map((promise) => (
        <section key={promise.key} aria-labelledby={`promise-${promise.key}`}>
          <h2 id={`promise-${promise.key}`}>{asHeading(promise.wording)}</h2>
          <p>
            <ForecastMark forecast={promise.forecast} />{' '}
            <span class="quiet">{promise.forecast.tally}</span>
          </p>
          <FactList facts={factsFor(promise, person.facts)} {...list} />
          {promise.rule.kind === 'attend' && <Absences {...{ home, person, occasions, zone }} />}
          <ExcusePart {...{ home, person, promise, zone }} />
        </section>
      ))}
      <PromisedOtherwise person={person} next={`/s/${summit.slug}/organise/agreement`} />
      {others.length > 0 && (
        <>
          <h2>Recorded besides</h2>
          <p>These facts are kept, and count once they belong to a promise.</p>
          <FactList facts={others} {...list} />
        </>
      )}
    </>
  );
}

interface ExcusePartProps extends Pick<PersonPageProps, 'person' | 'zone'> {
  readonly home: string;
  readonly promise: JudgedPromise;
}

/** The excuse that a promise has, or the way to give one. */
function ExcusePart({ home, person, promise, zone }: ExcusePartProps) {
  const excuse = person.excuses.find(({ obligation }) => obligation === promise.key);
  if (excuse === undefined) {
    if (promise.forecast.standing === 'kept') return null;
    return (
      <p>
        <a href={`${home}/excuse/${promise.key}`}>
          Excuse {person.name}
          <span class="unseen"> from this promise: {promise.wording}</span>
        </a>
      </p>
    );
  }
  return (
    <Form action={`${home}/withdraw-excuse`} label={`Excuse: ${promise.wording}`}>
      <p>
        Excused by {excuse.by} on <When instant={excuse.at} zone={zone} />: {excuse.reason}
      </p>
      <input type="hidden" name="excuse" value={excuse.id} />
      <Actions>
        <SubmitButton weight="plain">Withdraw this excuse</SubmitButton>
      </Actions>
    </Form>
  );
}

interface AbsencesProps extends Pick<PersonPageProps, 'person' | 'occasions' | 'zone'> {
  readonly home: string;
}

/** The single occasions from which somebody is excused. */
function Absences({ home, person, occasions, zone }: AbsencesProps) {
  const excuses = person.excuses.filter(({ occasion }) => occasion !== null);
  if (excuses.length === 0) return null;
  return (
    <ul>
      {excuses.map(({ id, occasion, by, reason, at }) => {
        const label = occasions.find(({ subject }) => subject === occasion)?.label ?? occasion;
        return (
          <li key={id}>
            Excused from {label} by {by} on <When instant={at} zone={zone} />: {reason}{' '}
            <form class="inline" method="post" action={`${home}/withdraw-excuse`}>
              <input type="hidden" name="excuse" value={id} />
              <button class="plain" type="submit">
                take back<span class="unseen"> the excuse from {label}</span>
              </button>
            </form>
          </li>
        );
      })}
    </ul>
  );
}

interface ExcusePageProps {
  readonly action: string;
  readonly back: string;
  readonly name: string;
  readonly promise: JudgedPromise;
  /** What was typed and refused. */
  readonly reason?: string | undefined;
  readonly problems?: readonly Problem[] | undefined;
}

/** Waives one promise; a reason is asked for, because the person sees it. */
export function ExcusePage({ action, back, name, promise, reason, problems }: ExcusePageProps) {
  return (
    <>
      <p>{asHeading(promise.wording)}</p>
      <p>
        <ForecastMark forecast={promise.forecast} />{' '}
        <span class="quiet">{promise.forecast.tally}</span>
      </p>
      <Form action={action} problems={problems}>
        <TextArea
          name="reason"
          label="Reason"
          hint={`${name} sees it, with your name.`}
          value={reason}
          rows={3}
        />
        <Actions>
          <SubmitButton>Excuse {name}</SubmitButton>
          <a href={back}>Leave things as they are</a>
        </Actions>
      </Form>
    </>
  );
}
