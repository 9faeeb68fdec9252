import type { Reader } from '../../../platform/db/database.ts';
import { ownNeed } from '../../people/needs/need-queries.ts';
import type { Self } from '../../people/rights.ts';
import type { SummitDefinition } from '../../summits/schema.ts';
import { ownClaims } from '../claims/claim-queries.ts';
import { ownCaps, ownEstimates } from '../estimates/estimate-queries.ts';
import { fundLinesOf } from '../funders/funder-queries.ts';
import { ownJourney } from '../journeys/journey-queries.ts';
import { legsOf } from '../journeys/journey-rules.ts';
import { ownPayments } from '../payments/payment-queries.ts';
import { ownRules } from '../policy/own-rules-queries.ts';
import { ownStay } from '../stays/stay-queries.ts';
import type { OwnMoney } from './own-rules.ts';

/** All that travel and money is to somebody, in one place. */
export async function ownMoney(
  db: Reader,
  self: Self,
  definition: SummitDefinition,
): Promise<OwnMoney> {
  const [{ seat, rules }, stay, legs, need, letter, estimates, caps, claims, payments, lines] =
    await Promise.all([
      ownRules(db, self, definition),
      ownStay(db, self),
      ownJourney(db, self),
      ownNeed(db, self),
      ownLetterState(db, self),
      ownEstimates(db, self),
      ownCaps(db, self),
      ownClaims(db, self),
      ownPayments(db, self),
      fundLinesOf(db, self.summitId),
    ]);
  const lineOf = new Map(lines.map((line) => [line.id, line]));
  const deadlines = rules.flatMap(({ deadline }) => deadline ?? []).toSorted();
  return {
    seat,
    payingLines: rules.flatMap((group) => group.lines.map(({ title }) => title)),
    needsEstimate: rules.some((group) => group.lines.some((line) => line.needsEstimate)),
    deadline: deadlines[0],
    stay,
    hasWayThere: legsOf(legs, 'there').length > 0,
    hasWayBack: legsOf(legs, 'back').length > 0,
    hasSaidNeeds: need !== undefined,
    letter,
    estimates: estimates.map(({ number, state }) => ({ number, state })),
    caps: caps.flatMap(({ lineId, category, capMinor, leftMinor }) => {
      const line = lineOf.get(lineId);
      if (line === undefined) return [];
      return { line: line.title, currency: line.funder.currency, category, capMinor, leftMinor };
    }),
    claims: claims.map(({ number, state, title, items, submittedAt, personId }) => ({
      number,
      state,
      title,
      isBill: personId === null,
      submittedAt,
      amounts: items.flatMap(({ lineId, minor, approvedMinor }) => {
        const line = lineOf.get(lineId ?? '');
        if (line === undefined) return [];
        return { currency: line.funder.currency, asked: minor ?? 0, approved: approvedMinor ?? 0 };
      }),
    })),
    payments: payments.map(({ number, minor, currency, paidOn }) => ({
      number,
      minor,
      currency,
      paidOn,
    })),
  };
}

/** The state of the letter that one asked for last; nothing where one asked for none. */
const ownLetterState = async (db: Reader, { summitId, personId }: Self) =>
  (
    await db
      .selectFrom('visaLetter')
      .select('state')
      .where('summitId', '=', summitId)
      .where('personId', '=', personId)
      .orderBy('requestedAt', 'desc')
      .limit(1)
      .executeTakeFirst()
  )?.state;
