import type { Problem } from '@cairn/kernel/problem';
import type { ZoneName } from '@cairn/kernel/time';
import { ActionLink, Actions, SubmitButton } from '../../../design/actions.tsx';
import { DateBox, SelectBox, TextBox, TickBox } from '../../../design/boxes.tsx';
import { CheckboxGroup, NumberField, RadioGroup, Select } from '../../../design/controls.tsx';
import { EmptyState } from '../../../design/empty.tsx';
import { Fieldset, Form } from '../../../design/form.tsx';
import { When } from '../../../design/prose.tsx';
import { Table } from '../../../design/table.tsx';
import { WeekHeat } from '../../../design/week-grid.tsx';
import type { Typed } from '../../../platform/http/form.ts';
import type { Meeting } from '../series/series-rules.ts';
import type { AskedPeople, TimeSearch } from './times-queries.ts';

/** Weekdays as a form names them. */
const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** More names than this are no list to tick; the API takes ids. */
const MOST_TICKED = 300;

interface TimesPageProps {
  readonly home: string;
  readonly zone: ZoneName;
  readonly summitZone: ZoneName;
  readonly meetings: readonly Meeting[];
  readonly tracks: readonly { readonly key: string; readonly title: string }[];
  readonly people: AskedPeople;
  /** Ids of those who said that they would lead, by track. */
  readonly willing: ReadonlyMap<string, readonly string[]>;
  /** How many can in each hour of a week, and which week that is. */
  readonly heat: { readonly counts: readonly number[]; readonly week: string };
  readonly searches: readonly TimeSearch[];
  readonly typed: Typed;
  readonly problems?: readonly Problem[] | undefined;
}

const text = (typed: Typed, name: string): string => {
  const value = typed[name];
  return typeof value === 'string' ? value : '';
};
const texts = (typed: Typed, name: string): readonly string[] => {
  const value = typed[name] ?? [];
  return typeof value === 'string' ? [value] : value;
};
const timeNow = ({ starts, month }: Meeting): string =>
  starts?.toString({ smallestUnit: 'minute' }).replace('T', ' ') ?? `open, ${month}`;

const count = (n: number): string => `${n} ${n === 1 ? 'person' : 'people'}`;

/** Where organisers begin to look for times: what is known, what they wish, and what was found before. */
export function TimesPage(props: TimesPageProps) {
  const { home, zone, people, heat, searches, meetings } = props;
  return (
    <>
      <p>
        Cairn looks for the times that let everybody make as many calls as they promised, shares
        unsociable hours fairly, and proves it where nobody can do better. Nothing changes until you
        use what it found.
      </p>
      <Searches home={home} zone={zone} searches={searches} />
      <h2>Who has said when they can</h2>
      <Known home={home} people={people} />
      {people.known.length > 0 && (
        <WeekHeat
          caption={
            <>
              How many can, in each hour{' '}
              <span class="quiet">
                by the clock of {zone.replaceAll('_', ' ')}, in the week of {heat.week}, busy times
                aside
              </span>
            </>
          }
          counts={heat.counts}
          of={people.known.length}
        />
      )}
      <h2>What to look for</h2>
      {meetings.length === 0 ? (
        <EmptyState>
          No meeting waits for a time. <a href={`${home}/organise/meetings`}>Add one</a> first.
        </EmptyState>
      ) : (
        <WishesForm {...props} />
      )}
    </>
  );
}

const STATE_WORDS: Record<TimeSearch['state'], string> = {
  queued: 'waits for its turn',
  running: 'is under way',
  done: 'has found times',
  failed: 'failed',
  cancelled: 'was cancelled',
};

