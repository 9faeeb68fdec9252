/** What somebody proved elsewhere about themselves. */
export interface Identity {
  readonly email: string | undefined;
  readonly githubLogin: string | undefined;
}

/** An account that is about to get a session. */
export interface Account {
  readonly authUserId: string;
  readonly email: string;
  /** Its owner has shown that the address is theirs; a GitHub handle that let them in does not. */
  readonly isProven: boolean;
}

/** What signing in asks about people. The people room answers; this folder knows none. */
export interface KnownPeople {
  /**
   * The address under which the account of the person with this identity runs, and whether their
   * GitHub handle (rather than an address) told who they are. Undefined when nobody is known by it.
   */
  accountOf(
    identity: Identity,
  ): Promise<{ readonly email: string; readonly byHandle: boolean } | undefined>;
  /**
   * Whether somebody whose address was proven may enter at all. A person known by their handle
   * alone is from now on known by the address too.
   */
  mayEnter(identity: Identity & { readonly email: string }): Promise<boolean>;
  /**
   * Joins an account to its person the first time, and says whether it has one: an account without
   * a person gets no session.
   */
  admit(account: Account): Promise<boolean>;
}
