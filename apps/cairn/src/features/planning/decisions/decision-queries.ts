import {
  dateIn,
  expectZone,
  type Instant,
  type PlainDate,
  type ZoneName,
} from '@cairn/kernel/time';
import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import { type Summit, summitById } from '../../summits/queries.ts';
import { type DecisionDocument, readDecision } from '../documents/decision-rules.ts';
import { readPlanDocument } from '../documents/document-rules.ts';
import { RULES_FILE } from '../documents/kind-rules.ts';
import type { DecisionState } from '../documents/kind-schema.ts';
import { planRulesOf, rulesFor } from '../documents/plan-rules.ts';
import type { ThreadPlace } from '../threads/thread-commands.ts';
import { type ObjectionFacts, objectionStanding } from './window-rules.ts';

/** What holds for the windows of a summit's decisions. */
export interface WindowRule {
  /** Of the rule for `decisions` in `plan.yaml` on main. */
  readonly windowDays: number;
  readonly zone: ZoneName;
}

/** How long decisions of a summit stay provisional, and by which clock their days are counted. */
export async function windowRule(
  db: Reader,
  summit: Pick<Summit, 'id' | 'definition'>,
): Promise<WindowRule> {
  const rules = await db
    .selectFrom('planDocument')
    .select('source')
    .where('summitId', '=', summit.id)
    .where('path', '=', RULES_FILE)
    .executeTakeFirst();
  const { windowDays } = rulesFor(planRulesOf(rules?.source), 'decisions');
  return { windowDays, zone: expectZone(summit.definition.zone) };
}

/** The same, where only the summit's id is at hand. */
export const windowRuleOf = async (db: Reader, summitId: string): Promise<WindowRule> =>
  windowRule(db, await summitById(db, summitId));

/** A decision: its row, and what its document on main says. */
export interface Decision extends ThreadPlace {
  readonly path: string;
  readonly title: string;
  readonly state: DecisionState;
  readonly openedAt: Instant;
  readonly closesAt: Instant;
  readonly settledAt: Instant | null;
  /** Undefined where the document was taken away. */
  readonly document:
    | (DecisionDocument & { readonly source: string; readonly blob: string })
    | undefined;
  /** How many objections stand. */
  readonly standing: number;
}

/** The last day of a decision's window, by the clock of the summit. */
export const lastDayOfWindow = (
  { closesAt }: Pick<Decision, 'closesAt'>,
  zone: ZoneName,
): PlainDate => dateIn(closesAt.subtract({ milliseconds: 1 }), zone);

/** The decisions of a plan: those that are open first, then the latest. */
export const decisionsOf = (db: Reader, summitId: string): Promise<Decision[]> =>
  decisionsWhere(db, sql<boolean>`d.summit_id = ${summitId}`);

/** One decision by its number. */
export async function decisionAt(
  db: Reader,
  { summitId, number }: ThreadPlace,
): Promise<Decision | undefined> {
  const [found] = await decisionsWhere(
    db,
    sql<boolean>`d.summit_id = ${summitId} and d.number = ${number}`,
  );
  return found;
}

/** Decisions that name a document, such as a topic, by its path. */
export async function decisionsAbout(
  db: Reader,
  summitId: string,
  path: string,
): Promise<Decision[]> {
  const decisions = await decisionsOf(db, summitId);
  return decisions.filter(({ document }) => document?.topics.includes(path));
}

async function decisionsWhere(
  db: Reader,
  condition: ReturnType<typeof sql<boolean>>,
): Promise<Decision[]> {
  const { rows } = await sql<{
    summitId: string;
    number: number;
    path: string;
    title: string;
    state: DecisionState;
    openedAt: Instant;
    closesAt: Instant;
    settledAt: Instant | null;
    source: string | null;
    blob: string | null;
  }>`
    select d.summit_id, d.number, d.path, t.title, d.state,
      coalesce(d.opened_at, d.made_at) as opened_at, d.closes_at, d.settled_at, f.source, f.blob
    from plan_decision d
    join plan_thread t on t.summit_id = d.summit_id and t.number = d.number
    left join plan_document f on f.summit_id = d.summit_id and f.path = d.path
    where ${condition}
    order by d.state = 'ratified', d.made_at desc, d.number desc`.execute(db);
  const objections = await sql<ObjectionFacts & { summitId: string; number: number }>`
    select d.summit_id, d.number, o.answered_at, o.upheld_at, o.withdrawn_at
    from plan_objection o
    join plan_decision d on d.summit_id = o.summit_id and d.number = o.number
    where ${condition}`.execute(db);
  return rows.map(({ source, blob, ...row }) => {
    const read = source === null ? undefined : readPlanDocument(row.path, source);
    return {
      ...row,
      document:
        read === undefined || source === null
          ? undefined
          : { ...readDecision(read), source, blob: blob ?? '' },
      standing: objections.rows.filter(
        (each) => each.number === row.number && objectionStanding(each) === 'stands',
      ).length,
    };
  });
}

/** An objection with the names that belong to it. */
export interface Objection extends ObjectionFacts {
  readonly id: string;
  readonly personId: string;
  readonly name: string;
  readonly reason: string;
  readonly at: Instant;
  readonly answer: string;
  readonly answeredBy: string | null;
  readonly answeredByName: string | null;
}

/** What people have against a decision, in the order in which they said it. For those who take part. */
export const objectionsIn = (db: Reader, { summitId, number }: ThreadPlace): Promise<Objection[]> =>
  db
    .selectFrom('planObjection')
    .innerJoin('person', 'person.id', 'planObjection.personId')
    .leftJoin('person as answerer', 'answerer.id', 'planObjection.answeredBy')
    .select(['planObjection.id', 'planObjection.personId', 'person.name', 'planObjection.reason'])
    .select(['planObjection.at', 'planObjection.answer', 'planObjection.answeredBy'])
    .select(['answerer.name as answeredByName', 'planObjection.answeredAt'])
    .select(['planObjection.upheldAt', 'planObjection.withdrawnAt'])
    .where('planObjection.summitId', '=', summitId)
    .where('planObjection.number', '=', number)
    .orderBy('planObjection.at')
    .orderBy('planObjection.id')
    .execute();
