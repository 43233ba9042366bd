import type { Parts, Pointer, Recogniser } from '../pack.ts';

/** A Message-ID in an address: signs that a URL may hold, and the right side of the `@`, often a word without a dot. */
const ID_IN_URL = String.raw`(?<msgid>[\w.!$%&*+=^{|}~-]{1,250}(?:@|%40)[a-z0-9](?:[a-z0-9._-]{0,120}[a-z0-9]))`;
const ID_LEFT = String.raw`[\w.!#$%&'*+/=?^{|}~-]`;
const ID_RIGHT = String.raw`[A-Za-z0-9](?:[A-Za-z0-9.-]{0,120}[A-Za-z0-9])`;

/** One message, however it is named: by the address of an archive or by its id. */
function message(written: string, list: string | null = null): Pointer {
  const id = decoded(written);
  const own = list !== null && list !== 'r' && list !== 'all' ? { list } : {};
  return { key: `message:${id}`, href: `https://lore.kernel.org/all/${encodedId(id)}/`, ...own };
}

function decoded(written: string): string {
  try {
    const id = decodeURIComponent(written);
    return /[\s<>\p{Cc}]/u.test(id) || !id.isWellFormed() ? written : id;
  } catch {
    return written;
  }
}

/** A slash has to be written as %2F; these signs stand in ids so often that they are left readable. */
const encodedId = (id: string): string =>
  encodeURIComponent(id).replace(/%(?:40|2B|3D)/g, (sign) => decodeURIComponent(sign));

export const lore: Recogniser = {
  kind: 'lore',
  word: 'Mail',
  look: 'document',
  pattern: new RegExp(
    String.raw`https?://lore\.kernel\.org/(?:(?<list>[a-z0-9][a-z0-9._-]{0,80})/)?${ID_IN_URL}(?:/(?<view>t\.mbox\.gz|t\.atom|raw|[ts])?/?)?(?:#(?<frag>[\w-]{1,250}))?`,
    'gi',
  ),
  read: ({ msgid = '', list }) => message(msgid, list ?? null),
};

export const msgidLink: Recogniser = {
  kind: 'msgid-link',
  word: 'Mail',
  look: 'document',
  pattern: new RegExp(
    String.raw`https?://(?:patch\.msgid\.link|msgid\.link|lkml\.kernel\.org)/(?:r/)?${ID_IN_URL}/?`,
    'gi',
  ),
  read: ({ msgid = '' }) => message(msgid),
};

export const patchwork: Recogniser = {
  kind: 'patchwork',
  word: 'Patchwork',
  look: 'document',
  pattern: new RegExp(
    String.raw`https?://patchwork\.kernel\.org/project/(?<project>[\w.-]{1,80})/(?:(?<type>patch|cover)/${ID_IN_URL}|list/(?:\?series=(?<series>\d{1,12}))?)/?`,
    'gi',
  ),
  read({ project = '', msgid, series }) {
    if (msgid !== undefined) return message(msgid, project);
    const list = `https://patchwork.kernel.org/project/${encodeURIComponent(project)}/list/`;
    return series === undefined
      ? { key: `patches:${project.toLowerCase()}`, href: list, list: project }
      : { key: `series:${series}`, href: `${list}?series=${series}`, list: project };
  },
};

