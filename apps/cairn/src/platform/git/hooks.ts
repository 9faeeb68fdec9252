import { randomUUID } from 'node:crypto';
import { access, chmod, constants, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { createInterface } from 'node:readline';
import type { Duplex } from 'node:stream';
import type { Oid } from './repository.ts';

/** One ref that a push moves; null where there is none, before or after. */
export interface RefUpdate {
  readonly ref: string;
  readonly before: Oid | null;
  readonly after: Oid | null;
}

/** What Cairn says to a push, in lines for the pusher. */
export interface Verdict {
  readonly isAccepted: boolean;
  readonly lines: readonly string[];
}

/** Cairn's part in a push. Whatever it throws refuses the push. */
export interface PushTalk {
  /** Before anything changes. What was pushed can be read with `quarantine` in the environment. */
  judge(
    updates: readonly RefUpdate[],
    quarantine: Readonly<Record<string, string>>,
  ): Promise<Verdict>;
  /** After refs were moved; the lines are told to the pusher. */
  record(updates: readonly RefUpdate[]): Promise<readonly string[]>;
  /** The Git of this push has ended, whatever came of it. */
  over(): Promise<void>;
  /** The words for what went wrong in Cairn itself. */
  apology(error: unknown): string;
}

/*
 * Git asks by its hooks. Ours are one small script that hands the question over to the Cairn that
 * started this very Git, by two file descriptors that it inherits: no port, no second program. If
 * Cairn is gone there is no answer, and so no change.
 */
const SCRIPT = `#!/bin/sh
# Written by Cairn: asks the Cairn that started this push.
{ printf '%s\\n' "\${0##*/} $GIT_QUARANTINE_PATH"; cat; echo; } >&3 || exit 1
while IFS= read -r line <&4; do
  case $line in
    yes) exit 0 ;;
    no) exit 1 ;;
    *) printf '%s\\n' "\${line#:}" >&2 ;;
  esac
done
echo 'Cairn ended while it looked at this push; nothing was changed. Push again.' >&2
exit 1
`;

const HOOKS = ['pre-receive', 'post-receive'] as const;

/**
 * Writes the hooks into a directory and makes sure that Git would run them: one that it cannot run
 * it passes over, and whatever was pushed would be taken unseen. Throws then.
 */
export async function readyHooks(directory: string): Promise<void> {
  for (const name of HOOKS) {
    const path = join(directory, name);
    const written = await readFile(path, 'utf8').catch(() => undefined);
    if (written !== SCRIPT) {
      await mkdir(directory, { recursive: true, mode: 0o700 });
      const making = `${path}.${randomUUID()}`;
      await writeFile(making, SCRIPT, { mode: 0o700 });
      await chmod(making, 0o700);
      await rename(making, path);
    }
  }
  const why = await whyHooksCannotRun(directory);
  if (why !== undefined) throw new Error(why);
}

/** Why Git would pass over hooks that are there; undefined where it would run them, or they are not made yet. */
export async function whyHooksCannotRun(directory: string): Promise<string | undefined> {
  for (const name of HOOKS) {
    const path = join(directory, name);
    const refused = await access(path, constants.X_OK).then(
      () => false,
      (error: NodeJS.ErrnoException) => error.code !== 'ENOENT',
    );
    if (refused) {
      return `${path} may not be executed; the data directory must not lie on a disk that is mounted noexec`;
    }
  }
  return undefined;
}

/** Answers the hooks of one push for as long as its Git runs. */
export function answerHooks(
  asked: Duplex,
  answers: Duplex,
  repositoryDirectory: string,
  talk: PushTalk,
): void {
  let question: string[] = [];
  // The hooks of one push run one after the other; so do the answers.
  createInterface({ input: asked, crlfDelay: 0 }).on('line', (line) => {
    if (line !== '') {
      question.push(line);
      return;
    }
    const [title = '', ...updates] = question;
    question = [];
    void reply(title, updates.map(updateOf)).then((lines) => {
      answers.write(lines.map((each) => `${each}\n`).join(''));
    });
  });
  asked.on('error', () => undefined);
  answers.on('error', () => undefined);

  const reply = async (title: string, updates: readonly RefUpdate[]): Promise<string[]> => {
    const space = title.indexOf(' ');
    try {
      if (title.slice(0, space) === 'post-receive') {
        return [...(await talk.record(updates)).flatMap(spoken), 'yes'];
      }
      const quarantine = quarantineOf(repositoryDirectory, title.slice(space + 1));
      const { isAccepted, lines } = await talk.judge(updates, quarantine);
      return [...lines.flatMap(spoken), isAccepted ? 'yes' : 'no'];
    } catch (error) {
      return [...spoken(talk.apology(error)), 'no'];
    }
  };
}

const spoken = (text: string): string[] => text.split('\n').map((line) => `:${line}`);

const NOWHERE = /^0+$/;

function updateOf(line: string): RefUpdate {
  const [before = '', after = '', ...ref] = line.split(' ');
  const oid = (name: string): Oid | null => (NOWHERE.test(name) ? null : name);
  return { ref: ref.join(' '), before: oid(before), after: oid(after) };
}

/** Where Git keeps what is pushed until it is accepted. */
function quarantineOf(repositoryDirectory: string, path: string): Record<string, string> {
  const objects = join(repositoryDirectory, 'objects');
  // A push that only deletes brings nothing, and has none.
  if (path === '') return {};
  const quarantine = resolve(repositoryDirectory, path);
  if (!quarantine.startsWith(objects + sep)) {
    throw new Error(`the quarantine ${path} is not of ${repositoryDirectory}`);
  }
  return {
    GIT_QUARANTINE_PATH: quarantine,
    GIT_OBJECT_DIRECTORY: quarantine,
    GIT_ALTERNATE_OBJECT_DIRECTORIES: objects,
  };
}
