import { RULES_FILE } from './kind-rules.ts';
import {
  FOLDER_TEXTS,
  type FolderText,
  SKELETON_RULES,
  TOPIC_ISSUE_FORM,
} from './skeleton-texts-rules.ts';

export interface NewPlan {
  /** The summit's. */
  readonly title: string;
  /** Where the plan is on the web. */
  readonly url?: string;
}

/**
 * The files with which a plan begins: what it is, its rules, and for each kind of document a folder
 * that says how one is written, with one to copy. There is nothing for `cairn plan check` to mend in it.
 */
export const planSkeleton = ({
  title,
  url,
}: NewPlan): { readonly path: string; readonly content: string }[] => [
  { path: 'README.md', content: readme(title.trim().replace(/\s+/g, ' '), url) },
  { path: RULES_FILE, content: SKELETON_RULES },
  ...FOLDER_TEXTS.map((text) => ({
    path: `${text.folder}/README.md`,
    content: folderReadme(text),
  })),
  { path: '.github/ISSUE_TEMPLATE/topic.yml', content: TOPIC_ISSUE_FORM },
];

const readme = (title: string, url: string | undefined): string => `# The plan of ${asWords(title)}

This repository is the plan of a summit: what we want to do together, who does it, and what was decided.
Everybody who comes contributes to it and reviews what others propose.${url === undefined ? '' : `\n\nIt can be read, discussed and changed in the browser as well: <${url}>`}

| Folder | What it holds |
| :-- | :-- |
${FOLDER_TEXTS.map(({ folder, name, purpose }) => `| [${name}](${folder}/README.md) | ${purpose} |`).join('\n')}

Every document is Markdown with some lines of “key: value” at its top; the README of each folder has one to
copy. [plan.yaml](plan.yaml) says who reviews what, and what may be changed without a review.

## How to change something

1. Clone this repository, and make a branch.
2. Change documents, or add one. \`cairn plan check .\` tells what is wrong with them.
3. Push the branch. That opens a proposal, which others review; pushing again updates it.

The same can be done in the browser, with nothing installed.
`;

/** A title as words of Markdown, whatever signs are in it. */
const asWords = (title: string): string => title.replace(/[\\`*_[\]<>]/g, '\\$&');

const folderReadme = ({ name, purpose, advice, template }: FolderText): string => `# ${name}

${purpose}

${advice}

Copy this into a new file whose name ends in \`.md\`:

\`\`\`\`markdown
${template}\`\`\`\`
`;
