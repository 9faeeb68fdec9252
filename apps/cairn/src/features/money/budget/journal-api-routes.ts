import { amountText } from '@cairn/kernel/money';
import { type OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnv } from '../../../platform/http/api-caller.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { treasuredSummit } from '../../summits/api-access.ts';
import { slugParam } from '../../summits/api-schema.ts';
import { entriesOf } from '../journal/entry-queries.ts';
import { STAGES } from '../journal/journal-rules.ts';
import { KIND_KEYS } from '../journal/journal-words-rules.ts';
import { reconcile } from '../journal/reconcile-queries.ts';
import { CHECK_KEYS } from '../journal/reconcile-rules.ts';
import { entrySchema, tag } from './api-schema.ts';

const pageQuery = z.strictObject({
  line: z.uuid().optional(),
  stage: z.enum(STAGES).optional(),
  kind: z.enum(KIND_KEYS).optional(),
  page: z.coerce.number().int().min(1).max(1_000_000).default(1),
});
const PAGE_SIZE = 100;

/** Adds the operations that read and correct the journal. */
export function addJournal(routes: OpenAPIHono<ApiEnv>): void {
  operation(
    routes,
    {
      id: 'listJournal',
      method: 'get',
      path: '/summits/{slug}/treasury/journal',
      tag,
      summary: 'Entries of the journal',
      scope: 'read:money',
      params: slugParam,
      query: pageQuery,
      answer: {
        status: 200,
        description: `The newest first, ${PAGE_SIZE} a page.`,
        schema: z.object({ count: z.number().int(), items: z.array(entrySchema) }),
      },
      refuses: [403],
    },
    async (c, { params, query }) => {
      const treasured = await treasuredSummit(c, params.slug);
      if (!treasured.ok) return treasured;
      const { line, stage, kind, page } = query;
      const filter = { lineId: line, stages: stage === undefined ? undefined : [stage], kind };
      const paging = { limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE };
      const { treasurer } = treasured.value;
      const { rows, count } = await entriesOf(c.var.services.db, treasurer, filter, paging);
      return answered({
        count,
        items: rows.map((entry) => ({
          id: entry.id,
          at: entry.at.toString(),
          on_date: entry.onDate,
          kind: entry.kind,
          claim: entry.claim === null ? null : `C-${entry.claim}`,
          estimate: entry.estimate === null ? null : `E-${entry.estimate}`,
          corrects: entry.corrects,
          corrected_by: entry.correctedBy,
          is_override: entry.isOverride,
          note: entry.note,
          postings: entry.postings.map((posting) => ({
            line: posting.lineId,
            category: posting.category,
            person: posting.personId,
            stage: posting.stage,
            amount: amountText(posting.minor, posting.currency),
            currency: posting.currency,
          })),
        })),
      });
    },
  );
  operation(
    routes,
    {
      id: 'reconcileMoney',
      method: 'get',
      path: '/summits/{slug}/treasury/reconciliation',
      tag,
      summary: 'Check all sums again',
      description: 'Every balance from its postings, and caps, claims and payments against them.',
      scope: 'read:money',
      params: slugParam,
      answer: {
        status: 200,
        description: 'What was reckoned, and how many differences each check found.',
        schema: z.object({
          agrees: z.boolean(),
          entries: z.number().int(),
          postings: z.number().int(),
          differences: z.record(z.enum(CHECK_KEYS), z.number().int()),
        }),
      },
      refuses: [403],
    },
    async (c, { params }) => {
      const treasured = await treasuredSummit(c, params.slug);
      if (!treasured.ok) return treasured;
      const found = await reconcile(c.var.services.db, treasured.value.treasurer);
      const count = (key: string) => found.differences.filter(({ check }) => check === key).length;
      return answered({
        agrees: found.differences.length === 0,
        entries: found.entries,
        postings: found.postings,
        differences: Object.fromEntries(CHECK_KEYS.map((key) => [key, count(key)])) as Record<
          (typeof CHECK_KEYS)[number],
          number
        >, // every check
      });
    },
  );
}
