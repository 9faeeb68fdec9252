import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { listed } from '@cairn/kernel/words';
import { namesOf } from '@cairn/timetable/explain/names';
import { type IndexedInstance, indexInstance } from '@cairn/timetable/sessions/index-instance';

/**
 * The instance with its wishes in another order: `text` names levels by number or name, the most
 * important first; those that it does not name come after them as they were. What must hold stays.
 */
export function withLevels(
  indexed: IndexedInstance,
  text: string | undefined,
): Result<IndexedInstance, readonly Problem[]> {
  if (text === undefined) return ok(indexed);
  const { level: nameOf } = namesOf(indexed);
  const all = Array.from({ length: indexed.levels - 1 }, (_, index) => index + 1);
  const wanted = text.split(',').map((each) => each.trim());
  const first = wanted.map((each) =>
    all.find((level) => [`${level}`, nameOf(level)].includes(each)),
  );
  const stray = wanted.filter((_, index) => first[index] === undefined);
  if (stray.length > 0 || new Set(first).size < first.length) {
    const named = all.map((level) => `${level} (${nameOf(level)})`);
    const known = all.length === 0 ? 'there is none here' : `there are ${listed(named)}`;
    const sentence = `--levels takes numbers or names of levels, each once, with commas between; ${known}.`;
    return fail([problem('usage', sentence)]);
  }
  const order = [0, ...first, ...all.filter((level) => !first.includes(level))];
  const { instance } = indexed;
  return indexInstance({
    ...instance,
    levels: order.map((level) => nameOf(level ?? 0)),
    rules: instance.rules.map((rule) => ({ ...rule, level: order.indexOf(rule.level) })),
  });
}
