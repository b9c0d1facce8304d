import type { ConcurClient, ConcurVendor } from '../../connectors/concur/types.ts';
import { exitCodes } from './exit-codes.ts';
import { jsonText, plain } from './plain.ts';
import { readAll } from './read-all.ts';
import { table } from './table.ts';
import type { Talk } from './talk.ts';

function approvedWord({ approved }: ConcurVendor): string | undefined {
  if (approved === undefined) return undefined;
  return approved ? 'yes' : 'no';
}

function vendorTable(vendors: readonly ConcurVendor[]): string {
  return table(
    ['Vendor code', 'Address code', 'Name', 'Approved', 'Currency'],
    vendors.map((vendor) => [
      vendor.vendorCode,
      vendor.addressCode,
      vendor.name,
      approvedWord(vendor),
      vendor.currencyCode,
    ]),
  );
}

interface VendorsDeps {
  readonly client: ConcurClient;
  readonly talk: Talk;
  readonly signal: AbortSignal;
}

/** `concur vendors`: the codes that a line of a purchase request takes. With a code: all addresses of that vendor. */
export async function listVendors(
  { client, talk, signal }: VendorsDeps,
  { json, code }: { readonly json: boolean; readonly code?: string },
): Promise<number> {
  const all = await readAll(client.vendors({ signal }), 'vendors', talk);
  const vendors = code === undefined ? all : all.filter(({ vendorCode }) => vendorCode === code);
  if (json) talk.out(jsonText(vendors));
  else if (vendors.length > 0) talk.out(vendorTable(vendors));
  if (vendors.length > 0) return exitCodes.done;
  if (code === undefined) {
    talk.say('SAP Concur shows no vendors to this application.');
    return exitCodes.done;
  }
  talk.say(`No vendor has the code ${plain(code)}; codes are compared letter by letter.`);
  return exitCodes.failed;
}
