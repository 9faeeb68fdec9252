import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { isComing } from '../../people/invitations/participation-queries.ts';
import { lockPerson } from '../../people/persons/person-queries.ts';
import type { Organiser, Self } from '../../people/rights.ts';
import { summitById } from '../../summits/queries.ts';
import { notePresence, sayPresence } from '../../timetable/presence/presence-commands.ts';
import { presenceOf } from '../../timetable/presence/presence-queries.ts';
import {
  nextExtra,
  nextSingle,
  type SaidStay,
  type SaidWishes,
  stayProblems,
  wishProblems,
} from './said-rules.ts';
import { HABITS } from './stay-rules.ts';

/** What came of saying a stay: whether organisers have something to answer now. */
export interface StaySaid {
  readonly asksExtra: boolean;
  readonly asksSingle: boolean;
}

/**
 * Says one's own stay: from where, which days, which nights besides and who pays them, what room and with whom. The
 * days become those of the timetable. Event `stay.said`, which holds none of it.
 */
export async function sayStay(
  tx: Tx,
  actor: Actor,
  self: Self,
  said: SaidStay,
  wishes: SaidWishes,
): Promise<Result<StaySaid, Problem>> {
  const [wrong] = wishProblems(self.personId, wishes);
  if (wrong !== undefined) return fail(wrong);
  const kept = await keepStay(tx, actor, self, said, wishes.habits);
  if (!kept.ok) return kept;
  const presence = await presenceSaid(tx, self, said);
  const days = await sayPresence(tx, actor, self, presence);
  if (!days.ok) return days;
  await keepWishes(tx, actor, self, wishes);
  return kept;
}

/** The same for somebody who comes, by an organiser, who knows and says no wishes. */
export async function noteStay(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  personId: string,
  said: SaidStay,
): Promise<Result<StaySaid, Problem>> {
  const whose = { summitId: organiser.summitId, personId };
  const kept = await keepStay(tx, actor, whose, said, undefined);
  if (!kept.ok) return kept;
  const presence = await presenceSaid(tx, whose, said);
  const days = await notePresence(tx, actor, organiser, { ...presence, personId });
  return days.ok ? kept : days;
}

interface Whose {
  readonly summitId: string;
  readonly personId: string;
}

/** Days as the timetable takes them; the note that stands there stays. */
async function presenceSaid(tx: Tx, { summitId, personId }: Whose, said: SaidStay) {
  const { arrivesOn, arrivesAt, leavesOn, leavesAt, isRemote } = said;
  const note = (await presenceOf(tx, summitId)).get(personId)?.note ?? '';
  return { arrivesOn, arrivesAt, leavesOn, leavesAt, isRemote, note };
}

async function keepStay(
  tx: Tx,
  actor: Actor,
  { summitId, personId }: Whose,
  said: SaidStay,
  habits: SaidWishes['habits'] | undefined,
): Promise<Result<StaySaid, Problem>> {
  await lockPerson(tx, personId);
  if (!(await isComing(tx, summitId, personId))) {
    return fail(problem('does-not-come', 'Only who comes to this summit has a stay there.'));
  }
  const { dates } = (await summitById(tx, summitId)).definition;
  const [wrong] = stayProblems(said, dates);
  if (wrong !== undefined) return fail(wrong);
  const before = await tx
    .selectFrom('stay')
    .selectAll()
    .where('summitId', '=', summitId)
    .where('personId', '=', personId)
    .executeTakeFirst();
  if ((before?.revision ?? 0) !== said.revision) {
    const sentence =
      'This stay was changed meanwhile, perhaps by an organiser. Open the page anew, look, and say it again.';
    return fail(problem('changed-meanwhile', sentence));
  }
  const extra = nextExtra(
    before && {
      state: before.extraState,
      answer: before.extraAnswer,
      nights: before.extraNights,
      reason: before.extraReason,
    },
    said,
    dates,
  );
  const single = nextSingle(
    before && {
      state: before.singleState,
      answer: before.singleAnswer,
      reason: before.singleReason,
    },
    said,
  );
  const isExtra = extra.state !== 'none' || said.extraPaidBy !== null;
  const row = {
    fromCity: said.fromCity,
    fromCountry: said.fromCountry,
    fromAirport: said.fromAirport,
    arrivesOn: said.arrivesOn,
    leavesOn: said.leavesOn,
    extraPaidBy: isExtra ? said.extraPaidBy : null,
    extraReason: isExtra ? said.extraReason : '',
    extraState: extra.state,
    extraAnswer: extra.answer,
    extraNights: [...extra.nights],
    room: said.room,
    singleReason: said.room === 'single' ? said.singleReason : '',
    singleState: single.state,
    singleAnswer: single.answer,
    sharesWith: said.sharesWith,
    habits: [...(habits ?? HABITS.filter((habit) => before?.habits.includes(habit)))],
    note: said.note,
    revision: said.revision + 1,
    saidBy: actor.personId ?? null,
    saidAt: actor.now,
  };
  await tx
    .insertInto('stay')
    .values({ summitId, personId, ...row })
    .onConflict((conflict) => conflict.columns(['summitId', 'personId']).doUpdateSet(row))
    .execute();
  await recordEvent(tx, actor, { kind: 'stay.said', summitId, personId });
  return ok({ asksExtra: extra.state === 'asked', asksSingle: single.state === 'asked' });
}

async function keepWishes(
  tx: Tx,
  actor: Actor,
  { summitId, personId }: Self,
  wishes: SaidWishes,
): Promise<void> {
  await tx
    .deleteFrom('roomWish')
    .where('summitId', '=', summitId)
    .where('personId', '=', personId)
    .execute();
  const row = { summitId, personId, saidAt: actor.now };
  const rows = [
    ...wishes.with.map((otherId) => ({ ...row, otherId, wish: 'with' as const })),
    ...wishes.notWith.map((otherId) => ({ ...row, otherId, wish: 'not_with' as const })),
  ];
  if (rows.length > 0) await tx.insertInto('roomWish').values(rows).execute();
}
