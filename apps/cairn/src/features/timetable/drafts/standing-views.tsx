import { counted } from '@cairn/kernel/words';
import { Mark } from '../../../design/mark.tsx';
import type { Comparison } from './compare-rules.ts';
import type { Costs, Standing } from './cost-rules.ts';

/** More than so many lines nobody reads at once; the rest is folded away. */
const SHOWN = 5;

/** Sentences, of which the first few are open and the rest is folded. */
export function Sentences({ of, rest }: { of: readonly string[]; rest: string }) {
  if (of.length === 0) return null;
  const hidden = of.slice(SHOWN);
  return (
    <>
      <ul>
        {of.slice(0, SHOWN).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {hidden.length > 0 && (
        <details>
          <summary>
            {hidden.length} more<span class="unseen"> {rest}</span>
          </summary>
          <ul>
            {hidden.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

/** Whether all that must hold does, in one mark. */
export function HoldsMark({ standing: { broken } }: { standing: Pick<Standing, 'broken'> }) {
  const unplaced = broken.filter(({ rule }) => rule === 'placed').length;
  const others = broken.length - unplaced;
  if (broken.length === 0) {
    return (
      <Mark shape="tick" tone="good">
        All holds
      </Mark>
    );
  }
  return (
    <Mark shape={others > 0 ? 'cross' : 'ring'} tone={others > 0 ? 'bad' : 'warn'}>
      {[others > 0 ? `${others} broken` : '', unplaced > 0 ? `${unplaced} without a place` : '']
        .filter((word) => word !== '')
        .join(', ')}
    </Mark>
  );
}

/** What a timetable costs whom, in words. */
export function CostsInWords({ costs, proof }: { costs: Costs; proof?: string | undefined }) {
  return (
    <>
      <p>
        {costs.headline} {proof}
      </p>
      <Sentences
        of={costs.bySession.map((each) => `Missed: ${each}`)}
        rest="sessions that somebody misses"
      />
    </>
  );
}

/** The people who lose something, each with what. */
export function PeopleCosts({ costs }: { costs: Costs }) {
  if (costs.people.length === 0) return null;
  return (
    <details>
      <summary>Person by person</summary>
      <ul>
        {costs.people.map(({ id, name, percent, missed }) => (
          <li key={id}>
            {name}: {percent} % of what they care for
            {missed.length > 0 && `; misses ${missed.join(', ')}`}.
          </li>
        ))}
      </ul>
    </details>
  );
}

/** What is broken in a timetable, what must hold first. */
export function BrokenInWords({ standing: { broken, wishes, steady } }: { standing: Standing }) {
  return (
    <>
      <Sentences of={broken.map(({ sentence }) => sentence)} rest="broken" />
      {wishes.length > 0 && (
        <>
          <p>Wishes that are not met:</p>
          <Sentences of={wishes.map(({ sentence }) => sentence)} rest="wishes" />
        </>
      )}
      {steady.length > 0 && (
        <details>
          <summary>Rooms and days of groups: {counted(steady.length, 'remark')}</summary>
          <ul>
            {steady.map(({ sentence }) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

/** What moves and whom it costs what, from one timetable to another. */
export function ComparisonInWords({ comparison }: { comparison: Comparison }) {
  const { moved, peopleMoved, breaks, costs, gains } = comparison;
  if (moved.length === 0) return <p>Every session is in the same place.</p>;
  const parts = [
    ['No longer holds', breaks],
    ['Who loses what', costs],
    ['What is better', gains],
  ] as const;
  return (
    <>
      <p>
        {counted(moved.length, 'session is', 'sessions are')} elsewhere
        {peopleMoved > 0 &&
          `; ${counted(peopleMoved, 'person', 'people')} must be at one that had another place`}
        .
      </p>
      <Sentences of={moved.map(moveInWords)} rest="moves" />
      {parts.map(([title, sentences]) =>
        sentences.length === 0 ? null : (
          <div key={title}>
            <p>{title}:</p>
            <Sentences of={sentences} rest="" />
          </div>
        ),
      )}
      {breaks.length === 0 && costs.length === 0 && <p>Nobody loses anything.</p>}
    </>
  );
}

/** `“Docs”: from Monday 09:00, Hall to Monday 10:30, Attic (Ada, Bob).` */
function moveInWords({ title, from, to, people }: Comparison['moved'][number]): string {
  const whom = people.length === 0 ? '' : ` (${counted(people.length, 'person', 'people')})`;
  if (from === null) return `“${title}” gets a place: ${to}${whom}.`;
  if (to === null) return `“${title}” loses its place, ${from}${whom}.`;
  return `“${title}”: from ${from} to ${to}${whom}.`;
}
