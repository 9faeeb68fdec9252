/** How this installation shows GitHub who it is: as an App, or by somebody's token. */
export type GithubIdentity =
  | { readonly kind: 'app'; readonly appId: string; readonly privateKey: string }
  | { readonly kind: 'token'; readonly token: string };

/** What the environment says of GitHub. */
export interface GithubAccess {
  /** Without a slash at its end: `https://api.github.com`, or `https://HOST/api/v3` of an Enterprise server. */
  readonly apiUrl: string;
  readonly identity: GithubIdentity;
  /** What deliveries are signed with; without one none are taken, and GitHub is asked now and then. */
  readonly webhookSecret: string | undefined;
}

/** Where people look at repositories, for an address of the API. */
export function siteUrl(apiUrl: string): string {
  const { protocol, hostname, host } = new URL(apiUrl);
  return hostname === 'api.github.com' ? 'https://github.com' : `${protocol}//${host}`;
}
