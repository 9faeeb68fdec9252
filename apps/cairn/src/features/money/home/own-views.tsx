import { expectCurrency, formatMoney, sumOf } from '@cairn/kernel/money';
import { expectOk } from '@cairn/kernel/result';
import { parseDate } from '@cairn/kernel/time';
import { listed } from '@cairn/kernel/words';
import type { ComponentChildren } from 'preact';
import { Mark, type Shape, type Tone } from '../../../design/mark.tsx';
import { DateSpan, Day } from '../../../design/prose.tsx';
import { Table } from '../../../design/table.tsx';
import { categoryLabel } from '../category-rules.ts';
import { STATE_WORDS as CLAIM_WORDS, claimName, WHERE_IT_HANGS } from '../claims/claim-rules.ts';
import { estimateTitle, NEXT_WORDS, STATE_WORDS } from '../estimates/estimate-rules.ts';
import { claimSums, type OwnClaim, type OwnMoney, type OwnStep } from './own-rules.ts';

interface OwnMoneyPageProps {
  /** The address of the summit. */
  readonly home: string;
  readonly own: OwnMoney;
  readonly steps: readonly OwnStep[];
}

/** Where everything hangs that somebody travels, eats and is paid with. */
export function OwnMoneyPage({ home, own, steps }: OwnMoneyPageProps) {
  return (
    <>
      <p>{seatSentence(own)}</p>
      {steps.length > 0 && (
        <>
          <h2>Next for you</h2>
          <ul>
            {steps.map(({ key, sentence, path, label }) => (
              <li key={key}>
                {sentence} <a href={`${home}${path}`}>{label}</a>
              </li>
            ))}
          </ul>
        </>
      )}
      <h2>Where everything stands</h2>
      <Table
        caption="Your part"
        columns={[
          {
            head: 'What',
            cell: ({ path, label }: OwnPart) =>
              path === undefined ? label : <a href={`${home}${path}`}>{label}</a>,
          },
          { head: 'How it stands', cell: ({ value }) => value },
        ]}
        rows={partsOf(home, own)}
        rowKey={({ label }) => label}
        empty="Nothing yet."
      />
      {own.caps.length > 0 && <CapTable own={own} />}
      {own.claims.length > 0 && <ClaimTable home={home} claims={own.claims} />}
      {own.payments.length > 0 && <PaymentTable home={home} own={own} />}
    </>
  );
}

/** Who pays, said as an ordinary thing whichever it is. */
function seatSentence({ seat, payingLines }: OwnMoney): string {
  switch (seat) {
    case 'funded':
      return payingLines.length === 0
        ? 'You have a funded seat, but no money is there for you yet; please wait with spending, and ask the organisers.'
        : `Your seat is funded: ${listed(payingLines.map((title) => `“${title}”`))} can pay for you, by the rules under “What is paid”.`;
    case 'self_funded':
      return 'You come at your own expense. Say here when you come and what you eat; there is nothing to claim.';
    case 'sponsored':
      return 'Your sponsor pays for you. Say here when you come and what you eat; there is nothing to claim.';
    case 'host':
      return 'You are a host. Say here what you eat and when you are there.';
    case undefined:
      return 'You have no seat yet. Say here what is known already.';
  }
}

const date = (text: string) => expectOk(parseDate(text));

const State = ({ shape, tone, children }: { shape: Shape; tone: Tone; children: string }) => (
  <Mark shape={shape} tone={tone}>
    {children}
  </Mark>
);
const Said = () => (
  <State shape="tick" tone="good">
    said
  </State>
);
const NotSaid = () => (
  <State shape="ring" tone="warn">
    not said yet
  </State>
);

const LETTER_WORDS = {
  requested: 'asked for; the organisers have it',
  returned: 'came back to you: something is missing',
  issued: 'issued',
  withdrawn: 'you took it back',
} as const;

const EXTRA_WORDS = {
  none: '',
  asked: 'extra nights asked for',
  agreed: 'extra nights agreed',
  declined: 'extra nights declined',
} as const;

/** One thing, where it is said, and how it stands. */
interface OwnPart {
  readonly label: string;
  /** Below the summit. */
  readonly path?: string;
  readonly value: ComponentChildren;
}

