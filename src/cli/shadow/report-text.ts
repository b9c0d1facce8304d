import type { DecidedByAnother } from './compare.ts';
import type { ShadowReport } from './report.ts';

/** Lists longer than this are cut; `--json` has them whole. */
const maxLines = 50;

function section<T>(title: string, items: readonly T[], line: (item: T) => string): string[] {
  const more = items.length - maxLines;
  return [
    `${title}: ${items.length}`,
    ...items.slice(0, maxLines).map((item) => `  ${line(item)}`),
    ...(more > 0 ? [`  and ${more} more (--json has them)`] : []),
  ];
}

function counts(title: string, counted: Readonly<Record<string, number>>): string {
  const parts = Object.entries(counted).map(([word, times]) => `${word} ${times}`);
  return `  ${title}: ${parts.length === 0 ? 'none seen' : parts.join(', ')}`;
}

function duration(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  return minutes < 1 ? `${Math.floor(ms / 1_000)} s` : `${minutes} min`;
}

function comparisonLines(report: ShadowReport): string[] {
  const { asked, decided, names = {} } = report;
  const who = (id: number) => (names[id] === undefined ? `user ${id}` : `${names[id]} (${id})`);
  const where = (item: { approvalId: number; requisitionId: number }) =>
    `approval ${item.approvalId}, requisition ${item.requisitionId}`;
  const byAnother = (item: DecidedByAnother) =>
    `${where(item)}: decided by ${who(item.by)}${item.entitled ? ', who may decide it but is not asked' : ''}; ` +
    `asked: ${item.asked.map(who).join(', ')}`;
  return [
    `Would have been asked: ${asked.approvals} approvals, ${asked.messages} people`,
    ...asked.hours.map(({ hour, approvals }) => `  ${hour}  ${approvals}`),
    `Decided in Coupa: ${decided.rows}, by those who would have been asked: ${decided.asAsked}` +
      (decided.byUnknown > 0 ? `, by nobody that Coupa names: ${decided.byUnknown}` : ''),
    ...section('Missed', report.missed, (item) => `${where(item)}: ${item.reason}`),
    ...section('Asked wrongly', report.askedWrongly, byAnother),
    ...section('Decided by users of API clients', report.byService, byAnother),
    ...section('Escalated', report.escalated, where),
    ...section(
      `Late by more than ${duration(report.lateMs)}`,
      report.late,
      (item) => `${where(item)}: possible since ${item.possibleSince}, asked ${duration(item.lateMs)} later`,
    ),
    ...(report.lateUnknown > 0 ? [`Whether late cannot be told: ${report.lateUnknown}`] : []),
    `No decision yet: ${report.undecided}`,
    `Approved by Coupa itself at the submission: ${report.automatic}`,
    ...section('Waiting, and nobody is asked', Object.entries(report.notAsked), ([why, n]) => `${n}  ${why}`),
  ];
}

function tenantLines({ tenant }: ShadowReport): string[] {
  const { nullUpdatedAt, decidedRows, readable, idIn, currentApproverFilter } = tenant;
  return [
    'What this tenant answers:',
    counts('approver-type', tenant.approverTypes),
    counts('type', tenant.approvalTypes),
    counts('status', tenant.statuses),
    `  updated-at is null: ${nullUpdatedAt.rows} of ${nullUpdatedAt.of}`,
    `  of ${decidedRows.of} decided rows: note ${decidedRows.note}, approved-by ${decidedRows.approvedBy}, approval-date ${decidedRows.approvalDate}`,
    ...Object.entries(readable).map(([what, answer]) => `  ${what} readable: ${answer}`),
    ...Object.entries(idIn).map(([what, answer]) => `  id[in] on ${what}: ${answer}`),
    ...Object.entries(currentApproverFilter).map(
      ([what, answer]) => `  current_approver_association finds a ${what} row: ${answer}`,
    ),
  ];
}

/** The report for people. */
export function reportText(report: ShadowReport): string {
  return [
    `From ${report.since} to ${report.until} (MODE=${report.mode})`,
    '',
    ...comparisonLines(report),
    '',
    ...tenantLines(report),
    ...(report.remarks.length === 0 ? [] : ['', ...report.remarks.map((remark) => `Note: ${remark}`)]),
  ].join('\n');
}
