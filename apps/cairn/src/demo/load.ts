import { parseYaml, updateYaml } from '@cairn/formats/yaml-document';
import type { Problem } from '@cairn/kernel/problem';
import { expectOk, type Result } from '@cairn/kernel/result';
import { type Instant, Temporal } from '@cairn/kernel/time';
import { publishAgreement } from '../features/people/agreement-commands.ts';
import { answerInvitation, openInvitation } from '../features/people/answer-commands.ts';
import { recordEvidence } from '../features/people/evidence-commands.ts';
import { excusePromise } from '../features/people/excuse-commands.ts';
import { expireInvitations } from '../features/people/invitation-commands.ts';
import { addPerson, findOrCreatePerson } from '../features/people/person-commands.ts';
import { type Organiser, organiserOf } from '../features/people/rights.ts';
import { answerOffer, expireOffers, seatByHand } from '../features/people/seat-commands.ts';
import { openOfferOf } from '../features/people/seat-queries.ts';
import { prepareBatch, startBatch } from '../features/people/sending-commands.ts';
import { defaultText } from '../features/people/sending-rules.ts';
import { batchTask } from '../features/people/sending-task.ts';
import { createSummit, saveDefinition } from '../features/summits/definition-commands.ts';
import { summitById, summitSource } from '../features/summits/queries.ts';
import { announce } from '../features/summits/state-commands.ts';
import { SettableClock, systemClock } from '../platform/clock/clock.ts';
import { type Actor, inTransaction } from '../platform/db/command.ts';
import type { Db, Tx } from '../platform/db/database.ts';
import type { Services } from '../platform/http/env.ts';
import { castPeople, type Role } from './cast.ts';
import { demoPeople, demoSummitFile } from './files.ts';
import { MOMENT_FACTS, type Moment } from './moments.ts';
import { DEMO_HOST, DEMO_ORGANISER } from './people.ts';

/** Whether nothing has ever been stored: no person, no summit. */
export async function isEmpty(db: Db): Promise<boolean> {
  const person = await db.selectFrom('person').select('id').limit(1).executeTakeFirst();
  const summit = await db.selectFrom('summit').select('id').limit(1).executeTakeFirst();
  return person === undefined && summit === undefined;
}

/**
 * Tells the story of the founding summit, with invented people, up to a moment of its life: every
 * step through the command that a person would have used, by a clock that stands where the story
 * stands. Returns the clock, set to the moment.
 */
export async function loadDemo(db: Db, moment: Moment, url: string): Promise<SettableClock> {
  const clock = new SettableClock(systemClock);
  const services: Services = {
    db,
    clock,
    url,
    isDemo: true,
    mailGoesOut: false,
    sessions: { start: async () => [] },
  };
  const story = new Story(services, MOMENT_FACTS[moment].at);
  await story.tell();
  clock.set(MOMENT_FACTS[moment].at);
  return clock;
}

const pacific = (text: string): Instant =>
  Temporal.PlainDateTime.from(text).toZonedDateTime('America/Los_Angeles').toInstant();

/** Planning meetings, and when each got its time. */
const MEETINGS = [
  { key: 'february', starts: '2023-02-27T09:00', fixed: '2023-02-13T10:00' },
  { key: 'march', starts: '2023-03-27T09:00', fixed: '2023-03-06T10:00' },
  { key: 'april', starts: '2023-04-24T09:00', fixed: '2023-04-03T10:00' },
] as const;

const DAYS = ['2023-05-22', '2023-05-23', '2023-05-24', '2023-05-25', '2023-05-26'];
const INVITED = '2023-01-18T10:00';
const SECOND_ROUND = '2023-02-10T10:00';

interface Step {
  readonly at: Instant;
  readonly run: (actor: Actor) => Promise<void>;
}

interface Player {
  readonly id: string;
  readonly role: Role;
}

class Story {
  readonly #services: Services;
  readonly #until: Instant;
  readonly #steps: Step[] = [];
  #summitId = '';
  #organiserId = '';
  #players: Player[] = [];

