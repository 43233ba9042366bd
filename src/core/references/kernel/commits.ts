import type { Pointer, Recogniser } from '../pack.ts';

/** Where a commit of any tree on git.kernel.org can be looked up. */
const MAINLINE = 'torvalds';

/** A short id and the whole one are two references: nothing in the text says that they are one. */
function commit(sha: string, subject?: string, href = `https://git.kernel.org/${MAINLINE}/c/${sha}`): Pointer {
  return { key: `commit:${sha.toLowerCase()}`, href, ...(subject !== undefined && { subject }) };
}

const path = (written: string): string => written.split('/').map(encodeURIComponent).join('/');

export const gitCommitUrl: Recogniser = {
  kind: 'git-commit-url',
  word: 'Commit',
  look: 'document',
  pattern:
    /https?:\/\/(?:git\.kernel\.org\/(?:(?<alias>[a-z][\w.-]{0,60}(?:\/[\w.-]{1,60})?)\/c\/|linus\/|pub\/scm\/(?<repo>[\w./+-]{1,200}?\.git)\/commit\/?[^\s?#]{0,200}\?(?:h=[^\s&#]{1,100}&)?id=)|github\.com\/torvalds\/linux\/commit\/)(?<sha>[0-9a-f]{7,40})\b/gi,
  read({ alias, repo, sha = '' }) {
    if (repo !== undefined)
      return commit(sha, undefined, `https://git.kernel.org/pub/scm/${path(repo)}/commit/?id=${sha}`);
    return commit(sha, undefined, `https://git.kernel.org/${path(alias ?? MAINLINE)}/c/${sha}`);
  },
};

export const fixes: Recogniser = {
  kind: 'fixes',
  word: 'Fixes',
  look: 'document',
  pattern: /^[ \t>]{0,99}Fixes:[ \t]{1,9}(?<sha>[0-9a-f]{12,40})[ \t]{1,9}\("(?<subject>.{1,300})"\)[ \t]{0,9}$/gim,
  read: ({ sha = '', subject }) => commit(sha, subject),
};

const SUBJECT = String.raw`\("(?<subject>[\s\S]{1,300}?)"\s{0,9}\)`;

export const namedCommit: Recogniser = {
  kind: 'commit',
  word: 'Commit',
  look: 'document',
  pattern: new RegExp(
    String.raw`\b[Cc]ommit\s{1,9}(?<sha>[0-9a-f]{12,40})\b(?:\s{0,9}\(\s{0,9}"(?<subject>[\s\S]{1,300}?)"\s{0,9}\))?`,
    'g',
  ),
  read: ({ sha = '', subject }) => commit(sha, subject),
};

/** Both a letter and a digit, and nothing beside it that makes it part of a number, a UUID or an address. */
export const bareCommit: Recogniser = {
  kind: 'commit-bare',
  word: 'Commit',
  look: 'document',
  pattern: new RegExp(
    String.raw`(?<![\w/@.+=#-])(?=[0-9]{0,39}[a-f])(?=[a-f]{0,39}\d)(?<sha>[0-9a-f]{12,40})(?![\w@=/-]|\.\w)(?:\s{1,9}${SUBJECT})?`,
    'g',
  ),
  read: ({ sha = '', subject }) => commit(sha, subject),
};
