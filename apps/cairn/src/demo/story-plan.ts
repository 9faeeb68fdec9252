import type { Instant } from '@cairn/kernel/time';
import { organiserOf, selfIn } from '../features/people/rights.ts';
import { recordDecision } from '../features/planning/decisions/decision-commands.ts';
import { decisionSweep } from '../features/planning/decisions/decision-sweep.ts';
import { objectTo } from '../features/planning/decisions/objection-commands.ts';
import { readPlanDocument } from '../features/planning/documents/document-rules.ts';
import { readTopic } from '../features/planning/documents/topic-rules.ts';
import { setInterests } from '../features/planning/interest/interest-commands.ts';
import { openIssue } from '../features/planning/issues/issue-commands.ts';
import { creditPlan } from '../features/planning/ledger/credit-commands.ts';
import { changeProposal, proposeChange } from '../features/planning/proposals/change-commands.ts';
import { mergeProposal } from '../features/planning/proposals/merge-commands.ts';
import { proposalOf } from '../features/planning/proposals/proposal-queries.ts';
import { ensurePlan } from '../features/planning/repository/founding-commands.ts';
import { documentAt, planOf } from '../features/planning/repository/main-queries.ts';
import { giveReview } from '../features/planning/reviews/review-commands.ts';
import { handleOf } from '../features/planning/threads/handle-commands.ts';
import type { Member } from '../features/planning/threads/member-rights.ts';
import { addComment } from '../features/planning/threads/thread-commands.ts';
import { editTopic, moveTopic, openTopic } from '../features/planning/topics/topic-commands.ts';
import { EMPTY_TOPIC_FORM, formOf } from '../features/planning/topics/topic-form-rules.ts';
import { mergeTopic } from '../features/planning/topics/topic-merge-commands.ts';
import { freezeWorkPlan } from '../features/planning/workplan/freeze-commands.ts';
import { summitById } from '../features/summits/queries.ts';
import { LATE_TOPICS } from './plan-late-topics.ts';
import { DECISIONS, PROPOSALS, type ToldProposal } from './plan-proposals.ts';
import { APPROVALS, QUESTIONS, REASONS, REMARKS } from './plan-talk.ts';
import { TOPICS as EARLY_TOPICS, type ToldTopic } from './plan-topics.ts';
import { later, type Player, pacific, type Stage, type Step } from './stage.ts';

/** In the order in which they were proposed. */
const TOPICS = [...EARLY_TOPICS, ...LATE_TOPICS];

/** The planning repository: from the first topic to the frozen work plan, and what became of it. */
export function planSteps(stage: Stage): Step[] {
  const plan = new PlanStory(stage);
  return [
    { at: pacific('2023-01-16T12:10'), run: () => plan.begin() },
    ...TOPICS.flatMap((topic) => plan.topicSteps(topic)),
    ...PROPOSALS.flatMap((proposal) => plan.proposalSteps(proposal)),
    ...DECISIONS.flatMap((decision) => plan.decisionSteps(decision)),
    ...stage.players.flatMap((player, index) => plan.deedSteps(player, index)),
    // After the last planning meeting, of all that is planned by then.
    ...stage.players.map((player, index) => ({
      at: later(pacific('2023-05-05T08:00'), index % 6, index % 9),
      run: () => plan.wish(player, index, 'anew'),
    })),
    { at: pacific('2023-03-27T09:00'), run: () => plan.join('lazy-loading', 'lazy-imports') },
    // Windows that close; a worker would look every two minutes.
    ...['2023-03-28T08:00', '2023-04-13T08:00', '2023-05-10T08:00'].map((at) => ({
      at: pacific(at),
      run: () => decisionSweep.run(stage.services),
    })),
    { at: pacific('2023-05-12T12:10'), run: () => plan.freeze('For the summit') },
    ...['sparse-arrays', 'one-build', 'endorse-and-adopt'].map((slug) => ({
      at: pacific('2023-05-22T10:00'),
      run: () => plan.move(slug, 'active'),
    })),
    { at: pacific('2023-06-20T10:00'), run: () => plan.move('endorse-and-adopt', 'done') },
  ];
}

class PlanStory {
  readonly #stage: Stage;
  /** Numbers of topics by their slug, and of proposals by their path, once they are there. */
  readonly #numbers = new Map<string, number>();

  readonly #asked = new Set<string>();

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  begin(): Promise<void> {
    const { services, summitId } = this.#stage;
    const actor = this.#stage.byItself();
    return this.#stage.do((tx) => ensurePlan(tx, services, actor, summitId));
  }

