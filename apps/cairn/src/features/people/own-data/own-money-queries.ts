import type { Reader } from '../../../platform/db/database.ts';

/** Estimates, claims, receipts and payments of somebody, in all summits; receipts without their bytes. */
export async function ownMoney(db: Reader, personId: string) {
  return {
    estimates: await db
      .selectFrom('estimate')
      .innerJoin('summit', 'summit.id', 'estimate.summitId')
      .leftJoin('estimateItem', 'estimateItem.estimateId', 'estimate.id')
      .select(['summit.slug as summit', 'estimate.number', 'estimate.state', 'estimate.note'])
      .select(['estimate.overReason', 'estimateItem.category', 'estimateItem.text'])
      .select(['estimateItem.spentMinor', 'estimateItem.spentCurrency', 'estimateItem.minor'])
      .select(['estimateItem.rate', 'estimateItem.capMinor', 'estimateItem.capReason'])
      .where('estimate.personId', '=', personId)
      .execute(),
    estimateSteps: await db
      .selectFrom('estimateStep')
      .innerJoin('estimate', 'estimate.id', 'estimateStep.estimateId')
      .select(['estimate.number', 'estimateStep.at', 'estimateStep.state', 'estimateStep.reason'])
      .where('estimate.personId', '=', personId)
      .execute(),
    claims: await db
      .selectFrom('claim')
      .innerJoin('summit', 'summit.id', 'claim.summitId')
      .leftJoin('claimItem', 'claimItem.claimId', 'claim.id')
      .select(['summit.slug as summit', 'claim.number', 'claim.state', 'claim.title'])
      .select(['claim.note', 'claim.overReason', 'claimItem.category', 'claimItem.meal'])
      .select(['claimItem.spentOn', 'claimItem.text', 'claimItem.facts', 'claimItem.spentMinor'])
      .select(['claimItem.spentCurrency', 'claimItem.minor', 'claimItem.rate'])
      .select(['claimItem.deductions', 'claimItem.findings', 'claimItem.approvedMinor'])
      .select(['claimItem.reason', 'claimItem.typed'])
      .where('claim.personId', '=', personId)
      .execute(),
    claimSteps: await db
      .selectFrom('claimStep')
      .innerJoin('claim', 'claim.id', 'claimStep.claimId')
      .select(['claim.number', 'claimStep.at', 'claimStep.state', 'claimStep.reason'])
      .where('claim.personId', '=', personId)
      .execute(),
    coveredBy: await db
      .selectFrom('claimItemPerson')
      .innerJoin('claimItem', 'claimItem.id', 'claimItemPerson.itemId')
      .select(['claimItem.category', 'claimItem.spentOn', 'claimItemPerson.minor'])
      .where('claimItemPerson.personId', '=', personId)
      .execute(),
    payments: await db
      .selectFrom('payment')
      .innerJoin('claim', 'claim.id', 'payment.claimId')
      .innerJoin('funder', 'funder.id', 'payment.funderId')
      .select(['claim.number', 'funder.name as funder', 'payment.minor', 'funder.currency'])
      .select(['payment.sentMinor', 'payment.sentCurrency', 'payment.paidOn'])
      .select(['payment.reference', 'payment.reversedAt', 'payment.reversalReason'])
      .where('claim.personId', '=', personId)
      .execute(),
    receipts: await db
      .selectFrom('receipt')
      .innerJoin('summit', 'summit.id', 'receipt.summitId')
      .select(['summit.slug as summit', 'receipt.id', 'receipt.name', 'receipt.mediaType'])
      .select(['receipt.size', 'receipt.totalMinor', 'receipt.currency', 'receipt.addedAt'])
      .where('receipt.personId', '=', personId)
      .execute(),
    receiptsShared: await db
      .selectFrom('receiptShare')
      .innerJoin('receipt', 'receipt.id', 'receiptShare.receiptId')
      .select(['receipt.id', 'receipt.name', 'receiptShare.minor'])
      .where('receiptShare.personId', '=', personId)
      .execute(),
    fundLines: await db
      .selectFrom('fundLinePerson')
      .innerJoin('fundLine', 'fundLine.id', 'fundLinePerson.lineId')
      .select(['fundLine.title'])
      .where('fundLinePerson.personId', '=', personId)
      .execute(),
    participantStatus: await db
      .selectFrom('participantStatus')
      .innerJoin('summit', 'summit.id', 'participantStatus.summitId')
      .select(['summit.slug as summit', 'isParticipant', 'reason', 'decidedAt'])
      .where('personId', '=', personId)
      .execute(),
    accounts: await db
      .selectFrom('journalBalance')
      .innerJoin('fundLine', 'fundLine.id', 'journalBalance.lineId')
      .select(['fundLine.title as line', 'category', 'stage', 'minor'])
      .where('personId', '=', personId)
      .where('minor', '<>', 0)
      .execute(),
  };
}

/** Where somebody sleeps, how they come, what they need and where they eat. */
export async function ownStays(db: Reader, personId: string) {
  return {
    stays: await db
      .selectFrom('stay')
      .innerJoin('summit', 'summit.id', 'stay.summitId')
      .selectAll('stay')
      .select('summit.slug as summit')
      .where('personId', '=', personId)
      .execute(),
    roomWishes: await db
      .selectFrom('roomWish')
      .select(['otherId as other', 'wish', 'saidAt'])
      .where('personId', '=', personId)
      .execute(),
    rooms: await db
      .selectFrom('roomingPlace')
      .innerJoin('rooming', 'rooming.id', 'roomingPlace.roomingId')
      .leftJoin('lodgingRoom', 'lodgingRoom.id', 'roomingPlace.roomId')
      .select(['lodgingRoom.name as room', 'rooming.setAt'])
      .where('personId', '=', personId)
      .where('rooming.state', '=', 'set')
      .execute(),
    journeys: await db
      .selectFrom('journeyLeg')
      .innerJoin('summit', 'summit.id', 'journeyLeg.summitId')
      .selectAll('journeyLeg')
      .select('summit.slug as summit')
      .where('personId', '=', personId)
      .execute(),
    visaLetters: await db
      .selectFrom('visaLetter')
      .innerJoin('summit', 'summit.id', 'visaLetter.summitId')
      .select(['summit.slug as summit', 'visaLetter.state', 'fullName', 'bornOn', 'citizenship'])
      .select(['affiliation', 'consulate', 'visaLetter.note', 'answer', 'requestedAt', 'issuedAt'])
      .select(['outcome', 'outcomeAt'])
      .where('personId', '=', personId)
      .execute(),
    needs: await db
      .selectFrom('need')
      .innerJoin('summit', 'summit.id', 'need.summitId')
      .select(['summit.slug as summit', 'diets', 'allergies', 'access', 'saidAt'])
      .where('personId', '=', personId)
      .execute(),
    meals: await db
      .selectFrom('mealSeat')
      .innerJoin('mealPlan', 'mealPlan.id', 'mealSeat.mealPlanId')
      .leftJoin('mealTable', 'mealTable.id', 'mealSeat.tableId')
      .select(['mealPlan.date', 'mealPlan.meal', 'mealTable.title as table'])
      .where('personId', '=', personId)
      .execute(),
  };
}
