/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { Card } from './conversation.ts';

/** The buttons under a card, described by what the card is about; nothing for a notice. */
export function CardActions({ card, person }: { card: Card; person: string }) {
  const { message, actions, about, answer } = card;
  if (actions.length === 0) return null;
  const id = `message-${message.id}-actions`;
  const settled = answer?.settled === true;
  return (
    <div class="card-actions" id={id} aria-live="off">
      <form method="post" action="/chat/press" class="chat-form">
        <input type="hidden" name="person" value={person} />
        <input type="hidden" name="message" value={String(message.id)} />
        <p class="visually-hidden" id={`${id}-about`}>
          {about}
        </p>
        <div class="buttons">
          {actions.map((action, index) => (
            <button
              type="submit"
              name="action"
              value={action.label}
              class={index === 0 && !settled ? 'primary' : ''}
              aria-describedby={`${id}-about`}
            >
              {action.label}
            </button>
          ))}
        </div>
        {settled && <p class="hint">You answered this. Moveworks cannot take buttons back, so they stay.</p>}
        <p class="error" role="alert"></p>
      </form>
    </div>
  );
}
