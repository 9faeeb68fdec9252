/** Somebody as a commit names them: never with an address that takes mail. */
export interface Named {
  readonly name: string;
  readonly email: string;
}

/** What the commit of a merge tells. */
export interface MergeStory {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  /** The address of the proposal's page. */
  readonly url: string;
  /** Who worked on it besides its author. */
  readonly coAuthors: readonly Named[];
  /** Who approved what was merged. */
  readonly reviewers: readonly Named[];
  /** What was set aside, and why; undefined if the rules were met. */
  readonly despite: { readonly lacks: readonly string[]; readonly why: string } | undefined;
}

/**
 * The message of a merge: which proposal, what it says of itself, and who had part in it as trailers
 * that every forge understands.
 */
export function mergeMessage(story: MergeStory): string {
  const { number, title, body, url, coAuthors, reviewers, despite } = story;
  const set =
    despite === undefined
      ? []
      : [
          `An organiser merged it though it still needed something:\n${despite.lacks
            .map((sentence) => `- ${oneLine(sentence)}`)
            .join('\n')}\nReason: ${oneLine(despite.why)}`,
        ];
  const trailers = [
    `Proposal: ${url}`,
    ...coAuthors.map((each) => `Co-authored-by: ${signed(each)}`),
    ...reviewers.map((each) => `Reviewed-by: ${signed(each)}`),
  ];
  return `${[`${oneLine(title)} (#${number})`, body.trim(), ...set, trailers.join('\n')]
    .filter((part) => part !== '')
    .join('\n\n')}\n`;
}

const signed = ({ name, email }: Named): string =>
  `${oneLine(name).replace(/[<>]/g, '')} <${email}>`;

const oneLine = (text: string): string => text.trim().replace(/\s+/g, ' ');
