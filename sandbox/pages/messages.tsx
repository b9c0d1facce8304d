/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */

/** A state in words, with the tone that its colour repeats. */
export interface Badge {
  label: string;
  tone: 'waiting' | 'good' | 'bad' | 'quiet';
}

/** A state as a label; its colour only repeats the words. */
export function StatusBadge({ badge, subject }: { badge: Badge; subject?: string }) {
  const { label, tone } = badge;
  return (
    <span class={`badge ${tone}`} {...(subject === undefined ? {} : { 'data-subject': subject })}>
      {label}
    </span>
  );
}

/** Says near a form why it was not carried out. The script moves the focus here. */
export function Failure({ text }: { text: string | null }) {
  if (text === null) return null;
  return (
    <p class="notice bad" role="alert" tabindex={-1} data-failure>
      {text}
    </p>
  );
}

/** Where the script says whether changes appear by themselves; without it, what to do instead. */
export function LiveState() {
  return (
    <>
      <p class="live-state muted small">
        <span id="live-state" />
        <noscript>Reload the page to see what has changed.</noscript>
      </p>
      <p id="announcer" class="visually-hidden" role="status" />
    </>
  );
}
