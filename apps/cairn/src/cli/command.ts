/** What a command is given: its arguments after its name. It answers with the exit status. */
export type Command = (args: readonly string[]) => Promise<number>;

/** Done; could not be done (usage, unreadable input); done and the answer is bad news. */
export const EXIT = { done: 0, couldNot: 2, badNews: 3 } as const;

/** Tells the operator something; standard output is for answers only. */
export const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};
