import { type Duplex, PassThrough, Readable } from 'node:stream';
import type { ReadableStream as WebStream } from 'node:stream/web';
import { createGunzip } from 'node:zlib';
import { answerHooks, type PushTalk, readyHooks } from './hooks.ts';
import { type GitLimits, MEGABYTE, readableSize } from './limits.ts';
import { FLUSH, packet, RemoteNotes } from './packets.ts';
import type { Repository } from './repository.ts';
import { configuration } from './run.ts';
import { ServedProcess } from './served-process.ts';
import { diskFull, saysDiskFull } from './unavailable.ts';

/** The two services of Git over HTTP (gitprotocol-http): reading and writing. */
export type GitService = 'git-upload-pack' | 'git-receive-pack';

/** One request of a client. */
export interface Exchange {
  readonly repository: Repository;
  readonly limits: GitLimits;
  /** What the client asked for with `Git-Protocol`. */
  readonly protocol: string | undefined;
  /** Says that the client has gone. */
  readonly signal: AbortSignal;
  /** Keeps track of the process, so that it ends with ours. */
  readonly started: (served: ServedProcess) => void;
}

export interface PostedExchange extends Exchange {
  readonly body: Readable;
  readonly isGzip: boolean;
}

/** A fetch says what it wants and has in far less. */
const LARGEST_FETCH_REQUEST = 64 * MEGABYTE;

/** The settings of every Git that answers clients, whatever stands in the repository's own. */
const settingsFor = ({ largestPush }: GitLimits): Record<string, string> => ({
  'core.hooksPath': '/dev/null',
  'safe.directory': '*',
  // Large files are streamed instead of held in memory.
  'core.bigFileThreshold': '2m',
  'pack.threads': '1',
  'pack.windowMemory': '64m',
  'transfer.hideRefs': 'refs/proposals',
  'transfer.advertiseSID': 'false',
  'uploadpack.allowFilter': 'true',
  // Filters that cost no more than they save; a sparse one reads whole trees for each file.
  'uploadpackfilter.allow': 'false',
  'uploadpackfilter.blob:none.allow': 'true',
  'uploadpackfilter.blob:limit.allow': 'true',
  'uploadpackfilter.tree.allow': 'true',
  'receive.fsckObjects': 'true',
  'receive.maxInputSize': String(largestPush),
  'receive.autogc': 'false',
  'receive.denyNonFastForwards': 'false',
  'receive.denyDeletes': 'false',
  'gc.auto': '0',
  'core.fsync': 'all',
});

const PROTOCOL = /^version=[0-9]$/;

const environmentOf = (
  { limits, protocol }: Pick<Exchange, 'limits' | 'protocol'>,
  settings: Readonly<Record<string, string>> = {},
): Record<string, string> => ({
  ...configuration({ ...settingsFor(limits), ...settings }),
  ...(protocol !== undefined && PROTOCOL.test(protocol) ? { GIT_PROTOCOL: protocol } : {}),
});

/** Which refs there are: the first thing that a client asks. */
export function advertise(service: GitService, exchange: Exchange): WebStream<Uint8Array> {
  const isPush = service === 'git-receive-pack';
  // Pushing has no version 2; who asks for it gets version 0 (gitprotocol-v2).
  const protocol = isPush ? undefined : exchange.protocol;
  const served = start({ ...exchange, protocol }, [
    service.slice('git-'.length),
    '--stateless-rpc',
    '--http-backend-info-refs',
  ]);
  served.child.stdin?.end();
  const output = new PassThrough();
  if (protocol !== 'version=2') {
    output.write(Buffer.concat([packet(`# service=${service}\n`), FLUSH]));
  }
  passOutput(served, output, exchange, () => served.end());
  return asWeb(output);
}

/** Gives what a client asks for, as it is made. */
export function answerFetch(exchange: PostedExchange): WebStream<Uint8Array> {
  const served = start(exchange, ['upload-pack', '--stateless-rpc', '--timeout=600']);
  const output = new PassThrough();
  void passInput(served, exchange, LARGEST_FETCH_REQUEST);
  passOutput(served, output, exchange, () => served.end());
  return asWeb(output);
}

/**
 * Takes what a client pushes, after Cairn has looked at it. A client that goes before it has sent
 * everything takes everything with it; one that goes later finds its push done, and recorded.
 */
