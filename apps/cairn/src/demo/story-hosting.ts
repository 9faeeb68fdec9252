import { expectCurrency, parseAmount } from '@cairn/kernel/money';
import { seededRandom } from '@cairn/kernel/random';
import { expectOk } from '@cairn/kernel/result';
import { saveClaim, startBill } from '../features/money/claims/claim-commands.ts';
import { claimOf, ownClaim } from '../features/money/claims/claim-queries.ts';
import { decideClaim } from '../features/money/claims/decide-commands.ts';
import { submitClaim } from '../features/money/claims/submit-commands.ts';
import { sayParticipantStatus } from '../features/money/funders/participant-commands.ts';
import { sayJourney } from '../features/money/journeys/journey-commands.ts';
import { addRooms, saveHouse } from '../features/money/lodging/house-commands.ts';
import { proposeRooming, setRooming } from '../features/money/lodging/rooming-commands.ts';
import { roomingIn } from '../features/money/lodging/rooming-queries.ts';
import { saveModel } from '../features/money/seat-cost/model-commands.ts';
import {
  askLetter,
  issueLetter,
  saveLetterSetting,
} from '../features/money/visa-letters/letter-commands.ts';
import { sayNeed } from '../features/people/needs/need-commands.ts';
import { selfIn } from '../features/people/rights.ts';
import { mealAt } from '../features/timetable/meals/meal-queries.ts';
import { beginPlans, orderMeal, savePlan } from '../features/timetable/meals/plan-commands.ts';
import { addRestaurant } from '../features/timetable/meals/restaurant-commands.ts';
import { proposeTables, setTables } from '../features/timetable/meals/table-commands.ts';
import { BILLS, DIETS_TOLD, HOMES, RESTAURANTS } from './money-told.ts';
import { DEMO_HOST } from './people.ts';
import { pacific, type Stage, type Step } from './stage.ts';
import { homeOf, treasurerNamed } from './story-money.ts';

const USD = expectCurrency('USD');

/** Rooms, ways, letters and meals, and the bills of those who gave them. */
export const hostingSteps = (stage: Stage): Step[] => [
  { at: pacific('2023-01-13T09:00'), run: () => expectations(stage) },
  { at: pacific('2023-03-14T09:00'), run: () => letters(stage) },
  { at: pacific('2023-04-21T09:00'), run: () => needs(stage) },
  { at: pacific('2023-05-04T10:00'), run: () => rooms(stage) },
  { at: pacific('2023-05-07T10:00'), run: () => meals(stage) },
  { at: pacific('2023-05-09T10:00'), run: () => journeys(stage) },
  { at: pacific('2023-05-30T10:00'), run: () => bills(stage) },
  { at: pacific('2023-06-01T10:00'), run: () => participants(stage) },
];

/** What seats were expected to cost before anybody had said anything. Prices are invented. */
async function expectations(stage: Stage): Promise<void> {
  const treasurer = await treasurerNamed(stage, stage.organiserId);
  const fares = new Map(Object.values(HOMES).map(({ country, fare }) => [country, fare]));
  const source = 'Looked up for the demonstration, January 2023';
  const range = (likely: number) => ({
    low: Math.round(likely * 0.8),
    likely,
    high: Math.round(likely * 1.5),
  });
  const model = {
    currency: USD,
    fares: [
      { from: '', ...range(105_000), source },
      ...[...fares].map(([from, fare]) => ({ from, ...range(fare), source })),
    ],
    night: { low: 16_500, likely: 18_900, high: 22_000, source, sharedBy: 2 },
    meals: {
      breakfast: { low: 900, likely: 1_200, high: 1_500 },
      lunch: { low: 0, likely: 0, high: 0 },
      dinner: { low: 1_400, likely: 1_800, high: 2_000 },
      source,
    },
    other: { low: 3_000, likely: 6_000, high: 12_000, source },
    capUsed: { low: 80, likely: 95, high: 100 },
    estimateUsed: { low: 80, likely: 100, high: 120 },
    confidence: 90,
    seed: 2023,
  };
  await stage.do((tx) => saveModel(tx, stage.actor(), treasurer, model, 0));
}

