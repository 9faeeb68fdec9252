/** Progress and messages go to standard error: standard output belongs to the command's answer. */
export function say(text) {
  process.stderr.write(`${text}\n`);
}

/** A failure that the person at the keyboard can mend; shown as its one sentence, without a stack. */
export class Refusal extends Error {}

/** Runs a command's body; a refusal becomes its sentence and exit status 2 (could not be done). */
export async function orRefuse(body) {
  try {
    return await body();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    say(error.message);
    process.exit(2);
  }
}
