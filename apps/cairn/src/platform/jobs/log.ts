import { Logger } from 'graphile-worker';

/** Where a worker tells what went wrong. */
export type Report = (message: string) => void;

/** Reports to standard error, which leaves standard output to commands that print a document. */
export const reportToStderr: Report = (message) => {
  process.stderr.write(`${message}\n`);
};

/** The job library's log, of which only warnings and errors concern an operator. */
export const loggerTo = (report: Report): Logger =>
  new Logger(() => (level, message) => {
    if (level === 'error' || level === 'warning') report(`jobs: ${message}`);
  });

export const quietLogger: Logger = loggerTo(() => undefined);