  constructor(services: Services, until: Instant) {
    this.#services = services;
    this.#until = until;
  }

  async tell(): Promise<void> {
    await this.#begin();
    this.#writeSteps();
    const steps = this.#steps
      .filter(({ at }) => Temporal.Instant.compare(at, this.#until) <= 0)
      .sort((a, b) => Temporal.Instant.compare(a.at, b.at));
    for (const { at, run } of steps) {
      this.#setClock(at);
      await run(this.#actor(this.#organiserId));
    }
  }

  #setClock(at: Instant): void {
    const { clock } = this.#services;
    if (clock instanceof SettableClock) clock.set(at);
  }

  #actor(personId: string | undefined, door: Actor['door'] = 'web'): Actor {
    return { personId, door, now: this.#services.clock.now() };
  }

  async #do<T>(command: (tx: Tx) => Promise<Result<T, Problem>>): Promise<T> {
    return expectOk(await inTransaction(this.#services.db, command));
  }

  async #organiser(): Promise<Organiser> {
    const organiser = await organiserOf(this.#services.db, this.#summitId, {
      personId: this.#organiserId,
      isAdministrator: true,
    });
    if (organiser === undefined) throw new Error('the demo has lost its organiser');
    return organiser;
  }

  /** The organisers found the summit, announce it, and write down whom to invite. */
  async #begin(): Promise<void> {
    this.#setClock(pacific('2023-01-09T10:00'));
    const first = await this.#do((tx) =>
      findOrCreatePerson(tx, this.#actor(undefined), { ...DEMO_ORGANISER, github: undefined }),
    );
    this.#organiserId = first.personId;
    await this.#services.db
      .updateTable('person')
      .set({ isAdministrator: true })
      .where('id', '=', first.personId)
      .execute();
    const created = await this.#do((tx) =>
      createSummit(tx, this.#actor(this.#organiserId), { source: demoSummitFile() }),
    );
    this.#summitId = created.id;
    const organiser = await this.#organiser();
    this.#setClock(pacific('2023-01-11T09:00'));
    await this.#do((tx) => announce(tx, this.#actor(this.#organiserId), organiser));
    await this.#do((tx) => publishAgreement(tx, this.#actor(this.#organiserId), created.id));
    this.#setClock(pacific('2023-01-16T14:00'));
    const { definition } = await summitById(this.#services.db, created.id);
    for (const role of castPeople(demoPeople(definition.communities))) {
      const { personId } = await this.#do((tx) =>
        addPerson(tx, this.#actor(this.#organiserId), organiser, role.entry),
      );
      this.#players.push({ id: personId, role });
    }
  }

  #at(at: string | Instant, run: Step['run']): void {
    this.#steps.push({ at: typeof at === 'string' ? pacific(at) : at, run });
  }