function partsOf(home: string, own: OwnMoney): OwnPart[] {
  const { stay, letter, estimates, deadline } = own;
  const [estimate] = estimates;
  return [
    {
      label: 'My stay',
      path: '/money/stay',
      value: <StayLine stay={stay} />,
    },
    {
      label: 'My journey',
      path: '/money/journey',
      value:
        own.hasWayThere && own.hasWayBack ? (
          <Said />
        ) : own.hasWayThere ? (
          'there; the way back is not said yet'
        ) : own.hasWayBack ? (
          'back; the way there is not said yet'
        ) : (
          <NotSaid />
        ),
    },
    {
      label: 'Food and access',
      path: '/needs',
      value: own.hasSaidNeeds ? <Said /> : <NotSaid />,
    },
    {
      label: 'Visa letter',
      path: '/money/visa-letter',
      value: letter === undefined ? 'not asked for' : LETTER_WORDS[letter],
    },
    ...(own.seat === 'funded' || estimate !== undefined
      ? [
          {
            label: 'Estimate',
            path: '/money/estimates',
            value:
              estimate === undefined
                ? 'none'
                : `${estimateTitle(estimate)}, ${STATE_WORDS[estimate.state]}. ${NEXT_WORDS[estimate.state]}`,
          },
        ]
      : []),
    ...(deadline === undefined
      ? []
      : [
          {
            label: 'Claim until',
            value: (
              <>
                <Day date={date(deadline)} />, <a href={`${home}/money/rules`}>by the rules</a>
              </>
            ),
          },
        ]),
  ];
}

function StayLine({ stay }: { stay: OwnMoney['stay'] }) {
  if (stay === undefined) return <NotSaid />;
  if (stay.isRemote) return <>from afar</>;
  const { arrivesOn, leavesOn, extraState } = stay;
  const extra = EXTRA_WORDS[extraState];
  if (arrivesOn === null || leavesOn === null) return <NotSaid />;
  return (
    <>
      <DateSpan from={date(arrivesOn)} to={date(leavesOn)} />
      {extra !== '' && `; ${extra}`}
    </>
  );
}

const CapTable = ({ own }: { own: OwnMoney }) => (
  <Table
    caption="What you may spend"
    note="at most, and what of it you can still claim"
    columns={[
      { head: 'For', cell: ({ category }: OwnMoney['caps'][number]) => categoryLabel(category) },
      { head: 'From', cell: ({ line }) => line },
      {
        head: 'At most',
        kind: 'number',
        cell: ({ capMinor, currency }) => formatMoney(capMinor, currency),
      },
      {
        head: 'Still to claim',
        kind: 'number',
        cell: ({ leftMinor, currency }) => formatMoney(leftMinor, currency),
      },
    ]}
    rows={own.caps}
    rowKey={({ line, category }) => `${line} ${category}`}
    empty="Nothing."
  />
);

const ClaimTable = ({ home, claims }: { home: string; claims: readonly OwnClaim[] }) => (
  <Table
    caption="Claims"
    columns={[
      {
        head: 'Claim',
        cell: ({ number, title }: OwnClaim) => (
          <>
            <a href={`${home}/money/claims/${number}`}>{claimName(number)}</a>
            {title !== '' && ` ${title}`}
          </>
        ),
      },
      { head: 'State', cell: ({ state }) => CLAIM_WORDS[state] },
      { head: 'Who has it', cell: ({ state }) => WHERE_IT_HANGS[state].who },
      { head: 'What comes next', cell: ({ state }) => WHERE_IT_HANGS[state].next },
      {
        head: 'Amount',
        kind: 'number',
        cell: (claim) =>
          listed(claimSums(claim).map(({ minor, currency }) => formatMoney(minor, currency))) ||
          '–',
      },
    ]}
    rows={claims}
    rowKey={({ number }) => String(number)}
    empty="You claimed nothing yet."
  />
);

const PaymentTable = ({ home, own: { payments } }: { home: string; own: OwnMoney }) => {
  const sums = [...Map.groupBy(payments, ({ currency }) => currency)].map(([currency, of]) =>
    formatMoney(sumOf(of.map(({ minor }) => minor)), expectCurrency(currency)),
  );
  return (
    <Table
      caption="Paid to you"
      columns={[
        {
          head: 'Day',
          kind: 'date',
          cell: ({ paidOn }: OwnMoney['payments'][number]) => <Day date={date(paidOn)} />,
          foot: 'Together',
        },
        {
          head: 'For',
          cell: ({ number }) => <a href={`${home}/money/claims/${number}`}>{claimName(number)}</a>,
        },
        {
          head: 'Amount',
          kind: 'number',
          cell: ({ minor, currency }) => formatMoney(minor, expectCurrency(currency)),
          foot: listed(sums),
        },
      ]}
      rows={payments}
      rowKey={({ number, paidOn, minor }) => `${number} ${paidOn} ${minor}`}
      empty="Nothing yet."
    />
  );
};
