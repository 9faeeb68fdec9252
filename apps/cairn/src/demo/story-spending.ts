import { createHash } from 'node:crypto';
import { convert, expectCurrency, parseAmount, sumOf } from '@cairn/kernel/money';
import { seededRandom } from '@cairn/kernel/random';
import { expectOk } from '@cairn/kernel/result';
import { compileTypst } from '@cairn/typeset/typst-compiler';
import { saveClaim, startClaim } from '../features/money/claims/claim-commands.ts';
import { claimOf, ownClaim } from '../features/money/claims/claim-queries.ts';
import { decideClaim, returnClaim } from '../features/money/claims/decide-commands.ts';
import type { DraftItem } from '../features/money/claims/draft-schema.ts';
import { submitClaim } from '../features/money/claims/submit-commands.ts';
import {
  approveEstimate,
  turnBackEstimate,
} from '../features/money/estimates/decision-commands.ts';
import { saveEstimate, submitEstimate } from '../features/money/estimates/estimate-commands.ts';
import { estimateOf } from '../features/money/estimates/estimate-queries.ts';
import { fundersOf } from '../features/money/funders/funder-queries.ts';
import { sendBatch } from '../features/money/payments/batch-commands.ts';
import { recordPayment } from '../features/money/payments/payment-commands.ts';
import { owed } from '../features/money/payments/payment-queries.ts';
import type { Facts } from '../features/money/policy/policy-rules.ts';
import { takeRates } from '../features/money/rates/rate-commands.ts';
import type { ExchangeRate } from '../features/money/rates/rate-rules.ts';
import { addReceipts } from '../features/money/receipts/receipt-commands.ts';
import { type CleanReceipt, takeIn } from '../features/money/receipts/receipt-intake.ts';
import { USUAL_LARGEST_RECEIPT } from '../features/money/receipts/receipt-rules.ts';
import { selfIn } from '../features/people/rights.ts';
import { DOLLARS } from './money-told.ts';
import { DEMO_HOST, DEMO_PARTICIPANT } from './people.ts';
import { later, type Player, pacific, type Stage, type Step } from './stage.ts';
import { homeOf, treasurerNamed } from './story-money.ts';

const USD = expectCurrency('USD');
const ESTIMATES = pacific('2023-03-01T09:00');
const FLIGHTS = pacific('2023-05-02T09:00');
const AFTER = pacific('2023-06-02T09:00');

/** What people mean to spend, spend, and get back. */
export const spendingSteps = (stage: Stage): Step[] => {
  const slips = new Slips();
  return [
    { at: pacific('2023-02-28T08:00'), run: () => rates(stage) },
    { at: ESTIMATES, run: () => proposals(stage) },
    { at: later(ESTIMATES, 9), run: () => approvals(stage) },
    { at: FLIGHTS, run: () => flights(stage, slips) },
    { at: later(FLIGHTS, 6), run: () => decisions(stage) },
    { at: later(FLIGHTS, 13), run: () => payments(stage, '2023-05-15') },
    { at: AFTER, run: () => wholeTrips(stage, slips) },
    { at: later(AFTER, 10), run: () => decisions(stage) },
    { at: later(AFTER, 24), run: () => payments(stage, '2023-06-26') },
  ];
};

const selfOf = ({ summitId }: Stage, { id }: Player) => selfIn(summitId, { personId: id });

/** Those whom the grant pays, in the order of their seats. */
async function funded(stage: Stage): Promise<Player[]> {
  return (await stage.seated()).filter(({ role }) => role.entry.seatKind === 'funded');
}

/** Each Monday's rates of the currencies at home: invented, near those of that spring. */
async function rates(stage: Stage): Promise<void> {
  const treasurer = await treasurerNamed(stage, stage.organiserId);
  const random = seededRandom(23);
  const read: ExchangeRate[] = [];
  for (let day = Date.UTC(2023, 1, 20); day < Date.UTC(2023, 6, 31); day += 7 * 86_400_000) {
    const onDate = new Date(day).toISOString().slice(0, 10);
    for (const [base, dollars] of Object.entries(DOLLARS)) {
      const rate = (Number(dollars) * (0.99 + random() / 50)).toPrecision(5);
      const source = 'Invented for the demonstration';
      read.push({ base: expectCurrency(base), quote: USD, onDate, rate, source });
    }
  }
  await stage.do((tx) =>
    takeRates(tx, stage.actor(), treasurer, 'rates.csv', { rates: read, bad: [], leftOut: 0 }),
  );
}

