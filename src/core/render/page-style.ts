/** The one style of the `.html` forms, in the page itself: a file that is kept looks the same without its server. */
export const PAGE_STYLE = `
:root {
  color-scheme: light dark;
}
body {
  margin: 0;
  background: light-dark(#ffffff, #16191d);
  color: light-dark(#171c23, #e9ebee);
  font: 1rem/1.6 system-ui, sans-serif;
}
main {
  max-width: 44rem;
  margin: 0 auto;
  padding: 2rem 1rem 4rem;
  overflow-wrap: break-word;
}
h1,
h2,
h3,
h4,
h5,
h6 {
  line-height: 1.25;
  break-after: avoid;
}
a {
  color: light-dark(#106090, #7cc4f0);
}
p,
li,
h1,
h2,
h3,
h4,
h5,
h6 {
  white-space: break-spaces;
}
p:empty {
  min-height: 1lh;
}
pre,
code,
.note-ref:not(.note-ref-url) {
  font-family: ui-monospace, 'SF Mono', Menlo, Consolas, monospace;
  font-size: 0.9em;
}
pre {
  overflow-x: auto;
  padding: 0.75rem 1rem;
  background: light-dark(#eff1f4, #0c0e12);
}
blockquote,
.unknown {
  margin: 1rem 0;
  padding: 0 1rem;
  border-left: 3px solid light-dark(#868d95, #6f757d);
}
table {
  border-collapse: collapse;
  margin: 1rem 0;
}
th,
td {
  padding: 0.25rem 0.75rem;
  border: 1px solid light-dark(#c5cad0, #454b53);
  text-align: start;
  vertical-align: top;
  white-space: break-spaces;
}
details > div,
aside {
  margin: 1rem 0;
  padding: 0 1rem;
  border-left: 3px solid light-dark(#868d95, #6f757d);
}
.callout-word {
  font-weight: 600;
}
section[data-outcome] {
  margin: 1rem 0;
  padding: 0.25rem 1rem;
  border: 1px solid light-dark(#868d95, #6f757d);
  border-radius: 6px;
}
section[data-outcome] p {
  margin: 0;
}
.outcome-word {
  font-weight: 600;
}
.outcome-short,
.outcome-facts {
  color: light-dark(#474e57, #b3b8be);
  font-size: 0.875em;
}
.outcome-facts span + span::before {
  content: '· ';
}
img {
  display: block;
  max-width: 100%;
  height: auto;
  margin: 1rem 0;
}
span.unknown {
  padding: 0 0.25rem;
  border: 1px solid light-dark(#868d95, #6f757d);
}
.unknown-name {
  color: light-dark(#474e57, #b3b8be);
  font-size: 0.875em;
}
@page {
  size: A4;
  margin: 18mm 20mm;
}
@media print {
  :root {
    color-scheme: light;
  }
  body {
    font-size: 10.5pt;
  }
  h3 > a::after {
    content: ' ' attr(href);
    font-weight: 400;
    font-size: 0.75em;
  }
  main {
    max-width: none;
    padding: 0;
  }
  pre {
    white-space: pre-wrap;
  }
  pre,
  blockquote,
  aside,
  section,
  tr,
  img,
  .unknown {
    break-inside: avoid;
  }
}
`;

/** What the Content-Security-Policy knows the style by: changed with it, a test says to what. */
export const PAGE_STYLE_HASH = 'sha256-WBx7nOOFkDlu5eFkUhg4fdK6HqUZovZhaBnDTR6wIJc=';
