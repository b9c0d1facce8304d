import { z } from 'zod';
import { keyOf, type HandOffMapping } from './mapping.ts';

const mostChars = 100;

/** A code as Concur has it: taken to the letter, but for the space around it. */
const code = z
  .string('should be a text in quotes')
  .transform((text) => text.trim())
  .pipe(
    z
      .string()
      .min(1, 'is empty')
      .max(mostChars, `is longer than ${mostChars} characters`)
      .regex(/^\P{Cc}*$/u, 'has control characters'),
  );

function customFields(most: number): Record<string, z.ZodExactOptional<typeof code>> {
  const names = Array.from({ length: most }, (_, index) => `custom${index + 1}`);
  return Object.fromEntries(names.map((name) => [name, code.exactOptional()]));
}

function oneOf<const Values extends readonly [string, ...string[]]>(values: Values) {
  return z.enum(values, `should be ${values.map((value) => `"${value}"`).join(' or ')}`);
}

const purchaseType = oneOf(['GOODS', 'SERVICES']);
const lineShape = {
  expenseType: code.exactOptional(),
  uomCode: code.exactOptional(),
  receiptType: oneOf(['QUANTITY_RECEIPT', 'NONE']).exactOptional(),
  ...customFields(20),
};

const line = z.strictObject({ ...lineShape, purchaseType: purchaseType.exactOptional() });
const supplier = z.strictObject({
  vendorCode: code,
  vendorAddressCode: code,
  ...lineShape,
  purchaseType: purchaseType.exactOptional(),
});
const commodity = z.strictObject({ ...lineShape, purchaseType });
const header = z.strictObject({
  policyExternalId: code.exactOptional(),
  shipToAddressCode: code.exactOptional(),
  billToAddressCode: code.exactOptional(),
  ...customFields(24),
});

/** A table by name. Two names that mean the same are a mistake: one of them would never be found. */
function byName<Entry extends z.ZodType>(entry: Entry) {
  return z.record(z.string(), entry).transform((table, context) => {
    const found = new Map<string, z.output<Entry>>();
    for (const [name, value] of Object.entries(table)) {
      const key = keyOf(name);
      const wrong = key === '' ? 'is an empty name' : found.has(key) ? 'is there twice' : undefined;
      if (wrong !== undefined) context.addIssue({ code: 'custom', path: [name], message: wrong });
      found.set(key, value);
    }
    return found;
  });
}

/** The mapping file. */
export const mappingSchema = z
  .strictObject({
    suppliers: byName(supplier),
    commodities: byName(commodity).exactOptional(),
    header: header.exactOptional(),
    line: line.exactOptional(),
  })
  .transform(({ suppliers, commodities, header: fixed, line: lines }): HandOffMapping => ({
    suppliers,
    ...(commodities === undefined ? {} : { commodities }),
    header: fixed ?? {},
    line: lines ?? {},
  }));
