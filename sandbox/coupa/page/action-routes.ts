import { type Context, Hono } from 'hono';
import type { SandboxEnv } from '../../sandbox-env.ts';
import { addComment } from '../comments.ts';
import { decide } from '../decide.ts';
import type { Requisition } from '../state.ts';
import type { Tenant } from '../tenant.ts';
import { amountForm, commentForm, type DecideInput, decideForm } from './action-forms.ts';
import type { Failed } from './action-panel.tsx';
import { formValues, parseForm } from './form.ts';
import { done, onRequisition, type PageParts, refused } from './page-context.tsx';

const incomplete = 'Not done. The fields that need a change say what is wrong.';

/** The forms of one requisition's page, through the same functions as the control routes. */
export function actionRoutes(parts: PageParts): Hono<SandboxEnv> {
  const { store, actions } = parts;
  const app = new Hono<SandboxEnv>();

  const answer = (c: Context<SandboxEnv>, requisition: Requisition, what: string, failed: Failed | null) => {
    return failed === null ? done(c, requisition, what) : refused(c, parts, requisition, failed);
  };
  const onForm = (handler: Parameters<typeof onRequisition>[1]) => onRequisition(parts, handler);

  const decideRoute = onForm(async (c, requisition) => {
    const values = await formValues(c);
    const parsed = parseForm(decideForm, values);
    const failure = { form: 'decide' as const, values };
    if (!parsed.ok) {
      const { problems } = parsed;
      // These two have no field of their own to stand beside.
      const text = problems['action'] ?? problems['approvalId'] ?? incomplete;
      return answer(c, requisition, '', { ...failure, text, problems });
    }
    const { action } = parsed.input;
    const refusal = decideHere(parts, requisition, parsed.input);
    const what = action === 'approve' ? 'approved' : 'rejected';
    const text = `Not ${what}: ${String(refusal)}.`;
    return answer(c, requisition, what, refusal === null ? null : { ...failure, text, problems: {} });
  });

  const amountRoute = onForm(async (c, requisition) => {
    const values = await formValues(c);
    const parsed = parseForm(amountForm, values);
    const failure = { form: 'amount' as const, values };
    if (!parsed.ok) {
      return answer(c, requisition, '', { ...failure, text: incomplete, problems: parsed.problems });
    }
    const { lineId, unitPrice } = parsed.input;
    const known = requisition.lines.some((line) => line.id === lineId);
    const lines = requisition.lines.map((line) => (line.id === lineId ? { ...line, unitPrice } : line));
    const refusal = known ? actions.edit(requisition, { lines }) : 'it has no such line';
    const text = `Not changed: ${String(refusal)}.`;
    return answer(c, requisition, 'changed', refusal === null ? null : { ...failure, text, problems: {} });
  });

  const commentRoute = onForm(async (c, requisition) => {
    const values = await formValues(c);
    const parsed = parseForm(commentForm, values);
    if (!parsed.ok) {
      const { problems } = parsed;
      return answer(c, requisition, '', { form: 'comment', values, text: incomplete, problems });
    }
    addComment(store, requisition, { text: parsed.input.text, byUserId: parsed.input.authorId });
    return answer(c, requisition, 'commented', null);
  });

  const bareRoute = (form: 'withdraw' | 'submit', what: string) => {
    return onForm((c, requisition) => {
      const refusal = actions[form](requisition);
      const failed = { form, text: `Not ${what}: ${String(refusal)}.`, values: {}, problems: {} };
      return answer(c, requisition, what, refusal === null ? null : failed);
    });
  };

  app.post('/:id/decide', decideRoute);
  app.post('/:id/amount', amountRoute);
  app.post('/:id/comment', commentRoute);
  app.post('/:id/withdraw', bareRoute('withdraw', 'withdrawn'));
  app.post('/:id/submit', bareRoute('submit', 'submitted'));
  return app;
}

/** Decides an approval of this requisition; says why that was not possible, or null when it was done. */
function decideHere(tenant: Tenant, requisition: Requisition, input: DecideInput): string | null {
  if (tenant.store.approvals.get(input.approvalId)?.requisitionId !== requisition.id) {
    return 'this approval no longer exists';
  }
  const decided = decide(tenant, input);
  if (decided.done) return null;
  return decided.unknown ? 'this approval no longer exists' : lowerFirst(decided.message);
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}
