/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { PageLinks } from '../../pages/links.ts';
import type { Tenant } from '../tenant.ts';
import type { FormState } from './form.ts';
import { Frame } from './frame.tsx';
import { usualValues } from './new-requisition.ts';
import { NewRequisitionForm } from './new-requisition-form.tsx';
import { RequisitionList } from './requisition-list.tsx';
import { listView } from './view-model.ts';

const ROWS = 50;

interface ListPageProps {
  tenant: Tenant;
  links: PageLinks;
  beforeId?: number | null;
  /** The form as it was refused; the usual one unless told. */
  form?: FormState;
}

/** The first page: a form that submits a requisition, and the requisitions. */
export function ListPage({ tenant, links, beforeId = null, form }: ListPageProps) {
  const { rows, older } = listView(tenant, beforeId, ROWS);
  return (
    <Frame
      title="Requisitions in Coupa"
      links={links}
      address={beforeId === null ? '/' : `/?before=${beforeId}`}
    >
      <h1>Coupa requisitions</h1>
      <NewRequisitionForm
        state={form ?? { values: usualValues(tenant.store.requisitions.size), problems: {} }}
      />
      <RequisitionList rows={rows} older={older} newer={beforeId !== null} />
    </Frame>
  );
}
