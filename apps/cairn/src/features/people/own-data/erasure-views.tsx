import type { Problem } from '@cairn/kernel/problem';
import { Confirm } from '../../../design/actions.tsx';
import { TextField } from '../../../design/controls.tsx';
import { ERASE_WORD } from './erasure-rules.ts';

interface ErasePageProps {
  readonly name: string;
  readonly mentions: readonly { readonly slug: string; readonly title: string }[];
  readonly typed?: string | undefined;
  readonly problems?: readonly Problem[] | undefined;
}

/** The page before an erasure: what goes, what stays, and a word to type. */
export const ErasePage = ({ name, mentions, typed, problems }: ErasePageProps) => (
  <Confirm
    action="/me/erase"
    back="/me"
    verb={`Erase ${name}`}
    problems={problems}
    consequences={
      <>
        <p>This cannot be undone. Perhaps download your data first.</p>
        <p>
          <a href="/me/data">My data</a>
        </p>
        <p>
          What goes: your name, addresses and handles, your notes, the text of mails to you, your
          sign-in, passkeys and sessions, feeds and tokens. Your seat and your place on a waiting
          list are given up and offered to others; invitations still open are withdrawn. Your name
          and addresses are also blotted out where others wrote them in Cairn, except for a name of
          one word, which cannot be told from other words.
        </p>
        <p>
          What stays: that somebody was invited, answered, attended and so on, as numbers without a
          name. Mails already sent, calendars already fetched and backups already made are beyond
          Cairn’s reach.
        </p>
        <p>
          Of money, what was paid stays, as numbers without words, because accounts must add up.
          Your receipts go, unless somebody else claims by them; papers that treasurers have printed
          or saved are theirs to keep. Where you slept, ate and came from goes.
        </p>
        <p>
          In planning repositories, what you wrote stays, by “Erased person”. Your handle is taken
          out of the documents as they are now. Their past is kept by Git, and whoever has cloned a
          plan has it: the commits of before still name you, there and here.
        </p>
        {mentions.length > 0 && (
          <>
            <p>
              These summits name you in what their organisers published. That text is theirs and
              stays; ask them to change it:
            </p>
            <ul>
              {mentions.map(({ slug, title }) => (
                <li key={slug}>
                  <a href={`/s/${slug}`}>{title}</a>
                </li>
              ))}
            </ul>
          </>
        )}
      </>
    }
  >
    <TextField
      name="word"
      label={`Type the word “${ERASE_WORD}”`}
      value={typed}
      autocomplete="off"
      width="short"
    />
  </Confirm>
);

/** Asks somebody who signed in a while ago to do so again. */
export const SignInAgain = () => (
  <p>
    For this you need to have signed in within the last hour. Sign out above,{' '}
    <a href="/sign-in?to=%2Fme%2Ferase">sign in again</a>, and come back here.
  </p>
);
