import { expectOk } from '@cairn/kernel/result';
import type { Instant } from '@cairn/kernel/time';
import type { Reader } from '../../../platform/db/database.ts';
import type { FundLine } from '../funders/funder-rules.ts';
import type { Policy, PolicyContent } from './policy-rules.ts';
import { readPolicy } from './policy-schema.ts';

/** A set of rules with its text, as treasurers see it. Holds nothing about any person. */
export interface StoredPolicy extends Policy {
  readonly text: string;
  readonly shipped: string | null;
  readonly adoptedAt: Instant;
  /** Ids of the lines that use it. */
  readonly lineIds: readonly string[];
}

/** Texts that were read, the last ones: a claim’s form asks for them whenever somebody pauses. */
const read = new Map<string, PolicyContent>();
const MOST_READ = 100;

/** Only a text that could be read was stored. */
function contentOf(text: string): PolicyContent {
  const known = read.get(text);
  if (known !== undefined) return known;
  const content = expectOk(readPolicy(text));
  if (read.size >= MOST_READ) read.clear();
  read.set(text, content);
  return content;
}

/** The sets of rules that a summit has adopted, by key. */
export async function policiesOf(db: Reader, summitId: string): Promise<readonly StoredPolicy[]> {
  const rows = await db
    .selectFrom('policy')
    .select(['id', 'key', 'text', 'revision', 'shipped', 'adoptedAt'])
    .where('summitId', '=', summitId)
    .where('removedAt', 'is', null)
    .orderBy('key')
    .execute();
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const confirmed = await db
    .selectFrom('policyConfirmed')
    .select(['policyId', 'rule'])
    .where('policyId', 'in', ids)
    .execute();
  const lines = await db
    .selectFrom('fundLine')
    .select(['id', 'policyId'])
    .where('policyId', 'in', ids)
    .orderBy('position')
    .execute();
  return rows.map((row) => {
    const content = contentOf(row.text);
    const done = new Set(
      confirmed.filter(({ policyId }) => policyId === row.id).map(({ rule }) => rule),
    );
    return {
      ...row,
      ...content,
      unconfirmed: content.rules
        .filter((rule) => rule.confirm && !done.has(rule.key))
        .map(({ key }) => key),
      lineIds: lines.filter(({ policyId }) => policyId === row.id).map(({ id }) => id),
    };
  });
}

/** The rules by which a line pays; nothing where it has none. */
export async function policyFor(
  db: Reader,
  line: Pick<FundLine, 'policyId'>,
): Promise<Policy | undefined> {
  if (line.policyId === null) return undefined;
  const { policyId } = line;
  const row = await db
    .selectFrom('policy')
    .select('summitId')
    .where('id', '=', policyId)
    .executeTakeFirst();
  const all = row === undefined ? [] : await policiesOf(db, row.summitId);
  return all.find(({ id }) => id === policyId);
}

/** A revision of a set of rules. */
export interface PolicyRevision {
  readonly revision: number;
  readonly text: string;
  readonly at: Instant;
  readonly by: string | null;
}

/** Every revision of a set of rules, the newest first. */
export const policyRevisions = (db: Reader, policyId: string): Promise<PolicyRevision[]> =>
  db
    .selectFrom('policyRevision')
    .leftJoin('person', 'person.id', 'policyRevision.byPerson')
    .select(['revision', 'text', 'at', 'person.name as by'])
    .where('policyId', '=', policyId)
    .orderBy('revision', 'desc')
    .execute();

/** When a rule was confirmed, and by whom. */
export interface Confirmation {
  readonly rule: string;
  readonly at: Instant;
  readonly by: string | null;
}

/** Which rules of a set were confirmed. */
export const confirmationsOf = (db: Reader, policyId: string): Promise<Confirmation[]> =>
  db
    .selectFrom('policyConfirmed')
    .leftJoin('person', 'person.id', 'policyConfirmed.confirmedBy')
    .select(['rule', 'confirmedAt as at', 'person.name as by'])
    .where('policyId', '=', policyId)
    .execute();
