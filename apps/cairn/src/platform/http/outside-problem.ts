import { type Problem, problem } from '@cairn/kernel/problem';
import { PRIVATE_ADDRESS } from './outside-address.ts';

const inMegabytes = (bytes: number): string =>
  bytes >= 1024 * 1024 ? `${Math.floor(bytes / 1024 / 1024)} MB` : `${Math.ceil(bytes / 1024)} kB`;

/** What can be wrong with an address that somebody typed, said to them. */
export const OUTSIDE_PROBLEMS = {
  notAWebAddress: () =>
    problem(
      'not-a-web-address',
      'This is not a web address; it begins with https://, http:// or webcal://.',
    ),
  password: () =>
    problem(
      'password-in-address',
      'The address holds a name or password before an @, which we do not send. Use the secret or public address that your calendar program gives.',
    ),
  port: (port: string) =>
    problem('port-refused', `We read from the usual web ports only, and not from port ${port}.`),
  privateAddress: (host: string) =>
    problem(
      'private-address',
      `“${host}” is an address inside a private network, where we do not read. Use an address that anybody on the internet can reach, or upload the file.`,
    ),
  tooManyRedirects: (most: number) =>
    problem(
      'too-many-redirects',
      `The address sends us on more than ${most} times; give the one where it ends.`,
    ),
  tooLarge: (most: number) =>
    problem('too-large', `What is at this address is larger than ${inMegabytes(most)}.`),
  timeout: (host: string) =>
    problem('timeout', `“${host}” took too long to answer; try again later, or upload the file.`),
} as const;

/** Why a server's status is no answer. */
export function problemOfStatus(status: number, host: string): Problem {
  if (status === 404 || status === 410) {
    return problem('not-found', `“${host}” has nothing at this address; check that it is whole.`);
  }
  if (status === 401 || status === 403) {
    return problem(
      'forbidden',
      `“${host}” does not let us read this. Use the secret or public address of the calendar, not the page where you see it.`,
    );
  }
  return problem(
    'bad-answer',
    `“${host}” answered with status ${status} instead of a file; try again later.`,
  );
}

const NOT_REACHED = new Set(['ECONNREFUSED', 'ECONNRESET', 'EHOSTUNREACH', 'ENETUNREACH', 'EPIPE']);

/** Why no connection came about, by Node's code of the error. */
export function problemOfError(error: unknown, host: string, hasTimedOut: boolean): Problem {
  const code = codeOf(error);
  if (hasTimedOut || code === 'ETIMEDOUT') return OUTSIDE_PROBLEMS.timeout(host);
  if (code === PRIVATE_ADDRESS) return OUTSIDE_PROBLEMS.privateAddress(host);
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'ENODATA') {
    return problem('unknown-host', `There is no “${host}” on the internet; check its spelling.`);
  }
  if (NOT_REACHED.has(code)) {
    return problem('refused', `“${host}” refused the connection; try again later.`);
  }
  if (/CERT|TLS|SSL|SELF_SIGNED|EPROTO|UNABLE_TO/.test(code)) {
    return problem(
      'bad-tls',
      `The certificate of “${host}” cannot be trusted, so we did not read from it.`,
    );
  }
  return problem('bad-answer', `“${host}” gave an answer that could not be read; try again later.`);
}

/** A failed attempt at several addresses of one name is an aggregate of their errors. */
function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error instanceof AggregateError ? codeOf(error.errors[0]) : '';
}