function Searches({ home, zone, searches }: Pick<TimesPageProps, 'home' | 'zone' | 'searches'>) {
  if (searches.length === 0) return null;
  return (
    <Table
      caption="Searches so far"
      columns={[
        {
          head: 'Begun',
          kind: 'date',
          cell: ({ id, createdAt }: TimeSearch) => (
            <a href={`${home}/organise/meetings/times/${id}`}>
              <When instant={createdAt} zone={zone} />
            </a>
          ),
        },
        {
          head: 'State',
          cell: ({ state, result, appliedAt }) =>
            appliedAt !== undefined
              ? 'in use'
              : state === 'done' && result?.found === undefined
                ? 'found that there are none'
                : STATE_WORDS[state],
        },
        {
          head: 'Can make enough',
          kind: 'number',
          cell: ({ result }) =>
            result?.keeping === undefined ? '–' : `${result.keeping} of ${result.known}`,
        },
      ]}
      rows={searches}
      rowKey={({ id }) => id}
      empty=""
    />
  );
}

function Known({ home, people: { known, unknown } }: Pick<TimesPageProps, 'home' | 'people'>) {
  const all = known.length + unknown.length;
  if (all === 0) {
    return (
      <EmptyState>
        Nobody has a seat yet. <a href={`${home}/organise/invitations`}>Invite people</a> first.
      </EmptyState>
    );
  }
  return (
    <>
      <p>
        {known.length} of {count(all)} have said it.{' '}
        {unknown.length === 0
          ? ''
          : `${unknown.length === 1 ? 'One is unknown, and is' : `${unknown.length} are unknown, and are`} not counted as able: `}
        {unknown
          .slice(0, 30)
          .map(({ name }) => name)
          .join(', ')}
        {unknown.length > 30 && ` and ${unknown.length - 30} more`}
        {unknown.length > 0 && '.'}
      </p>
      {unknown.length > 0 && (
        <Actions>
          <ActionLink href={`${home}/organise/meetings/times/ask`}>
            Ask {unknown.length === 1 ? 'this one' : `these ${unknown.length}`} by mail
          </ActionLink>
        </Actions>
      )}
    </>
  );
}