  #writeSteps(): void {
    this.#writeInvitations();
    for (const meeting of MEETINGS) {
      this.#at(meeting.fixed, () => this.#fixMeeting(meeting.key, meeting.starts));
      this.#at(`${meeting.starts.slice(0, 10)}T10:30`, (actor) => this.#attend(actor, meeting.key));
    }
    this.#writePlanning();
    this.#writeWeek();
    this.#writeFollowUp();
  }

  #writeInvitations(): void {
    this.#at(INVITED, () => this.#invite(1));
    this.#at(SECOND_ROUND, () => this.#invite(2));
    for (const player of this.#players) {
      const { role } = player;
      const sent = pacific(role.round === 1 ? INVITED : SECOND_ROUND);
      const after = (days: number, hours: number): Instant =>
        sent.add({ hours: 24 * days + hours });
      if (role.opensAfter !== undefined)
        this.#at(after(role.opensAfter, 3), () => this.#open(player));
      if (role.answersAfter !== undefined) {
        this.#at(after(role.answersAfter, 5), () => this.#answer(player));
      }
    }
    for (const day of ['2023-02-09', '2023-03-04']) {
      this.#at(`${day}T00:30`, async () => {
        await this.#do(async (tx) => ({
          ok: true,
          value: await expireInvitations(tx, this.#actor(undefined, 'job')),
        }));
      });
    }
    // A second host who sits by right, not by invitation.
    this.#at('2023-01-20T09:00', async (actor) => {
      const host = this.#players.find(({ role }) => role.entry.email === DEMO_HOST.email);
      const organiser = await this.#organiser();
      if (host !== undefined)
        await this.#do((tx) => seatByHand(tx, actor, organiser, host.id, 'host'));
    });
  }

  async #invite(round: 1 | 2): Promise<void> {
    const organiser = await this.#organiser();
    const { definition } = await summitById(this.#services.db, this.#summitId);
    const to = this.#players.filter(({ role }) => role.round === round).map(({ id }) => id);
    const actor = this.#actor(this.#organiserId);
    const batch = await this.#services.db.transaction().execute((tx) =>
      prepareBatch(tx, actor, organiser, {
        ...defaultText(definition, 'invitation'),
        purpose: 'invitation',
        to,
      }),
    );
    const batchId = expectOk(batch);
    await this.#do((tx) => startBatch(tx, actor, organiser, batchId));
    await batchTask(this.#services)({ batch: batchId }, { number: 1, isLast: false });
  }

  async #open({ id }: Player): Promise<void> {
    const invitation = await this.#services.db
      .selectFrom('invitation')
      .select('id')
      .where('summitId', '=', this.#summitId)
      .where('personId', '=', id)
      .executeTakeFirstOrThrow();
    await this.#do((tx) => openInvitation(tx, this.#actor(id), invitation.id));
  }

  async #answer({ id, role }: Player): Promise<void> {
    const signIn = { method: 'invitation link', sessionId: undefined };
    await this.#do((tx) =>
      answerInvitation(
        tx,
        this.#actor(id),
        this.#summitId,
        id,
        role.answer === 'accept'
          ? {
              answer: 'accept',
              agreement: { version: 1 },
              noticeDays: role.noticeDays,
              note: '',
              signIn,
            }
          : { answer: role.answer, note: '' },
      ),
    );
    if (role.listing.length === 0) return;
    await this.#services.db
      .insertInto('listing')
      .values({
        summitId: this.#summitId,
        personId: id,
        fields: [...role.listing],
        updatedAt: this.#services.clock.now(),
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }

  /** The organiser gives a planning meeting its time, in the definition. */
  async #fixMeeting(key: string, starts: string): Promise<void> {
    const { db } = this.#services;
    const { revision, definition } = await summitById(db, this.#summitId);
    const document = expectOk(parseYaml(await summitSource(db, this.#summitId), 'summit.yaml'));
    const list = definition.planning_meetings.list.map((meeting) => {
      if (meeting.key !== key) return meeting;
      const { month, ...others } = meeting;
      return month === undefined ? meeting : { ...others, starts };
    });
    const value = {
      ...(document.value as object),
      planning_meetings: { ...definition.planning_meetings, list },
    };
    const organiser = await this.#organiser();
    await this.#do((tx) =>
      saveDefinition(tx, this.#actor(this.#organiserId), organiser, {
        source: updateYaml(document, value),
        baseRevision: revision,
      }),
    );
  }

  async #seated(): Promise<Player[]> {
    const seats = await this.#services.db
      .selectFrom('seat')
      .select('personId')
      .where('summitId', '=', this.#summitId)
      .execute();
    const ids = new Set(seats.map(({ personId }) => personId));
    return this.#players.filter(({ id }) => ids.has(id));
  }

  async #record(
    actor: Actor,
    { id }: Player,
    fact: Pick<Parameters<typeof recordEvidence>[2], 'kind' | 'subject' | 'source'>,
  ): Promise<void> {
    await this.#do((tx) =>
      recordEvidence(tx, actor, {
        ...fact,
        summitId: this.#summitId,
        personId: id,
        at: actor.now,
      }),
    );
  }

  async #attend(actor: Actor, key: string): Promise<void> {
    for (const player of await this.#seated()) {
      if (!player.role.meetings.includes(key)) continue;
      await this.#record(actor, player, {
        kind: 'attendance',
        subject: `meeting:${key}`,
        source: 'organiser',
      });
    }
  }

  #writePlanning(): void {
    // Issues and reviews in the planning repository, between the first meeting and the summit.
    this.#players.forEach((player, index) => {
      const { contributions, reviews } = player.role;
      for (let nth = 0; nth < contributions + reviews; nth += 1) {
        const day = 3 + ((index * 7 + nth * 19) % 74);
        const isReview = nth >= contributions;
        this.#at(pacific('2023-03-01T11:00').add({ hours: 24 * day }), async (actor) => {
          if (!(await this.#seated()).includes(player)) return;
          await this.#record(actor, player, {
            kind: isReview ? 'review' : 'contribution',
            subject: `${isReview ? 'pull' : 'issue'}:${100 + index * 9 + nth}`,
            source: 'git',
          });
        });
      }
    });
    // Somebody cannot come after all; their seat is offered to the first who waits.
    this.#at('2023-04-04T13:00', async () => {
      const leaver = (await this.#seated()).find(
        ({ role }) => role.entry.name === 'Maud Delacroix',
      );
      if (leaver === undefined) return;
      await this.#do((tx) =>
        answerInvitation(tx, this.#actor(leaver.id), this.#summitId, leaver.id, {
          answer: 'decline',
          note: 'A new job begins that week; I am sorry to miss you all.',
        }),
      );
    });
    this.#at('2023-04-07T08:00', () => this.#takeOffer());
    this.#at('2023-04-13T00:30', async () => {
      await this.#do(async (tx) => ({
        ok: true,
        value: await expireOffers(tx, this.#actor(undefined, 'job'), this.#summitId),
      }));
    });
    this.#at('2023-04-27T10:00', async (actor) => {
      const ill = (await this.#seated()).find(({ role }) => role.entry.name === 'Owen Tregarthen');
      const organiser = await this.#organiser();
      if (ill === undefined) return;
      await this.#do((tx) =>
        excusePromise(tx, actor, organiser, {
          personId: ill.id,
          obligation: 'planning_meetings',
          reason: 'In hospital in March and April; read the notes of all three meetings since.',
        }),
      );
    });
  }

  async #takeOffer(): Promise<void> {
    for (const { id } of this.#players) {
      const offer = await openOfferOf(this.#services.db, this.#summitId, id);
      if (offer === undefined) continue;
      await this.#do((tx) => answerOffer(tx, this.#actor(id), this.#summitId, id, 'accept'));
    }
  }

  #writeWeek(): void {
    this.#at('2023-05-21T20:00', async (actor) => {
      for (const player of await this.#seated()) {
        await this.#record(actor, player, {
          kind: 'presence',
          subject: 'arrival',
          source: 'organiser',
        });
      }
    });
    for (const day of DAYS) {
      this.#at(`${day}T09:45`, async (actor) => {
        for (const player of await this.#seated()) {
          if (player.role.missesDays.includes(day)) continue;
          await this.#record(actor, player, {
            kind: 'presence',
            subject: `day:${day}`,
            source: 'organiser',
          });
        }
      });
    }
  }

  #writeFollowUp(): void {
    this.#players.forEach((player, index) => {
      for (let nth = 0; nth < player.role.updates; nth += 1) {
        const day = 7 + ((index * 5) % 20) + nth * 25;
        this.#at(pacific('2023-05-27T10:00').add({ hours: 24 * day }), async (actor) => {
          if (!(await this.#seated()).includes(player)) return;
          await this.#record(actor, player, {
            kind: 'update',
            subject: `update:${nth + 1}`,
            source: 'self',
          });
        });
      }
    });
  }
}
