import { describe, expect, it } from 'vitest';
import { formatProblems } from './report.ts';

describe('formatProblems', () => {
  it('puts each name beside what it should look like', () => {
    const problems = [
      { name: 'PORT', message: 'a port number from 0 to 65535' },
      { name: 'API_KEYS', message: 'missing' },
    ];
    expect(formatProblems(problems)).toBe(
      [
        'Countersign cannot start: 2 settings need attention.',
        '  PORT      a port number from 0 to 65535',
        '  API_KEYS  missing',
        'Settings come from the environment and from .env; .env.example explains each one.',
      ].join('\n'),
    );
  });

  it('counts a single one as one', () => {
    expect(formatProblems([{ name: 'PORT', message: 'x' }])).toContain('one setting needs attention');
  });
});