/** A price in dollars as it is at home, rounded to what people write. */
function atHome(player: Player, cents: number): { minor: number; currency: typeof USD } {
  const currency = expectCurrency(homeOf(player).currency);
  if (currency === USD) return { minor: cents, currency };
  const rate = (1 / Number(DOLLARS[currency])).toPrecision(6);
  return { minor: convert(cents, USD, rate, currency), currency };
}

async function proposals(stage: Stage): Promise<void> {
  for (const [index, player] of (await funded(stage)).entries()) {
    // One has not got round to it.
    if (index === 30) continue;
    const home = homeOf(player);
    // A little more than the fare of the day: prices and rates move.
    const fare = atHome(player, index === 20 ? 465_000 : Math.round(home.fare * 1.06));
    const self = selfOf(stage, player);
    const draft = {
      note: index === 20 ? 'The night flight breaks in the middle; I cannot sit for 20 hours.' : '',
      items: [
        {
          category: 'travel' as const,
          text: `${home.airport} to Seattle and back`,
          ...{ spentMinor: fare.minor, spentCurrency: fare.currency },
        },
        {
          category: 'local_transport' as const,
          text: 'To and from the airports',
          ...{ spentMinor: 6_000, spentCurrency: USD },
        },
        {
          category: 'meals' as const,
          text: 'Breakfasts, and dinners that are not with the group',
          ...{ spentMinor: 13_000, spentCurrency: USD },
        },
      ],
    };
    const number = await stage.do((tx) => saveEstimate(tx, stage.actor(player.id), self, draft));
    if (index === 31) continue;
    await stage.do((tx) => submitEstimate(tx, stage.actor(player.id), self, number));
  }
}

/** Most are approved as asked; one is asked about, one awaits a second look, one is still to be looked at. */
async function approvals(stage: Stage): Promise<void> {
  const treasurer = await treasurerNamed(stage, stage.organiserId);
  const open = await stage.db
    .selectFrom('estimate')
    .select('number')
    .where('summitId', '=', stage.summitId)
    .where('state', '=', 'submitted')
    .orderBy('number')
    .execute();
  for (const [index, { number }] of open.entries()) {
    const estimate = await estimateOf(stage.db, treasurer, number);
    if (estimate === undefined || index === 25) continue;
    const { revision } = estimate;
    if (index === 7) {
      const words = 'Please look for a flight that changes once; this one is dear.';
      await stage.do((tx) =>
        turnBackEstimate(tx, stage.actor(), treasurer, number, { revision, to: 'returned', words }),
      );
      continue;
    }
    const decided = estimate.items.map(({ id, lineId, minor }) => ({
      ...{ itemId: id, lineId: lineId ?? '', capMinor: minor ?? 0, reason: '' },
    }));
    const isDear = sumOf(decided.map(({ capMinor }) => capMinor)) > 420_000;
    const decision = {
      revision,
      decisions: decided,
      overReason: isDear ? 'A doctor’s letter asks for a seat that lies flat.' : '',
    };
    await stage.do((tx) => approveEstimate(tx, stage.actor(), treasurer, number, decision));
  }
}

/** Slips made once and sent by many, as printed on paper as they can be in a demonstration. */
class Slips {
  readonly #made = new Map<string, CleanReceipt>();

  async of(title: string, amount: string): Promise<CleanReceipt> {
    const key = `${title} ${amount}`;
    const before = this.#made.get(key);
    if (before !== undefined) return before;
    const pdf = expectOk(
      compileTypst(
        `#set page(width: 80mm, height: 110mm, margin: 8mm)\n#set document(title: "Receipt")\n#set text(size: 10pt)\n*${title}*\n\nReceipt\n\n#line(length: 100%)\n\n${title} #h(1fr) ${amount}\n\n*Paid* #h(1fr) *${amount}*\n`,
      ),
    );
    const { good } = await takeIn([{ name: `${title}.pdf`, bytes: pdf }], USUAL_LARGEST_RECEIPT);
    const [slip] = good;
    if (slip === undefined) throw new Error('the demo cannot keep its own receipt');
    this.#made.set(key, slip);
    return slip;
  }
}

