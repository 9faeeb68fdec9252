import type { Instant } from '@cairn/kernel/time';

/** The tables of signing in. Written by the sign-in library, and by this folder where it says so. */
export interface AuthTables {
  authUser: {
    id: string;
    name: string;
    email: string;
    emailVerified: boolean;
    image: string | null;
    createdAt: Instant;
    updatedAt: Instant;
  };
  authSession: {
    id: string;
    userId: string;
    token: string;
    method: string;
    expiresAt: Instant;
    ipAddress: string | null;
    userAgent: string | null;
    createdAt: Instant;
    updatedAt: Instant;
  };
  authAccount: {
    id: string;
    userId: string;
    accountId: string;
    providerId: string;
    createdAt: Instant;
    updatedAt: Instant;
  };
  authVerification: {
    id: string;
    identifier: string;
    value: string;
    expiresAt: Instant;
    createdAt: Instant;
    updatedAt: Instant;
  };
  authPasskey: {
    id: string;
    userId: string;
    name: string | null;
    credentialId: string;
    createdAt: Instant | null;
  };
}
