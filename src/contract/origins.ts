/** Whether a URL's host is this machine, by its name alone: plain http is good enough there. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/** The data centre that SAP leaves out of this API. */
const chinese = /(^|\.)concurcdc\.cn$|(^|\.)cn\.api\.concursolutions\.com$/;
const saps = /^[a-z0-9-]+\.api\.concursolutions\.com$/;

/**
 * Whether Concur's credentials may travel to this origin: SAP's own API hosts, or a simulator on this machine.
 * Returns the origin, or why not.
 */
export function concurOrigin(text: string): { readonly origin: string } | { readonly why: string } {
  if (!URL.canParse(text)) return { why: 'it is no address' };
  const { protocol, hostname, port, origin, username, password } = new URL(text);
  if (chinese.test(hostname)) {
    return {
      why: "it is SAP Concur's data centre in China, where the Purchase Request API is not available",
    };
  }
  if (isLoopback(hostname) && /^https?:$/.test(protocol)) return { origin };
  const plain = port === '' && username === '' && password === '';
  if (protocol === 'https:' && saps.test(hostname) && plain) return { origin };
  return { why: "it is none of SAP Concur's hosts (https://<data centre>.api.concursolutions.com)" };
}
