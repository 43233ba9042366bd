import type { Editor } from '@tiptap/core';
import ArrowDown from '@lucide/svelte/icons/arrow-down';
import ArrowUp from '@lucide/svelte/icons/arrow-up';
import Bold from '@lucide/svelte/icons/bold';
import Clock from '@lucide/svelte/icons/clock';
import Code from '@lucide/svelte/icons/code';
import ExternalLink from '@lucide/svelte/icons/external-link';
import Heading1 from '@lucide/svelte/icons/heading-1';
import Heading2 from '@lucide/svelte/icons/heading-2';
import Heading3 from '@lucide/svelte/icons/heading-3';
import ImageIcon from '@lucide/svelte/icons/image';
import Italic from '@lucide/svelte/icons/italic';
import Link from '@lucide/svelte/icons/link';
import LinkPlace from '@lucide/svelte/icons/link-2';
import List from '@lucide/svelte/icons/list';
import ListOrdered from '@lucide/svelte/icons/list-ordered';
import Minus from '@lucide/svelte/icons/minus';
import Pilcrow from '@lucide/svelte/icons/pilcrow';
import Plus from '@lucide/svelte/icons/plus';
import Search from '@lucide/svelte/icons/search';
import Redo from '@lucide/svelte/icons/redo-2';
import Speech from '@lucide/svelte/icons/speech';
import SquareCode from '@lucide/svelte/icons/square-code';
import Strikethrough from '@lucide/svelte/icons/strikethrough';
import TextQuote from '@lucide/svelte/icons/text-quote';
import Undo from '@lucide/svelte/icons/undo-2';
import { addressHere } from './address-here.ts';
import { BLOCK_COMMANDS } from './blocks/block-commands.ts';
import { OUTCOME_COMMANDS } from './blocks/outcome-commands.ts';
import type { Command } from './command.ts';
import { openCaretMenu } from './menu/caret-menu.ts';
import { inLine, isStamped, stampZone, toEmptyLine, toggleStamp } from './minutes.ts';
import { moveBlock } from './move-block.ts';

const HEADING_ICONS = { 1: Heading1, 2: Heading2, 3: Heading3 };

function heading(level: 1 | 2 | 3): Command {
  return {
    id: `heading-${level}`,
    words: `Heading ${level}`,
    also: 'title section',
    group: 'Blocks',
    icon: HEADING_ICONS[level],
    keys: [`Mod-Alt-${level}`],
    typed: `${'#'.repeat(level)} `,
    slash: true,
    active: (editor) => editor.isActive('heading', { level }),
    can: (editor) => editor.can().toggleHeading({ level }),
    run: (editor) => editor.chain().focus().toggleHeading({ level }).run(),
  };
}

const BLOCKS: readonly Command[] = [
  {
    id: 'block-menu',
    words: 'Block',
    also: 'menu insert add',
    group: 'Blocks',
    icon: Plus,
    typed: '/',
    bar: 'words',
    can: (editor) => !editor.isActive('codeBlock'),
    run: (editor) => openCaretMenu(editor, '/'),
  },
  {
    id: 'paragraph',
    words: 'Text',
    also: 'paragraph plain',
    group: 'Blocks',
    icon: Pilcrow,
    keys: ['Mod-Alt-0'],
    slash: true,
    active: (editor) => editor.isActive('paragraph'),
    run: toText,
  },
  heading(1),
  heading(2),
  heading(3),
  {
    id: 'bullet-list',
    words: 'Bullet list',
    also: 'unordered points',
    group: 'Blocks',
    icon: List,
    keys: ['Mod-Shift-8'],
    typed: '- ',
    slash: true,
    active: (editor) => editor.isActive('bulletList'),
    can: (editor) => editor.can().toggleBulletList(),
    run: (editor) => editor.chain().focus().toggleBulletList().run(),
  },
  {
    id: 'numbered-list',
    words: 'Numbered list',
    also: 'ordered',
    group: 'Blocks',
    icon: ListOrdered,
    keys: ['Mod-Shift-7'],
    typed: '1. ',
    slash: true,
    active: (editor) => editor.isActive('orderedList'),
    can: (editor) => editor.can().toggleOrderedList(),
    run: (editor) => editor.chain().focus().toggleOrderedList().run(),
  },
  {
    id: 'quote',
    words: 'Quote',
    also: 'blockquote cite',
    group: 'Blocks',
    icon: TextQuote,
    keys: ['Mod-Shift-b'],
    typed: '> ',
    slash: true,
    active: (editor) => editor.isActive('blockquote'),
    can: (editor) => editor.can().toggleBlockquote(),
    run: (editor) => editor.chain().focus().toggleBlockquote().run(),
  },
  {
    id: 'code-block',
    words: 'Code block',
    also: 'diff shell log devicetree pre',
    group: 'Blocks',
    icon: SquareCode,
    keys: ['Mod-Alt-c'],
    typed: '``` ',
    slash: true,
    active: (editor) => editor.isActive('codeBlock'),
    can: (editor) => editor.can().toggleCodeBlock(),
    run: (editor) => editor.chain().focus().toggleCodeBlock().run(),
  },
  {
    id: 'divider',
    words: 'Divider',
    also: 'line rule horizontal',
    group: 'Blocks',
    icon: Minus,
    typed: '---',
    slash: true,
    can: (editor) => editor.can().setHorizontalRule(),
    run: (editor) => editor.chain().focus().setHorizontalRule().run(),
  },
  {
    id: 'image',
    words: 'Image',
    also: 'picture photo screenshot upload file',
    group: 'Blocks',
    icon: ImageIcon,
    slash: true,
    can: (editor) => editor.can().chooseImages(),
    run: (editor) => editor.chain().focus().chooseImages().run(),
  },
];

