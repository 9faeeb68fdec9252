import type { Problem } from '@cairn/kernel/problem';
import { expectOk } from '@cairn/kernel/result';
import { parseDate } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { SpreadBars } from '../../../design/chart.tsx';
import {
  Checkbox,
  CheckboxGroup,
  HiddenField,
  NumberField,
  TextArea,
} from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { Day } from '../../../design/prose.tsx';
import { Table } from '../../../design/table.tsx';
import { DIET_KEYS, DIETS, type DietCount, dietWords, type Need } from './need-rules.ts';

const OPTIONS = DIET_KEYS.map((value) => ({ value, label: DIETS[value] }));
const dayOf = (date: string) => <Day date={expectOk(parseDate(date))} />;

interface OwnNeedProps {
  readonly action: string;
  /** What was typed, or what is stored. */
  readonly diets: readonly string[];
  readonly allergies: string;
  readonly access: string;
  readonly stepFree: boolean;
  readonly hasSaid: boolean;
  /** From this day on it is removed. */
  readonly removedOn: string;
  readonly problems?: readonly Problem[] | undefined;
}

/** What one needs oneself. */
export function OwnNeedPage(props: OwnNeedProps) {
  const { action, hasSaid, problems } = props;
  return (
    <>
      <p>
        Organisers see it, who order food and choose rooms; a kitchen gets counts without names.
        From {dayOf(props.removedOn)} on it is removed. Nothing to tick? Save it all the same: then
        nobody has to ask.
      </p>
      <Form action={action} problems={problems} label="What I need">
        <HiddenField name="do" value="say" />
        <CheckboxGroup
          name="diets[]"
          label="What I eat"
          hint="Tick all that hold; nothing means that you eat everything."
          options={OPTIONS}
          values={props.diets}
        />
        <TextArea
          name="allergies"
          label="Allergies, and what else a kitchen should know"
          hint="Say how severe: traces, or a portion. A kitchen may get these words, without your name."
          optional
          rows={2}
          value={props.allergies}
        />
        <Checkbox
          name="step_free"
          label="I need ways without steps"
          hint="Room, work rooms and restaurants are then chosen so."
          checked={props.stepFree}
        />
        <TextArea
          name="access"
          label="What else makes it possible for you to take part"
          hint="A seat close to the screen, captions, a quiet room, a place to pray or to nurse."
          optional
          rows={3}
          value={props.access}
        />
        <Actions>
          <SubmitButton>Save what I need</SubmitButton>
        </Actions>
      </Form>
      {hasSaid && (
        <Form action={action} label="Remove">
          <HiddenField name="do" value="withdraw" />
          <Actions>
            <SubmitButton weight="plain">Remove all that I said here</SubmitButton>
          </Actions>
        </Form>
      )}
    </>
  );
}

interface NeedsPageProps {
  readonly home: string;
  readonly needs: readonly (Need & { readonly name: string })[];
  readonly plates: readonly DietCount[];
  readonly followers: readonly { readonly label: string; readonly people: number }[];
  /** Who comes and has said nothing. */
  readonly unsaid: readonly string[];
  readonly daysKept: string;
  readonly removedOn: string;
  readonly isRemoved: boolean;
  readonly problems?: readonly Problem[] | undefined;
}

/** What everybody needs, for those who order and choose. */
export function NeedsPage(props: NeedsPageProps) {
  const { home, needs, plates, followers, unsaid } = props;
  const special = needs.filter(
    ({ diets, allergies, access, stepFree }) =>
      diets.length > 0 || allergies !== '' || access !== '' || stepFree,
  );
  if (props.isRemoved && needs.length === 0) {
    return <p>What people needed was removed, as they were told, when the summit was over.</p>;
  }
  return (
    <>
      <SpreadBars
        caption="Plates"
        head="Who eats"
        rows={plates.map(({ label, people }) => ({
          label,
          parts: [{ label: 'People', value: people }],
        }))}
      />
      <p>
        Each person counts once here, with all of their diets together.{' '}
        <a href={`${home}/kitchen.csv`}>For the kitchen, without names (CSV)</a>
      </p>
      {followers.length > 0 && (
        <Table
          caption="By diet"
          note="somebody with two diets counts in both"
          columns={[
            { head: 'Diet', cell: ({ label }: { label: string; people: number }) => label },
            { head: 'People', cell: ({ people }) => people, kind: 'number' },
          ]}
          rows={followers}
          rowKey={({ label }) => label}
          empty="Nobody said any."
        />
      )}
      <Table
        caption="People"
        wide
        note={`${counted(special.length, 'person', 'people')} with something to see to; ${needs.length - special.length} said that there is nothing`}
        columns={[
          { head: 'Person', cell: (need: Need & { name: string }) => need.name },
          { head: 'Eats', cell: ({ diets }) => dietWords(diets) },
          { head: 'Allergies', cell: ({ allergies }) => allergies || '–' },
          {
            head: 'Access',
            cell: ({ access, stepFree }) =>
              [...(stepFree ? ['Without steps.'] : []), access].join(' ') || '–',
          },
        ]}
        rows={special}
        rowKey={({ personId }) => personId}
        empty="Nobody said that they need anything."
      />
      {unsaid.length > 0 && (
        <details>
          <summary>{counted(unsaid.length, 'person', 'people')} said nothing yet</summary>
          <ul>
            {unsaid.map((name, index) => (
              <li key={index}>{name}</li>
            ))}
          </ul>
        </details>
      )}
      <Form action={home} problems={props.problems} label="How long it is kept">
        <NumberField
          name="days_kept"
          label="Days for which it is kept after the summit"
          hint={<>With these days it is removed on {dayOf(props.removedOn)}, for good.</>}
          value={props.daysKept}
        />
        <Actions>
          <SubmitButton weight="ordinary">Save the days</SubmitButton>
        </Actions>
      </Form>
    </>
  );
}