const PERSON_BEFORE = /\p{Lu}[\p{L}\p{M}.'’-]*["”]?\s$/u;

/** No address of a person looks so: a date or a number in front, or a long string of signs. */
const MADE_BY_PROGRAM = /^(?:\d{8,}[.-]|[^@]{30})|@[^.]+$/;

export const messageId: Recogniser = {
  kind: 'message-id',
  word: 'Mail',
  look: 'document',
  pattern: new RegExp(String.raw`<(?<msgid>(?=[^<>\s@]{0,250}\d)${ID_LEFT}{8,250}@${ID_RIGHT})>`, 'g'),
  read: ({ msgid = '' }, { before }) =>
    !MADE_BY_PROGRAM.test(msgid) && PERSON_BEFORE.test(before) ? null : message(msgid),
};

/** Without brackets only what cannot be a person's address: on the right a single word, or a left side that a program made. */
export const bareMessageId: Recogniser = {
  kind: 'message-id',
  word: 'Mail',
  look: 'document',
  pattern: new RegExp(
    String.raw`(?<![\w.!#$%&'*+/=?^{|}~@:-])(?<msgid>${ID_LEFT}{12,250}@${ID_RIGHT})(?![\w@]|[.:/-]\w)`,
    'g',
  ),
  read: ({ msgid = '' }) => (MADE_BY_PROGRAM.test(msgid) && /\d.*\d.*@/.test(msgid) ? message(msgid) : null),
};

/** Lists whose archive has another name than they have, or that have one and are not on vger. */
const ARCHIVES: Readonly<Partial<Record<string, string>>> = {
  'linux-kernel@vger.kernel.org': 'lkml',
  'iommu@lists.linux.dev': 'linux-iommu',
  'linux-mm@kvack.org': 'linux-mm',
  'linux-arm-kernel@lists.infradead.org': 'linux-arm-kernel',
  'linux-nvme@lists.infradead.org': 'linux-nvme',
  'linux-riscv@lists.infradead.org': 'linux-riscv',
};

export const mailingList: Recogniser = {
  kind: 'mailing-list',
  word: 'List',
  look: 'document',
  pattern:
    /(?<![\w.+@-])(?<list>[a-z0-9][\w+.-]{0,80})@(?<host>vger\.kernel\.org|lists\.(?:linux\.dev|infradead\.org|linaro\.org|freedesktop\.org)|kvack\.org|nongnu\.org)(?![\w-]|\.\w)/gi,
  read({ list = '', host = '' }) {
    const address = `${list}@${host}`.toLowerCase();
    const vger = host.toLowerCase() === 'vger.kernel.org' ? list.toLowerCase() : null;
    const archive = Object.hasOwn(ARCHIVES, address) ? ARCHIVES[address] : vger;
    return {
      key: `list:${address}`,
      href: archive == null ? null : `https://lore.kernel.org/${encodeURIComponent(archive)}/`,
      list,
    };
  },
};

const TAGS = [
  ...['Link', 'Closes', 'BugLink', 'Message-ID', 'Message-Id', 'Cc', 'Signed-off-by', 'Acked-by', 'Reviewed-by'],
  ...['Tested-by', 'Reported-by', 'Suggested-by', 'Co-developed-by'],
];
/** One line of trailers, as `git interpret-trailers` and b4 look for them. */
export const TRAILER_LINE = new RegExp(
  String.raw`^[ \t>]{0,99}(?:Fixes|${TAGS.join('|')}|[A-Z][a-z]+(?:-[a-z]+)+-by):[ \t]{1,9}\S`,
);

/** Behind these stands a person, whose address must not be taken for a message. */
const OF_PEOPLE = /-by$|^Cc$/;
const LISTS: ReadonlySet<string> = new Set(['mailing-list']);
const POINTERS: ReadonlySet<string> = new Set(['message-id', 'mailing-list', 'bug', 'cve', 'commit', 'commit-bare']);

export const trailer: Recogniser = {
  kind: 'trailer',
  word: 'Trailer',
  look: 'plain',
  pattern: new RegExp(String.raw`^[ \t>]{0,99}(?<tag>${TAGS.join('|')}):[ \t]{1,9}(?<value>\S.*)`, 'gm'),
  read(parts: Parts, { words }) {
    const { tag = '', value = '' } = parts;
    const kinds = OF_PEOPLE.test(tag) ? LISTS : POINTERS;
    return { key: `trailer:${words}`, href: null, subject: value, within: { part: 'value', kinds } };
  },
};

export const patchSubject: Recogniser = {
  kind: 'patch-subject',
  word: 'Patch',
  look: 'plain',
  pattern: /\[(?<tags>(?:RFC[ \t]{1,9})?PATCH(?:[ \t][^\]\n]{0,40})?)\][ \t]{1,9}(?<subject>\S.{2,119})$/gm,
  read: ({ tags, subject = '' }) => ({ key: `patch:${tags} ${subject.trim()}`, href: null, subject }),
};
