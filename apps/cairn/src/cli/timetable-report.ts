import { writeFile } from 'node:fs/promises';
import { counted } from '@cairn/kernel/words';
import { namesOf } from '@cairn/timetable/explain/names';
import { sentenceOf } from '@cairn/timetable/explain/words';
import { placesOf } from '@cairn/timetable/files/places';
import { checkTimetable, type Judged, type RuleBreak } from '@cairn/timetable/sessions/checker';
import type { IndexedInstance } from '@cairn/timetable/sessions/index-instance';
import type { Timetable } from '@cairn/timetable/sessions/model';
import { say } from './command.ts';
import { messageOf } from './text-file.ts';

/** More than these are counted, not told, where somebody reads. */
const MOST_TOLD = 10;

/** What a timetable is worth and what it breaks, judged by the slow checker. */
export class TimetableReport {
  readonly #indexed: IndexedInstance;
  readonly #timetable: Timetable;
  readonly judged: Judged;

  constructor(indexed: IndexedInstance, timetable: Timetable) {
    this.#indexed = indexed;
    this.#timetable = timetable;
    this.judged = checkTimetable(indexed, timetable);
  }

  /** Whether all holds that must. */
  get isGood(): boolean {
    return this.judged.values[0] === 0;
  }

  /** How many sessions have no place. */
  get unplaced(): number {
    const { sessions, instance } = this.#indexed;
    return sessions.length - Object.keys(placesOf(instance, this.#timetable)).length;
  }

  /** For `--json`. */
  get document() {
    const { instance } = this.#indexed;
    const names = namesOf(this.#indexed);
    const key = (items: readonly { readonly key: string }[]) => (number: number) =>
      items[number]?.key ?? '';
    return {
      ok: this.isGood,
      values: this.judged.values,
      levels: this.judged.values.map((_, level) => names.level(level)),
      unplaced: this.unplaced,
      breaks: this.judged.breaks.map((each) => ({
        level: each.rule.level,
        rule: each.rule.kind,
        cost: each.cost * each.rule.weight,
        sentence: sentenceOf(this.#indexed, each, names),
        sessions: each.sessions.map(key(instance.sessions)),
        people: each.people.map(key(instance.people)),
        ...(each.slot === undefined ? {} : { slot: key(instance.slots)(each.slot) }),
        ...(each.room === undefined ? {} : { room: key(instance.rooms)(each.room) }),
      })),
      timetable: placesOf(instance, this.#timetable),
    };
  }

  /** What somebody reads: each level by name with what is broken in it. */
  get lines(): string[] {
    const names = namesOf(this.#indexed);
    return [
      ...this.judged.values.flatMap((value, level) => [
        `${names.level(level)}: ${value}`,
        ...this.#told(this.judged.breaks.filter(({ rule }) => rule.level === level)),
      ]),
      ...(this.unplaced === 0
        ? []
        : [`${counted(this.unplaced, 'session has', 'sessions have')} no place.`]),
    ];
  }

  /** The places, slot by slot. */
  get placeLines(): string[] {
    const names = namesOf(this.#indexed);
    const { slot: at, room } = this.#timetable;
    return this.#indexed.slots.flatMap((_, slot) => {
      const here = [...this.#indexed.sessions.keys()].filter((session) => at[session] === slot);
      if (here.length === 0) return [];
      const sessions = here.map((session) => {
        const where = room[session] ?? -1;
        return `  ${where < 0 ? '' : `${names.room(where)}: `}${names.session(session)}`;
      });
      return [names.slot(slot), ...sessions];
    });
  }

  #told(breaks: readonly RuleBreak[]): string[] {
    const names = namesOf(this.#indexed);
    const costliest = [...breaks].sort(
      (one, other) => other.cost * other.rule.weight - one.cost * one.rule.weight,
    );
    const told = costliest
      .slice(0, MOST_TOLD)
      .map((each) => `  ${sentenceOf(this.#indexed, each, names)}`);
    const left = breaks.length - told.length;
    return left > 0 ? [...told, `  And ${counted(left, 'case')} more.`] : told;
  }
}

/** What a search took. */
export interface Effort {
  readonly seed: number;
  readonly iterations: number;
  readonly threads: number;
  readonly isStopped: boolean;
}

/** `Seed 1, 2000000 iterations, 1 thread.` */
export const effortInWords = ({ seed, iterations, threads, isStopped }: Effort): string =>
  `Seed ${seed}, ${counted(iterations, 'iteration')}, ${counted(threads, 'thread')}${isStopped ? '; stopped before the end' : ''}.`;

/** Writes an answer; false if that cannot be, which must not lose it. */
export async function writeAnswer(file: string, text: string): Promise<boolean> {
  try {
    await writeFile(file, text);
    return true;
  } catch (error) {
    say(`${file}: This file cannot be written (${messageOf(error)}).`);
    return false;
  }
}
