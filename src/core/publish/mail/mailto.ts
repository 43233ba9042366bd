import type { Mail } from './mail.ts';

/** What every system passes on to a mail program; some cut what is longer, without a word. */
export const MAILTO_LONGEST = 2_000;

export interface MailLink {
  href: string;
  /** False when the text is too long for a link: it opens the mail with everything but its text. */
  whole: boolean;
  /** Characters the whole link would have. */
  length: number;
}

/** The mail as a `mailto:` address (RFC 6068). */
export function mailLink(mail: Mail): MailLink {
  const head = [
    ...(mail.cc.length > 0 ? [`cc=${mail.cc.map(encoded).join(',')}`] : []),
    `subject=${encoded(mail.subject)}`,
    ...(mail.inReplyTo === null ? [] : [`in-reply-to=${encoded(`<${mail.inReplyTo}>`)}`]),
  ].join('&');
  const start = `mailto:${mail.to.map(encoded).join(',')}?${head}`;
  const href = `${start}&body=${encoded(mail.body.replace(/\n/g, '\r\n'))}`;
  const whole = href.length <= MAILTO_LONGEST;
  return { href: whole ? href : start, whole, length: href.length };
}

const encoded = (text: string): string =>
  encodeURIComponent(text.toWellFormed())
    .replace(/%40/g, '@')
    .replace(/['()*!]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
