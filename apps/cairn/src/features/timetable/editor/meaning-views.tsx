import { ActionLink, SubmitButton } from '../../../design/actions.tsx';
import { HiddenField } from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { Mark } from '../../../design/mark.tsx';
import type { PlaceState } from '../drafts/places-rules.ts';
import type { Asked } from './asked-rules.ts';
import { wordsOf } from './editor-rules.ts';
import type { PanelProps } from './panel-views.tsx';
import { placeKey } from './place-key-rules.ts';
import { viewHref } from './view-rules.ts';

/** What is shown of the draft goes along with a form. */
export const Carried = ({ view }: Pick<PanelProps, 'view'>) => (
  <>
    {Object.entries(view).map(([name, value]) => (
      <HiddenField key={name} name={name} value={value} />
    ))}
  </>
);

/** What it would mean to put it there, and the button that does. */
export function Meaning(props: PanelProps & { asked: Asked }) {
  const { href, view, frame, session, placement, asked, problems } = props;
  const { place, consequences, swap } = asked;
  const key = placeKey(place, frame.rooms);
  const { breaks, costs, gains } = consequences;
  const isBad = place.state === 'conflict' || breaks.length > 0;
  if (placement !== undefined && placeKey(placement, frame.rooms) === key) {
    return (
      <div class="meaning">
        <p>It is there already.</p>
        <p>
          <ActionLink href={viewHref(href, view, { move: session.id })}>Another place</ActionLink>
        </p>
      </div>
    );
  }
  return (
    <div class="meaning">
      <h3>{wordsOf(frame).place(place, session)}</h3>
      <p>
        <StateMark state={isBad ? 'conflict' : place.state} />
      </p>
      {isBad && (
        <Sentences
          title="What would not hold"
          lines={[...new Set([...place.reasons, ...breaks])]}
        />
      )}
      {costs.length > 0 && <Sentences title="What it costs" lines={costs} />}
      {gains.length > 0 && <Sentences title="What it gives" lines={gains} />}
      {!isBad && costs.length === 0 && gains.length === 0 && (
        <p class="quiet">Nobody loses or gains anything by it.</p>
      )}
      <MoveForm
        {...props}
        to={key}
        label={isBad ? 'Move it there all the same' : 'Move it there'}
        weight={isBad ? 'ordinary' : 'primary'}
        problems={problems}
      />
      {swap !== undefined && (
        <>
          <h3>Or change places with “{swap.session.title}”</h3>
          {swap.consequences.breaks.length > 0 && (
            <Sentences title="What would not hold" lines={swap.consequences.breaks} />
          )}
          {swap.consequences.costs.length > 0 && (
            <Sentences title="What it costs" lines={swap.consequences.costs} />
          )}
          {swap.consequences.gains.length > 0 && (
            <Sentences title="What it gives" lines={swap.consequences.gains} />
          )}
          <MoveForm
            {...props}
            to={key}
            swap={swap.session.id}
            label="Let them change places"
            weight="ordinary"
            problems={[]}
          />
        </>
      )}
      <p>
        <ActionLink href={viewHref(href, view, { move: session.id })}>Another place</ActionLink>{' '}
        {isBad && (
          <a
            href={`${href}/why?session=${session.id}&at=${place.date}T${place.starts}&room=${place.roomId}`}
          >
            Why not there?
          </a>
        )}
      </p>
    </div>
  );
}

interface MoveFormProps
  extends Pick<PanelProps, 'href' | 'view' | 'revision' | 'session' | 'problems'> {
  readonly to: string;
  readonly swap?: string;
  readonly label: string;
  readonly weight?: 'primary' | 'ordinary' | 'plain';
}

/** Moves a session, takes it out, or lets two change places: one button. */
export const MoveForm = ({
  href,
  view,
  revision,
  session,
  to,
  swap,
  label,
  weight = 'plain',
  problems,
}: MoveFormProps) => (
  <Form action={`${href}/move`} label={label} problems={to === '' ? [] : problems}>
    <Carried view={view} />
    <HiddenField name="session" value={session.id} />
    <HiddenField name="to" value={to} />
    <HiddenField name="seen" value={String(revision)} />
    {swap !== undefined && <HiddenField name="swap" value={swap} />}
    <SubmitButton weight={weight}>{label}</SubmitButton>
  </Form>
);

const STATES = {
  free: { shape: 'tick', tone: 'good', word: 'Free: nothing stands against it' },
  costs: { shape: 'triangle', tone: 'warn', word: 'Possible, at a cost' },
  conflict: { shape: 'cross', tone: 'bad', word: 'Conflict: something that must hold would not' },
} as const;

const StateMark = ({ state }: { state: PlaceState }) => {
  const { shape, tone, word } = STATES[state];
  return (
    <Mark shape={shape} tone={tone}>
      {word}
    </Mark>
  );
};

/** Some sentences under a small heading. */
export const Sentences = ({ title, lines }: { title: string; lines: readonly string[] }) => (
  <>
    <h4>{title}</h4>
    <ul>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  </>
);
