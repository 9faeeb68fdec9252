import { randomBytes } from 'node:crypto';
import type { Hono } from 'hono';
import { createApp } from '../apps/cairn/src/app.tsx';
import { knownPeople } from '../apps/cairn/src/features/people/accounts/sign-in-people.ts';
import { visitorFrom } from '../apps/cairn/src/features/people/accounts/sign-in-visitor.ts';
import { type Auth, createAuth } from '../apps/cairn/src/platform/auth/auth.ts';
import type { AuthConfig } from '../apps/cairn/src/platform/auth/library.ts';
import type { Db } from '../apps/cairn/src/platform/db/database.ts';
import type { AppEnv } from '../apps/cairn/src/platform/http/env.ts';
import { testServices } from './services.ts';

type TestServices = ReturnType<typeof testServices>;

/** Cairn with its real sign-in, on a test database. */
export function appWithSignIn(
  db: Db,
  config: Partial<Pick<AuthConfig, 'github' | 'oidc' | 'url'>> = {},
): { readonly app: Hono<AppEnv>; readonly auth: Auth; readonly services: TestServices } {
  const { url, ...providers } = config;
  const services = testServices(db, url === undefined ? {} : { url });
  const auth = createAuth({
    db,
    url: services.url,
    secret: randomBytes(32).toString('hex'),
    people: knownPeople(db, services.clock),
    ...providers,
  });
  return { app: createApp(services, visitorFrom(auth, db), auth), auth, services };
}

/** A browser without a screen: keeps cookies, posts forms, follows nothing by itself. */
export class Browser {
  readonly cookies = new Map<string, string>();
  readonly #app: Hono<AppEnv>;
  readonly #url: string;
  readonly #from: string;

  constructor(app: Hono<AppEnv>, url: string, from = '203.0.113.7') {
    this.#app = app;
    this.#url = url;
    this.#from = from;
  }

  get(path: string): Promise<Response> {
    return this.#send(path, {});
  }

  post(
    path: string,
    fields: Record<string, string> = {},
    headers: Record<string, string> = {},
  ): Promise<Response> {
    return this.#send(path, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: { origin: this.#url, ...headers },
    });
  }

  async #send(path: string, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers);
    if (this.cookies.size > 0) {
      headers.set('cookie', [...this.cookies].map((pair) => pair.join('=')).join('; '));
    }
    // As the Node server hands the connection over.
    const connection = { incoming: { socket: { remoteAddress: this.#from } } };
    const response = await this.#app.request(
      new URL(path, this.#url).href,
      { ...init, headers },
      connection,
    );
    for (const cookie of response.headers.getSetCookie()) this.#keep(cookie);
    return response;
  }

  #keep(cookie: string): void {
    const [pair = '', ...attributes] = cookie.split('; ');
    const [name = '', ...value] = pair.split('=');
    const isGone = attributes.some((attribute) => attribute.toLowerCase() === 'max-age=0');
    if (isGone) this.cookies.delete(name);
    else this.cookies.set(name, value.join('='));
  }
}

/** A person known by an address, as an invitation would have made them. */
export async function addPerson(
  db: Db,
  person: {
    readonly name: string;
    readonly email?: string;
    readonly github?: string;
    readonly isAdministrator?: boolean;
  },
): Promise<string> {
  const { id } = await db
    .insertInto('person')
    .values({
      name: person.name,
      isAdministrator: person.isAdministrator ?? false,
      createdAt: testServices(db).clock.now(),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const identities = [
    { kind: 'email', value: person.email },
    { kind: 'github', value: person.github },
  ] as const;
  for (const { kind, value } of identities) {
    if (value === undefined) continue;
    await db.insertInto('personIdentity').values({ kind, value, personId: id }).execute();
  }
  return id;
}

/** What the latest mail to an address offers. */
export async function latestTicket(
  db: Db,
  recipient: string,
): Promise<{ readonly code: string; readonly link: string }> {
  const { body } = await db
    .selectFrom('mail')
    .select('body')
    .where('recipient', '=', recipient)
    .orderBy('createdAt', 'desc')
    .executeTakeFirstOrThrow();
  const code = /code is (\d{3} \d{3})/.exec(body)?.[1];
  const link = /https?:\S+\/sign-in\/link\/\S+/.exec(body)?.[0];
  if (code === undefined || link === undefined) throw new Error(`no ticket in: ${body}`);
  return { code, link };
}
