import { listField, textField } from './header-field.ts';
import type { Mail } from './mail.ts';

export interface Written {
  /** Instant, ISO 8601. */
  date: string;
  /** Without brackets, new for every file: two mails must not share one. */
  messageId: string;
}

/** Octets of a line that every mail server takes. */
const LONGEST_LINE = 998;

/**
 * The mail as a file (RFC 5322) that a mail program opens as a draft. It names no sender: who sends it does. Plain text, not flowed; as
 * it is where all servers take it so, else quoted-printable.
 */
export function emlFile(mail: Mail, { date, messageId }: Written): Uint8Array {
  const body = mail.body.toWellFormed().replace(/\r\n?/g, '\n');
  const isAscii = /^[\t\n -~]*$/.test(body);
  const isShort = body.split('\n').every((line) => bytes(line).length <= LONGEST_LINE);
  const encoding = !isShort ? 'quoted-printable' : isAscii ? '7bit' : '8bit';
  const header = [
    listField('Date', mailDate(date).split(' '), ''),
    listField('Message-ID', [`<${messageId}>`], ''),
    ...(mail.to.length > 0 ? [listField('To', mail.to, ',')] : []),
    ...(mail.cc.length > 0 ? [listField('Cc', mail.cc, ',')] : []),
    textField('Subject', mail.subject),
    ...(mail.inReplyTo === null
      ? []
      : [listField('In-Reply-To', [`<${mail.inReplyTo}>`], ''), listField('References', [`<${mail.inReplyTo}>`], '')]),
    listField('MIME-Version', ['1.0'], ''),
    listField('Content-Type', ['text/plain', isAscii ? 'charset=us-ascii' : 'charset=utf-8'], ';'),
    listField('Content-Transfer-Encoding', [encoding], ''),
    // Read by several programs: not sent yet.
    listField('X-Unsent', ['1'], ''),
  ].join('');
  const written = isShort ? body.replace(/\n/g, '\r\n') : quotedPrintable(body);
  return bytes(`${header}\r\n${written}`);
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const DAYS = 'Sun Mon Tue Wed Thu Fri Sat'.split(' ');
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** `Wed, 15 Nov 2023 17:15:00 +0000`. */
function mailDate(instant: string): string {
  const at = new Date(instant);
  const time = at.toISOString().slice(11, 19);
  return `${DAYS[at.getUTCDay()]}, ${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]} ${at.getUTCFullYear()} ${time} +0000`;
}

/** RFC 2045, 6.7. A space at the end of a line is written out. */
function quotedPrintable(body: string): string {
  return body
    .split('\n')
    .map((line) => {
      const units = [...line].map((sign) => (/[!-<>-~ ]/.test(sign) ? sign : escaped(sign)));
      const last = units.length - 1;
      if (units[last] === ' ') units[last] = '=20';
      return softLines(units);
    })
    .join('\r\n');
}

const escaped = (sign: string): string =>
  [...bytes(sign)].map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');

function softLines(units: readonly string[]): string {
  let made = '';
  let used = 0;
  for (const unit of units) {
    if (used + unit.length > 75) {
      made += '=\r\n';
      used = 0;
    }
    made += unit;
    used += unit.length;
  }
  return made;
}
