import type { Pointer, Recogniser } from '../pack.ts';

const part = encodeURIComponent;

function bug(id: string, comment?: string): Pointer {
  const place = comment === undefined ? '' : `#c${comment}`;
  return { key: `bug:${Number(id)}`, href: `https://bugzilla.kernel.org/show_bug.cgi?id=${id}${place}` };
}

export const bugzilla: Recogniser = {
  kind: 'bugzilla',
  word: 'Bug',
  look: 'document',
  pattern: /https?:\/\/bugzilla\.kernel\.org\/show_bug\.cgi\?id=(?<id>\d{1,7})(?:#c(?<comment>\d{1,6}))?/gi,
  read: ({ id = '', comment }) => bug(id, comment),
};

export const numberedBug: Recogniser = {
  kind: 'bug',
  word: 'Bug',
  look: 'document',
  pattern: /\b(?:kernel[ \t]{1,9})?bug(?:zilla)?(?:\.kernel\.org)?[ \t]{0,9}#[ \t]{0,9}(?<id>\d{4,6})\b/gi,
  read: ({ id = '' }) => bug(id),
};

export const cve: Recogniser = {
  kind: 'cve',
  word: 'CVE',
  look: 'document',
  pattern: /(?<![\w-])CVE-(?<year>1999|2\d{3})-(?<num>\d{4,19})(?![\w-])/gi,
  read({ year, num }) {
    const id = `CVE-${year}-${num}`;
    return { key: id, href: `https://www.cve.org/CVERecord?id=${id}` };
  },
};

export const elixir: Recogniser = {
  kind: 'elixir',
  word: 'Source',
  look: 'document',
  pattern:
    /https?:\/\/elixir\.bootlin\.com\/linux\/(?<version>[\w.+-]{1,60})\/(?:source\/(?<path>[\w.,+/-]{0,250}[\w/])(?:#L(?<line>\d{1,7}))?|(?:[A-Z]\/)?ident\/(?<ident>\w{1,100}))/gi,
  read({ version = '', path, line, ident }) {
    const place =
      path === undefined
        ? `A/ident/${part(ident ?? '')}`
        : `source/${path.split('/').map(part).join('/')}${line === undefined ? '' : `#L${line}`}`;
    const href = `https://elixir.bootlin.com/linux/${part(version)}/${place}`;
    return { key: href, href, subject: path ?? ident ?? '' };
  },
};

export const lwn: Recogniser = {
  kind: 'lwn',
  word: 'LWN',
  look: 'document',
  pattern: /https?:\/\/lwn\.net\/Articles\/(?<id>\d{3,7})\b\/?/gi,
  read: ({ id }) => ({ key: `lwn:${id}`, href: `https://lwn.net/Articles/${id}/` }),
};

export const lpcContribution: Recogniser = {
  kind: 'lpc-contribution',
  word: 'Talk',
  look: 'document',
  pattern:
    /https?:\/\/(?:www\.)?(?:lpc\.events|linuxplumbersconf\.org)\/event\/(?<event>\d{1,6})\/contributions\/(?<contribution>\d{1,9})(?:\/attachments\/(?<folder>\d{1,9})\/(?<attachment>\d{1,9})\/(?<file>[\w.%+~-]{0,250}[\w%+~-])?)?\/?/gi,
  read({ event, contribution, folder, attachment, file }) {
    const talk = `https://lpc.events/event/${event}/contributions/${contribution}/`;
    if (attachment === undefined) return { key: talk, href: talk };
    const name = file === undefined ? '' : part(unescaped(file));
    return {
      key: `${talk}${attachment}`,
      href: `${talk}attachments/${folder}/${attachment}/${name}`,
      subject: file ?? '',
    };
  },
};

function unescaped(written: string): string {
  try {
    return decodeURIComponent(written).toWellFormed();
  } catch {
    return written;
  }
}

/** `sec` is the number with what may follow it, such as `3p`. */
function manPage(name: string, sec: string): Pointer {
  const at = `man${sec[0]}/${part(name)}.${sec}.html`;
  return { key: `${name}(${sec})`, href: `https://man7.org/linux/man-pages/${at}` };
}

export const manUrl: Recogniser = {
  kind: 'man-url',
  word: 'Manual',
  look: 'document',
  pattern:
    /https?:\/\/(?:www\.)?man7\.org\/linux\/man-pages\/man(?<sec>[1-8])\/(?<name>[\w.+-]{1,60}?)\.(?<full>[1-8]\w{0,9})\.html/gi,
  read: ({ name = '', full = '' }) => manPage(name, full),
};

/** Words with a number behind them that are no pages. */
const NO_PAGE =
  'log|log2|log10|sqrt|exp|abs|max|min|rand|sum|pow|mod|section|chapter|table|figure|item|step|patch|option|note|appendix|rev|part|day';

export const man: Recogniser = {
  kind: 'man',
  word: 'Manual',
  look: 'name',
  pattern: new RegExp(
    String.raw`(?<![\w.])(?!(?:${NO_PAGE})\()(?<name>[a-z][a-z0-9_.+-]{1,30})\((?<sec>[1-8](?:p|x|type|const|head)?)\)`,
    'g',
  ),
  read: ({ name = '', sec = '' }) => manPage(name, sec),
};

export const spec: Recogniser = {
  kind: 'spec',
  word: 'Specification',
  look: 'document',
  pattern:
    /\b(?<spec>PCIe|PCI Express|PCI Firmware|CXL|ACPI|UEFI|NVMe|SR-IOV|VT-d|AMD-Vi|SMMUv3)[ \t]{1,9}(?:(?:Base[ \t]{1,9})?[Ss]pec(?:ification)?[ \t]{1,9})?(?<rev>[rRvV]?\d{1,2}(?:\.\d{1,2}){1,2})(?:,?\s{1,9}(?<unit>[Ss]ec(?:tion|t)?s?\.?|§|[Cc]h(?:apter|\.)?|[Tt]able|[Ff]ig(?:ure|\.)?)\s{0,9}(?<loc>\d{1,3}(?:[.-]\d{1,3}){0,9}(?:\.x)?))?/g,
  read({ spec: name = '', rev = '', loc }) {
    const number = rev.replace(/^[rv]/i, '');
    return { key: `spec:${name} ${number}${loc === undefined ? '' : ` ${loc}`}`, href: null };
  },
};

/** Longer ones are not seen whole, and half an address leads elsewhere. */
const LONGEST = 2000;

/** Any other address. It is claimed so that nothing within it is taken for something else. */
export const url: Recogniser = {
  kind: 'url',
  word: 'Link',
  look: 'document',
  pattern: /https?:\/\/[^\s<>"'\ufffc]{1,2000}[^\s<>"'.,;:!?)\]}\ufffc]/gi,
  read(_, { words }) {
    const address = words.length > LONGEST ? null : parsed(words);
    if (!address) return { key: words, href: null };
    const { href, protocol, username, password } = address;
    // Who has a name in an address wants another host to be read than the one it leads to.
    return { key: href, href: protocol === 'https:' && !username && !password ? href : null };
  },
};

function parsed(address: string): URL | null {
  try {
    return new URL(address);
  } catch {
    return null;
  }
}
