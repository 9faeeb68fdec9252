import { createPublicKey, generateKeyPairSync, randomUUID, verify } from 'node:crypto';
import { complete } from './contract.ts';
import { type Answer, found, type Handler, made, missing } from './handler.ts';
import type { Account, Repo } from './records.ts';
import { renderUser } from './render.ts';
import type { World } from './world.ts';

const HOUR = 60 * 60 * 1000;

/** One attempt to deliver something. A type alias, as it is JSON. */
export type LoggedAttempt = {
  id: number;
  guid: string;
  status_code: number;
  redelivery: boolean;
  repository_id: number;
  event: string;
};

/** A GitHub App: its key, where it is installed, and the tokens that it was given. */
export class App {
  readonly id = 4711;
  readonly slug = 'cairn-test';
  /** As GitHub gives it out: PKCS#1. */
  readonly privateKey: string;
  readonly bot: Account;
  /** What was sent, and how it was answered. */
  readonly log: LoggedAttempt[] = [];
  /** What is to be sent again, by its number. */
  readonly askedAgain: string[] = [];
  readonly #publicKey: string;
  readonly #world: World;
  readonly #installations = new Map<number, number>();
  readonly #tokens = new Map<string, { readonly installation: number; readonly until: number }>();

  constructor(world: World) {
    this.#world = world;
    this.bot = world.addAccount('cairn-test[bot]', 'Bot');
    const { privateKey, publicKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    });
    this.privateKey = privateKey;
    this.#publicKey = publicKey;
  }

  /** Installs it in a repository; gives the installation's number. */
  install(repo: Repo): number {
    const id = this.#world.id();
    this.#installations.set(id, repo.id);
    return id;
  }

  uninstall(installation: number): void {
    this.#installations.delete(installation);
  }

  /** Makes every token useless that was given so far, as suspending an App does. */
  forgetTokens(): void {
    this.#tokens.clear();
  }

  /** Whether a token is one of the App itself: signed with its key, and of now. */
  isOwn(token: string): boolean {
    const [head = '', claims = '', signature = ''] = token.split('.');
    const key = createPublicKey(this.#publicKey);
    const signed = Buffer.from(`${head}.${claims}`);
    if (!verify('RSA-SHA256', signed, key, Buffer.from(signature, 'base64url'))) return false;
    const { iss, iat, exp } = JSON.parse(Buffer.from(claims, 'base64url').toString('utf8'));
    const now = this.#world.now / 1000;
    // GitHub takes none that is for longer than ten minutes.
    return String(iss) === String(this.id) && iat <= now && exp > now && exp - iat <= 660;
  }

  /** The repository that a token of an installation is good for. */
  repositoryOf(token: string): number | undefined {
    const given = this.#tokens.get(token);
    if (given === undefined || given.until <= this.#world.now) return undefined;
    return this.#installations.get(given.installation);
  }

  /** What is asked by the App itself, before it has a token. */
  readonly handlers: Readonly<Record<string, Handler>> = {
    'apps/get-authenticated': ({ world }) =>
      found(
        complete(
          'integration',
          { id: this.id, slug: this.slug, name: 'Cairn', owner: renderUser(world, this.bot) },
          world.api,
        ),
      ),
    'apps/list-webhook-deliveries': ({ world }) =>
      found(
        this.log.map((attempt) => complete('hook-delivery-item', attempt, world.api)).reverse(),
      ),
    'apps/redeliver-webhook-delivery': ({ place }) => {
      const attempt = this.log.find(({ id }) => id === Number(place['delivery_id']));
      if (attempt === undefined) return missing;
      this.askedAgain.push(attempt.guid);
      return { status: 202, body: {} };
    },
    'apps/create-installation-access-token': ({ world, place }) => {
      const installation = Number(place['installation_id']);
      if (!this.#installations.has(installation)) return missing;
      const token = `ghs_${randomUUID().replaceAll('-', '')}`;
      const until = world.now + HOUR;
      this.#tokens.set(token, { installation, until });
      const expires_at = new Date(until).toISOString().replace(/\.\d+Z$/, 'Z');
      return made({
        token,
        expires_at,
        permissions: { issues: 'write' },
        repository_selection: 'selected',
      });
    },
  };

  /** Where it is installed, for `GET /repos/…/installation`. */
  installationOf(repo: Repo): Answer {
    const id = [...this.#installations].find(([, repository]) => repository === repo.id)?.[0];
    if (id === undefined) return missing;
    const account = renderUser(this.#world, this.#world.account(repo.ownerId));
    const known = { id, account, app_id: this.id, app_slug: this.slug, permissions: {} };
    return found(complete('installation', known, this.#world.api));
  }
}
