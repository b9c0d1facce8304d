/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { Child } from 'hono/jsx';
import { Failure } from '../../pages/messages.tsx';
import type { Requisition } from '../state.ts';
import { SelectField, TextField } from './field.tsx';
import { choosable, type FormState, type FormValues } from './form.ts';
import type { LineView } from './view-model.ts';
import { nameOf } from './wording.ts';

/** Something that was asked for and not done: by which form, why, and what its fields held. */
export interface Failed extends FormState {
  form: 'decide' | 'amount' | 'comment' | 'withdraw' | 'submit';
  text: string;
}

/** An approval whose turn it is, and who would usually decide it. */
interface Turn {
  approvalId: number;
  byUserId: number;
}

interface PanelProps {
  requisition: Requisition;
  /** Several while a parallel step waits. */
  current: readonly Turn[];
  lines: readonly LineView[];
  failed: Failed | null;
}

/** Everything that people could do with this requisition in Coupa's own pages, at its present status. */
export function ActionPanel(props: PanelProps) {
  const { requisition, current, failed } = props;
  const { status } = requisition;
  const shown = {
    // What was written for one approval must not stand ready for the next one.
    decide: current.some(
      ({ approvalId }) => failed === null || failed.values['approvalId'] === String(approvalId),
    ),
    amount: status !== 'approved' && status !== 'ordered',
    comment: true,
    withdraw: status === 'pending_approval',
    submit: status === 'draft' || status === 'withdrawn',
  };
  const orphan = failed !== null && !shown[failed.form] ? failed : null;
  return (
    <section
      aria-labelledby="actions-heading"
      class="panel actions"
      id="actions"
      tabindex={-1}
      data-live
      {...(failed === null ? {} : { 'data-hold': '' })}
    >
      <h2 id="actions-heading">Act in Coupa</h2>
      {orphan === null ? null : <Orphan failed={orphan} />}
      {current.map((turn) => (
        <DecideForm {...props} turn={turn} />
      ))}
      {shown.amount ? <AmountForm {...props} /> : null}
      {shown.withdraw ? (
        <BareForm {...props} name="withdraw" title="Withdraw" button="Withdraw it">
          {nameOf(requisition.requesterId)} takes it back. Coupa leaves the approval row as it is.
        </BareForm>
      ) : null}
      {shown.submit ? (
        <BareForm
          {...props}
          name="submit"
          title={requisition.submittedAt === null ? 'Submit' : 'Submit again'}
          button="Submit it"
        >
          It goes to the first approver, under a new approval number.
        </BareForm>
      ) : null}
      <CommentForm {...props} />
      {status === 'approved' ? <p class="muted">It is approved: nothing is left to decide.</p> : null}
      {status === 'ordered' ? <p class="muted">It is ordered: nothing is left to decide.</p> : null}
    </section>
  );
}

/** A form that is no longer there, because the requisition went on meanwhile: what was written in it is shown. */
function Orphan({ failed }: { failed: Failed }) {
  const reason = failed.values['reason'] ?? '';
  return (
    <>
      <Failure text={failed.text} />
      {reason === '' ? null : <p class="note">Your reason was: {reason}</p>}
    </>
  );
}

function DecideForm({ requisition, turn, failed }: PanelProps & { turn: Turn }) {
  const { approvalId, byUserId } = turn;
  const same = failed?.values['approvalId'] === String(approvalId) ? failed : null;
  const mine = stateFor('decide', same, { byUserId: String(byUserId) });
  // The id names the approval: what is half-typed for one must not be sent for the next.
  const form = `decide-${approvalId}`;
  const field = { form, state: mine.state };
  return (
    <form method="post" action={`/requisitions/${requisition.id}/decide`} id={form} class="stack">
      <h3>Decide approval {approvalId}</h3>
      <Failure text={mine.text} />
      <input type="hidden" name="approvalId" value={String(approvalId)} />
      <SelectField
        {...field}
        name="byUserId"
        label="Decide as"
        options={choosable.map(({ id }) => ({
          value: String(id),
          label: nameOf(id) + (id === requisition.requesterId ? ' (requester)' : ''),
        }))}
      />
      <TextField {...field} name="reason" label="Reason (optional)" />
      <div class="buttons">
        <button type="submit" id={`${form}-approve`} name="action" value="approve" class="primary">
          Approve
        </button>
        <button type="submit" id={`${form}-reject`} name="action" value="reject">
          Reject
        </button>
      </div>
    </form>
  );
}

function AmountForm({ requisition, lines, failed }: PanelProps) {
  const mine = stateFor('amount', failed, {
    lineId: String(lines[0]?.id ?? ''),
    // With several lines the price of one would stand ready for another.
    unitPrice: lines.length === 1 ? (lines[0]?.unitPrice ?? '') : '',
  });
  const field = { form: 'amount', state: mine.state };
  return (
    <form method="post" action={`/requisitions/${requisition.id}/amount`} id="amount" class="stack">
      <h3>Change an amount</h3>
      <Failure text={mine.text} />
      <SelectField
        {...field}
        name="lineId"
        label="Line"
        options={lines.map((line) => ({
          value: String(line.id),
          label: `${line.description}, now ${line.unitPrice}`,
        }))}
      />
      <TextField {...field} name="unitPrice" label="New unit price" inputMode="decimal" />
      <div class="buttons">
        <button type="submit" id="amount-send">
          Change it
        </button>
      </div>
    </form>
  );
}

function CommentForm({ requisition, failed }: PanelProps) {
  const mine = stateFor('comment', failed, { authorId: String(requisition.requesterId) });
  const field = { form: 'comment', state: mine.state };
  return (
    <form method="post" action={`/requisitions/${requisition.id}/comment`} id="comment" class="stack">
      <h3>Add a comment</h3>
      <Failure text={mine.text} />
      <SelectField
        {...field}
        name="authorId"
        label="Comment as"
        options={choosable.map(({ id }) => ({ value: String(id), label: nameOf(id) }))}
      />
      <TextField {...field} name="text" label="Comment" />
      <div class="buttons">
        <button type="submit" id="comment-send">
          Add it
        </button>
      </div>
    </form>
  );
}

interface BareProps extends PanelProps {
  name: 'withdraw' | 'submit';
  title: string;
  button: string;
  children?: Child;
}

function BareForm({ requisition, failed, name, title, button, children }: BareProps) {
  return (
    <form method="post" action={`/requisitions/${requisition.id}/${name}`} id={name} class="stack">
      <h3>{title}</h3>
      <Failure text={failed?.form === name ? failed.text : null} />
      <p class="muted small">{children}</p>
      <div class="buttons">
        <button type="submit" id={`${name}-send`}>
          {button}
        </button>
      </div>
    </form>
  );
}

/** What a form shows: its usual values, or those that it failed with. */
function stateFor(form: Failed['form'], failed: Failed | null, usual: FormValues) {
  if (failed?.form !== form) return { state: { values: usual, problems: {} }, text: null };
  return { state: { values: { ...usual, ...failed.values }, problems: failed.problems }, text: failed.text };
}
