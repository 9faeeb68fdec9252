import type { Problem } from '@cairn/kernel/problem';
import { expectOk } from '@cairn/kernel/result';
import { formatDate, parseDate } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { TickBox } from '../../../design/boxes.tsx';
import { SpreadBars } from '../../../design/chart.tsx';
import { ErrorSummary, Form } from '../../../design/form.tsx';
import { Menu } from '../../../design/layout.tsx';
import { Table } from '../../../design/table.tsx';
import type { MealCount, NightCount } from './count-rules.ts';
import { countryName } from './country-rules.ts';
import { extraNightsOf, type HostedStay, nightsOf, type SummitDates } from './stay-rules.ts';
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
export const dayWords = (date: string): string => formatDate(expectOk(parseDate(date)));
/** `Sun 21 May`, for tables of one year. */
export const shortDay = (date: string): string => dayWords(date).slice(0, -5);
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
        Those who need a bed are the least that are to be found; with all who have not said it is
        the most. The numbers follow what people say.{' '}
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
                {extra !== '' && stay.room !== 'own' && <span class="quiet"> ({extra})</span>}
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
  if (!isAsking) {
    // Whoever was to be asked may have said it meanwhile; then there is no form to tell it.
    return (
      <>
        <ErrorSummary problems={problems ?? []} />
        {table}
      </>
    );
  }
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

/** From where somebody comes, in words. */
export const fromWords = ({ fromCity, fromCountry, fromAirport }: HostedStay): string => {
  const place = [fromCity, fromCountry === null ? '' : countryName(fromCountry)]
    .filter((part) => part !== '')
    .join(', ');
  const airport = fromAirport === null ? '' : `(${fromAirport})`;
  return [place, airport].filter((part) => part !== '').join(' ') || '–';
};
