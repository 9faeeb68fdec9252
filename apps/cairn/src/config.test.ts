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
