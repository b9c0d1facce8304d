/** The part of the command's usage that is about SAP Concur. */
export const concurUsage = `  concur token [--new | --renew] [--yes]
             how the company's token for SAP Concur stands; exchanges CONCUR_COMPANY_REQUEST_TOKEN the first time
  concur whoami
             asks for a login and password of SAP Concur and says whose they are
  concur vendors [--json] [--code CODE]
             vendor and address codes, as a purchase request's lines take them
  concur lists [--json] [LISTID [--code CODE]]
             the lists of custom fields, or the items of one
  concur create FILE [--as-user] [--yes] [--json]
             creates the purchase request of FILE (JSON as for POST /purchase-requests; - for standard input) at once,
             without Temporal: to try payloads. For real orders use POST /purchase-requests: exactly once, and followed.
             Ends with 3 where SAP Concur may have created it
  concur status ID [--json] [--watch]
             how a purchase request stands in SAP Concur`;
