import { type Place, type Problem, problem } from '@cairn/kernel/problem';
import type { Path } from './schema-fault.ts';
import type { YamlDocument } from './yaml-document.ts';

/** Collects what is to be told while a file is read. */
export class Told {
  readonly problems: Problem[] = [];
  readonly notes: Problem[] = [];
  readonly #document: YamlDocument;

  constructor(document: YamlDocument) {
    this.#document = document;
  }

  problem(path: Path, code: string, sentence: string, of: 'key' | 'value' = 'value'): undefined {
    this.problems.push(problem(code, sentence, this.#place(path, of)));
    return undefined;
  }

  note(path: Path, code: string, sentence: string, of: 'key' | 'value' = 'value'): void {
    this.notes.push(problem(code, sentence, this.#place(path, of)));
  }

  #place(path: Path, of: 'key' | 'value'): Place {
    return this.#document.placeOf(path, of);
  }
}

/** What stands in a file, to be quoted in a sentence. It may be anything, groups with any keys too. */
export function quoted(value: unknown): string {
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