const TEXT: readonly Command[] = [
  {
    id: 'bold',
    words: 'Bold',
    also: 'strong',
    group: 'Text',
    icon: Bold,
    keys: ['Mod-b'],
    typed: '**bold**',
    bar: 'icon',
    active: (editor) => editor.isActive('bold'),
    can: (editor) => editor.can().toggleBold(),
    run: (editor) => editor.chain().focus().toggleBold().run(),
  },
  {
    id: 'italic',
    words: 'Italic',
    also: 'emphasis',
    group: 'Text',
    icon: Italic,
    keys: ['Mod-i'],
    typed: '*italic*',
    bar: 'icon',
    active: (editor) => editor.isActive('italic'),
    can: (editor) => editor.can().toggleItalic(),
    run: (editor) => editor.chain().focus().toggleItalic().run(),
  },
  {
    id: 'strike',
    words: 'Strike through',
    also: 'delete',
    group: 'Text',
    icon: Strikethrough,
    keys: ['Mod-Shift-s'],
    typed: '~~struck~~',
    active: (editor) => editor.isActive('strike'),
    can: (editor) => editor.can().toggleStrike(),
    run: (editor) => editor.chain().focus().toggleStrike().run(),
  },
  {
    id: 'code',
    words: 'Code',
    also: 'mono inline',
    group: 'Text',
    icon: Code,
    keys: ['Mod-e'],
    typed: '`code`',
    bar: 'icon',
    active: (editor) => editor.isActive('code'),
    can: (editor) => editor.can().toggleCode(),
    run: (editor) => editor.chain().focus().toggleCode().run(),
  },
  {
    id: 'link',
    words: 'Link',
    also: 'address url href',
    group: 'Text',
    icon: Link,
    keys: ['Mod-Alt-k'],
    typed: '[words](address)',
    slash: true,
    bar: 'icon',
    active: (editor) => editor.isActive('link'),
    can: (editor) => !editor.isActive('codeBlock'),
    run: (_editor, context) => {
      context.openLink();
      return true;
    },
  },
  {
    id: 'open-link',
    words: 'Open link or reference',
    also: 'follow go address lore commit mail',
    group: 'Text',
    icon: ExternalLink,
    keys: ['Mod-Alt-Enter'],
    can: ({ state }) => addressHere(state) !== null,
    run: ({ state }) => {
      const href = addressHere(state);
      if (href !== null) window.open(href, '_blank', 'noopener');
      return href !== null;
    },
  },
];

const MINUTES: readonly Command[] = [
  ...OUTCOME_COMMANDS,
  {
    id: 'speaker',
    words: 'Speaker',
    also: 'name said remark who',
    group: 'Minutes',
    icon: Speech,
    keys: ['Mod-Alt-s'],
    slash: true,
    bar: 'words',
    can: inLine,
    run: (editor) => toEmptyLine(editor) && openCaretMenu(editor, 'speaker'),
  },
  {
    id: 'stamp',
    words: 'Time',
    more: stampZone,
    also: 'stamp clock now',
    group: 'Minutes',
    icon: Clock,
    keys: ['Mod-Alt-t'],
    slash: true,
    bar: 'words',
    active: isStamped,
    can: inLine,
    run: toggleStamp,
  },
];

const NOTE: readonly Command[] = [
  {
    id: 'undo',
    words: 'Undo',
    group: 'Note',
    icon: Undo,
    keys: ['Mod-z'],
    bar: 'icon',
    can: (editor) => editor.can().undo(),
    run: (editor) => editor.chain().focus().undo().run(),
  },
  {
    id: 'redo',
    words: 'Redo',
    group: 'Note',
    icon: Redo,
    keys: ['Mod-y', 'Mod-Shift-z'],
    bar: 'icon',
    can: (editor) => editor.can().redo(),
    run: (editor) => editor.chain().focus().redo().run(),
  },
  {
    id: 'move-up',
    words: 'Move up',
    also: 'line block item',
    group: 'Note',
    icon: ArrowUp,
    keys: ['Alt-ArrowUp'],
    run: (editor) => moveBlock(editor, -1),
  },
  {
    id: 'move-down',
    words: 'Move down',
    also: 'line block item',
    group: 'Note',
    icon: ArrowDown,
    keys: ['Alt-ArrowDown'],
    run: (editor) => moveBlock(editor, 1),
  },
  {
    id: 'find',
    words: 'Find and replace',
    also: 'search',
    group: 'Note',
    icon: Search,
    keys: ['Mod-f'],
    run: (_editor, context) => {
      context.openFind();
      return true;
    },
  },
  {
    id: 'copy-link',
    words: 'Copy link to this place',
    also: 'anchor address permalink block heading share',
    group: 'Note',
    icon: LinkPlace,
    keys: ['Mod-Shift-l'],
    slash: true,
    run: (editor, context) => {
      // Rarely wanted: no part of the editor's first load.
      import('./copy-link.ts').then(
        ({ copyLinkHere }) => copyLinkHere(editor, context),
        () => context.say('The link was not copied.'),
      );
      return true;
    },
  },
];

/** Every command of the note, in the order in which lists show them. */
export const COMMANDS: readonly Command[] = [...BLOCKS, ...BLOCK_COMMANDS, ...TEXT, ...MINUTES, ...NOTE];

/** Out of a list too: what is left is a line of plain text. */
function toText(editor: Editor): boolean {
  const chain = editor.chain().focus().setParagraph();
  return (editor.isActive('listItem') ? chain.liftListItem('listItem') : chain).run();
}
