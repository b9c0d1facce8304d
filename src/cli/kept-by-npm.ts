import type { Environment } from '../config/gather.ts';

/** How `npm run` is called in npm's own environment: `run` since npm 11, `run-script` before. */
const npmRuns: readonly (string | undefined)[] = ['run', 'run-script'];

function listed(options: readonly string[]): string {
  const [last = '', ...others] = options.toReversed();
  return others.length === 0 ? last : `${others.toReversed().join(', ')} and ${last}`;
}

/**
 * One sentence where `npm run` took options of the command for its own, as it does with all that stand before `--`:
 * the command never sees them, and npm leaves them in the environment as `npm_config_<name>`. Undefined where none is
 * missing. `names`: the options that the command has, without their dashes.
 */
export function keptByNpm(
  names: readonly string[],
  args: readonly string[],
  env: Environment,
): string | undefined {
  if (!npmRuns.includes(env['npm_command'])) return undefined;
  const kept = names.flatMap((name) => {
    const option = `--${name}`;
    const isGiven = args.some((arg) => arg === option || arg.startsWith(`${option}=`));
    // Empty is npm's way to say no.
    const isKept = (env[`npm_config_${name.replaceAll('-', '_')}`] ?? '') !== '';
    return isKept && !isGiven ? [option] : [];
  });
  if (kept.length === 0) return undefined;
  return `npm kept ${listed(kept)} for itself: put -- before the command's own options (npm run countersign -- ...)`;
}
