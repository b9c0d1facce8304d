import type { MoveworksSlot } from '../../config/config.ts';
import type { Sheet } from '../../contract/observation.ts';
import type { Person } from '../../contract/person.ts';

/** `approval_id` carries the signed reference. Slot values are strings in every sample of Moveworks; only slots that the event declares may be sent. */
export function slotsOf(
  declared: readonly MoveworksSlot[],
  { reference, sheet, to }: { reference: string; sheet: Pick<Sheet, 'requisitionId'>; to: Partial<Person> },
): Record<string, string> {
  const values: Record<MoveworksSlot, string> = {
    approval_id: reference,
    requisition_id: String(sheet.requisitionId),
    approver_email: to.address ?? '',
  };
  return Object.fromEntries(declared.map((slot) => [slot, values[slot]]));
}
