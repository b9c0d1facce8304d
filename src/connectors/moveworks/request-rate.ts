/**
 * Moveworks counts by the minute for the whole organisation, other integrations included, and punishes an excess with a
 * minute's pause.
 */
export { perMinute } from '../http/per-minute.ts';