async function letters(stage: Stage): Promise<void> {
  const organiser = await stage.organiser();
  await stage.do((tx) =>
    saveLetterSetting(tx, stage.actor(), organiser, {
      letterhead: 'eScience Institute\nUniversity of Washington',
      signedAs: 'Ines Okafor, for the organisers',
      contact: 'ines.okafor@example.org',
      daysKept: 30,
    }),
  );
  const far = (await stage.seated()).filter((player) =>
    ['IN', 'NG', 'ZA', 'MA', 'GH', 'TR'].includes(homeOf(player).country),
  );
  for (const [index, { id, role }] of far.slice(0, 5).entries()) {
    const self = selfIn(stage.summitId, { personId: id });
    const asked = {
      fullName: role.entry.name,
      bornOn: `19${80 + index}-04-1${index}`,
      citizenship: homeOf({ id, role }).country,
      affiliation: '',
      consulate: `Consulate General in ${homeOf({ id, role }).city}`,
      note: '',
      saysMoney: index % 2 === 0,
    };
    await stage.do((tx) => askLetter(tx, stage.actor(id), self, asked));
    if (index === 4) continue;
    const { id: letter } = await stage.db
      .selectFrom('visaLetter')
      .select('id')
      .where('personId', '=', id)
      .executeTakeFirstOrThrow();
    const issued = { id: letter, signedAs: 'Ines Okafor, for the organisers' };
    await stage.do((tx) => issueLetter(tx, stage.actor(), organiser, issued));
  }
}

async function needs(stage: Stage): Promise<void> {
  for (const [index, { id }] of (await stage.seated()).entries()) {
    const told = DIETS_TOLD[index % DIETS_TOLD.length];
    if (told === undefined) continue;
    const self = selfIn(stage.summitId, { personId: id });
    const said = { stepFree: false, access: '', allergies: '', ...told };
    await stage.do((tx) => sayNeed(tx, stage.actor(id), self, said));
  }
}

async function rooms(stage: Stage): Promise<void> {
  const organiser = await stage.organiser();
  const house = await stage.do((tx) =>
    saveHouse(tx, stage.actor(), organiser, undefined, {
      name: 'Guest house on the Ave',
      address: '4140 Example Way NE, Seattle',
      link: null,
      text: 'The desk is open until midnight. Ten minutes on foot to the institute.',
    }),
  );
  const doubles = Array.from({ length: 20 }, (_, index) => `${201 + index}`);
  const singles = Array.from({ length: 6 }, (_, index) => `${301 + index}`);
  const night = { nightMinor: 18_900, currency: 'USD' };
  await stage.do((tx) =>
    addRooms(tx, stage.actor(), organiser, house, doubles, {
      beds: 2,
      isAccessible: false,
      ...night,
    }),
  );
  await stage.do((tx) =>
    addRooms(tx, stage.actor(), organiser, house, singles, {
      beds: 1,
      isAccessible: true,
      ...night,
    }),
  );
  await stage.do((tx) => proposeRooming(tx, stage.actor(), organiser, 2023));
  const draft = await roomingIn(stage.db, organiser, 'draft');
  if (draft === undefined) throw new Error('the demo has no rooms');
  await stage.do((tx) => setRooming(tx, stage.actor(), organiser, draft.id));
}

/** Lunch is delivered; on three evenings tables in restaurants mix the projects, on the others each as they like. */
async function meals(stage: Stage): Promise<void> {
  const organiser = await stage.organiser();
  await stage.do((tx) => beginPlans(tx, stage.actor(), organiser));
  const restaurants: string[] = [];
  for (const told of RESTAURANTS) {
    restaurants.push(await stage.do((tx) => addRestaurant(tx, stage.actor(), organiser, told)));
  }
  const change = async (
    date: string,
    meal: 'lunch' | 'dinner',
    said: Pick<Parameters<typeof savePlan>[3], 'kind' | 'isProvided'> &
      Partial<Parameters<typeof savePlan>[3]>,
  ) => {
    const plan = (await mealAt(stage.db, stage.summitId, { date, meal }))?.plan;
    const none = { caterer: '', place: '', priceMinor: null, currency: null, orderBy: null };
    const before = plan ?? { ...none, starts: null, ends: null, note: '', revision: 0 };
    const { caterer, place, priceMinor, currency, orderBy, starts, ends, note, revision } = before;
    const kept = { caterer, place, priceMinor, currency, orderBy, starts, ends, note, revision };
    await stage.do((tx) =>
      savePlan(tx, stage.actor(), organiser, { date, meal, ...kept, ...said }),
    );
  };
  for (const day of ['22', '23', '24', '25', '26']) {
    const date = `2023-05-${day}`;
    await change(date, 'lunch', {
      ...{ kind: 'catered', isProvided: true, caterer: 'Kitchen round the corner' },
      ...{ place: 'Sixth floor, in front of the Seminar Room', priceMinor: 1_800, currency: 'USD' },
      starts: '12:30',
      ends: '13:30',
    });
    await stage.do((tx) => orderMeal(tx, stage.actor(), organiser, { date, meal: 'lunch' }));
  }
  for (const day of ['22', '23', '25']) {
    const id = { date: `2023-05-${day}`, meal: 'dinner' as const };
    const hours = { starts: '18:30', ends: '20:30' };
    await change(id.date, 'dinner', { kind: 'restaurants', isProvided: true, ...hours });
    const proposed = { ...id, size: 8, seed: Number(day), restaurants };
    await stage.do((tx) => proposeTables(tx, stage.actor(), organiser, proposed));
    await stage.do((tx) => setTables(tx, stage.actor(), organiser, { ...id, tells: false }));
  }
  await change('2023-05-24', 'dinner', { kind: 'own', isProvided: false });
}

