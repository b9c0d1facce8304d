/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import { LiveState, StatusBadge } from '../../pages/messages.tsx';
import { refusalOf, type RequestAction } from '../actions.ts';
import type { PurchaseRequest } from '../state.ts';
import type { ConcurUser } from '../users.ts';
import { commentsOf, instant, lineWords, requesterOf, stateBadge, titleOf, totalWords } from './wording.ts';

const mostRows = 100;
const mostLines = 5;

interface TableProps {
  /** Newest first. */
  requests: readonly PurchaseRequest[];
  users: readonly ConcurUser[];
}

/** The purchase requests, newest first, each with what people can do with it in Concur. */
export function RequestTable({ requests, users }: TableProps) {
  const shown = requests.slice(0, mostRows);
  const hidden = requests.length - shown.length;
  return (
    <section aria-labelledby="table-heading" class="stack">
      <div class="section-head">
        <h2 id="table-heading">Purchase requests, newest first</h2>
        <LiveState />
      </div>
      <div id="requests" data-live class="stack">
        {shown.length === 0 ? <p class="empty panel">No purchase request yet.</p> : null}
        {shown.length === 0 ? null : (
          <div class="panel table-frame" role="region" aria-label="Table of purchase requests" tabindex={0}>
            <table>
              <thead>
                <tr>
                  <th scope="col">Request</th>
                  <th scope="col">Requester</th>
                  <th scope="col">Lines</th>
                  <th scope="col">Total</th>
                  <th scope="col">State</th>
                  <th scope="col">Act in Concur</th>
                </tr>
              </thead>
              {shown.map((request) => (
                <Rows request={request} users={users} />
              ))}
            </table>
          </div>
        )}
        {hidden > 0 ? <p class="muted">{hidden} older ones are not shown.</p> : null}
      </div>
    </section>
  );
}

/** The row of a request, and below it what finds it again. Texts from outside keep their direction to themselves. */
function Rows({ request, users }: { request: PurchaseRequest; users: readonly ConcurUser[] }) {
  return (
    <tbody>
      <MainRow request={request} users={users} />
      <FindingRow request={request} />
    </tbody>
  );
}

/** The id that the API takes, and the comments, which begin with our own id. */
function FindingRow({ request }: { request: PurchaseRequest }) {
  const comments = commentsOf(request);
  return (
    <tr class="finding">
      <td colspan={6}>
        <dl class="small">
          <div>
            <dt>Id</dt>
            <dd>
              <code>{request.id}</code>
            </dd>
          </div>
          {comments === null ? null : (
            <div>
              <dt>Comments</dt>
              <dd>
                <bdi>{comments}</bdi>
              </dd>
            </div>
          )}
        </dl>
      </td>
    </tr>
  );
}

function MainRow({ request, users }: { request: PurchaseRequest; users: readonly ConcurUser[] }) {
  const { id, number, receivedAt, orders, exceptions } = request;
  const name = number === null ? 'Not numbered yet' : `No. ${number}`;
  return (
    <tr id={`request-${id}`}>
      <th scope="row">
        <bdi>{titleOf(request)}</bdi>
        <span class="muted small">
          {name}, <time datetime={receivedAt}>{instant(receivedAt)}</time>
        </span>
      </th>
      <td>{requesterOf(request, users)}</td>
      <td>
        <Lines request={request} />
      </td>
      <td class="amount">{totalWords(request)}</td>
      <td>
        <StatusBadge badge={stateBadge(request)} subject={`Purchase request ${number ?? id}`} />
        {orders.length === 0 ? null : <span class="small">{orders.join(', ')}</span>}
        {exceptions.map(({ message = 'An exception without words', isCleared }) => (
          <span class="small">
            <bdi>{message}</bdi>
            {isCleared === true ? ' (cleared)' : null}
          </span>
        ))}
      </td>
      <td>
        <div class="buttons">
          <Act request={request} action="approve" label="Approve" primary />
          <Act request={request} action="send-back" label="Send back" />
          <Act request={request} action="expire" label="Let it expire" />
        </div>
      </td>
    </tr>
  );
}

function Lines({ request: { lines } }: { request: PurchaseRequest }) {
  const hidden = lines.length - mostLines;
  return (
    <ul class="lines small">
      {lines.slice(0, mostLines).map((line) => (
        <Line words={lineWords(line)} />
      ))}
      {hidden > 0 ? <li class="muted">and {hidden} more</li> : null}
    </ul>
  );
}

function Line({ words: { amounts, what, vendor } }: { words: ReturnType<typeof lineWords> }) {
  return (
    <li>
      {amounts} <bdi>{what}</bdi>, {vendor}
    </li>
  );
}

interface ActProps {
  request: PurchaseRequest;
  action: RequestAction;
  label: string;
  primary?: boolean;
}

function Act({ request, action, label, primary = false }: ActProps) {
  const isImpossible = refusalOf(request, action) !== null;
  return (
    <form method="post" action={`/purchase-requests/${request.id}/${action}`}>
      <button
        type="submit"
        id={`${action}-${request.id}`}
        class={primary ? 'primary' : ''}
        disabled={isImpossible}
      >
        {label}
        <span class="visually-hidden"> {titleOf(request)}</span>
      </button>
    </form>
  );
}
