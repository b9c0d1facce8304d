/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import { Failure } from '../../pages/messages.tsx';
import { SelectField, TextField, type FieldProps } from './field.tsx';
import { choosable, type FormState } from './form.ts';
import { currencies, formRows } from './new-requisition.ts';
import { nameOf } from './wording.ts';

const form = 'new';
const persons = choosable.map(({ id, department }) => ({
  value: String(id),
  label: `${nameOf(id)}, ${department}`,
}));
const nobody = { value: '', label: 'Nobody' };
const ordinals = { 1: 'First', 2: 'Second', 3: 'Third' } as const;

/** Submits a requisition: ready to send as it is, its fields one fold away. */
export function NewRequisitionForm({ state }: { state: FormState }) {
  const { values, problems } = state;
  const faulty = Object.keys(problems).length > 0;
  const field = (name: string, label: string): FieldProps => ({ form, name, label, state });
  return (
    <section class="panel" aria-labelledby="new-heading">
      <h2 id="new-heading">Submit a requisition</h2>
      <form method="post" action="/requisitions" id={form} class="stack">
        <Failure text={faulty ? 'Not submitted. The fields that need a change say what is wrong.' : null} />
        <Ready values={values} />
        <details id="new-fields" open={faulty}>
          <summary>Change what is asked for, or who approves it</summary>
          <div class="stack">
            <div class="columns">
              <SelectField {...field('requesterId', 'Requester')} options={persons} />
              <TextField {...field('title', 'Title')} />
              <TextField {...field('justification', 'Justification')} />
              <SelectField
                {...field('currency', 'Currency')}
                options={currencies.map((code) => ({ value: code, label: code }))}
              />
            </div>
            {formRows.map((row) => (
              <LineFields row={row} state={state} />
            ))}
            <fieldset>
              <legend>Approvers, one after another</legend>
              <div class="columns">
                {formRows.map((row) => (
                  <SelectField
                    {...field(`approver${row}`, `${ordinals[row]} approver`)}
                    options={row === 1 ? persons : [nobody, ...persons]}
                  />
                ))}
              </div>
            </fieldset>
          </div>
        </details>
        <div class="buttons">
          <button type="submit" class="primary">
            Submit
          </button>
        </div>
      </form>
    </section>
  );
}

/** What a press of the button would submit, as long as nobody changes a field. */
function Ready({ values }: { values: FormState['values'] }) {
  return (
    <p class="ready">
      {nameOf(Number(values['requesterId']))} asks {nameOf(Number(values['approver1']))} for{' '}
      <strong>{values['title']}</strong>: {values['quantity1']} × {values['description1']} at{' '}
      {values['unitPrice1']} {values['currency']}.
    </p>
  );
}

function LineFields({ row, state }: { row: (typeof formRows)[number]; state: FormState }) {
  const field = (name: string, label: string): FieldProps => ({
    form,
    name: name + String(row),
    label,
    state,
  });
  return (
    <fieldset>
      <legend>{row === 1 ? 'First line' : `${ordinals[row]} line (leave empty if not needed)`}</legend>
      <div class="columns line-fields">
        <TextField {...field('description', 'Description')} />
        <TextField
          {...field('quantity', 'Quantity')}
          inputMode="decimal"
          {...(row === 1 ? { hint: 'Empty: a lump sum' } : {})}
        />
        <TextField {...field('unitPrice', 'Unit price')} inputMode="decimal" />
        <TextField {...field('supplier', 'Supplier')} />
      </div>
    </fieldset>
  );
}
