/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import { LiveState, StatusBadge } from '../../pages/messages.tsx';
import type { RequisitionRow } from './view-model.ts';

interface ListProps {
  rows: readonly RequisitionRow[];
  /** Whether older ones follow, and whether newer ones were left out. */
  older: boolean;
  newer: boolean;
}

/** The requisitions, newest first; each opens its own page. */
export function RequisitionList({ rows, older, newer }: ListProps) {
  return (
    <section aria-labelledby="list-heading" class="stack">
      <div class="section-head">
        <h2 id="list-heading">Requisitions, newest first</h2>
        <LiveState />
      </div>
      <div id="list" data-live class="stack">
        {rows.length === 0 ? <p class="empty panel">No requisition yet. Submit one above.</p> : null}
        {rows.length === 0 ? null : (
          <ul class="requisitions panel">
            {rows.map((row) => (
              <Row row={row} />
            ))}
          </ul>
        )}
        <nav aria-label="Older and newer requisitions" class="buttons" hidden={!older && !newer}>
          {newer ? (
            <a class="button" href="/">
              Newest
            </a>
          ) : null}
          {older ? (
            <a class="button" href={`/?before=${rows.at(-1)?.id ?? 0}`}>
              Older
            </a>
          ) : null}
        </nav>
      </div>
    </section>
  );
}

function Row({ row }: { row: RequisitionRow }) {
  return (
    <li class="requisition">
      <div class="what">
        <h3>
          <a href={`/requisitions/${row.id}`} id={`requisition-${row.id}`}>
            {row.title}
          </a>
        </h3>
        <p class="muted small">
          No. {row.id} · {row.requester}
          {row.waitsFor === null ? '' : ` · waits for ${row.waitsFor}`}
        </p>
      </div>
      <p class="amount">{row.total}</p>
      <p class="state">
        <StatusBadge badge={row.status} subject={`Requisition ${row.id}`} />
      </p>
    </li>
  );
}
