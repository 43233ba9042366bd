import type { Recogniser } from '../pack.ts';

/** A word of code: it has no page of its own, only its name. */
const name = (kind: string, word: string, pattern: RegExp): Recogniser => ({
  kind,
  word,
  look: 'name',
  pattern,
  read: (_, { words }) => ({ key: words, href: null }),
});

export const kconfig = name(
  'kconfig',
  'Kernel option',
  /(?<![\w-])CONFIG_(?<symbol>[A-Z0-9][A-Za-z0-9_]{0,100}[A-Za-z0-9])(?:=(?<value>[ymn]|\d{1,20}|0x[0-9a-fA-F]{1,16}))?(?![A-Za-z0-9])/g,
);

const FOLDERS = [
  String.raw`arch/[a-z0-9]{1,20}`,
  'drivers/(?:vfio|iommu|pci|cxl|base|dma|virtio|vhost|of|acpi|irqchip|nvme|net|gpu|infiniband|misc|ntb|firmware|xen|platform|mfd)',
  'Documentation',
  'include/(?:linux|uapi|asm-generic|trace|net)',
  'virt/kvm',
  'tools/(?:testing|perf|include|lib|iommu)',
  'kernel/(?:dma|irq|bpf|sched|time|trace)',
  'mm|lib|fs/[a-z0-9_]{1,30}|rust/kernel|samples/[a-z]{1,30}|security/[a-z]{1,30}|net/(?:core|ipv4|ipv6)',
].join('|');

/** In a known folder of the source, and a few names that say enough alone. */
export const path = name(
  'path',
  'Path',
  new RegExp(
    String.raw`(?<![\w./~:@-])(?<path>(?:${FOLDERS})(?:/[\w.+,*{}-]{0,100}[\w*}]){1,30}/?|(?:drivers/(?:vfio|iommu|pci|cxl)|virt/kvm|MAINTAINERS|Documentation)(?![\w/]|\.\w))(?::(?<line>\d{1,7}))?`,
    'g',
  ),
);

export const functionName = name(
  'function',
  'Function',
  /(?<![\w.>$-])(?!(?:if|for|while|switch|return|sizeof|typeof|defined|do|else|goto|alignof|offsetof)\()(?<name>[A-Za-z_][A-Za-z0-9_]{2,63})\(\)/g,
);

/** Without an underscore a type is too common a word. */
export const typeName = name(
  'ctype',
  'Type',
  /\b(?<keyword>struct|union|enum)[ \t]{1,9}(?<name>[a-z_](?=[a-z0-9]{0,63}_[a-z0-9_])[a-z0-9_]{2,63})\b/g,
);

export const uapi = name(
  'uapi',
  'Kernel interface',
  /(?<![\w-])(?<name>(?:IOMMUFD|IOMMU|VFIO|PCI|KVM|DMA)_[A-Z0-9]{1,60}(?:_[A-Z0-9]{1,60}){0,20})(?![\w(])/g,
);

export const kernelVersion = name(
  'kernel-version',
  'Kernel version',
  /(?<![\w./-])(?:(?<v>v)(?<maj>[2-9]|1\d)\.(?<min>\d{1,2})(?:\.(?<sub>\d{1,3}))?(?:-rc(?<rc>\d{1,2}))?|(?<maj2>[2-9]|1\d)\.(?<min2>\d{1,2})-rc(?<rc2>\d{1,2})|(?:[Ll]inux|[Kk]ernel|mainline|stable)[ -](?<maj3>[2-9]|1\d)\.(?<min3>\d{1,2})(?:\.(?<sub3>\d{1,3}|y))?|next-(?<next>20\d{6}))(?![\w]|\.\d)/g,
);

export const pciDevice = name(
  'pci-bdf',
  'PCI device',
  /(?<![\w:.])(?<domain>[0-9a-f]{4}):(?<bus>[0-9a-f]{2}):(?<dev>[01][0-9a-f])\.(?<fn>[0-7])(?![\w:.])/gi,
);
