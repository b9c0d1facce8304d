import { setTimeout as delay } from 'node:timers/promises';
import type { MiddlewareHandler } from 'hono';
import { answerAfterEffect, answerWithoutEffect, usualDelayMs } from './fault-answers.ts';
import type { Faults } from './faults.ts';
import type { RequestRecord } from './request-record.ts';
import type { SandboxEnv } from './sandbox-env.ts';
import { xmlAnswer } from './xml.ts';

/** What the traffic of one vendor goes through. */
export interface VendorTraffic {
  record: RequestRecord;
  faults: Faults;
  /** The name faults know a request by; null when the vendor has no such route. */
  routeOf: (method: string, path: string) => string | null;
  /** Added to every answer, after the effect. */
  latencyMs: () => number;
  /** An error in the vendor's own shape. */
  errorBody: (status: number) => unknown;
  /** Whether this request asked for XML by not asking for JSON. */
  wantsXml: (path: string, accept: string | undefined) => boolean;
}

/** Middleware in front of a vendor's routes: records the request, plays its fault, adds the latency. */
export function traffic(vendor: VendorTraffic): MiddlewareHandler<SandboxEnv> {
  return async (c, next) => {
    const arrivedAtMs = performance.now();
    const entry = vendor.record.open(c.req.raw);
    const close = (status: number | null): void => {
      entry.status = status;
      entry.durationMs = performance.now() - arrivedAtMs;
    };
    c.set('entry', entry);
    const fault = vendor.faults.take(vendor.routeOf(c.req.method, c.req.path), c.req.path);
    if (fault !== undefined) {
      entry.fault = fault.kind;
      if (fault.kind === 'delay') await pause(fault.delayMs ?? usualDelayMs);
      const early = answerWithoutEffect(c, fault, vendor.errorBody);
      if (early !== undefined) {
        close(fault.kind === 'dropBefore' ? null : early.status);
        return early;
      }
    }

    await next();

    await pause(vendor.latencyMs());
    let answer = c.res;
    if (vendor.wantsXml(c.req.path, c.req.header('Accept'))) answer = await xmlAnswer(answer);
    if (fault !== undefined) answer = await answerAfterEffect(c, fault, answer, vendor.errorBody);
    close(fault?.kind === 'dropAfter' ? null : answer.status);
    if (answer !== c.res) {
      // Hono would copy the old answer's headers onto the new one.
      c.res = undefined;
      c.res = answer;
    }
    return undefined;
  };
}

async function pause(durationMs: number): Promise<void> {
  // Unreferenced: a held-back answer must not keep a closed sandbox alive.
  if (durationMs > 0) await delay(durationMs, undefined, { ref: false });
}
