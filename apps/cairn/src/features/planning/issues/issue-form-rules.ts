import { parseYaml } from '@cairn/formats/yaml-document';
import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import * as z from 'zod';

/*
 * GitHub's form schema: https://docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-githubs-form-schema
 * What Cairn has no use for (assignees, projects, types) is read over.
 */

const text = z.string().max(10_000);
const short = z.string().max(300);
const id = z.string().regex(/^[A-Za-z0-9_-]{1,60}$/, 'An id holds letters, digits, - and _ only.');
const required = z.object({ required: z.boolean().optional() }).optional();
const about = { label: short.min(1), description: text.optional() };

const markdownPart = z.object({
  type: z.literal('markdown'),
  attributes: z.object({ value: text }),
});
const inputPart = z.object({
  type: z.literal('input'),
  id: id.optional(),
  attributes: z.object({ ...about, placeholder: text.optional(), value: text.optional() }),
  validations: required,
});
const textareaPart = z.object({
  type: z.literal('textarea'),
  id: id.optional(),
  attributes: z.object({
    ...about,
    placeholder: text.optional(),
    value: text.optional(),
    render: z.string().max(40).optional(),
  }),
  validations: required,
});
const dropdownPart = z.object({
  type: z.literal('dropdown'),
  id: id.optional(),
  attributes: z.object({
    ...about,
    multiple: z.boolean().optional(),
    options: z.array(z.coerce.string().max(200)).min(1).max(200),
    default: z.number().int().min(0).optional(),
  }),
  validations: required,
});
const checkboxesPart = z.object({
  type: z.literal('checkboxes'),
  id: id.optional(),
  attributes: z.object({
    ...about,
    options: z
      .array(z.object({ label: text, required: z.boolean().optional() }))
      .min(1)
      .max(200),
  }),
});

const partSchema = z.discriminatedUnion(
  'type',
  [markdownPart, inputPart, textareaPart, dropdownPart, checkboxesPart],
  'Write the type of this part: markdown, input, textarea, dropdown or checkboxes.',
);
const formSchema = z.object({
  name: short.min(1),
  description: short.min(1),
  title: short.optional(),
  labels: z
    .union([z.array(short), short.transform((names) => names.split(','))])
    .optional()
    .transform((names = []) => names.map((name) => name.trim()).filter((name) => name !== '')),
  body: z.array(partSchema).min(1).max(60),
});

/** A part of a form that holds an answer, with the name of its field. */
export type IssueFormPart = z.output<typeof partSchema> & { readonly field: string };

/** A form of an issue, as its file in `.github/ISSUE_TEMPLATE/` says it. */
export interface IssueForm {
  /** The file's name without its ending; the form's address. */
  readonly key: string;
  readonly name: string;
  readonly description: string;
  readonly title: string;
  readonly labels: readonly string[];
  readonly parts: readonly IssueFormPart[];
}

/** Where forms of issues are, in the plan. */
export const ISSUE_FORM_FOLDER = '.github/ISSUE_TEMPLATE/';

/** The key of the form in a file; undefined for a file that is none. */
export const formKey = (path: string): string | undefined =>
  /^\.github\/ISSUE_TEMPLATE\/([A-Za-z0-9_-]{1,60})\.ya?ml$/.exec(path)?.[1];

/** The file beside the forms that says whether a plain issue can be opened too. */
export const FORM_SETTINGS = 'config';

/** Reads the file of a form; on failure every problem, with its place in the file where that is known. */
export function readIssueForm(
  key: string,
  source: string,
  file: string,
): Result<IssueForm, Problem[]> {
  const read = parseYaml(source, file);
  if (!read.ok) return read;
  const parsed = formSchema.safeParse(read.value.value);
  if (!parsed.success) {
    return fail(
      parsed.error.issues.map((issue) => {
        const path = issue.path.filter((step) => typeof step !== 'symbol');
        return problem('bad-issue-form', `${path.join('.') || 'The form'}: ${issue.message}`, {
          file,
          ...read.value.placeOf(path, 'value'),
        });
      }),
    );
  }
  const { body, title = '', ...form } = parsed.data;
  const ids = new Set<string>();
  for (const part of body) {
    if (part.type === 'markdown' || part.id === undefined) continue;
    if (ids.has(part.id)) {
      return fail([
        problem('same-id', `Two parts have the id “${part.id}”; give one another.`, { file }),
      ]);
    }
    ids.add(part.id);
  }
  // Names of fields of our own cannot meet those of a form.
  const parts = body.map((part, index) => ({
    ...part,
    field: `part-${part.type !== 'markdown' && part.id !== undefined ? part.id : index}`,
  }));
  return ok({ key, title, ...form, parts });
}

