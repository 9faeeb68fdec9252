import type { Auth } from '../platform/auth/auth.ts';
import { DEMO_ORGANISER, DEMO_PARTICIPANT } from './people.ts';

/** Links that sign in to the demo without a mail, as lines for the console. */
export async function demoLinks(auth: Auth): Promise<string[]> {
  return [
    '',
    'Sign in to the demonstration (each link works once, within a day):',
    `  as its organiser ${DEMO_ORGANISER.name}:`,
    `    ${await auth.createSignInLink(DEMO_ORGANISER.email)}`,
    `  as its participant ${DEMO_PARTICIPANT.name}:`,
    `    ${await auth.createSignInLink(DEMO_PARTICIPANT.email)}`,
    '',
    'For a summit of your own: CAIRN_ADMIN=you@example.org CAIRN_DATA=data-summit npm start',
  ];
}