/** Most say by which flights they come, and some of them would share a ride. */
async function journeys(stage: Stage): Promise<void> {
  const random = seededRandom(77);
  for (const [index, player] of (await stage.seated()).entries()) {
    if (index % 6 === 5) continue;
    const home = homeOf(player);
    const hour = 11 + Math.floor(random() * 10);
    const arrival = `${String(hour).padStart(2, '0')}:${String(Math.floor(random() * 12) * 5).padStart(2, '0')}`;
    const arrivesOn = index % 9 === 4 ? '2023-05-20' : '2023-05-21';
    const flight = { mode: 'air' as const, carrier: 'Example Air', note: '' };
    const number = `EX ${100 + Math.floor(random() * 800)}`;
    const legs = [
      {
        ...flight,
        ...{ direction: 'there' as const, fromPlace: home.airport, toPlace: 'SEA', number },
        ...{ departsAt: null, arrivesAt: `${arrivesOn}T${arrival}`, wantsRide: index % 3 === 0 },
      },
      {
        ...flight,
        ...{ direction: 'back' as const, fromPlace: 'SEA', toPlace: home.airport, number },
        ...{ departsAt: `2023-05-27T${arrival}`, arrivesAt: null, wantsRide: index % 4 === 0 },
      },
    ];
    const self = selfIn(stage.summitId, { personId: player.id });
    await stage.do((tx) => sayJourney(tx, stage.actor(player.id), self, legs));
  }
}

/** The bills of house and kitchens: entered by the one, approved by the other. */
async function bills(stage: Stage): Promise<void> {
  const host = stage.playerNamed(DEMO_HOST.name).id;
  const enters = await treasurerNamed(stage, host);
  const decides = await treasurerNamed(stage, stage.organiserId);
  const self = selfIn(stage.summitId, { personId: host });
  for (const { supplier, category, spentOn, text, amount } of BILLS) {
    const { number } = await stage.do((tx) => startBill(tx, stage.actor(host), enters, supplier));
    const begun = await ownClaim(stage.db, self, number);
    if (begun === undefined) throw new Error('the demo has lost a bill');
    const item = {
      ...{
        id: undefined,
        category,
        meal: null,
        spentOn,
        text,
        lineId: null,
        covers: [],
        typed: {},
      },
      ...{ facts: { itemised: true, nights: '240', no_receipt: 'The bill came by post.' } },
      ...{ spentMinor: expectOk(parseAmount(amount, USD)), spentCurrency: USD, receiptIds: [] },
    };
    const over = 'Booked in one by the organisers, for all.';
    const draft = { title: text, note: '', isFinal: false, overReason: over, items: [item] };
    const { revision } = await stage.do((tx) =>
      saveClaim(tx, stage.actor(host), self, { number, revision: begun.revision, draft }),
    );
    await stage.do((tx) => submitClaim(tx, stage.actor(host), self, { number, revision }));
    const asked = await claimOf(stage.db, decides, number);
    if (asked === undefined) throw new Error('the demo has lost a bill');
    const decisions = asked.items.map(({ id, minor }) => ({
      ...{ itemId: id, approvedMinor: minor ?? 0, reason: '' },
    }));
    const decided = { number, revision: asked.revision, decisions, overReason: over };
    await stage.do((tx) => decideClaim(tx, stage.actor(), decides, decided));
  }
}

/** The grantee's written policy says who counts as a participant; two are still to be looked at. */
async function participants(stage: Stage): Promise<void> {
  const treasurer = await treasurerNamed(stage, stage.organiserId);
  const funded = (await stage.seated()).filter(({ role }) => role.entry.seatKind === 'funded');
  for (const { id: personId } of funded.slice(0, -2)) {
    const reason = 'Comes to learn and discuss; is not employed by the project.';
    const said = { personId, isParticipant: true, reason };
    await stage.do((tx) => sayParticipantStatus(tx, stage.actor(), treasurer, said));
  }
}
