import type { Oid, Repository } from './repository.ts';
import { configuration, GitFailed, runGit } from './run.ts';

/** A repository elsewhere, and what opens it. */
export interface Remote {
  /** `https://github.com/ada/plan.git` */
  readonly url: string;
  readonly user: string;
  readonly password: string;
}

/** What became of a call elsewhere: done, refused by whoever answered, or not answered. */
export type RemoteOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'refused' | 'unreachable'; readonly said: string };

/**
 * Fetches one ref and points a ref of ours to it; nothing else of the other repository comes along.
 * A ref that is not there is `refused`.
 */
export const fetchRef = (
  repository: Repository,
  remote: Remote,
  theirs: string,
  ours: string,
): Promise<RemoteOutcome> =>
  talk(
    repository,
    remote,
    ['fetch', '--quiet', '--no-tags', '--no-write-fetch-head'],
    [`+${theirs}:${ours}`],
  );

/**
 * Points a ref there to a commit of ours: only forward, or, with `from`, if it points to that now; an empty
 * `from` is for one that must not be there yet. Null takes it away.
 */
export const pushRef = (
  repository: Repository,
  remote: Remote,
  ours: Oid | null,
  theirs: string,
  from?: Oid | '',
): Promise<RemoteOutcome> =>
  talk(
    repository,
    remote,
    [
      'push',
      '--quiet',
      '--porcelain',
      ...(from === undefined ? [] : [`--force-with-lease=${theirs}:${from}`]),
    ],
    [`${ours ?? ''}:${theirs}`],
  );

/** Where a ref there points to; undefined if it is not there. */
export async function refThere(
  repository: Repository,
  remote: Remote,
  ref: string,
): Promise<
  | { readonly kind: 'done'; readonly at: Oid | undefined }
  | Exclude<RemoteOutcome, { readonly kind: 'done' }>
> {
  let at: Oid | undefined;
  const looked = await talk(
    repository,
    remote,
    ['ls-remote', '--quiet', '--refs'],
    [ref],
    (said) => {
      at = said
        .split('\n')
        .map((line) => line.split('\t'))
        .find(([, name]) => name === ref)?.[0];
    },
  );
  return looked.kind === 'done' ? { kind: 'done', at } : looked;
}

async function talk(
  repository: Repository,
  { url, user, password }: Remote,
  command: readonly string[],
  refspecs: readonly string[],
  heard: (said: string) => void = () => undefined,
): Promise<RemoteOutcome> {
  const basic = Buffer.from(`${user}:${password}`).toString('base64');
  try {
    const { output } = await runGit(repository.directory, [...command, '--', url, ...refspecs], {
      env: {
        // Not among the arguments, which every account of the machine can read.
        ...configuration({
          'core.hooksPath': '/dev/null',
          'safe.directory': '*',
          'http.extraHeader': `Authorization: Basic ${basic}`,
          // Nobody else is shown it.
          'http.followRedirects': 'initial',
          // A connection over which nothing comes is given up after half a minute.
          'http.lowSpeedLimit': '100',
          'http.lowSpeedTime': '30',
        }),
        GIT_ALLOW_PROTOCOL: 'https:http',
      },
    });
    heard(output.toString('utf8'));
    return { kind: 'done' };
  } catch (error) {
    if (!(error instanceof GitFailed)) throw error;
    const said = error.said.replaceAll(basic, '…').trim();
    return { kind: UNREACHABLE.test(said) ? 'unreachable' : 'refused', said: lastLine(said) };
  }
}

const UNREACHABLE =
  /could not resolve host|failed to connect|connection (refused|reset|timed out)|operation too slow|early EOF|returned error: (429|5\d\d)|couldn't connect|empty reply/i;

const lastLine = (said: string): string => said.split('\n').at(-1)?.slice(0, 500) ?? '';
