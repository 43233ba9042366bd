import type { ReferencePack } from '../pack.ts';
import { bareCommit, fixes, gitCommitUrl, namedCommit } from './commits.ts';
import {
  bareMessageId,
  lore,
  mailingList,
  messageId,
  msgidLink,
  patchSubject,
  patchwork,
  trailer,
  TRAILER_LINE,
} from './mail.ts';
import { functionName, kconfig, kernelVersion, path, pciDevice, typeName, uapi } from './names.ts';
import { bugzilla, cve, elixir, lpcContribution, lwn, man, manUrl, numberedBug, spec, url } from './pages.ts';

/** How people who work on the Linux kernel point at things. */
export const KERNEL: ReferencePack = {
  recognisers: [
    ...[lore, msgidLink, patchwork, bugzilla, gitCommitUrl, elixir, lwn, lpcContribution, manUrl, url],
    ...[fixes, trailer, messageId, mailingList, bareMessageId, spec, cve, numberedBug, namedCommit, bareCommit],
    ...[kconfig, path, man, functionName, typeName, uapi, kernelVersion, patchSubject, pciDevice],
  ],
  trailer: TRAILER_LINE,
};