/** Made once for all, and yet nobody else's: a remark after its end sets it apart, or it would seem claimed twice. */
const ownCopy = (slip: CleanReceipt, whose: string): CleanReceipt => {
  const bytes = Buffer.concat([slip.bytes, Buffer.from(`% ${whose}\n`)]);
  return { ...slip, bytes, sha256: createHash('sha256').update(bytes).digest() };
};

/** What the rules of 2023 ask of a meal: whether beer or wine is on its slip, and each thing by itself. */
const factsOf = ({ meal }: Pick<DraftItem, 'meal'>): Facts =>
  meal === null
    ? { itemised: true }
    : { alcohol: meal === 'dinner' ? '2.50' : '0.00', itemised: true };

interface Spent {
  readonly kind: Pick<DraftItem, 'category' | 'meal'>;
  readonly spentOn: string;
  readonly text: string;
  readonly minor: number;
  readonly currency: typeof USD;
  readonly slip: CleanReceipt;
}

/** Somebody's claim, with the slips that belong to it; submitted where they got that far. */
async function claim(
  stage: Stage,
  player: Player,
  title: string,
  spent: readonly Spent[],
  {
    isSubmitted,
    isFinal,
    overReason = '',
  }: {
    readonly isSubmitted: boolean;
    readonly isFinal: boolean;
    readonly overReason?: string;
  },
): Promise<void> {
  const self = selfOf(stage, player);
  const actor = stage.actor(player.id);
  const slips = [...new Set(spent.map(({ slip }) => slip))];
  const copies = slips.map((slip) => ownCopy(slip, self.personId));
  const added = await stage.do((tx) => addReceipts(tx, actor, self, copies));
  const { number } = await stage.do((tx) => startClaim(tx, actor, self));
  const seen = await ownClaim(stage.db, self, number);
  if (seen === undefined) throw new Error('the demo has lost a claim');
  const items = spent.map(
    ({ kind, spentOn, text, minor, currency, slip }): DraftItem => ({
      ...kind,
      ...{
        id: undefined,
        spentOn,
        text,
        facts: factsOf(kind),
        spentMinor: minor,
        spentCurrency: currency,
      },
      ...{ lineId: null, covers: [], typed: {} },
      receiptIds: [added[slips.indexOf(slip)]?.id ?? ''],
    }),
  );
  const approved = await stage.db
    .selectFrom('estimate')
    .select('id')
    .where('personId', '=', player.id)
    .where('state', '=', 'approved')
    .executeTakeFirst();
  const draft = { title, note: '', isFinal, overReason, items };
  const { revision } = await stage.do((tx) =>
    saveClaim(tx, actor, self, { number, revision: seen.revision, draft }),
  );
  // Only what was approved before is paid: who has no estimate yet has a draft that waits.
  if (isSubmitted && approved !== undefined) {
    await stage.do((tx) => submitClaim(tx, actor, self, { number, revision }));
  }
}

async function flight(player: Player, slips: Slips, spentOn: string): Promise<Spent> {
  const home = homeOf(player);
  const { minor, currency } = atHome(player, home.fare);
  return {
    kind: { category: 'travel', meal: null },
    ...{ spentOn, minor, currency, text: `${home.airport} to Seattle and back` },
    // The same for all: making one takes longer than all that is done with it.
    slip: await slips.of('Electronic ticket', 'as booked'),
  };
}

/** A few did not want to wait for the money of their flight until after the summit. */
async function flights(stage: Stage, slips: Slips): Promise<void> {
  for (const [index, player] of (await funded(stage)).slice(2, 8).entries()) {
    const { minor, ...rest } = await flight(player, slips, '2023-04-18');
    const isDearer = index === 1;
    const spent = { ...rest, minor: isDearer ? Math.round(minor * 1.3) : minor };
    const overReason = isDearer ? 'The fare rose while I waited for my visa.' : '';
    const isSubmitted = index !== 4 && player.role.entry.name !== DEMO_PARTICIPANT.name;
    await claim(stage, player, 'Flights', [spent], { isSubmitted, isFinal: false, overReason });
  }
}

