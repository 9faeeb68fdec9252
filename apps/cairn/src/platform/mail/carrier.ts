import type { Instant } from '@cairn/kernel/time';
import { createTransport } from 'nodemailer';
import type { StoredAttachment } from './queue.ts';

/** A mail on its way out. */
export interface Outgoing {
  /** The same for every try, so that a mail which arrives twice after a crash is seen to be one. */
  readonly id: string;
  readonly recipient: string;
  readonly subject: string;
  readonly body: string;
  readonly attachments: readonly StoredAttachment[];
  readonly writtenAt: Instant;
  /** Where the reader stops mails of this kind. */
  readonly stopAt?: string | undefined;
}

/** What became of one try. `words` are the mail server's own, or the network's. */
export type Carried =
  | { readonly kind: 'taken' }
  | { readonly kind: 'delayed'; readonly words: string }
  | { readonly kind: 'refused'; readonly words: string };

/** Takes mails to where they are sent from. */
export interface Carrier {
  carry(mail: Outgoing): Promise<Carried>;
  close(): void;
}

export interface SmtpConfig {
  /** `smtp://user:password@host:587` or `smtps://…` */
  readonly smtpUrl: string;
  /** An address, or `A name <address>`. */
  readonly from: string;
  /** Cairn's public address; its host ends every Message-ID. */
  readonly url: string;
}

const TIMEOUTS = { connectionTimeout: 15_000, greetingTimeout: 15_000, socketTimeout: 60_000 };

// One address and nothing else: no list, no name, no line break that would begin another header.
const ONE_ADDRESS = /^[^\s<>,;:"()[\]\\@]+@[^\s<>,;:"()[\]\\@]+$/;

/** Sends by SMTP (RFC 5321), over few connections that are used again. */
export function smtpCarrier({ smtpUrl, from, url }: SmtpConfig): Carrier {
  const transport = createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: 2,
    ...TIMEOUTS,
    // A mail's text never decides what is read from this machine or fetched from another.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const host = new URL(url).hostname;
  return {
    carry: async (mail) => {
      if (!ONE_ADDRESS.test(mail.recipient)) {
        return { kind: 'refused', words: `“${mail.recipient}” is not one e-mail address` };
      }
      const requests = mail.attachments.filter(({ method }) => method !== undefined);
      try {
        await transport.sendMail({
          from,
          to: { name: '', address: mail.recipient },
          subject: mail.subject,
          text: mail.body,
          date: new Date(mail.writtenAt.epochMilliseconds),
          messageId: `<${mail.id}@${host}>`,
          // RFC 3834 §5: no out-of-office replies, please.
          headers: { 'Auto-Submitted': 'auto-generated', ...stopHeaders(mail.stopAt) },
          alternatives: requests.map(asAlternative),
          attachments: mail.attachments.map(asFile),
        });
        return { kind: 'taken' };
      } catch (error) {
        return failureOf(error);
      }
    },
    close: () => transport.close(),
  };
}

/** RFC 2369 §3.2, RFC 8058 §3.1: mail programs show a button that posts to the address. */
const stopHeaders = (address: string | undefined): Record<string, string> =>
  address === undefined
    ? {}
    : {
        'List-Unsubscribe': `<${address}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      };

/** What calendar programs act on: beside the text, and without a name, or some show only a file. */
const asAlternative = ({ contentType, base64 }: StoredAttachment) => ({
  contentType,
  content: Buffer.from(base64, 'base64'),
});

/** A calendar request as a file is of another type, or some programs would take it for a second one. */
const asFile = ({ filename, contentType, base64, method }: StoredAttachment) => ({
  filename,
  contentType: method === undefined ? contentType : 'application/ics',
  content: Buffer.from(base64, 'base64'),
  // Byte for byte, also where a line of text would otherwise get other ends.
  contentTransferEncoding: 'base64' as const,
});

/**
 * What a failed try means. A 5yz reply to a mail is final (RFC 5321 §4.2.1); one to signing in is
 * the operator's to mend, so the mail waits, as it does while nobody answers.
 */
function failureOf(error: unknown): Carried {
  if (!(error instanceof Error)) throw error;
  const { code, responseCode, response } = error as Error & {
    // What nodemailer adds to its errors.
    readonly code?: string;
    readonly responseCode?: number;
    readonly response?: string;
  };
  const words = response ?? error.message;
  const isFinal =
    responseCode === undefined ? code === 'EENVELOPE' : responseCode >= 500 && code !== 'EAUTH';
  return { kind: isFinal ? 'refused' : 'delayed', words };
}
