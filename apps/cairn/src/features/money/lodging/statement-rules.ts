import { counted } from '@cairn/kernel/words';
import { z } from 'zod';

/** What a search for rooms came to, as it is kept with it. It holds numbers only, and nothing of any wish. */
export const statementSchema = z.object({
  sleepers: z.int(),
  unplaced: z.int(),
  moved: z.int(),
  beds: z.int(),
  proves: z.enum(['all', 'wishes', 'nothing']),
  /** Put by hand, besides which the others were placed. */
  kept: z.int(),
});
export type Statement = z.output<typeof statementSchema>;

/** Fewer people than this, and a number about them says who is meant. */
const FEW = 6;

/** What a proposal came to, as organisers may read it in numbers: of few people not whether their wishes could be met. */
export const shownStatementSchema = statementSchema.extend({
  proves: statementSchema.shape.proves.nullable(),
});
export const shownStatement = (statement: Statement): z.output<typeof shownStatementSchema> => ({
  ...statement,
  proves: statement.sleepers < FEW ? null : statement.proves,
});

/** What a proposal came to, in sentences for organisers. */
export function statementWords(statement: Statement): readonly string[] {
  const { sleepers, unplaced, moved, proves, kept } = statement;
  const besides = kept === 0 ? '' : ` besides ${counted(kept, 'person', 'people')} put by hand`;
  const placed = counted(sleepers - unplaced, 'person', 'people');
  return [
    unplaced === 0
      ? `Everybody who needs a bed has one: ${placed}.`
      : `${placed} of ${sleepers} have a bed; for ${unplaced} none was left that they can use.`,
    ...(moved > 0
      ? [`${counted(moved, 'person', 'people')} would sleep elsewhere than they were told.`]
      : []),
    ...(sleepers < FEW
      ? []
      : [
          proves === 'all'
            ? `It was proved that no other rooming${besides} suits people better.`
            : proves === 'wishes'
              ? `It was proved that no other rooming${besides} keeps to what matters most to more people; small comforts may be met better.`
              : `It was not proved that no other rooming${besides} suits people better; another proposal may find one.`,
        ]),
  ];
}
