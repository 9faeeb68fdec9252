import type { Problem } from '@cairn/kernel/problem';
import { expectOk } from '@cairn/kernel/result';
import { formatDate, parseDate } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { TickBox } from '../../../design/boxes.tsx';
import { SpreadBars } from '../../../design/chart.tsx';
import { HiddenField, RadioGroup, TextArea } from '../../../design/controls.tsx';
import { Fieldset, Form } from '../../../design/form.tsx';
import { Menu } from '../../../design/layout.tsx';
import { Facts } from '../../../design/prose.tsx';
import { Table } from '../../../design/table.tsx';
import type { MealCount, NightCount } from './count-rules.ts';
import { countryName } from './country-rules.ts';
import { StayFields } from './own-views.tsx';
import { extraNightsOf, type HostedStay, nightsOf, type SummitDates } from './stay-rules.ts';
import { type Typed, textIn } from './typed-rules.ts';
import { extraWords, groupWords, roomWords } from './words-rules.ts';

/** Whom the list shows. */
export const STAY_FILTERS = [
  ['all', 'Everybody'],
  ['unsaid', 'Who has not said'],
  ['days', 'Days not known'],
  ['asked', 'To answer'],
  ['extra', 'Extra nights'],
  ['elsewhere', 'Sleep elsewhere'],
  ['afar', 'From afar'],
] as const;
export type StayFilter = (typeof STAY_FILTERS)[number][0];

/** `Sun 21 May 2023`. */
const dayWords = (date: string): string => formatDate(expectOk(parseDate(date)));
/** `Sun 21 May`, for tables of one year. */
const shortDay = (date: string): string => dayWords(date).slice(0, -5);
const dayOr = (date: string | null): string => (date === null ? '–' : shortDay(date));

interface StaysPageProps {
  readonly home: string;
  readonly dates: SummitDates;
  readonly filter: StayFilter;
  readonly counts: Readonly<Record<StayFilter, number>>;
  readonly stays: readonly HostedStay[];
  readonly nights: readonly NightCount[];
  readonly meals: readonly MealCount[];
  /** The day on which each was asked last, by person. */
  readonly askedOn: ReadonlyMap<string, string>;
  readonly problems?: readonly Problem[] | undefined;
}

/** The stays of everybody, and what they add up to. */
export function StaysPage(props: StaysPageProps) {
  const { home, filter, counts, nights, meals } = props;
  return (
    <>
      <NightsTable nights={nights} />
      <p>
        At least the first, at most the first and the third together need a bed that the summit
        finds. The numbers follow what people say.{' '}
        <a href={`${home}/lodging`}>Give out the rooms</a>
      </p>
      <Menu
        label="Whom to show"
        items={STAY_FILTERS.map(([value, label]) => ({
          href: value === 'all' ? `${home}/stays` : `${home}/stays?show=${value}`,
          label: `${label} (${counts[value]})`,
          current: value === filter,
        }))}
      />
      <StaysList {...props} />
      <MealsTable meals={meals} />
    </>
  );
}

/** How many sleep where, night by night, as bars to one scale. */
function NightsTable({ nights }: { nights: readonly NightCount[] }) {
  return (
    <SpreadBars
      caption="Nights"
      head="Night of"
      rows={nights.map(({ night, lodged, elsewhere, unsaid, isExtra }) => ({
        label: isExtra ? `${shortDay(night)} (extra)` : shortDay(night),
        parts: [
          { label: 'Need a bed', value: lodged },
          { label: 'Sleep elsewhere', value: elsewhere },
          { label: 'Not said', value: unsaid },
        ],
      }))}
    />
  );
}

function MealsTable({ meals }: { meals: readonly MealCount[] }) {
  return (
    <Table
      caption="At meals"
      note="by the days that people said"
      columns={[
        { head: 'Day', cell: ({ date }: MealCount) => shortDay(date), kind: 'date' },
        { head: 'Meal', cell: ({ meal }) => meal },
        { head: 'There', cell: ({ there }) => there, kind: 'number' },
        { head: 'Come or leave that day', cell: ({ unsure }) => unsure, kind: 'number' },
        { head: 'Not said', cell: ({ unsaid }) => unsaid, kind: 'number' },
      ]}
      rows={meals}
      rowKey={({ date, meal, starts }) => `${date} ${meal} ${starts}`}
      empty="The summit has no days yet."
    />
  );
}

function StaysList({ home, dates, filter, stays, askedOn, problems }: StaysPageProps) {
  const isAsking = filter === 'unsaid' && stays.length > 0;
  const table = (
    <Table
      caption="People"
      note={counted(stays.length, 'person', 'people')}
      wide
      columns={[
        {
          head: 'Person',
          cell: (stay: HostedStay) => <a href={`${home}/stays/${stay.personId}`}>{stay.name}</a>,
        },
        ...(isAsking
          ? [
              {
                head: 'Ask',
                cell: ({ personId, name }: HostedStay) => (
                  <TickBox name="people[]" label={`Ask ${name}`} value={personId} checked />
                ),
              },
              {
                head: 'Asked last',
                cell: ({ personId }: HostedStay) => askedOn.get(personId) ?? 'never',
              },
            ]
          : []),
        {
          head: 'From',
          cell: (stay) => (stay.hasSaid ? fromWords(stay) : '–'),
        },
        { head: 'Arrives', cell: ({ arrivesOn }) => dayOr(arrivesOn), kind: 'date' },
        { head: 'Leaves', cell: ({ leavesOn }) => dayOr(leavesOn), kind: 'date' },
        {
          head: 'Nights',
          cell: (stay) => {
            const extra = extraWords(extraNightsOf(stay, dates));
            const nights = nightsOf(stay).length;
            return (
              <>
                {nights === 0 ? '–' : nights}
                {extra !== '' && stay.room !== 'own' && <span class="quiet"> {extra}</span>}
              </>
            );
          },
        },
        {
          head: 'Room',
          cell: (stay) =>
            stay.hasSaid && stay.room === 'shared' && stay.sharesWith !== 'anyone'
              ? `${roomWords(stay)}, ${groupWords(stay.sharesWith)}`
              : roomWords(stay),
        },
      ]}
      rows={stays}
      rowKey={({ personId }) => personId}
      empty="Nobody is here."
    />
  );
  if (!isAsking) return table;
  return (
    <Form
      action={`${home}/stays?show=unsaid`}
      problems={problems}
      label="Ask for what is missing"
      wide
    >
      {table}
      <Actions>
        <SubmitButton>Ask those who are ticked</SubmitButton>
      </Actions>
      <p class="quiet">Each gets one mail a day at most.</p>
    </Form>
  );
}

