import { z } from 'zod';
import { kinds } from './kinds.ts';
import { variableEntries, type VariableName, type variables } from './variables.ts';

type Table = typeof variables;

/** A variable with a default always has a value; any other may be absent. */
type Shape = {
  readonly [Name in VariableName]: Table[Name] extends { readonly default: string }
    ? (typeof kinds)[Table[Name]['kind']]
    : z.ZodOptional<(typeof kinds)[Table[Name]['kind']]>;
};

const shape: unknown = Object.fromEntries(
  variableEntries.map(([name, { kind, default: fallback }]) => [
    name,
    fallback === undefined ? kinds[kind].optional() : kinds[kind],
  ]),
);

/** The schema of the environment, made from the table; it reads cleaned texts with the defaults filled in. */
export const schema = z.object(shape as Shape);

/** The value of every variable. */
export type Values = z.output<typeof schema>;