/** What was typed into each field. */
export type FormAnswers = Readonly<Record<string, string | readonly string[]>>;

const answersTo = (answers: FormAnswers, field: string): readonly string[] => {
  const value = answers[field] ?? [];
  return (typeof value === 'string' ? [value] : value).map((each) => each.replace(/\r\n?/g, '\n'));
};

/** What is missing or cannot be in a form that was filled in. */
export function formFaults(form: IssueForm, answers: FormAnswers): Problem[] {
  const faults: Problem[] = [];
  const wrong = (field: string, sentence: string): void => {
    faults.push(problem('bad-field', sentence, { path: field }));
  };
  for (const part of form.parts) {
    const given = answersTo(answers, part.field).filter((answer) => answer.trim() !== '');
    switch (part.type) {
      case 'markdown':
        break;
      case 'input':
      case 'textarea':
        if (part.validations?.required === true && given.length === 0) {
          wrong(part.field, `“${part.attributes.label}” is needed; write something.`);
        }
        break;
      case 'dropdown': {
        if (part.validations?.required === true && given.length === 0) {
          wrong(part.field, `“${part.attributes.label}” is needed; choose something.`);
        }
        const isUnknown = given.some((answer) => !part.attributes.options.includes(answer));
        if (isUnknown) wrong(part.field, 'Choose one of the answers that are offered.');
        break;
      }
      case 'checkboxes': {
        const missing = part.attributes.options.find(
          ({ label, required: isNeeded }) => isNeeded === true && !given.includes(label),
        );
        if (missing !== undefined) wrong(part.field, `“${missing.label}” has to be ticked.`);
        break;
      }
      default:
        part satisfies never;
    }
  }
  return faults;
}

/** The text of an issue that a filled form makes: the same as GitHub makes of it. */
export const issueBody = (form: IssueForm, answers: FormAnswers): string =>
  form.parts
    .flatMap((part) => {
      if (part.type === 'markdown') return [];
      return [
        `### ${part.attributes.label}\n\n${answerText(part, answersTo(answers, part.field))}`,
      ];
    })
    .join('\n\n');

const NO_ANSWER = '_No response_';

function answerText(
  part: Exclude<IssueFormPart, { readonly type: 'markdown' }>,
  given: readonly string[],
): string {
  if (part.type === 'checkboxes') {
    return part.attributes.options
      .map(({ label }) => `- [${given.includes(label) ? 'X' : ' '}] ${label}`)
      .join('\n');
  }
  const answer = given
    .filter((each) => each.trim() !== '')
    .join(', ')
    .trim();
  if (answer === '') return NO_ANSWER;
  if (part.type !== 'textarea' || part.attributes.render === undefined) return answer;
  const longest = Math.max(2, ...[...answer.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${part.attributes.render.replace(/[^\w+#.-]/g, '')}\n${answer}\n${fence}`;
}

/** What a form holds before anybody has typed into it. */
export const startingAnswers = (form: IssueForm): FormAnswers =>
  Object.fromEntries(
    form.parts.flatMap((part): [string, string][] => {
      switch (part.type) {
        case 'input':
        case 'textarea':
          return [[part.field, part.attributes.value ?? '']];
        case 'dropdown': {
          const { default: chosen, options } = part.attributes;
          return chosen === undefined ? [] : [[part.field, options[chosen] ?? '']];
        }
        default:
          return [];
      }
    }),
  );
