/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { Child } from 'hono/jsx';
import type { PageLinks } from './links.ts';

export interface PageProps {
  /** Says what and who; the product's name is added. */
  title: string;
  /** The page that is shown, marked in the navigation. */
  current: keyof PageLinks;
  links: PageLinks;
  /** Paths of the page's own stylesheets and scripts, as `staticFiles` serves them. */
  styles?: readonly string[];
  scripts?: readonly string[];
  /** One sentence at the top: what in here is not real. */
  note: string;
  children?: Child;
}

const entries = [
  { name: 'chat', label: 'Chat' },
  { name: 'coupa', label: 'Coupa' },
  { name: 'concur', label: 'Concur' },
] as const;

/**
 * The frame that the sandbox pages share: head, header with the way to the other ones, `main`, the sandbox line.
 * Nothing inline (no style or script), because the pages' policy forbids it.
 */
export function Page(props: PageProps) {
  const { title, current, links, styles = [], scripts = [], note, children } = props;
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${title} · Countersign sandbox`}</title>
        <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
        {['/assets/base.css', ...styles].map((path) => (
          <link rel="stylesheet" href={path} />
        ))}
        {scripts.map((path) => (
          <script src={path} defer></script>
        ))}
      </head>
      <body>
        <a class="skip-link" href="#content">
          Skip to the content
        </a>
        <header>
          <div class="site-header">
            <a class="brand" href="/">
              <img src="/assets/icon.svg" alt="" width="28" height="28" />
              <span>Countersign</span>
            </a>
            <nav aria-label="Sandbox">
              <ul>
                {entries.map(({ name, label }) => {
                  const href = name === current ? '/' : links[name];
                  if (href === undefined) return null;
                  return (
                    <li>
                      <a href={href} {...(name === current ? { 'aria-current': 'page' } : {})}>
                        {label}
                      </a>
                    </li>
                  );
                })}
              </ul>
            </nav>
          </div>
          <p class="sandbox-note">
            <strong>Sandbox.</strong> {note}
          </p>
        </header>
        <main id="content" tabindex={-1}>
          {children}
        </main>
      </body>
    </html>
  );
}
