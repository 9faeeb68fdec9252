import { expectCurrency } from '@cairn/kernel/money';
import { allot } from '../features/money/funders/allotment-commands.ts';
import { saveFunder } from '../features/money/funders/funder-commands.ts';
import { saveLine } from '../features/money/funders/line-commands.ts';
import { adoptPolicy, confirmRules } from '../features/money/policy/policy-commands.ts';
import { sayStay } from '../features/money/stays/stay-commands.ts';
import { ownStay } from '../features/money/stays/stay-queries.ts';
import { selfIn, type Treasurer, treasurerOf } from '../features/people/rights.ts';
import { giveRole } from '../features/people/roles/role-commands.ts';
import { shippedPolicies } from '../platform/files/shipped-policies.ts';
import { HOMES, type Home, LINES, WITH_WOMEN } from './money-told.ts';
import { DEMO_HOST } from './people.ts';
import { type Player, pacific, type Stage, type Step } from './stage.ts';

/** From the grant to the last claim: who pays, where people sleep, what they spend. */
export const moneySteps = (stage: Stage): Step[] => [
  { at: pacific('2023-01-12T09:00'), run: () => treasury(stage) },
  { at: pacific('2023-04-20T10:00'), run: () => stays(stage) },
];

/** The proof that somebody of the story looks after the money: the organiser, or the host beside her. */
export async function treasurerNamed(stage: Stage, personId: string): Promise<Treasurer> {
  const treasurer = await treasurerOf(stage.db, stage.summitId, { personId });
  if (treasurer === undefined) throw new Error('the demo has lost its treasurer');
  return treasurer;
}

/** Where somebody of the story lives. */
export function homeOf({ role }: Player): Home {
  const home = HOMES[role.zone];
  if (home === undefined) throw new Error(`the demo knows no home in ${role.zone}`);
  return home;
}

async function treasury(stage: Stage): Promise<void> {
  const organiser = await stage.organiser();
  const host = stage.playerNamed(DEMO_HOST.name).id;
  for (const personId of [stage.organiserId, host]) {
    await stage.do((tx) => giveRole(tx, stage.actor(), organiser, personId, 'treasurer'));
  }
  const treasurer = await treasurerNamed(stage, stage.organiserId);
  const shipped = 'sp_2023';
  const text = shippedPolicies().get(shipped);
  if (text === undefined) throw new Error('the rules of 2023 are missing from this checkout');
  const { id: policyId } = await stage.do((tx) =>
    adoptPolicy(tx, stage.actor(), treasurer, { text, shipped }),
  );
  await stage.do((tx) =>
    confirmRules(tx, stage.actor(), treasurer, {
      id: policyId,
      rules: ['dinner', 'breakfast'],
      revision: 1,
    }),
  );
  const { id: funderId } = await stage.do((tx) =>
    saveFunder(tx, stage.actor(), treasurer, {
      id: undefined,
      name: 'Example Foundation',
      currency: expectCurrency('USD'),
      award: 'EF-2022-118',
      link: null,
      fromOn: '2022-10-01',
      untilOn: '2023-12-31',
      documents: ['receipts', 'attendance', 'report'],
      indirectRate: '15',
      note: 'Travel, food and lodging for forty participants, for five days and six nights.',
    }),
  );
  for (const { key, minor, ...line } of LINES) {
    const { id: lineId } = await stage.do((tx) =>
      saveLine(tx, stage.actor(), treasurer, {
        id: undefined,
        funderId,
        ...line,
        paysFor: 'everyone',
        paysForKeys: [],
        people: [],
        categoryCeilings: {},
        inIndirectBase: !line.isParticipantSupport,
        policyId: line.isParticipantSupport ? policyId : null,
      }),
    );
    const note = 'As the letter of award says.';
    await stage.do((tx) => allot(tx, stage.actor(), treasurer, { lineId, minor, note, key }));
  }
}

/** Each says where they come from; a few come earlier, stay longer or want a room alone. */
async function stays(stage: Stage): Promise<void> {
  for (const [index, player] of (await stage.seated()).entries()) {
    if (index % 13 === 12) continue;
    const home = homeOf(player);
    const self = selfIn(stage.summitId, { personId: player.id });
    const own = await ownStay(stage.db, self);
    const isEarly = index % 9 === 4;
    const said = {
      fromCity: home.city,
      fromCountry: home.country,
      fromAirport: home.airport,
      arrivesOn: isEarly ? '2023-05-20' : '2023-05-21',
      arrivesAt: null,
      leavesOn: '2023-05-27',
      leavesAt: null,
      isRemote: false,
      extraPaidBy: isEarly ? (index % 2 === 0 ? ('grant' as const) : ('self' as const)) : null,
      extraReason: isEarly ? 'The flight a day earlier is cheaper, even with the night.' : '',
      room: index % 8 === 7 ? ('single' as const) : ('shared' as const),
      singleReason: index % 8 === 7 ? 'I sleep badly beside others.' : '',
      sharesWith: WITH_WOMEN.includes(player.role.entry.name)
        ? ('women' as const)
        : ('anyone' as const),
      note: '',
      revision: own?.revision ?? 0,
    };
    const habits =
      index % 5 === 0 ? (['early'] as const) : index % 7 === 0 ? (['late'] as const) : [];
    await stage.do((tx) =>
      sayStay(tx, stage.actor(player.id), self, said, { habits, with: [], notWith: [] }),
    );
  }
}
