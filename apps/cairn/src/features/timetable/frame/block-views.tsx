import type { Problem } from '@cairn/kernel/problem';
import { counted } from '@cairn/kernel/words';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import {
  Checkbox,
  CheckboxGroup,
  HiddenField,
  Select,
  TextArea,
  TextField,
  TimeField,
} from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { AsTyped, type TypedFaults } from './contradiction-views.tsx';
import { BLOCK_KINDS, type Frame } from './frame-rules.ts';
import { BLOCK_WORDS, dayWords, MEAL_WORDS } from './frame-words-rules.ts';

type Typed = Readonly<Record<string, string | readonly string[]>>;

interface BlockPageProps {
  readonly action: string;
  readonly frame: Frame;
  readonly typed: Typed;
  readonly problems?: readonly Problem[] | undefined;
  readonly faults?: TypedFaults | undefined;
  /** Blocks of other days that are the same; undefined for a block that is being made. */
  readonly alike?: number | undefined;
}

const text = (typed: Typed, name: string): string => {
  const value = typed[name];
  return typeof value === 'string' ? value : '';
};
const list = (typed: Typed, name: string): readonly string[] => {
  const value = typed[name] ?? [];
  return typeof value === 'string' ? [value] : value;
};

/** One block, or the same block on several days. */
export function BlockPage({ action, frame, typed, problems, faults, alike }: BlockPageProps) {
  const isNew = alike === undefined;
  const days = frame.days.map(({ date }) => ({ value: date, label: dayWords(date) }));
  const others = alike === undefined || alike === 0 ? undefined : counted(alike, 'other day');
  return (
    <>
      <Form action={action} problems={problems} label="Block">
        <HiddenField name="do" value="save" />
        <TextField name="title" label="What it is called" value={text(typed, 'title')} />
        <Select
          name="kind"
          label="What it is"
          hint="Everybody is in it: nothing else runs beside it."
          options={BLOCK_KINDS.map((kind) => ({ value: kind, label: BLOCK_WORDS[kind] }))}
          value={text(typed, 'kind')}
        />
        <Select
          name="meal"
          label="Which meal"
          hint="For a meal only."
          optional
          empty="None"
          options={Object.entries(MEAL_WORDS).map(([value, label]) => ({ value, label }))}
          value={text(typed, 'meal')}
        />
        <Checkbox
          name="provided"
          label="This meal is provided"
          hint="Otherwise each finds a restaurant."
          checked={text(typed, 'provided') === 'yes'}
        />
        <div class="pair">
          <TimeField name="starts" label="From" value={text(typed, 'starts')} />
          <TimeField name="ends" label="To" value={text(typed, 'ends')} />
        </div>
        {isNew ? (
          <CheckboxGroup
            name="dates[]"
            label="Days"
            optional={false}
            options={days}
            values={list(typed, 'dates[]')}
          />
        ) : (
          <Select name="dates[]" label="Day" options={days} value={list(typed, 'dates[]')[0]} />
        )}
        <Select
          name="room"
          label="Room"
          optional
          empty="In none of the rooms"
          options={frame.rooms.map(({ id, name }) => ({ value: id, label: name }))}
          value={text(typed, 'room')}
        />
        <TextField
          name="place"
          label="Where else"
          hint="For what is in none of the rooms: a restaurant, the garden."
          optional
          value={text(typed, 'place')}
        />
        <TextArea
          name="text"
          label="What people should know"
          optional
          rows={3}
          value={text(typed, 'text')}
        />
        {others !== undefined && (
          <Checkbox
            name="alike"
            label={`Change it on ${others} too`}
            hint="Those where it has the same name, kind and times; each stays on its day."
            checked={text(typed, 'alike') === 'yes'}
          />
        )}
        <AsTyped check={`${action}/check`} faults={faults} />
        <Actions>
          <SubmitButton>{isNew ? 'Add the block' : 'Save the block'}</SubmitButton>
        </Actions>
      </Form>
      {!isNew && (
        <Form action={action} label="Remove the block" scope="remove">
          <HiddenField name="do" value="remove" />
          {others !== undefined && (
            <Checkbox name="alike" label={`Remove it on ${others} too`} checked={false} />
          )}
          <Actions>
            <SubmitButton weight="danger">Remove the block</SubmitButton>
          </Actions>
        </Form>
      )}
    </>
  );
}
