/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import { instant } from './wording.ts';

/** An instant of the tenant; the page's script shows it in the reader's own time zone. */
export function Instant({ at }: { at: string }) {
  return <time datetime={at}>{instant(at)}</time>;
}
