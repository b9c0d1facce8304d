/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { Said } from './conversation.ts';

/** The field under the question for a reason; empty once the question is answered or given up. */
export function ReasonForm({ said }: { said: Said }) {
  const { turn, open } = said;
  const id = `turn-${turn.id}-reply`;
  if (turn.kind !== 'question' || !open) return <div id={id}></div>;
  return (
    <div id={id} aria-live="off">
      <form method="post" action="/chat/press" class="chat-form reason-form">
        <input type="hidden" name="person" value={turn.person} />
        <input type="hidden" name="message" value={String(turn.messageId)} />
        <input type="hidden" name="action" value={turn.action} />
        <div class="field">
          <label for={`${id}-reason`}>Reason</label>
          <textarea
            id={`${id}-reason`}
            name="reason"
            rows={2}
            maxlength={4000}
            required
            aria-describedby={`turn-${turn.id}-text`}
          ></textarea>
        </div>
        <div class="buttons">
          <button type="submit" class="primary">
            Submit
          </button>
          <button type="submit" name="cancel" value="yes" formnovalidate>
            Cancel
          </button>
        </div>
        <p class="error" role="alert"></p>
      </form>
    </div>
  );
}
