import type { CellReader } from './cosplib-cells.ts';
import { LIMITS } from './cosplib-cells.ts';
import { CONFERENCE_RULES, type ConferenceRule, type SociableHours } from './model.ts';
import type { Sheet } from './sheets.ts';

const VALUE = 1;
const WEIGHT = 4;

/** What rules weigh: the fifth column of the settings, from the second row on, one below the other. */
export function readWeights(sheet: Sheet, reader: CellReader): Record<ConferenceRule, number> {
  const weights = CONFERENCE_RULES.map((rule, index) => {
    const named = sheet.cell(index + 1, WEIGHT - 1).replace(/:$/, '') || rule;
    const what = `the weight of “${named}”`;
    return [rule, reader.whole(sheet, index + 1, WEIGHT, what, 0, LIMITS.weight)] as const;
  });
  return Object.fromEntries(weights) as Record<ConferenceRule, number>;
}

/** When presenters are awake: the second column of the settings. */
export function readHours(sheet: Sheet, reader: CellReader): SociableHours {
  return {
    zone: reader.zone(sheet, 1, VALUE) ?? 0,
    from: reader.time(sheet, 3, VALUE, 'when suitable times start'),
    to: reader.time(sheet, 4, VALUE, 'when suitable times end'),
    widerFrom: reader.time(sheet, 6, VALUE, 'when less suitable times start'),
    widerTo: reader.time(sheet, 7, VALUE, 'when less suitable times end'),
    small: reader.whole(sheet, 8, VALUE, 'the penalty of less suitable times', 0, LIMITS.penalty),
    large: reader.whole(sheet, 10, VALUE, 'the penalty of unsuitable times', 0, LIMITS.penalty),
  };
}
