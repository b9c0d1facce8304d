import { z } from 'zod';
import { personOf } from '../../world/people.ts';
import type { LineInput, RequisitionInput } from '../submit.ts';
import { decimalField, type FormValues, parseForm, type Parsed, personField, textField } from './form.ts';
import { samples } from './samples.ts';

/** The lines, and the approvers, that the form has room for. */
export const formRows = [1, 2, 3] as const;

/** The currencies that the form offers: two with cents, one without, one with three places. */
export const currencies = ['USD', 'EUR', 'JPY', 'KWD'] as const;

const head = z.object({
  requesterId: personField,
  title: textField(255, 'Give it a title.'),
  justification: z.string('').trim().max(2000, 'At most 2000 characters.'),
  currency: z.enum(currencies, 'Choose one of the currencies.'),
});

const line = z.object({
  description: textField(255, 'Say what is bought.'),
  /** Empty makes an amount line, whose price is its total. */
  quantity: z.literal('').or(decimalField),
  unitPrice: decimalField,
  supplier: textField(100, 'Name the supplier.'),
});

/** What the form holds before anybody writes: a submission that makes sense as it is, each time another one. */
export function usualValues(alreadyThere: number): FormValues {
  const sample = samples[alreadyThere % samples.length] ?? samples[0];
  const managerId = personOf(sample.requesterId).managerId ?? 202;
  return { ...sample.values, requesterId: String(sample.requesterId), approver1: String(managerId) };
}

/** Reads the form; a line of which nothing is written, and an approver not chosen, do not count. */
export function parseNewRequisition(values: FormValues): Parsed<RequisitionInput> {
  const top = parseForm(head, { justification: '', ...values });
  const lines = formRows.filter((row) => isWritten(values, row)).map((row) => parseLine(values, row));
  const chain = formRows
    .filter((row) => (values[`approver${row}`] ?? '') !== '')
    .map((row) =>
      parseForm(z.object({ approver: personField }), { approver: values[`approver${row}`] }, `${row}`),
    );
  const problems: Record<string, string> = {};
  for (const part of [top, ...lines, ...chain]) if (!part.ok) Object.assign(problems, part.problems);
  if (lines.length === 0) problems['description1'] = 'At least one line is needed.';
  if (chain.length === 0) problems['approver1'] = 'At least one approver is needed.';
  if (!top.ok || Object.keys(problems).length > 0) return { ok: false, problems };
  return {
    ok: true,
    input: {
      ...top.input,
      lines: lines.flatMap((one) => (one.ok ? one.input : [])),
      chain: chain.flatMap((one) => (one.ok ? one.input.approver : [])),
    },
  };
}

function isWritten(values: FormValues, row: number): boolean {
  return ['description', 'quantity', 'unitPrice', 'supplier'].some(
    (name) => (values[name + String(row)] ?? '').trim() !== '',
  );
}

function parseLine(values: FormValues, row: number): Parsed<LineInput> {
  const field = (name: string) => values[name + String(row)] ?? '';
  const written = {
    description: field('description'),
    quantity: field('quantity').trim(),
    unitPrice: field('unitPrice'),
    supplier: field('supplier'),
  };
  const parsed = parseForm(line, written, String(row));
  if (!parsed.ok) return parsed;
  const quantity = parsed.input.quantity === '' ? null : parsed.input.quantity;
  return { ok: true, input: { ...parsed.input, quantity } };
}
