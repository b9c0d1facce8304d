/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import { StatusBadge } from '../../pages/messages.tsx';
import { Instant } from './instant.tsx';
import type { LineView, RequisitionView, StepView } from './view-model.ts';

/** The requisition's head: title, status, total, who asked and when, and the way to the chat of whoever is asked. */
export function Facts({ view, chat }: { view: RequisitionView; chat: string | undefined }) {
  return (
    <div id="facts" data-live class="stack">
      <div class="section-head">
        <h1>{view.title}</h1>
        <StatusBadge badge={view.status} subject={`Requisition ${view.id}`} />
      </div>
      <dl class="facts panel">
        <Fact name="Number" value={String(view.id)} />
        <Fact name="Total" value={view.total} />
        <Fact name="Requester" value={view.requester} />
        {view.createdBy === view.requester ? null : <Fact name="Created by" value={view.createdBy} />}
        <WaitsFor view={view} chat={chat} />
        <div>
          <dt>Submitted</dt>
          <dd>{view.submittedAt === null ? 'not yet' : <Instant at={view.submittedAt} />}</dd>
        </div>
        {view.justification === '' ? null : <Fact name="Justification" value={view.justification} wide />}
      </dl>
    </div>
  );
}

function WaitsFor({ view, chat }: { view: RequisitionView; chat: string | undefined }) {
  return (
    <div>
      <dt>Waits for</dt>
      <dd>{view.waitsFor ?? 'nobody'}</dd>
      {(chat === undefined ? [] : view.asked).map(({ name, address }) => (
        <dd class="small">
          <a href={`${chat ?? ''}/?person=${encodeURIComponent(address)}`} id={`chat-${address}`}>
            Answer in {name.split(' ')[0]}’s chat
          </a>
        </dd>
      ))}
    </div>
  );
}

function Fact({ name, value, wide = false }: { name: string; value: string; wide?: boolean }) {
  return (
    <div {...(wide ? { class: 'wide' } : {})}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/** What is bought, line by line. */
export function Lines({ lines }: { lines: readonly LineView[] }) {
  return (
    <section aria-labelledby="lines-heading" class="panel" id="lines" data-live>
      <h2 id="lines-heading">Lines</h2>
      <ol class="rows">
        {lines.map((line) => (
          <li class="pair">
            <div>
              <p>{line.description}</p>
              <p class="muted small">
                {line.supplier}
                {line.sum === null ? ', lump sum' : `, ${line.sum}`}
              </p>
            </div>
            <p class="amount">{line.total}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** The approval chain: the rows of every round so far, then those who come later. */
export function Chain({ chain }: { chain: readonly StepView[] }) {
  return (
    <section aria-labelledby="chain-heading" class="panel" id="chain" data-live>
      <h2 id="chain-heading">Approval chain</h2>
      <ol class="rows">
        {chain.map((step) => (
          <li class="pair" {...(step.current ? { 'aria-current': 'step' } : {})}>
            <div>
              <p>
                {step.who}
                {step.current ? <strong class="turn"> (current)</strong> : null}
              </p>
              <p class="muted small">
                {step.approvalId === null ? 'No row yet' : `Approval ${step.approvalId}`}
                {step.at === null ? null : (
                  <>
                    , <Instant at={step.at} />
                  </>
                )}
              </p>
              {step.note === null ? null : <p class="note">{step.note}</p>}
            </div>
            <StatusBadge
              badge={step.status}
              {...(step.approvalId === null ? {} : { subject: `Approval ${step.approvalId}` })}
            />
          </li>
        ))}
      </ol>
    </section>
  );
}

/** What happened so far, newest first. */
export function History({ history }: { history: RequisitionView['history'] }) {
  return (
    <section aria-labelledby="history-heading" class="panel" id="history" data-live>
      <h2 id="history-heading">History</h2>
      {history.length === 0 ? <p class="muted">Nothing is recorded.</p> : null}
      <ol class="rows">
        {history.map((entry) => (
          <li>
            <p>{entry.what}</p>
            <p class="muted small">
              <Instant at={entry.at} />
            </p>
            {entry.note === null ? null : <p class="note">{entry.note}</p>}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** What people wrote about it, newest first. */
export function Comments({ comments }: { comments: RequisitionView['comments'] }) {
  return (
    <section aria-labelledby="comments-heading" class="panel" id="comments" data-live>
      <h2 id="comments-heading">Comments</h2>
      {comments.length === 0 ? <p class="muted">Nobody has written anything.</p> : null}
      <ol class="rows">
        {comments.map((comment) => (
          <li>
            <p>{comment.text}</p>
            <p class="muted small">
              {comment.who}, <Instant at={comment.at} />
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}
