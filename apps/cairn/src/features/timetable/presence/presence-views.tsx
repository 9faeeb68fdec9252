import type { Problem } from '@cairn/kernel/problem';
import { counted } from '@cairn/kernel/words';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { DateBox, TextBox, TickBox } from '../../../design/boxes.tsx';
import {
  Checkbox,
  DateField,
  HiddenField,
  TextArea,
  TimeField,
} from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { Menu } from '../../../design/layout.tsx';
import { Pager, Table } from '../../../design/table.tsx';
import type { Contradiction } from '../frame/contradiction-rules.ts';
import { AsTyped, ContradictionList, type TypedFaults } from '../frame/contradiction-views.tsx';
import { stretchWords } from '../frame/frame-words-rules.ts';
import type { Missed } from './missed-rules.ts';

type Typed = Readonly<Record<string, string | readonly string[]>>;

const text = (typed: Typed, name: string): string => {
  const value = typed[name];
  return typeof value === 'string' ? value : '';
};

/** Which people the list shows. */
export const PRESENCE_FILTERS = [
  ['all', 'Everybody'],
  ['unsaid', 'Who has not said'],
  ['partly', 'Not all days'],
  ['remote', 'From afar'],
] as const;
export type PresenceFilter = (typeof PRESENCE_FILTERS)[number][0];

/** Somebody in the list. */
export interface PresentPerson {
  readonly id: string;
  readonly name: string;
  /** What the row says as stored. */
  readonly shown: string;
  readonly note: string;
}

interface PresencePageProps {
  readonly home: string;
  readonly action: string;
  readonly filter: PresenceFilter;
  readonly counts: Readonly<Record<PresenceFilter, number>>;
  readonly people: readonly PresentPerson[];
  readonly page: number;
  readonly pages: number;
  readonly typed: Typed;
  readonly problems?: readonly Problem[] | undefined;
  readonly contradictions: readonly Contradiction[];
}

/** When everybody is there, in one form. */
export function PresencePage(props: PresencePageProps) {
  const { home, action, filter, counts, people, page, pages, typed, problems } = props;
  return (
    <>
      <Menu
        label="Whom to show"
        items={PRESENCE_FILTERS.map(([value, label]) => ({
          href: value === 'all' ? `${home}/presence` : `${home}/presence?show=${value}`,
          label: `${label} (${counts[value]})`,
          current: value === filter,
        }))}
      />
      <ContradictionList home={home} contradictions={props.contradictions} most={10} />
      <p>
        People say it themselves under “My days”. Who has said nothing is taken to be there all the
        time. Without a time of day they come before the first session of that day, and leave after
        its last.
      </p>
      <Form action={action} problems={problems} label="When people are there" wide>
        <div class="boxes">
          <Table
            caption="People"
            note={counted(people.length, 'person', 'people')}
            columns={[
              {
                head: 'Person',
                cell: ({ id, name, shown, note }: PresentPerson) => (
                  <>
                    <input type="hidden" name={`shown_${id}`} value={shown} />
                    {name}
                    {note !== '' && <span class="quiet"> {note}</span>}
                  </>
                ),
              },
              {
                head: 'Arrives on',
                cell: ({ id, name }) => (
                  <DateBox
                    name={`arrives_on_${id}`}
                    label={`Day on which ${name} arrives`}
                    optional
                    value={text(typed, `arrives_on_${id}`)}
                  />
                ),
              },
              {
                head: 'Arrives at',
                cell: ({ id, name }) => (
                  <TextBox
                    name={`arrives_at_${id}`}
                    label={`Time at which ${name} arrives, such as 14:00`}
                    optional
                    value={text(typed, `arrives_at_${id}`)}
                  />
                ),
              },
              {
                head: 'Leaves on',
                cell: ({ id, name }) => (
                  <DateBox
                    name={`leaves_on_${id}`}
                    label={`Day on which ${name} leaves`}
                    optional
                    value={text(typed, `leaves_on_${id}`)}
                  />
                ),
              },
              {
                head: 'Leaves at',
                cell: ({ id, name }) => (
                  <TextBox
                    name={`leaves_at_${id}`}
                    label={`Time at which ${name} leaves, such as 12:00`}
                    optional
                    value={text(typed, `leaves_at_${id}`)}
                  />
                ),
              },
              {
                head: 'From afar',
                cell: ({ id, name }) => (
                  <TickBox
                    name={`is_remote_${id}`}
                    label={`${name} takes part from afar`}
                    value="yes"
                    checked={text(typed, `is_remote_${id}`) === 'yes'}
                  />
                ),
              },
            ]}
            rows={people}
            rowKey={({ id }) => id}
            empty="Nobody is here."
          />
        </div>
        {people.length > 0 && (
          <Actions>
            <SubmitButton>Save what was changed</SubmitButton>
          </Actions>
        )}
      </Form>
      <Pager
        label="people"
        page={page}
        pages={pages}
        href={(to) => `${home}/presence?show=${filter}&page=${to}`}
      />
    </>
  );
}

interface OwnPresenceProps {
  readonly action: string;
  readonly zone: string;
  readonly typed: Typed;
  readonly problems?: readonly Problem[] | undefined;
  readonly faults?: TypedFaults | undefined;
  readonly missed: readonly Missed[];
}

/** When one is there oneself. */
export function OwnPresencePage(props: OwnPresenceProps) {
  const { action, zone, typed, problems, faults, missed } = props;
  return (
    <>
      <MissedList missed={missed} />
      <Form action={action} problems={problems} label="My days">
        <HiddenField name="do" value="say" />
        <p>
          Leave empty what you do not know. Times are those of {zone.replaceAll('_', ' ')}, where
          the summit is.
        </p>
        <div class="pair">
          <DateField
            name="arrives_on"
            label="I arrive on"
            optional
            value={text(typed, 'arrives_on')}
          />
          <TimeField
            name="arrives_at"
            label="Time of arrival"
            optional
            value={text(typed, 'arrives_at')}
          />
        </div>
        <div class="pair">
          <DateField
            name="leaves_on"
            label="I leave on"
            optional
            value={text(typed, 'leaves_on')}
          />
          <TimeField
            name="leaves_at"
            label="Time of departure"
            optional
            value={text(typed, 'leaves_at')}
          />
        </div>
        <Checkbox
          name="is_remote"
          label="I take part from afar"
          hint="Sessions that need you are then in rooms with video."
          checked={text(typed, 'is_remote') === 'yes'}
        />
        <TextArea
          name="note"
          label="What organisers should know"
          hint="Only organisers see it."
          optional
          rows={2}
          value={text(typed, 'note')}
        />
        <AsTyped check={`${action}/check`} faults={faults} />
        <Actions>
          <SubmitButton>Save my days</SubmitButton>
        </Actions>
      </Form>
    </>
  );
}

/** What somebody misses of what was released, as it stands. */
function MissedList({ missed }: { missed: readonly Missed[] }) {
  if (missed.length === 0) return null;
  return (
    <>
      <p>
        As the timetable stands, you are away during {counted(missed.length, 'part')} of it that
        expects you:
      </p>
      <ul>
        {missed.map((each) => (
          <li key={each.key}>
            {each.title}: {stretchWords(each)}
          </li>
        ))}
      </ul>
    </>
  );
}
