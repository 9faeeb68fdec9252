/** The little of oidc-provider that tests use; it ships no types. */
declare module 'oidc-provider' {
  import type { RequestListener } from 'node:http';

  interface Claims {
    readonly sub: string;
    readonly email: string;
    readonly email_verified: boolean;
    readonly name: string;
  }

  export default class Provider {
    constructor(
      issuer: string,
      configuration: {
        readonly clients: readonly {
          readonly client_id: string;
          readonly client_secret: string;
          readonly redirect_uris: readonly string[];
        }[];
        readonly claims: Readonly<Record<string, readonly string[]>>;
        readonly findAccount: (
          context: unknown,
          id: string,
        ) => { readonly accountId: string; readonly claims: () => Claims };
        readonly pkce: { readonly required: () => boolean };
      },
    );
    callback(): RequestListener;
  }
}
