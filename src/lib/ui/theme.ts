/** What the reader may choose; `system` follows the device. */
export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export const THEME_WORDS: Record<Theme, string> = { system: 'As the device', light: 'Light', dark: 'Dark' };

const COOKIE = 'theme';
const YEAR_SECONDS = 31_536_000;

/** Of a list of cookies, as the header or the document has it. What nobody could have chosen is `system`. */
export function themeIn(cookies: string): Theme {
  const value = /(?:^|;\s*)theme=([a-z]+)/.exec(cookies)?.[1];
  return THEMES.find((theme) => theme === value) ?? 'system';
}

/** The page’s template with the theme in it, so that it is right before anything is painted. */
export function withTheme(html: string, theme: Theme): string {
  return html
    .replace('%plumbline.theme%', theme === 'system' ? '' : `data-theme="${theme}"`)
    .replace('%plumbline.scheme%', schemeOf(theme));
}

/** Keeps the choice for this browser and shows it. */
export function chooseTheme(theme: Theme): void {
  const secure = location.protocol === 'https:' ? '; secure' : '';
  document.cookie = `${COOKIE}=${theme}; path=/; max-age=${YEAR_SECONDS}; samesite=lax${secure}`;
  showTheme();
}

/** Shows what was chosen, here or in another tab: also in a page that was kept from before. */
export function showTheme(): void {
  const theme = themeIn(document.cookie);
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
  document.querySelector('meta[name=color-scheme]')?.setAttribute('content', schemeOf(theme));
}

function schemeOf(theme: Theme): string {
  return theme === 'system' ? 'light dark' : theme;
}
