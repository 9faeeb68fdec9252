import { Mark, type Shape, type Tone } from '../../../design/mark.tsx';
import type { Contradiction } from '../frame/contradiction-rules.ts';
import { ContradictionList } from '../frame/contradiction-views.tsx';
import type { Step, StepState } from './step-rules.ts';

const LOOKS: Readonly<Record<StepState, { shape: Shape; tone: Tone; word: string }>> = {
  done: { shape: 'tick', tone: 'good', word: 'done' },
  begun: { shape: 'half', tone: 'warn', word: 'begun' },
  missing: { shape: 'ring', tone: 'soft', word: 'not begun' },
};

/** What changed since the release, as a sentence. */
interface Broken {
  readonly sentence: string;
}

interface HomePageProps {
  /** The address of the making of the timetable. */
  readonly home: string;
  readonly steps: readonly Step[];
  readonly contradictions: readonly Contradiction[];
  readonly broken: readonly Broken[];
}

/** The way from interest to a timetable: how far each step is, and what is missing. */
export function HomePage({ home, steps, contradictions, broken }: HomePageProps) {
  return (
    <>
      {broken.length > 0 && (
        <>
          <h2>Broken since the release</h2>
          <ul>
            {broken.slice(0, MOST).map(({ sentence }) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
          {broken.length > MOST && <p>… and {broken.length - MOST} more.</p>}
          <p>
            <a href={`${home}/repair`}>Repair it</a> with as few people moved as can be; you see
            what moves before anything does.
          </p>
        </>
      )}
      <ol class="making">
        {steps.map((step) => (
          <StepLine key={step.at} home={home} step={step} />
        ))}
      </ol>
      {contradictions.length > 0 && (
        <>
          <h2 id="contradictions">What contradicts itself</h2>
          <ContradictionList home={home} contradictions={contradictions} most={30} />
        </>
      )}
    </>
  );
}

const MOST = 10;

function StepLine({ home, step }: { home: string; step: Step }) {
  const { shape, tone, word } = LOOKS[step.state];
  return (
    <li>
      <h2>
        <a href={`${home}/${step.at}`}>{step.title}</a>{' '}
        <small>
          <Mark shape={shape} tone={tone}>
            {word}
          </Mark>
        </small>
      </h2>
      {step.facts.length > 0 && (
        <p>
          {step.facts.map(({ words, at }, index) => (
            <span key={words}>
              {index > 0 && ' · '}
              <a href={`${home}/${at}`}>{words}</a>
            </span>
          ))}
        </p>
      )}
      {step.next !== undefined && <p class="quiet">{step.next}</p>}
    </li>
  );
}