const fromWords = ({ fromCity, fromCountry, fromAirport }: HostedStay): string => {
  const place = [fromCity, fromCountry === null ? '' : countryName(fromCountry)]
    .filter((part) => part !== '')
    .join(', ');
  const airport = fromAirport === null ? '' : `(${fromAirport})`;
  return [place, airport].filter((part) => part !== '').join(' ') || '–';
};

interface PersonStayProps {
  readonly action: string;
  readonly stay: HostedStay;
  readonly dates: SummitDates;
  readonly zone: string;
  readonly typed: Typed;
  /** It is one's own stay, whose requests others answer. */
  readonly isOwn: boolean;
  readonly refused?: { readonly form: string; readonly problems: readonly Problem[] } | undefined;
}

/** One person's stay: what they ask, and what an organiser notes for them. */
export function PersonStayPage(props: PersonStayProps) {
  const { action, stay, dates, zone, typed, refused } = props;
  const extra = extraNightsOf(stay, dates);
  return (
    <>
      <Facts
        facts={[
          { term: 'From', value: stay.hasSaid ? fromWords(stay) : 'Not said' },
          {
            term: 'Arrives',
            value: stay.arrivesOn === null ? 'Not said' : dayWords(stay.arrivesOn),
          },
          { term: 'Leaves', value: stay.leavesOn === null ? 'Not said' : dayWords(stay.leavesOn) },
          { term: 'Room', value: roomWords(stay) },
          ...(extra.state === 'none' || stay.room === 'own'
            ? []
            : [{ term: 'Nights', value: extraWords(extra) }]),
          ...(stay.note === '' ? [] : [{ term: 'Note', value: stay.note }]),
        ]}
      />
      {stay.extraState !== 'none' && (
        <AnswerForm
          {...props}
          request="extra"
          legend={`Extra nights: ${extra.nights.map(shortDay).join(', ')}`}
          reason={stay.extraReason}
          state={stay.extraState}
        />
      )}
      {stay.singleState !== 'none' && (
        <AnswerForm
          {...props}
          request="single"
          legend="A room alone"
          reason={stay.singleReason}
          state={stay.singleState}
        />
      )}
      <h2>Note it for {stay.name}</h2>
      <p>
        People say this themselves; write it here where they told you. Whom they would share with
        stays as they said it, and is not shown to anybody.
      </p>
      <Form
        action={action}
        label="Stay"
        problems={refused?.form === 'note' ? refused.problems : undefined}
      >
        <HiddenField name="form" value="note" />
        <StayFields typed={typed} dates={dates} zone={zone} />
        <Actions>
          <SubmitButton weight="ordinary">Save the stay</SubmitButton>
        </Actions>
      </Form>
    </>
  );
}

const STATES = { none: '', asked: 'Not answered yet.', agreed: 'Agreed.', declined: 'Declined.' };

function AnswerForm({
  action,
  stay,
  isOwn,
  typed,
  refused,
  request,
  legend,
  reason,
  state,
}: PersonStayProps & {
  readonly request: 'extra' | 'single';
  readonly legend: string;
  readonly reason: string;
  readonly state: keyof typeof STATES;
}) {
  const isRefused = refused?.form === request;
  const answer = request === 'extra' ? stay.extraAnswer : stay.singleAnswer;
  return (
    <Form
      action={action}
      label={legend}
      scope={request}
      problems={isRefused ? refused.problems : undefined}
    >
      <Fieldset legend={legend}>
        <p>
          {reason === '' ? 'No reason was given.' : `“${reason}”`} {STATES[state]}
        </p>
        {isOwn ? (
          <p>This is your own request; another organiser answers it.</p>
        ) : (
          <>
            <HiddenField name="form" value={request} />
            <HiddenField name="revision" value={String(stay.revision)} />
            <RadioGroup
              name="agreed"
              label="Answer"
              options={[
                { value: 'yes', label: 'Agree' },
                { value: 'no', label: 'Decline' },
              ]}
              value={isRefused ? textIn(typed, 'agreed') : STATE_ANSWER[state]}
            />
            <TextArea
              name="answer"
              label="In words"
              hint="Told to whoever asked, by mail. Needed where you decline."
              optional
              rows={2}
              value={isRefused ? textIn(typed, 'answer') : answer}
            />
            <Actions>
              <SubmitButton>Answer</SubmitButton>
            </Actions>
          </>
        )}
      </Fieldset>
    </Form>
  );
}

const STATE_ANSWER = { none: '', asked: '', agreed: 'yes', declined: 'no' };
