import { parseZone, type ZoneName } from '@cairn/kernel/time';
import { presentZoneName } from '@cairn/kernel/zone-names';
import { parse } from 'hono/utils/cookie';
import type { Auth } from '../../../platform/auth/auth.ts';
import type { Db } from '../../../platform/db/database.ts';
import type { Visitor } from '../../../platform/http/env.ts';
import { personByAccount } from './sign-in-queries.ts';

/** The cookie in which a browser says its zone (see zone.client.ts). */
const ZONE_COOKIE = 'cairn_zone';

/** Who is asking, with cookies to send along when their session was prolonged. */
export interface FoundVisitor extends Omit<Visitor, 'notice'> {
  readonly setCookies: readonly string[];
}

/**
 * Finds who is asking by the session of the request. The zone is the one that the person chose, else
 * the one that their browser told.
 */
export const visitorFrom =
  (auth: Auth, db: Db): ((headers: Headers) => Promise<FoundVisitor>) =>
  async (headers) => {
    const account = await auth.visitor(headers);
    const person = account && (await personByAccount(db, account.authUserId));
    return {
      signedIn:
        account === undefined || person === undefined
          ? undefined
          : {
              personId: person.id,
              name: person.name,
              isAdministrator: person.isAdministrator,
              sessionId: account.sessionId,
              signInMethod: account.method,
            },
      zone: zoneNamed(person?.zone) ?? browserZone(headers),
      setCookies: account?.setCookies ?? [],
    };
  };

function zoneNamed(name: string | null | undefined): ZoneName | undefined {
  if (name === null || name === undefined) return undefined;
  const zone = parseZone(name);
  return zone.ok ? zone.value : undefined;
}

function browserZone(headers: Headers): ZoneName | undefined {
  const told = parse(headers.get('cookie') ?? '', ZONE_COOKIE)[ZONE_COOKIE];
  return told === undefined ? undefined : zoneNamed(presentZoneName(told));
}
