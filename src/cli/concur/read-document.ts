import { purchaseRequestBody, toDocument } from '../../api/purchase-requests/body.ts';
import type { PurchaseRequestDocument } from '../../contract/purchase-request-document.ts';
import { exitCodes } from './exit-codes.ts';
import { jsonText } from './plain.ts';
import { listed } from './problem-lines.ts';
import { issueLines, readRequestFile } from './request-file.ts';
import type { Talk } from './talk.ts';

/**
 * The purchase request of a file, or the exit code once every problem with it is told. Throws `CommandError` where the
 * file cannot be read as JSON.
 */
export async function readDocument(
  { file, json }: { readonly file: string; readonly json: boolean },
  { talk, input }: { readonly talk: Talk; readonly input: NodeJS.ReadableStream },
): Promise<PurchaseRequestDocument | number> {
  const parsed = purchaseRequestBody.safeParse(await readRequestFile(file, input));
  if (!parsed.success) {
    const lines = issueLines(parsed.error.issues);
    if (json) talk.out(jsonText({ outcome: 'invalid', problems: lines }));
    talk.say(listed('This is no purchase request that can be created:', lines));
    return exitCodes.failed;
  }
  if (typeof parsed.data.notify === 'string') {
    talk.say('Nobody is notified: `notify` is for POST /purchase-requests alone.');
  }
  return toDocument(parsed.data).document;
}
