import { variableEntries } from './variables.ts';

const head = [
  '# Countersign reads these variables from its environment, and from a file .env in the folder where it starts.',
  '# Copy this file to .env and take the # off the lines to change. Quote a value that holds a # of its own.',
  '# Durations read 90s, 5m, 24h or 3d.',
];

/** The text of `.env.example`: each variable of the table, commented out, with its default and one line about it. */
export function renderEnvExample(): string {
  const lines = [...head];
  let part = '';
  for (const [name, variable] of variableEntries) {
    if (variable.part !== part) {
      part = variable.part;
      lines.push('', `# ==== ${part} ====`);
    }
    lines.push('', `# ${variable.says}`, `# ${name}=${variable.default ?? ''}`);
  }
  return `${lines.join('\n')}\n`;
}