export async function answerPush(
  exchange: PostedExchange,
  hooksDirectory: string,
  talk: PushTalk,
): Promise<WebStream<Uint8Array>> {
  await readyHooks(hooksDirectory);
  const { repository, limits } = exchange;
  const served = start(
    { ...exchange, protocol: undefined },
    ['receive-pack', '--stateless-rpc'],
    { 'core.hooksPath': hooksDirectory },
    ['pipe', 'pipe', 'ignore', 'pipe', 'pipe'],
  );
  const [, , , asked, answers] = served.child.stdio;
  // Pipes beyond the third are sockets, whatever the type says.
  answerHooks(asked as Duplex, answers as Duplex, repository.directory, talk);
  void served.closed.then(() => talk.over());
  const output = new PassThrough();
  const input = passInput(served, exchange, limits.largestPush * 2 + 200 * MEGABYTE);
  const notes = new RemoteNotes([
    [
      (said) => said.includes('pack exceeds maximum allowed size'),
      `This push is larger than ${readableSize(limits.largestPush)}, which is the most that this Cairn takes at once; leave large files out, or push in parts.`,
    ],
    [saysDiskFull, diskFull().message],
  ]);
  let isRead = false;
  void input.then(() => {
    isRead = true;
  });
  passOutput(
    served,
    output,
    exchange,
    () => {
      if (!isRead) served.end();
    },
    { notes, until: input },
  );
  return asWeb(output);
}

function start(
  exchange: Exchange,
  args: readonly string[],
  settings: Readonly<Record<string, string>> = {},
  stdio: ('pipe' | 'ignore')[] = ['pipe', 'pipe', 'ignore'],
): ServedProcess {
  const { repository, limits, started } = exchange;
  const served = new ServedProcess(repository.directory, [...args, '.'], {
    env: environmentOf(exchange, settings),
    stdio,
    limits,
  });
  started(served);
  return served;
}

/**
 * Hands the client's words to Git, no faster than it reads them. What Git no longer wants is read and
 * thrown away, since a client that is still sending does not listen. Resolves when all has come.
 */
function passInput(
  served: ServedProcess,
  { body, isGzip }: PostedExchange,
  most: number,
): Promise<void> {
  const { stdin } = served.child;
  const words = isGzip ? body.pipe(createGunzip()) : body;
  return new Promise((resolve) => {
    let count = 0;
    let isWanted = stdin !== null;
    const unwanted = (): void => {
      isWanted = false;
      words.resume();
    };
    stdin?.on('error', unwanted);
    stdin?.on('close', unwanted);
    stdin?.on('drain', () => words.resume());
    const broken = (): void => {
      served.end();
      stdin?.destroy();
    };
    body.on('error', broken);
    words.on('error', broken);
    words.on('data', (part: Buffer) => {
      served.moved();
      count += part.length;
      if (count > most) broken();
      else if (isWanted && stdin?.write(part) === false) words.pause();
    });
    words.on('end', () => {
      if (isWanted) stdin?.end();
      resolve();
    });
  });
}

function passOutput(
  served: ServedProcess,
  output: PassThrough,
  { signal }: Pick<Exchange, 'signal'>,
  clientGone: () => void,
  {
    notes,
    until = Promise.resolve(),
  }: { readonly notes?: RemoteNotes; readonly until?: Promise<void> } = {},
): void {
  const { stdout } = served.child;
  let isGone = false;
  const gone = (): void => {
    if (isGone) return;
    isGone = true;
    // Git goes on writing for nobody, so that what it has begun comes to its end.
    stdout?.resume();
    clientGone();
  };
  signal.addEventListener('abort', gone, { once: true });
  output.on('error', gone);
  output.on('close', () => {
    if (!output.writableFinished) gone();
  });
  output.on('drain', () => stdout?.resume());
  stdout?.on('data', (part: Buffer) => {
    served.moved();
    if (isGone) return;
    if (!output.write(notes?.pass(part) ?? part)) stdout.pause();
  });
  void served.closed.then(async () => {
    signal.removeEventListener('abort', gone);
    // Until the client has said everything it reads nothing.
    if (!isGone) await Promise.race([until, new Promise((left) => output.once('close', left))]);
    output.end();
  });
}

const asWeb = (output: Readable): WebStream<Uint8Array> =>
  Readable.toWeb(output) as WebStream<Uint8Array>; // the type of Node's own says `any`
