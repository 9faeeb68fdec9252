import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import PostalMime, { type Attachment, type Email } from 'postal-mime';

/** The iCalendar in a mail, and who says to have sent it. */
export interface CalendarMail {
  /** From the mail's From; undefined where only a calendar file was handed in. */
  readonly sender: string | undefined;
  readonly parts: readonly string[];
}

/** No reply is nested deeper; one that is was made to be a burden. */
const DEEPEST = 30;

/**
 * The iCalendar parts of a raw mail (RFC 5322, with RFC 6047 inside), or of text that is itself
 * iCalendar. Where a mail carries it twice, as a part of its text and as a file, the part is read.
 * Fails where there is none.
 */
export async function calendarParts(raw: string): Promise<Result<CalendarMail, Problem>> {
  const text = raw.replace(/^\ufeff/, '').trimStart();
  if (/^BEGIN:VCALENDAR\b/i.test(text)) return ok({ sender: undefined, parts: [text] });
  const mail = await parsed(text);
  const found = mail?.attachments ?? [];
  const asText = found.filter(({ mimeType }) => mimeType === 'text/calendar');
  const asFile = found.filter(
    ({ mimeType, filename }) => mimeType === 'application/ics' || /\.ics$/i.test(filename ?? ''),
  );
  const parts = (asText.length > 0 ? asText : asFile).map(textOf);
  if (parts.length === 0) {
    const sentence =
      'There is no calendar reply in this; hand in the whole mail with its headers, or the .ics file that came with it.';
    return fail(problem('no-calendar-part', sentence));
  }
  return ok({ sender: mail?.from?.address?.toLowerCase(), parts: [...new Set(parts)] });
}

/** The library throws at what is nested too deeply, and takes nearly anything else for a mail. */
async function parsed(text: string): Promise<Email | undefined> {
  try {
    return await PostalMime.parse(text, { maxNestingDepth: DEEPEST });
  } catch {
    return undefined;
  }
}

const textOf = ({ content }: Attachment): string =>
  typeof content === 'string' ? content : new TextDecoder().decode(content);
