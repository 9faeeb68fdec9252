/** How long titles and texts may be here. */
export interface Longest {
  readonly title: number;
  readonly text: number;
}

/** A title as it fits here: GitHub's may be longer, and hold line ends. */
export const fittingTitle = (title: string, { title: longest }: Longest): string => {
  const line = title.replace(/\s+/g, ' ').trim();
  if (line === '') return 'Without a title';
  return line.length <= longest ? line : `${line.slice(0, longest - 1)}…`;
};

/** A text as it fits here, with a word at its end where it was too long. */
export const fittingBody = (text: string, { text: longest }: Longest): string => {
  const plain = text.replace(/\r\n?/g, '\n');
  const rest = '\n\n… The rest is on GitHub.';
  return plain.length <= longest ? plain : `${plain.slice(0, longest - rest.length)}${rest}`;
};

/** Labels as they fit here: at most twenty, none of them longer than GitHub allows. */
export const fittingLabels = (labels: readonly string[]): string[] =>
  labels
    .map((label) => [...label.replace(/\p{C}/gu, '')].slice(0, 50).join(''))
    .filter((label) => label.trim() !== '')
    .slice(0, 20);
