import { expectOk } from '@cairn/kernel/result';
import { describe, expect, test } from 'vitest';
import { readConfig } from './config.ts';

const problemsOf = (env: Record<string, string>) => {
  const read = readConfig(env);
  return read.ok ? [] : read.error.map(({ place }) => place.path);
};

describe('the environment', () => {
  test('may be empty: Cairn then answers on this machine, by a name under which passkeys work', () => {
    expect(expectOk(readConfig({}))).toMatchObject({
      port: 8023,
      host: '127.0.0.1',
      url: 'http://localhost:8023',
      mailFrom: 'Cairn <cairn@localhost>',
      github: undefined,
      oidc: undefined,
    });
  });

  test('with an empty variable is as without it', () => {
    expect(expectOk(readConfig({ DATABASE_URL: '', SMTP_URL: ' ' }))).toMatchObject({
      databaseUrl: undefined,
      smtpUrl: undefined,
    });
  });

  test('gives a public address without its last slash', () => {
    expect(expectOk(readConfig({ CAIRN_URL: 'https://summit.example.org/' })).url).toBe(
      'https://summit.example.org',
    );
  });

  test('that is wrong in several places is told of each', () => {
    expect(
      problemsOf({
        PORT: 'eighty',
        DATABASE_URL: 'mysql://x',
        SMTP_URL: 'mail.example.org',
        CAIRN_SECRET: 'short',
        CAIRN_ADMIN: 'nobody',
      }),
    ).toEqual(
      expect.arrayContaining(['PORT', 'DATABASE_URL', 'SMTP_URL', 'CAIRN_SECRET', 'CAIRN_ADMIN']),
    );
  });

  test('names what is missing beside what was given', () => {
    expect(problemsOf({ GITHUB_CLIENT_ID: 'abc' })).toEqual(['GITHUB_CLIENT_SECRET']);
    expect(
      problemsOf({
        OIDC_DISCOVERY_URL: 'https://id.example.org/.well-known/openid-configuration',
        OIDC_CLIENT_ID: 'cairn',
        OIDC_CLIENT_SECRET: 'secret',
      }),
    ).toEqual(['OIDC_ISSUER_URL']);
  });
});

describe('GitHub', () => {
  const KEY = '-----BEGIN RSA PRIVATE KEY-----\\nabc\\n-----END RSA PRIVATE KEY-----';

  test('is reached as an App whose key may be written in one line, or with a token', () => {
    const app = expectOk(
      readConfig({ GITHUB_APP_ID: '12', GITHUB_APP_PRIVATE_KEY: KEY }),
    ).githubAccess;
    expect(app).toMatchObject({
      apiUrl: 'https://api.github.com',
      identity: { kind: 'app', appId: '12', privateKey: expect.stringContaining('-----\nabc\n') },
    });
    const token = expectOk(
      readConfig({ GITHUB_TOKEN: 'ghp_x', GITHUB_API_URL: 'https://git.example.org/api/v3/' }),
    ).githubAccess;
    expect(token).toMatchObject({
      apiUrl: 'https://git.example.org/api/v3',
      identity: { kind: 'token', token: 'ghp_x' },
    });
    expect(
      expectOk(readConfig({ GITHUB_WEBHOOK_SECRET: 'x'.repeat(16) })).githubAccess,
    ).toBeUndefined();
  });

  test('is told by halves, with both, or with a secret that is guessed', () => {
    expect(problemsOf({ GITHUB_APP_ID: '12' })).toEqual(['GITHUB_APP_PRIVATE_KEY']);
    expect(
      problemsOf({ GITHUB_APP_ID: '12', GITHUB_APP_PRIVATE_KEY: KEY, GITHUB_TOKEN: 'ghp_x' }),
    ).toEqual(['GITHUB_TOKEN']);
    expect(problemsOf({ GITHUB_TOKEN: 'ghp_x', GITHUB_WEBHOOK_SECRET: 'short' })).toEqual([
      'GITHUB_WEBHOOK_SECRET',
    ]);
  });
});
