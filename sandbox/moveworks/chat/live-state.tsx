/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */

/** Where the script says whether news arrive by themselves; without it, what to do instead. */
export function LiveState() {
  return (
    <p class="live-state small muted">
      <span id="live-state" role="status"></span>
      <noscript>Reload the page to see what is new.</noscript>
    </p>
  );
}
