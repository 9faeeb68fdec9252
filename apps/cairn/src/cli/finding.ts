/** One thing that the doctor looked at, and what to do about it when it is not well. */
export interface Finding {
  /** What was looked at, in a word. */
  readonly about: string;
  /** `warn`: works, and somebody should know. `bad`: does not work, or will not for long. */
  readonly standing: 'ok' | 'warn' | 'bad';
  readonly sentence: string;
}

export const finding = (
  about: string,
  standing: Finding['standing'],
  sentence: string,
): Finding => ({ about, standing, sentence });
