import type { Secret } from '../../contract/secret.ts';
import { CommandError } from '../configuration.ts';
import type { Talk } from './talk.ts';

/** Somebody's credentials in SAP Concur; they are kept nowhere. */
export interface Login {
  readonly login: string;
  readonly password: Secret;
}

/** Asks for login and password; from a script they are the first two lines of standard input. */
export async function askLogin(talk: Talk): Promise<Login> {
  const login = (await talk.ask('Login in SAP Concur: ')).trim();
  const password = await talk.askHidden('Password: ');
  if (login === '' || password.reveal() === '') {
    throw new CommandError('countersign: login and password are needed, each on a line of its own.');
  }
  return { login, password };
}
