import { ActionLink, Actions } from '../../../design/actions.tsx';

/** What the export is, before one downloads it. */
export const OwnDataPage = () => (
  <>
    <p>
      Everything that Cairn holds about you, in all summits, as one JSON file: how you are known,
      your invitations and answers, the agreements that you accepted, seats, waiting and offers, the
      evidence about your promises, excuses, what you show the public, the mails to you, your feeds,
      tokens, sign-ins, sessions and passkeys, and what happened when. Times are in UTC.
    </p>
    <p>
      Secrets are not in it: of links, feeds and tokens Cairn keeps only fingerprints. The file says
      in its field “schema” how it is laid out. Keep it safe; it holds your private messages.
    </p>
    <Actions>
      <ActionLink href="/me/data.json" weight="primary">
        Download my data
      </ActionLink>
      <a href="/me/erase">Erase me</a>
    </Actions>
  </>
);
