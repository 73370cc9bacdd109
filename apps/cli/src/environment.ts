import { Environment } from '@boardwalk/contracts';
import { CommandError } from './errors.ts';

/**
 * The environment, validated.
 * @throws CommandError (exit 3) that names the variable and what it may hold
 */
export function readEnvironment(variables: NodeJS.ProcessEnv): Environment {
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const parsed = Environment.safeParse(set);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const name = String(issue?.path[0] ?? 'BOARDWALK_…');
  throw new CommandError('cli.environment', { name, value: set[name] ?? '', why: issue?.message ?? '' });
}
