import type { Problem } from '@cairn/kernel/problem';
import type { Repository } from '../../../platform/git/repository.ts';
import {
  FORM_SETTINGS,
  formKey,
  ISSUE_FORM_FOLDER,
  type IssueForm,
  readIssueForm,
} from './issue-form-rules.ts';

/** The forms of a plan, and what is wrong with files that should be some. */
export interface IssueForms {
  readonly forms: readonly IssueForm[];
  readonly problems: readonly Problem[];
  /** Whether issues can be opened without a form. */
  readonly allowsPlain: boolean;
}

/** A form is a page of text; more is no form, and so many are no choice. */
const LARGEST = 64 * 1024;
const MOST = 50;

/** Forms as they were at a commit; the same commit has the same. */
const remembered = new Map<string, IssueForms>();

/** The forms of issues that main has, by name. */
export async function issueForms(repository: Repository, head: string): Promise<IssueForms> {
  const known = remembered.get(`${repository.directory} ${head}`);
  if (known !== undefined) return known;
  const files = (await repository.files(head))
    .filter(({ path, mode, size }) => {
      return path.startsWith(ISSUE_FORM_FOLDER) && mode.startsWith('100') && size <= LARGEST;
    })
    .slice(0, MOST);
  const contents = await repository.blobs(files.map(({ oid }) => oid));
  const forms: IssueForm[] = [];
  const problems: Problem[] = [];
  let allowsPlain = true;
  for (const { path, oid } of files) {
    const key = formKey(path);
    const source = contents.get(oid)?.toString('utf8') ?? '';
    if (key === undefined) continue;
    if (key === FORM_SETTINGS) {
      allowsPlain = !/^blank_issues_enabled:\s*false\b/m.test(source);
      continue;
    }
    const read = readIssueForm(key, source, path);
    if (read.ok) forms.push(read.value);
    else problems.push(...read.error);
  }
  forms.sort((a, b) => a.name.localeCompare(b.name, 'en'));
  const found = { forms, problems, allowsPlain: allowsPlain || forms.length === 0 };
  if (remembered.size > 100) remembered.clear();
  remembered.set(`${repository.directory} ${head}`, found);
  return found;
}
