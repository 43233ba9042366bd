import type { Plugin } from 'vite';

/**
 * lib0 describes the nodes of a page by checks that nobody here calls. Marked as free of effects they are left out, and with them the
 * whole library of checks, 2 kB of what has to come before anyone can write.
 */
export function unusedChecks(): Plugin {
  return {
    name: 'plumbline-unused-checks',
    apply: 'build',
    transform: {
      filter: { id: /\/lib0\/dom\.js$/ },
      handler: (code) => code.replaceAll('= $.$custom(', '= /* @__PURE__ */ $.$custom('),
    },
  };
}
