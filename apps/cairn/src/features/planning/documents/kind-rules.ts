/** The kinds of plan documents, and the folder that holds those of each. */
export const KIND_FOLDERS = {
  topic: 'topics',
  notes: 'meetings',
  decision: 'decisions',
  practice: 'practices',
  standard: 'standards',
  goal: 'goals',
} as const;

export const DOCUMENT_KINDS = Object.keys(KIND_FOLDERS) as readonly DocumentKind[]; // the keys of the constant above
export type DocumentKind = keyof typeof KIND_FOLDERS;

/** What a file of a plan is: a document of a kind, any other page of Markdown, or the rules of the plan. */
export type FileKind = DocumentKind | 'page' | 'rules';

/** The file of a plan that says who reviews what. */
export const RULES_FILE = 'plan.yaml';

const FOLDER_KINDS = new Map<string, DocumentKind>(
  DOCUMENT_KINDS.map((kind) => [KIND_FOLDERS[kind], kind]),
);

/**
 * What a file is by its path; undefined for what is no part of the plan's text, such as a picture.
 *
 *     kindOfPath('topics/sparse-arrays.md') // 'topic'
 */
export function kindOfPath(path: string): FileKind | undefined {
  if (path === RULES_FILE) return 'rules';
  if (!path.endsWith('.md')) return undefined;
  const [folder = '', file, ...deeper] = path.split('/');
  if (file === undefined || file === 'README.md' || deeper.length > 0) return 'page';
  return FOLDER_KINDS.get(folder) ?? 'page';
}
