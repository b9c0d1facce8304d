import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadConfig } from './load-config.ts';
import { variableNames } from './variables.ts';

const warningsOf = (env: Record<string, string>): string[] => loadConfig(env).warnings;

describe('a name that looks like one of ours', () => {
  it.each([
    ['COUPA_CLIETN_SECRET', 'COUPA_CLIENT_SECRET'],
    ['COUPA_URL', 'COUPA_BASE_URL'],
    ['MOVEWORKS_EVENTID', 'MOVEWORKS_EVENT_ID'],
    ['REFERENCE_SECRET', 'REFERENCE_SECRETS'],
    ['COUNTERSIGN_HOMEDIR', 'COUNTERSIGN_HOME'],
    ['moveworks_api_key', 'MOVEWORKS_API_KEY'],
    ['TIMEZONE', 'TIME_ZONE'],
    ['REMIND_INTERVAL', 'REMIND_AFTER'],
    ['QUIET_HOUR', 'QUIET_HOURS'],
    ['CARD_FIELD', 'CARD_FIELDS'],
    ['POLL_INTERVALL', 'POLL_INTERVAL'],
    ['API_KEYZ', 'API_KEYS'],
    ['PROT', 'PORT'],
    ['port', 'PORT'],
    ['TEMPORAL_ADRESS', 'TEMPORAL_ADDRESS'],
  ])('%s is reported with %s beside it', (name, nearest) => {
    expect(warningsOf({ [name]: 'x' })).toEqual([
      `${name} is not known and has no effect; the nearest known name is ${nearest}`,
    ]);
  });

  it('is reported beside problems, too', () => {
    expect(loadConfig({ PORT: 'x', POTR: '81' })).toMatchObject({ ok: false, warnings: [/POTR/] });
  });

  it('is passed over when empty, since it would have no effect anyway', () => {
    expect(warningsOf({ COUPA_URL: '' })).toEqual([]);
  });
});

describe('a name of somebody else', () => {
  it('is passed over', () => {
    const usual =
      'HOME USER PATH LANG LC_ALL TERM SHELL PWD OLDPWD SHLVL LOGNAME HOSTNAME MAIL TZ EDITOR PAGER DISPLAY TMPDIR ' +
      'TEMP TMP CI NODE NODE_ENV NODE_OPTIONS NO_COLOR FORCE_COLOR COLORTERM http_proxy HTTPS_PROXY no_proxy INIT_CWD ' +
      'npm_config_cache USERNAME APPDATA PATHEXT COMSPEC OS ROOT MODE TEST SSH_AUTH_SOCK INVOCATION_ID _';
    expect(warningsOf(Object.fromEntries(usual.split(' ').map((name) => [name, 'x'])))).toEqual([]);
  });

  it('is passed over where a guide has it exported or kept for its commands', () => {
    const docs = new URL('../../docs/', import.meta.url);
    const guides = readdirSync(docs)
      .filter((name) => name.endsWith('.md'))
      .map((name) => readFileSync(new URL(name, docs), 'utf8'));
    const named = guides.flatMap((guide) => [
      ...[...guide.matchAll(/^export .+$/gm)].flatMap(([line]) => [...line.matchAll(/([A-Z][A-Z_]+)=/g)]),
      ...guide.matchAll(/Keep\s+`[\w.-]+`\s+in\s+`(\w+)`/g),
    ]);
    const known: readonly string[] = variableNames;
    const own = named.map(([, name = '']) => name).filter((name) => !known.includes(name));
    expect(own).toEqual(expect.arrayContaining(['API_KEY', 'API_KEY_NAME', 'COUPA_TOKEN']));
    expect(warningsOf(Object.fromEntries(own.map((name) => [name, 'x'])))).toEqual([]);
  });

  it('is passed over when Kubernetes made it for a Service called countersign', () => {
    const links = {
      COUNTERSIGN_SERVICE_HOST: '10.0.0.7',
      COUNTERSIGN_SERVICE_PORT: '80',
      COUNTERSIGN_SERVICE_PORT_HTTP: '80',
      COUNTERSIGN_PORT: 'tcp://10.0.0.7:80',
      COUNTERSIGN_PORT_80_TCP: 'tcp://10.0.0.7:80',
      COUNTERSIGN_PORT_80_TCP_PROTO: 'tcp',
      COUNTERSIGN_PORT_80_TCP_PORT: '80',
      COUNTERSIGN_PORT_80_TCP_ADDR: '10.0.0.7',
    };
    expect(warningsOf(links)).toEqual([]);
    expect(warningsOf({ COUNTERSIGN_PORT: '8080' })).toHaveLength(1);
  });
});
