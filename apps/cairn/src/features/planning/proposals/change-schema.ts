import { z } from 'zod';
import { type Typed, typedText } from '../../../platform/http/form.ts';
import { DOCUMENT_KINDS } from '../documents/kind-rules.ts';
import { type FileEdit, fieldOf } from './change-rules.ts';

/** As many files as one form holds; more come with Git. */
export const MOST_FILES = 20;

/** What the editor's page was asked for. */
export const editorAsked = z.object({
  path: z.string().max(300).optional().catch(undefined),
  kind: z
    .enum([...DOCUMENT_KINDS, 'page'])
    .optional()
    .catch(undefined),
});

/** What was typed in the editor. Everything is a text; what it means is decided later, so that nothing is lost. */
export interface EditorTyped {
  readonly base: string;
  readonly edits: readonly FileEdit[];
  readonly title: string;
  readonly why: string;
  readonly act: 'propose' | 'preview' | 'check' | 'add';
  /** What to add: a path, or `new:<kind>`. */
  readonly add: string;
}

const ACTS = ['propose', 'preview', 'check', 'add'] as const;

/** Reads the editor's form; a file that the form leaves out is not there. */
export function readEditor(typed: Typed): EditorTyped {
  const edits: FileEdit[] = [];
  for (let index = 0; index < MOST_FILES; index += 1) {
    const field = fieldOf('text', index);
    if (typed[field] === undefined) continue;
    edits.push({
      was: typedText(typed, `was.${index}`),
      path: typedText(typed, fieldOf('path', index)),
      text: typedText(typed, field),
      isGone: typedText(typed, fieldOf('gone', index)) !== '',
    });
  }
  const act = typedText(typed, 'do');
  return {
    base: /^[0-9a-f]{40}$/.test(typedText(typed, 'base')) ? typedText(typed, 'base') : '',
    edits,
    title: typedText(typed, 'title'),
    why: typedText(typed, 'why'),
    act: ACTS.find((each) => each === act) ?? 'preview',
    add: typedText(typed, 'add'),
  };
}
