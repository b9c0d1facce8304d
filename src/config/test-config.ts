import type { Config } from './config.ts';
import type { Environment } from './gather.ts';
import { loadConfig } from './load-config.ts';

/** The configuration that an environment without problems gives. */
export function configOf(env: Environment): Config {
  const loaded = loadConfig(env);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return loaded.config;
}

/** What is said about an environment with problems; nothing about one without. */
export function messagesOf(env: Environment): string[] {
  const loaded = loadConfig(env);
  return loaded.ok ? [] : loaded.problems.map(({ message }) => message);
}