async function wholeTrips(stage: Stage, slips: Slips): Promise<void> {
  const people = await funded(stage);
  const dollars = (text: string) => expectOk(parseAmount(text, USD));
  for (const [index, player] of people.entries()) {
    if (index % 9 === 8) continue;
    const hasFlown = index >= 2 && index < 8;
    const slip = async (title: string, amount: string) => ({
      ...{ minor: dollars(amount), currency: USD },
      slip: await slips.of(title, `${amount} USD`),
    });
    const spent: Spent[] = [
      ...(hasFlown ? [] : [await flight(player, slips, '2023-04-20')]),
      {
        kind: { category: 'local_transport', meal: null },
        ...{ spentOn: '2023-05-21', text: 'Light rail from the airport' },
        ...(await slip('Light rail', '3.00')),
      },
      {
        kind: { category: 'meals', meal: 'breakfast' },
        ...{ spentOn: '2023-05-22', text: 'Breakfast at the hotel' },
        ...(await slip('Breakfast', '13.40')),
      },
      {
        kind: { category: 'meals', meal: 'dinner' },
        ...{ spentOn: '2023-05-24', text: 'Dinner on the Ave' },
        ...(await slip('Dinner', index % 3 === 0 ? '23.50' : '18.20')),
      },
    ];
    const isSubmitted = index % 11 !== 10;
    await claim(stage, player, 'The week in Seattle', spent, { isSubmitted, isFinal: true });
  }
}

/** What the rules leave of each cost is approved; one claim is asked about, the last one has to wait. */
async function decisions(stage: Stage): Promise<void> {
  const treasurer = await treasurerNamed(stage, stage.organiserId);
  const waiting = await stage.db
    .selectFrom('claim')
    .select('number')
    .where('summitId', '=', stage.summitId)
    .where('state', '=', 'submitted')
    .orderBy('number')
    .execute();
  for (const [index, { number }] of waiting.slice(0, -1).entries()) {
    const seen = await claimOf(stage.db, treasurer, number);
    if (seen === undefined) continue;
    const { revision } = seen;
    if (index === 2) {
      const question = {
        words: 'The slip of the flight shows no name; is there another one?',
        items: [],
      };
      await stage.do((tx) =>
        returnClaim(tx, stage.actor(), treasurer, { number, revision, question }),
      );
      continue;
    }
    const decided = seen.items.map(({ id, minor, deductions }) => ({
      itemId: id,
      approvedMinor: (minor ?? 0) - sumOf(deductions.map((each) => each.minor)),
      reason: '',
    }));
    const overReason = 'The fare had risen by the time the letter for the visa came.';
    await stage.do((tx) =>
      decideClaim(tx, stage.actor(), treasurer, {
        number,
        revision,
        decisions: decided,
        overReason,
      }),
    );
  }
}

/** What is approved goes to the foundation's office, and most of it is paid. */
async function payments(stage: Stage, paidOn: string): Promise<void> {
  const host = stage.playerNamed(DEMO_HOST.name).id;
  const treasurer = await treasurerNamed(stage, host);
  const [funder] = await fundersOf(stage.db, stage.summitId);
  if (funder === undefined) throw new Error('the demo has lost its funder');
  const due = (await owed(stage.db, treasurer)).filter(({ paidMinor }) => paidMinor === 0);
  // The last of them is not sent yet, the last sent is not paid yet.
  const sent = due.slice(0, -1);
  if (sent.length === 0) return;
  const claimIds = sent.map(({ claimId }) => claimId);
  const batch = { funderId: funder.id, claimIds, note: 'With all receipts.' };
  await stage.do((tx) => sendBatch(tx, stage.actor(host), treasurer, batch));
  for (const { claimId, number, approvedMinor } of sent.slice(0, -1)) {
    const payment = {
      ...{ claimId, funderId: funder.id, minor: approvedMinor, paidOn },
      ...{ reference: `C-${number}`, key: `demo-${claimId}` },
    };
    await stage.do((tx) => recordPayment(tx, stage.actor(host), treasurer, payment));
  }
}
