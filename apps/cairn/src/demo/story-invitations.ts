import { expectOk, ok } from '@cairn/kernel/result';
import type { Instant } from '@cairn/kernel/time';
import {
  answerInvitation,
  openInvitation,
} from '../features/people/invitations/answer-commands.ts';
import { expireInvitations } from '../features/people/invitations/invitation-commands.ts';
import { prepareBatch, startBatch } from '../features/people/invitations/sending-commands.ts';
import { defaultText } from '../features/people/invitations/sending-rules.ts';
import { batchTask } from '../features/people/invitations/sending-task.ts';
import { chooseListing } from '../features/people/listing/listing-commands.ts';
import { selfIn } from '../features/people/rights.ts';
import { seatByHand } from '../features/people/seats/seat-commands.ts';
import { openOfferOf } from '../features/people/seats/seat-queries.ts';
import { answerOffer, expireOffers } from '../features/people/seats/waiting-commands.ts';
import { summitById } from '../features/summits/queries.ts';
import { DEMO_HOST } from './people.ts';
import { later, type Player, pacific, type Stage, type Step } from './stage.ts';

const ROUNDS = { 1: pacific('2023-01-18T10:00'), 2: pacific('2023-02-10T10:00') } as const;

/** Two rounds of invitations, the answers, the waiting list, and a seat that changes hands. */
export function invitationSteps(stage: Stage): Step[] {
  return [
    { at: ROUNDS[1], run: () => invite(stage, 1) },
    { at: ROUNDS[2], run: () => invite(stage, 2) },
    // A host who sits by right, before any invitation was answered.
    { at: pacific('2023-01-19T09:00'), run: () => seatHost(stage) },
    ...stage.players.flatMap((player) => answerSteps(stage, player)),
    ...['2023-02-09T00:30', '2023-03-04T00:30'].map((at) => ({
      at: pacific(at),
      run: async () => {
        await stage.do(async (tx) => ok(await expireInvitations(tx, stage.byItself())));
      },
    })),
    { at: pacific('2023-04-04T13:00'), run: () => giveUpSeat(stage) },
    { at: pacific('2023-04-07T08:00'), run: () => takeOffer(stage) },
    {
      at: pacific('2023-04-13T00:30'),
      run: async () => {
        await stage.do(async (tx) => ok(await expireOffers(tx, stage.byItself(), stage.summitId)));
      },
    },
  ];
}

async function invite(stage: Stage, round: 1 | 2): Promise<void> {
  const organiser = await stage.organiser();
  const { definition } = await summitById(stage.db, stage.summitId);
  const to = stage.players.filter(({ role }) => role.round === round).map(({ id }) => id);
  const batch = await stage.db.transaction().execute((tx) =>
    prepareBatch(tx, stage.actor(), organiser, {
      ...defaultText(definition, 'invitation'),
      purpose: 'invitation',
      to,
    }),
  );
  const batchId = expectOk(batch);
  await stage.do((tx) => startBatch(tx, stage.actor(), organiser, batchId));
  await batchTask(stage.services)({ batch: batchId }, { number: 1, isLast: false });
}

async function seatHost(stage: Stage): Promise<void> {
  const host = stage.playerNamed(DEMO_HOST.name);
  const organiser = await stage.organiser();
  await stage.do((tx) => seatByHand(tx, stage.actor(), organiser, host.id, 'host'));
}

function answerSteps(stage: Stage, player: Player): Step[] {
  const { round, opensAfter, answersAfter } = player.role;
  const after = (days: number, hours: number): Instant => later(ROUNDS[round], days, hours);
  return [
    ...(opensAfter === undefined
      ? []
      : [{ at: after(opensAfter, 3), run: () => open(stage, player) }]),
    ...(answersAfter === undefined
      ? []
      : [{ at: after(answersAfter, 5), run: () => answer(stage, player) }]),
  ];
}

async function open(stage: Stage, { id }: Player): Promise<void> {
  const invitation = await stage.db
    .selectFrom('invitation')
    .select('id')
    .where('summitId', '=', stage.summitId)
    .where('personId', '=', id)
    .executeTakeFirstOrThrow();
  await stage.do((tx) => openInvitation(tx, stage.actor(id), invitation.id));
}

async function answer(stage: Stage, { id, role }: Player): Promise<void> {
  const { summitId } = stage;
  await stage.do((tx) =>
    answerInvitation(
      tx,
      stage.actor(id),
      summitId,
      id,
      role.answer === 'accept'
        ? {
            answer: 'accept',
            agreement: { version: 1 },
            noticeDays: role.noticeDays,
            note: '',
            signIn: { method: 'invitation link', sessionId: undefined },
          }
        : { answer: role.answer, note: '' },
    ),
  );
  if (role.answer !== 'accept' || role.listing.length === 0) return;
  await stage.do((tx) =>
    chooseListing(tx, stage.actor(id), selfIn(summitId, { personId: id }), role.listing),
  );
}

async function giveUpSeat(stage: Stage): Promise<void> {
  const { id } = stage.playerNamed('Maud Delacroix');
  await stage.do((tx) =>
    answerInvitation(tx, stage.actor(id), stage.summitId, id, {
      answer: 'decline',
      note: 'A new job begins that week; I am sorry to miss you all.',
    }),
  );
}

async function takeOffer(stage: Stage): Promise<void> {
  for (const { id } of stage.players) {
    if ((await openOfferOf(stage.db, stage.summitId, id)) === undefined) continue;
    await stage.do((tx) => answerOffer(tx, stage.actor(id), stage.summitId, id, 'accept'));
  }
}
