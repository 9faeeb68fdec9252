import type { Problem } from '@cairn/kernel/problem';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import {
  Checkbox,
  HiddenField,
  Select,
  TextField,
  WallTimeField,
} from '../../../design/controls.tsx';
import { Fieldset, Form } from '../../../design/form.tsx';
import { DIRECTIONS, type Direction, MODE_WORDS, MODES } from './journey-rules.ts';
import { placeOf } from './journey-schema.ts';

interface OwnJourneyProps {
  readonly action: string;
  readonly stay: string;
  readonly text: (name: string) => string;
  /** How many legs the form has in each direction. */
  readonly legs: Readonly<Record<Direction, number>>;
  readonly problems?: readonly Problem[] | undefined;
  /** What the journey says of the days and the stay does not, in words. */
  readonly days: readonly string[];
}

const TITLES: Readonly<Record<Direction, readonly [string, string, string]>> = {
  there: ['The way there', 'Leg', 'I would share a ride from where I arrive'],
  back: ['The way back', 'Leg', 'I would share a ride to where I leave from'],
};

/** One's own journey, leg by leg. */
export function OwnJourneyPage({ action, stay, text, legs, problems, days }: OwnJourneyProps) {
  return (
    <>
      {days.length > 0 && (
        <Form action={action} label="Take these days for my stay" scope="days">
          <HiddenField name="do" value="days" />
          <p>
            By your journey {days.join(', and ')}. <a href={stay}>Your stay</a> says something else,
            or nothing.
          </p>
          <Actions>
            <SubmitButton weight="ordinary">Take these days for my stay</SubmitButton>
          </Actions>
        </Form>
      )}
      <Form action={action} label="My journey" problems={problems}>
        <p>
          Write what you know, and leave the rest empty. Times are local times of each place, as
          they stand on a ticket. Only you and organisers see this.
        </p>
        {DIRECTIONS.map((direction) => (
          <Way key={direction} direction={direction} count={legs[direction]} text={text} />
        ))}
        <Actions>
          <SubmitButton name="do" value="save">
            Save my journey
          </SubmitButton>
          <SubmitButton name="do" value="more_there" weight="plain">
            Another leg there
          </SubmitButton>
          <SubmitButton name="do" value="more_back" weight="plain">
            Another leg back
          </SubmitButton>
        </Actions>
      </Form>
    </>
  );
}

function Way({
  direction,
  count,
  text,
}: {
  readonly direction: Direction;
  readonly count: number;
  readonly text: (name: string) => string;
}) {
  const [title, leg, ride] = TITLES[direction];
  return (
    <>
      <h2>{title}</h2>
      {Array.from({ length: count }, (_, index) => (
        <LegFields
          key={index}
          legend={`${title}: ${leg.toLowerCase()} ${index + 1}`}
          at={placeOf(direction, index)}
          text={text}
        />
      ))}
      <Checkbox
        name={`ride_${direction}`}
        label={ride}
        checked={text(`ride_${direction}`) === 'yes'}
      />
    </>
  );
}

function LegFields({
  legend,
  at,
  text,
}: {
  readonly legend: string;
  readonly at: string;
  readonly text: (name: string) => string;
}) {
  const of = (field: string) => ({ name: `${at}_${field}`, value: text(`${at}_${field}`) });
  return (
    <Fieldset legend={legend}>
      <Select
        {...of('mode')}
        label="How"
        options={MODES.map((value) => ({ value, label: MODE_WORDS[value] }))}
      />
      <div class="pair">
        <TextField {...of('from_place')} label="From" optional hint="City or airport." />
        <TextField {...of('to_place')} label="To" optional />
      </div>
      <div class="pair">
        <TextField {...of('carrier')} label="Airline or railway" optional />
        <TextField {...of('number')} label="Number" optional width="short" />
      </div>
      <div class="pair">
        <WallTimeField {...of('departs_at')} label="Leaves" optional />
        <WallTimeField {...of('arrives_at')} label="Arrives" optional />
      </div>
      <TextField {...of('note')} label="Note" optional />
    </Fieldset>
  );
}
