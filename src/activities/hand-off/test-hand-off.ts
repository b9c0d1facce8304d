import { coupaControl } from '../../../test/support/sandbox-control.ts';
import type { CoupaClientOptions } from '../../connectors/coupa/client.ts';
import type { HandOffRule } from '../../config/config.ts';
import { optionalScopes } from '../../config/optional-scopes.ts';
import type { LinkInput } from '../../contract/concur-work.ts';
import { handOffId } from '../../contract/ids.ts';
import { clientOf } from '../coupa/fixtures/tenant.ts';
import { linkRequisition } from './link.ts';
import type { HandOffMapping } from './mapping.ts';
import { prepareHandOff } from './prepare.ts';
import { anyRule } from './test-orderable.ts';

const mapping: HandOffMapping = {
  suppliers: new Map([['acme test supply', { vendorCode: 'V-1', vendorAddressCode: 'V-1-01' }]]),
  commodities: new Map([['general goods', { purchaseType: 'GOODS' }]]),
  header: {},
  line: {},
};

/** What people do in the simulated Coupa at `url`, and hand-overs of its requisitions over real HTTP. */
export function handOffTenant(url: string) {
  const control = coupaControl(url);
  const { signal } = new AbortController();
  const act = async (requisitionId: number, what: 'order' | 'reopen') => {
    const { status } = await fetch(`${url}/sandbox/requisitions/${requisitionId}/${what}`, {
      method: 'POST',
    });
    if (status !== 200) throw new Error(`${what}: ${status}`);
  };
  const decide = (approvalId: number) => control.decide(approvalId, { action: 'approve', userId: 201 });

  return {
    ...control,
    /** Coupa orders it by itself. */
    order: (requisitionId: number) => act(requisitionId, 'order'),
    /** Its requester takes it back for an edit and submits it again, and it is approved again. */
    async approveAgain(requisitionId: number): Promise<void> {
      await act(requisitionId, 'reopen');
      const { approvalId } = await control.resubmit(requisitionId);
      await decide(approvalId);
    },
    /** The id of a requisition that was submitted and approved in Coupa itself. */
    async approved(body: object = {}): Promise<number> {
      const { requisitionId, approvalId } = await control.submit({ chain: [201], ...body });
      await decide(approvalId);
      return requisitionId;
    },
    comment: async (requisitionId: number, text: string): Promise<void> => {
      await fetch(`${url}/sandbox/requisitions/${requisitionId}/comments`, {
        method: 'POST',
        body: JSON.stringify({ text }),
      });
    },
    /** Texts of the comments on a requisition, oldest first. */
    comments: async (requisitionId: number): Promise<string[]> => {
      const rows = await clientFor(url).listComments(requisitionId);
      return rows.map(({ text }) => text);
    },
    client: (more: Partial<CoupaClientOptions> = {}) => clientFor(url, more),
    /** One hand-over: `claim` names it, `forgiven` is what a human has said of earlier comments. */
    handOver(
      requisitionId: number,
      claim: string,
      more: { readonly forgiven?: number; readonly rule?: HandOffRule } = {},
    ) {
      const { forgiven, rule = anyRule } = more;
      const input = { id: handOffId(requisitionId), requisitionId, claim };
      const work = { ...input, ...(forgiven === undefined ? {} : { forgiven }) };
      const coupa = clientFor(url);
      const link = (about: LinkInput['about'], named: Partial<LinkInput> = {}) =>
        linkRequisition(coupa, { ...work, ...named, about }, signal);
      return {
        prepare: () => prepareHandOff({ coupa, rule, mapping }, work, signal),
        begin: () => link('begun'),
        created: (number: string) => link('created', { number }),
      };
    },
  };
}

function clientFor(url: string, more: Partial<CoupaClientOptions> = {}) {
  return clientOf(url, {}, { optionalScopes: optionalScopes([], [], true), ...more });
}