  topicSteps(topic: ToldTopic): Step[] {
    const at = pacific(topic.at);
    const { planned } = topic;
    let spoken = at;
    return [
      { at, run: () => this.#open(topic) },
      ...topic.said.map(([by, days, text], nth) => {
        spoken = later(spoken, days, nth + 1);
        return { at: spoken, run: () => this.#say(by, topic.slug, text) };
      }),
      ...(planned === undefined
        ? []
        : [{ at: pacific(planned.at), run: () => this.#plan(topic.slug, planned) }]),
    ];
  }

  proposalSteps(told: ToldProposal): Step[] {
    const { path, anew, merged } = told;
    return [
      { at: pacific(told.at), run: () => this.#propose(told) },
      ...(anew === undefined
        ? []
        : [{ at: pacific(anew.at), run: () => this.#anew(told, anew.text) }]),
      ...told.reviews.map((review) => ({
        at: pacific(review.at),
        run: () => this.#review(review.by, path, review),
      })),
      ...(merged === undefined
        ? []
        : [{ at: pacific(merged.at), run: () => this.#merge(merged.by, path) }]),
    ];
  }

  decisionSteps(told: (typeof DECISIONS)[number]): Step[] {
    const { title, objection } = { objection: undefined, ...told };
    return [
      { at: pacific(told.at), run: () => this.#decide(told) },
      ...(objection === undefined
        ? []
        : [{ at: pacific(objection.at), run: () => this.#object(title, objection) }]),
    ];
  }

  /** What everybody does between the first meeting and the summit, each as much as they are keen. */
  deedSteps(player: Player, index: number): Step[] {
    const { contributions, reviews } = player.role;
    const day = (nth: number, hours: number): Instant =>
      later(pacific('2023-03-02T08:00'), (index * 5 + nth * 23) % 74, hours);
    return [
      { at: day(0, 1), run: () => this.wish(player, index) },
      ...(contributions > 0 ? [{ at: day(1, 2), run: () => this.#ask(player, index) }] : []),
      ...Array.from({ length: Math.min(reviews, 2) }, (_, nth) => ({
        at: day(nth + 2, 3),
        run: () => (nth === 0 ? this.#remark(player, index) : this.#approve(player, index)),
      })),
    ];
  }

  async join(slug: string, into: string): Promise<void> {
    const { services } = this.#stage;
    const member = await this.#organiser();
    const [from = 0, to = 0] = [this.#numbers.get(slug), this.#numbers.get(into)];
    await this.#stage.do((tx) => mergeTopic(tx, services, this.#stage.actor(), member, from, to));
  }

  async move(slug: string, state: 'active' | 'done'): Promise<void> {
    const { services } = this.#stage;
    const member = await this.#organiser();
    const number = this.#numbers.get(slug) ?? 0;
    await this.#stage.do((tx) =>
      moveTopic(tx, services, this.#stage.actor(), member, number, state),
    );
  }

  async freeze(name: string): Promise<void> {
    const { services } = this.#stage;
    const organiser = await this.#stage.organiser();
    await this.#stage.do((tx) =>
      freezeWorkPlan(tx, services, this.#stage.actor(), organiser, { name }),
    );
  }

  async #open({ slug, by, title, problem, doneWhen, projects, effort, labels }: ToldTopic) {
    const member = await this.#member(by);
    if (member === undefined) return;
    const { services, summitId } = this.#stage;
    const { definition } = await summitById(services.db, summitId);
    const form = {
      ...EMPTY_TOPIC_FORM,
      title,
      problem,
      doneWhen,
      projects: projects.join(', '),
      effort,
      labels: labels.join(', '),
    };
    const actor = this.#stage.actor(member.self.personId);
    const { number } = await this.#stage.do((tx) =>
      openTopic(tx, services, actor, member, form, definition.zone),
    );
    this.#numbers.set(slug, number);
  }

  /** What the planning meetings made of a topic: who leads, who joins, and with what it begins. */
  async #plan(slug: string, planned: NonNullable<ToldTopic['planned']>) {
    const { services, summitId, db } = this.#stage;
    const number = this.#numbers.get(slug);
    if (number === undefined) return;
    const member = await this.#organiser();
    const actor = this.#stage.actor();
    const handle = (name: string) =>
      db.transaction().execute((tx) => handleOf(tx, this.#stage.playerNamed(name).id));
    const [lead = '', ...people] = await Promise.all([planned.lead, ...planned.people].map(handle));
    const { path } = await db
      .selectFrom('planTopic')
      .select('path')
      .where('summitId', '=', summitId)
      .where('number', '=', number)
      .executeTakeFirstOrThrow();
    const document = await documentAt(db, summitId, path);
    const read = document && readPlanDocument(path, document.source);
    if (document === undefined || read === undefined) return;
    const form = {
      ...formOf(readTopic(read)),
      goal: planned.goal,
      lead,
      people: people.join(', '),
      firstTasks: planned.firstTasks.map((task) => `- [ ] ${task}`).join('\n'),
    };
    await this.#stage.do((tx) =>
      editTopic(tx, services, actor, member, number, { form, base: document.blob }),
    );
    await this.#stage.do((tx) => moveTopic(tx, services, actor, member, number, 'planned'));
  }

  async #say(by: string, slug: string, text: string): Promise<void> {
    const member = await this.#member(by);
    const number = this.#numbers.get(slug);
    if (member === undefined || number === undefined) return;
    const body = text.replace(/\{([a-z-]+)\}/g, (_, other) => `#${this.#numbers.get(other) ?? 1}`);
    const place = { summitId: this.#stage.summitId, number };
    const actor = this.#stage.actor(member.self.personId);
    await this.#stage.do((tx) => addComment(tx, actor, place, { body }));
  }

  async #propose({ by, title, why, path, text }: ToldProposal): Promise<void> {
    const member = await this.#member(by);
    if (member === undefined) return;
    const { services, summitId, db } = this.#stage;
    const base = (await planOf(db, summitId))?.head ?? '';
    const changes = [{ path, content: text }];
    const actor = this.#stage.actor(member.self.personId);
    const { number } = await this.#stage.do((tx) =>
      proposeChange(tx, services, actor, member.self, { changes, base, title, why }),
    );
    this.#numbers.set(path, number);
  }

  async #anew({ by, path }: ToldProposal, text: string): Promise<void> {
    const member = await this.#member(by);
    const proposal = await this.#proposal(path);
    if (member === undefined || proposal === undefined) return;
    const { services } = this.#stage;
    const change = {
      number: proposal.number,
      base: proposal.head,
      changes: [{ path, content: text }],
      title: 'Leave room for two releases',
      why: '',
    };
    const actor = this.#stage.actor(member.self.personId);
    await this.#stage.do((tx) => changeProposal(tx, services, actor, member.self, change));
  }

  async #review(
    by: string,
    path: string,
    { verdict, body, line }: Pick<ToldProposal['reviews'][number], 'verdict' | 'body' | 'line'>,
  ): Promise<void> {
    const member = await this.#member(by);
    const proposal = await this.#proposal(path);
    if (member === undefined || proposal?.state !== 'open') return;
    const { services } = this.#stage;
    const lines =
      line === undefined ? [] : [{ path, side: 'new', line: line[0], body: line[1] } as const];
    const review = { number: proposal.number, version: proposal.version, verdict, body, lines };
    const actor = this.#stage.actor(member.self.personId);
    await this.#stage.do((tx) => giveReview(tx, services, actor, member.self, review));
  }

  async #merge(by: string, path: string): Promise<void> {
    const member = await this.#member(by);
    const proposal = await this.#proposal(path);
    if (member === undefined || proposal === undefined) return;
    const { services } = this.#stage;
    const actor = this.#stage.actor(member.self.personId);
    await this.#stage.do((tx) =>
      mergeProposal(tx, services, actor, member.self, { number: proposal.number }),
    );
  }

  async #decide(told: (typeof DECISIONS)[number]): Promise<void> {
    const member = await this.#member(told.by);
    if (member === undefined) return;
    const { services, summitId, db } = this.#stage;
    const summit = await summitById(db, summitId);
    const { at: _, by: __, about, people, ...parts } = told;
    const actor = this.#stage.actor(member.self.personId);
    const { number } = await this.#stage.do((tx) =>
      recordDecision(tx, services, actor, summit, member, {
        title: parts.title,
        made: parts.made,
        where: parts.where,
        decided: parts.decided,
        why: parts.why,
        alternatives: parts.alternatives,
        people: [member.self.personId, ...people.map((name) => this.#stage.playerNamed(name).id)],
        topics: about.flatMap((slug) => this.#numbers.get(slug) ?? []),
      }),
    );
    this.#numbers.set(told.title, number);
  }

  async #object(
    title: string,
    { by, reason }: { readonly by: string; readonly reason: string },
  ): Promise<void> {
    const member = await this.#member(by);
    const number = this.#numbers.get(title);
    if (member === undefined || number === undefined) return;
    const actor = this.#stage.actor(member.self.personId);
    await this.#stage.do((tx) => objectTo(tx, actor, member, { number, reason }));
  }

  /** Says of some topics what they want of them; those who came late to a topic have not said. */
  async wish(player: Player, index: number, round?: 'anew'): Promise<void> {
    const member = await this.#memberOf(player);
    if (member === undefined || (index % 7 === 6 && round === undefined)) return;
    const open = TOPICS.filter(({ slug }) => this.#numbers.has(slug) && slug !== 'lazy-loading');
    const said = new Map(
      open.flatMap(({ slug, by, projects }, nth) => {
        const number = this.#numbers.get(slug) ?? 0;
        // What is of one's own project is nearer.
        const isNear = player.role.entry.communities.some((own) => projects.includes(own));
        const far = round === undefined || isNear ? 0 : 1;
        const weight = ((index * 7 + nth * 5) % 12) + far;
        const name = player.role.entry.name;
        const level = by === name ? 'lead' : weight < 3 ? 'work' : weight < 5 ? 'learn' : undefined;
        if (level === undefined) return [];
        const reasons = REASONS[level];
        const why = (index + nth) % 3 === 0 ? (reasons[(index + nth) % reasons.length] ?? '') : '';
        return [[number, { level, why }] as const];
      }),
    );
    const actor = this.#stage.actor(player.id);
    await this.#stage.do((tx) => setInterests(tx, actor, member.self, said));
  }

  async #ask(player: Player, index: number): Promise<void> {
    const member = await this.#memberOf(player);
    if (member === undefined) return;
    const project = (player.role.entry.communities[0] ?? 'us').replaceAll('_', '-');
    // Nobody asks what somebody of the same project has asked already.
    const question = QUESTIONS.map((_, nth) => QUESTIONS[(index + nth) % QUESTIONS.length])
      .map(([title = '', body = ''] = ['', '']) => [title.replace('{project}', project), body])
      .find(([title = '']) => !this.#asked.has(title));
    const [title = '', body = ''] = question ?? [];
    if (title === '') return;
    this.#asked.add(title);
    const issue = { title, body, labels: [] };
    const actor = this.#stage.actor(player.id);
    await this.#stage.do((tx) => openIssue(tx, actor, member.self, issue));
  }

  async #remark(player: Player, index: number): Promise<void> {
    const others = TOPICS.filter(
      ({ slug, by }) => this.#numbers.has(slug) && by !== player.role.entry.name,
    );
    const topic = others[(index * 3) % Math.max(1, others.length)];
    const text = REMARKS[index % REMARKS.length] ?? '';
    if (topic !== undefined) await this.#say(player.role.entry.name, topic.slug, text);
  }

  async #approve(player: Player, index: number): Promise<void> {
    const { name } = player.role.entry;
    for (const { path, by } of PROPOSALS.toReversed()) {
      if (by === name || (await this.#proposal(path))?.state !== 'open') continue;
      const body = APPROVALS[index % APPROVALS.length] ?? '';
      await this.#review(name, path, { verdict: 'comment', body });
      return;
    }
    await this.#remark(player, index + 1);
  }

  async #proposal(path: string) {
    const number = this.#numbers.get(path);
    const { db, summitId } = this.#stage;
    return number === undefined ? undefined : proposalOf(db, { summitId, number });
  }

  #member(name: string): Promise<Member | undefined> {
    return this.#memberOf(this.#stage.playerNamed(name));
  }

  /** Somebody as a member of the discussion; nobody who does not come takes part in it. */
  async #memberOf(player: Player): Promise<Member | undefined> {
    const { db, summitId } = this.#stage;
    const organiser = await organiserOf(db, summitId, {
      personId: player.id,
      isAdministrator: false,
    });
    const isSeated = (await this.#stage.seated()).includes(player);
    return isSeated || organiser !== undefined
      ? { self: selfIn(summitId, { personId: player.id }), organiser }
      : undefined;
  }

  async #organiser(): Promise<Member> {
    const { summitId, organiserId } = this.#stage;
    const organiser = await this.#stage.organiser();
    return { self: selfIn(summitId, { personId: organiserId }), organiser };
  }
}

/** What was done in the plan is evidence; a worker would have said so at once. */
export async function creditStory(stage: Stage): Promise<void> {
  await stage.db.transaction().execute((tx) => creditPlan(tx, stage.byItself(), stage.summitId));
}
