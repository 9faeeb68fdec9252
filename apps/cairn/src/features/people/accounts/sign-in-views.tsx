import type { Problem } from '@cairn/kernel/problem';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { HiddenField, TextField } from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import type { Auth } from '../../../platform/auth/auth.ts';
import type { Typed } from '../../../platform/http/form.ts';
import type { Asked } from './sign-in-schema.ts';

const textOf = (typed: Typed, name: string): string => {
  const value = typed[name];
  return typeof value === 'string' ? value : '';
};

/** Asks for the address; below it the other ways in, where there are any. */
export function AskForm({
  auth,
  typed,
  problems,
}: {
  auth: Pick<Auth, 'providers' | 'passkeysWork'>;
  typed: Typed;
  problems: readonly Problem[];
}) {
  const to = textOf(typed, 'to');
  return (
    <>
      <Form action="/sign-in" problems={problems}>
        <TextField
          name="email"
          label="E-mail address"
          hint="The one that you were invited by. You get a mail with a link and a six-digit code."
          type="email"
          autocomplete="username webauthn"
          value={textOf(typed, 'email')}
        />
        <HiddenField name="to" value={to} />
        <Actions>
          <SubmitButton>Send me a mail</SubmitButton>
        </Actions>
      </Form>
      {auth.passkeysWork && <PasskeySignIn to={to} />}
      {auth.providers.map(({ id, name }) => (
        <Form key={id} action={`/sign-in/with/${id}`} label={`Sign in with ${name}`}>
          <input type="hidden" name="to" value={to} />
          <Actions>
            <SubmitButton weight="ordinary">Sign in with {name}</SubmitButton>
          </Actions>
        </Form>
      ))}
      <ZoneScript />
    </>
  );
}

/** Shown by its script, and only in browsers that know passkeys. */
const PasskeySignIn = ({ to }: { to: string }) => (
  <>
    <div data-passkey="sign-in" data-to={to} hidden>
      <Actions>
        <button type="button" class="ordinary">
          Sign in with a passkey
        </button>
      </Actions>
      <p role="alert" />
    </div>
    <PasskeyScript />
  </>
);

/** Passkeys need a script: there is no way to ask for one in HTML. */
export const PasskeyScript = () => <script type="module" src="/assets/passkey.js" />;

/** Tells Cairn the browser's zone in a cookie. */
export const ZoneScript = () => <script type="module" src="/assets/zone.js" />;

/** Asks for the code. The same words whether or not a mail went out. */
export const CodeForm = ({
  asked,
  mailGoesOut,
  typed,
  problems,
}: {
  asked: Asked;
  mailGoesOut: boolean;
  typed: string;
  problems: readonly Problem[];
}) => (
  <>
    <p>
      If {asked.email} is known here, a mail is on its way to it. Open the link in it, or type its
      six digits here, within 15 minutes.
    </p>
    {!mailGoesOut && (
      <p>
        This Cairn has no mail server: its mails are kept, not sent. Ask its administrator for a
        sign-in link.
      </p>
    )}
    <Form action="/sign-in/code" problems={problems}>
      <TextField
        name="code"
        label="Code"
        hint="Six digits, such as 123 456."
        inputmode="numeric"
        autocomplete="one-time-code"
        width="tiny"
        value={typed}
      />
      <Actions>
        <SubmitButton>Sign in</SubmitButton>
      </Actions>
    </Form>
    <p class="quiet">
      No mail after a few minutes? Look among unwanted mail, or{' '}
      <a href={`/sign-in?to=${encodeURIComponent(asked.to)}`}>try another address</a>.
    </p>
  </>
);

/** The button of a mailed link: mail scanners open links, and press no buttons. */
export const LinkForm = ({ action, address }: { action: string; address: string }) => (
  <Form action={action}>
    <Actions>
      <SubmitButton>Sign in as {address}</SubmitButton>
    </Actions>
  </Form>
);

/** A link that signs nobody in any more. */
export const SpentLink = () => (
  <p>
    Each link works once, within 15 minutes. <a href="/sign-in">Ask for a new mail</a> and use that
    one.
  </p>
);

/** An account without a person: proven, and not invited. */
export const NobodyKnown = ({ address }: { address: string }) => (
  <form method="post" action="/sign-out">
    <p>
      You are signed in as {address}, and nobody is known here by that address any more. Summits are
      by invitation: write to the organiser who invited you, or sign in with another address.
    </p>
    <Actions>
      <SubmitButton weight="ordinary">Sign out</SubmitButton>
    </Actions>
  </form>
);

/** Over a limit. */
export const TooOften = ({ sentence }: { sentence: string }) => (
  <p>
    {sentence} <a href="/sign-in">Back to signing in</a>
  </p>
);