function WishesForm(props: TimesPageProps) {
  const { home, summitZone, meetings, tracks, people, willing, typed, problems } = props;
  const names = new Map([...people.known, ...people.unknown].map(({ id, name }) => [id, name]));
  const ticked = people.known.slice(0, MOST_TICKED);
  const field = (name: string) => ({ name, value: text(typed, name) });
  return (
    <Form action={`${home}/organise/meetings/times`} problems={problems} wide>
      <div class="boxes">
        <Table
          caption="Meetings to find a time for"
          id="field-calls~5b~~5d~"
          note="those that you do not tick keep their time, and are counted"
          columns={[
            { head: 'Meeting', cell: ({ title }: Meeting) => title },
            {
              head: 'Find',
              cell: ({ key, title }) => (
                <TickBox
                  name="calls[]"
                  label={`Find a time for ${title}`}
                  value={key}
                  checked={texts(typed, 'calls[]').includes(key)}
                />
              ),
            },
            { head: 'Now', cell: (meeting) => timeNow(meeting) },
            {
              head: 'First day',
              cell: ({ key, title }) => (
                <DateBox {...field(`from_${key}`)} label={`First day of ${title}`} />
              ),
            },
            {
              head: 'Last day',
              cell: ({ key, title }) => (
                <DateBox {...field(`until_${key}`)} label={`Last day of ${title}`} />
              ),
            },
          ]}
          rows={meetings}
          rowKey={({ key }) => key}
          empty=""
        />
      </div>
      <Fieldset legend="When">
        <CheckboxGroup
          name="weekdays[]"
          label="Days of the week"
          optional={false}
          hint={`By the summit’s clock, ${summitZone.replaceAll('_', ' ')}.`}
          options={WEEKDAYS.map((label, index) => ({ value: String(index + 1), label }))}
          values={texts(typed, 'weekdays[]')}
        />
        <Select
          {...field('step')}
          label="Calls may begin"
          options={[
            { value: '60', label: 'on the hour' },
            { value: '30', label: 'on the hour and half past' },
          ]}
        />
        <NumberField
          {...field('sociable_from')}
          label="Sociable hours begin at"
          hint="An hour by everybody’s own clock. Earlier is possible for those who say so, and is shared fairly."
        />
        <NumberField {...field('sociable_until')} label="and end at" />
        <NumberField {...field('min_gap_days')} label="Days from one call to the next, at least" />
      </Fieldset>
      <Fieldset legend="Who">
        <NumberField
          {...field('required')}
          label="Calls that everybody should make"
          hint="Of those ticked above and those that keep their time."
        />
        <RadioGroup
          {...field('whom')}
          label="For whom"
          options={[
            { value: 'seated', label: 'Those who have a seat' },
            { value: 'invited', label: 'Those who have a seat, are invited or wait for a seat' },
          ]}
        />
        {ticked.length > 0 && (
          <details open={texts(typed, 'needed[]').length > 0}>
            <summary>People without whom it does not do</summary>
            <CheckboxGroup
              name="needed[]"
              label="Needed"
              hint={
                people.known.length > MOST_TICKED
                  ? `The first ${MOST_TICKED} by name; the others through the API.`
                  : 'Leads of tracks are needed anyway. Who has not said when they can is not in the list.'
              }
              options={ticked.map(({ id, name }) => ({ value: id, label: name }))}
              values={texts(typed, 'needed[]')}
            />
          </details>
        )}
      </Fieldset>
      {tracks.length > 0 && (
        <Fieldset legend="Tracks">
          <NumberField {...field('parallel_least')} label="Tracks at once, at least" />
          <NumberField {...field('parallel_most')} label="and at most" />
          <div class="boxes">
            <Table
              caption="Each track"
              note="in how many calls it takes place, and who leads it, of those who said they would"
              columns={[
                { head: 'Track', cell: ({ title }: TimesPageProps['tracks'][number]) => title },
                {
                  head: 'Lead',
                  cell: ({ key, title }) => (
                    <SelectBox
                      {...field(`lead_${key}`)}
                      label={`Lead of ${title}`}
                      empty="nobody yet"
                      options={(willing.get(key) ?? []).map((id) => ({
                        value: id,
                        label: names.get(id) ?? 'somebody without a seat',
                      }))}
                    />
                  ),
                },
                {
                  head: 'At least',
                  cell: ({ key, title }) => (
                    <TextBox
                      {...field(`least_${key}`)}
                      label={`Calls with ${title}, at least`}
                      inputmode="numeric"
                    />
                  ),
                },
                {
                  head: 'At most',
                  cell: ({ key, title }) => (
                    <TextBox
                      {...field(`most_${key}`)}
                      label={`Calls with ${title}, at most`}
                      inputmode="numeric"
                    />
                  ),
                },
              ]}
              rows={tracks}
              rowKey={({ key }) => key}
              empty=""
            />
          </div>
        </Fieldset>
      )}
      <Fieldset legend="How hard to look">
        <RadioGroup
          {...field('effort')}
          label="Effort"
          options={[
            { value: 'quick', label: 'Some seconds' },
            { value: 'thorough', label: 'Until it is proven, or some minutes' },
          ]}
        />
        <NumberField
          {...field('seed')}
          label="Seed"
          hint="The same wishes and seed always find the same times."
        />
      </Fieldset>
      <Actions>
        <SubmitButton>Find times</SubmitButton>
      </Actions>
    </Form>
  );
}

interface AskPageProps {
  readonly action: string;
  readonly back: string;
  readonly click: string;
  readonly people: readonly { readonly id: string; readonly name: string }[];
  readonly mail: { readonly subject: string; readonly body: string };
  readonly url: string;
}

/** The mail to those of whom it is not known when they can, before it goes. */
export function AskPage({ action, back, click, people, mail, url }: AskPageProps) {
  if (people.length === 0) {
    return (
      <EmptyState>
        Everybody has said when they can. <a href={back}>Find times</a>
      </EmptyState>
    );
  }
  return (
    <>
      <p>
        This mail goes to {count(people.length)}, and to nobody else:{' '}
        {people.map(({ name }) => name).join(', ')}.
      </p>
      <h2>{mail.subject}</h2>
      {mail.body.split('\n\n').map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
      <p>{url}</p>
      <Form action={action} label="Ask for availability">
        <input type="hidden" name="click" value={click} />
        <Actions>
          <SubmitButton>Send it to {count(people.length)}</SubmitButton>
          <a href={back}>Send nothing</a>
        </Actions>
      </Form>
    </>
  );
}
