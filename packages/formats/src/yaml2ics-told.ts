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
