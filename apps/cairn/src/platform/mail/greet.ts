import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';

/**
 * Says hello to the mail server of an SMTP_URL and leaves again (RFC 5321 §4.1.1.1): it is there,
 * and speaks SMTP. Nobody signs in and nothing is sent. The value names the server.
 */
export async function greetMailServer(
  smtpUrl: string,
  patienceMs: number,
): Promise<Result<string, Problem>> {
  let url: URL;
  try {
    url = new URL(smtpUrl);
  } catch {
    const sentence = 'SMTP_URL is no address; write smtp://user:password@host:587.';
    return fail(problem('bad-smtp-url', sentence));
  }
  const isTls = url.protocol === 'smtps:';
  const port = url.port === '' ? (isTls ? 465 : 587) : Number(url.port);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const socket = isTls
    ? connectTls({ host, port, servername: host })
    : connectPlain({ host, port });
  try {
    await converse(socket, patienceMs);
    return ok(`${host}:${port}`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return fail(
      problem(
        'mail-unreachable',
        `The mail server ${host}:${port} does not greet us (${reason}); correct SMTP_URL, or ask its operator. Mails wait meanwhile.`,
      ),
    );
  } finally {
    socket.destroy();
  }
}

/** 220 to the connection, 250 to EHLO; anything else is told as it came. */
function converse(socket: Socket, patienceMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const wanted = ['220', '250'];
    let heard = '';
    socket.setTimeout(patienceMs, () => reject(new Error('no answer in time')));
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('it hung up')));
    socket.on('data', (bytes: Buffer) => {
      heard += bytes.toString('latin1');
      // The last line of a reply has a blank after its number (RFC 5321 §4.2.1).
      const last = /^(\d{3}) [^\n]*\r?\n/m.exec(heard);
      if (last === null) return;
      const [line, code] = last;
      heard = '';
      if (code !== wanted.shift()) return reject(new Error(line.trim()));
      if (wanted.length > 0) return void socket.write('EHLO localhost\r\n');
      socket.end('QUIT\r\n');
      return resolve();
    });
  });
}
