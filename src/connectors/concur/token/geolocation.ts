import { concurOrigin, isLoopback } from '../../../contract/origins.ts';

/**
 * The origin of a geolocation that SAP Concur names, without the path that one of SAP's samples has; or why our
 * credentials must not go there. This machine is one only where the tokens come from this machine too.
 */
export function geolocationOrigin(
  geolocation: string,
  authOrigin: string,
): { readonly origin: string } | { readonly why: string } {
  const checked = concurOrigin(geolocation);
  if (!('origin' in checked)) return checked;
  const isLocal = (origin: string) => isLoopback(new URL(origin).hostname);
  if (isLocal(checked.origin) && !isLocal(authOrigin)) {
    return { why: 'it is this machine, while tokens come from SAP' };
  }
  return checked;
}
