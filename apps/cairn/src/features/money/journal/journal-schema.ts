import { z } from 'zod';
import { CATEGORY_KEYS } from '../category-rules.ts';
import type { EntryFilter } from './entry-queries.ts';
import { STAGES } from './journal-rules.ts';
import { KIND_KEYS } from './journal-words-rules.ts';

/** What the address of the journal asks for; what cannot be understood is left out. */
const asked = z.object({
  line: z.uuid().optional().catch(undefined),
  category: z.enum(CATEGORY_KEYS).optional().catch(undefined),
  person: z.uuid().or(z.literal('none')).optional().catch(undefined),
  /** One stage or several, by comma. */
  stage: z
    .string()
    .transform((text) => STAGES.filter((stage) => text.split(',').includes(stage)))
    .optional(),
  kind: z.enum(KIND_KEYS).optional().catch(undefined),
  overridden: z.literal('yes').optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(1_000_000).catch(1),
});

/** Reads which entries somebody wants to see, and which page of them. */
export function readAsked(query: Readonly<Record<string, string>>): {
  readonly filter: EntryFilter;
  readonly page: number;
} {
  const { line, category, person, stage, kind, overridden, page } = asked.parse(query);
  return {
    filter: {
      lineId: line,
      category,
      personId: person,
      stages: stage === undefined || stage.length === 0 ? undefined : stage,
      kind,
      isOverride: overridden === 'yes',
    },
    page,
  };
}

/** Taking an entry back. */
export const correctionForm = z.object({
  note: z
    .string('say why it is taken back')
    .overwrite((text) => text.replace(/\r\n?/g, '\n'))
    .trim()
    .min(1, 'say why it is taken back; the journal keeps it')
    .max(1000, 'shorten this to 1000 characters'),
  override: z
    .enum(['yes'])
    .optional()
    .transform((value) => value === 'yes'),
});
