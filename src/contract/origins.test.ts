import { describe, expect, it } from 'vitest';
import { concurOrigin } from './origins.ts';

/** Why an address is refused; empty when it is taken. */
function whyNot(text: string): string {
  const checked = concurOrigin(text);
  return 'why' in checked ? checked.why : '';
}

describe('concurOrigin', () => {
  it.each([
    'https://us.api.concursolutions.com',
    'https://us2.api.concursolutions.com',
    'https://emea.api.concursolutions.com',
    'https://eu2.api.concursolutions.com',
    'https://apj1.api.concursolutions.com',
    'https://usg.api.concursolutions.com',
    'https://glz.api.concursolutions.com',
    'https://us-impl.api.concursolutions.com',
    'https://www-us2.api.concursolutions.com',
  ])('takes %s', (text) => {
    expect(concurOrigin(text)).toEqual({ origin: text });
  });

  it('drops a path, which some answers of SAP carry', () => {
    expect(concurOrigin('https://us.api.concursolutions.com/oauth2/v0/token')).toEqual({
      origin: 'https://us.api.concursolutions.com',
    });
  });

  it('takes a simulator on this machine, with and without TLS', () => {
    expect(concurOrigin('http://127.0.0.1:4030')).toEqual({ origin: 'http://127.0.0.1:4030' });
    expect(concurOrigin('http://localhost:4030/')).toEqual({ origin: 'http://localhost:4030' });
  });

  it.each([
    'https://cn.api.concurcdc.cn',
    'https://www-cn.api.concurcdc.cn',
    'https://cn.api.concursolutions.com',
  ])('refuses %s with the reason: the API is not in the data centre in China', (text) => {
    expect(whyNot(text)).toContain('not available');
  });

  it.each([
    'http://us.api.concursolutions.com',
    'https://api.concursolutions.com',
    'https://us.api.concursolutions.com.evil.example',
    'https://us.api.concursolutions.com@evil.example',
    'https://user:password@us.api.concursolutions.com',
    'https://evil.example/us.api.concursolutions.com',
    'https://us.evil.api.concursolutions.com',
    'https://us.api.concursolutions.com:8443',
    'http://169.254.169.254',
    'ftp://127.0.0.1',
    'us.api.concursolutions.com',
    '',
  ])('sends no token to %s', (text) => {
    expect(whyNot(text)).not.toBe('');
  });
});
