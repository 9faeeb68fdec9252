import type { Oid, Repository, Signature } from './repository.ts';
import { runGit } from './run.ts';
import type { SigningKey } from './ssh-signature.ts';

export interface NewTag {
  readonly name: string;
  readonly commit: Oid;
  readonly tagger: Signature;
  /** The first line says what; a blank line and more may follow. */
  readonly message: string;
}

/**
 * Writes an annotated tag with a signature, without pointing a ref to it, and gives its name. Whoever
 * has the public key verifies it with `git verify-tag`.
 */
export async function writeSignedTag(
  repository: Repository,
  key: SigningKey,
  { name, commit, tagger, message }: NewTag,
): Promise<Oid> {
  const seconds = Math.floor(tagger.at.epochMilliseconds / 1000);
  const text = `object ${commit}
type commit
tag ${name}
tagger ${plain(tagger.name)} <${plain(tagger.email)}> ${seconds} +0000

${message.trim()}
`;
  const { output } = await runGit(
    repository.directory,
    ['hash-object', '-t', 'tag', '-w', '--stdin'],
    { input: text + key.sign(text) },
  );
  return output.toString('utf8').trim();
}

/** Names in Git hold no angle brackets and no line ends. */
const plain = (text: string): string => text.replace(/[<>\n\0]/g, '');
