/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { Child } from 'hono/jsx';
import type { FormState } from './form.ts';

export interface FieldProps {
  /** The form's id, so that two forms of a page may use one name. */
  form: string;
  name: string;
  label: string;
  state: FormState;
  hint?: string;
}

interface Described {
  id: string;
  name: string;
  'aria-describedby'?: string;
  'aria-invalid'?: 'true';
}

/** A text field with its label, hint and problem. */
export function TextField(props: FieldProps & { inputMode?: 'decimal' }) {
  const { state, name, inputMode } = props;
  const described = describe(props);
  return (
    <Labelled {...props}>
      <input
        type="text"
        autocomplete="off"
        value={state.values[name] ?? ''}
        {...described}
        {...(inputMode === undefined ? {} : { inputmode: inputMode })}
      />
    </Labelled>
  );
}

/** A choice with its label, hint and problem. */
export function SelectField(props: FieldProps & { options: readonly { value: string; label: string }[] }) {
  const { state, name, options } = props;
  const chosen = state.values[name] ?? '';
  return (
    <Labelled {...props}>
      <select {...describe(props)}>
        {options.map(({ value, label }) => (
          <option value={value} selected={value === chosen}>
            {label}
          </option>
        ))}
      </select>
    </Labelled>
  );
}

function Labelled(props: FieldProps & { children?: Child }) {
  const { form, name, label, state, hint, children } = props;
  const id = `${form}-${name}`;
  const problem = state.problems[name];
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children}
      {hint === undefined ? null : (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {problem === undefined ? null : (
        <p class="error" id={`${id}-error`}>
          {problem}
        </p>
      )}
    </div>
  );
}

function describe({ form, name, state, hint }: FieldProps): Described {
  const id = `${form}-${name}`;
  const bad = state.problems[name] !== undefined;
  const described = [hint === undefined ? [] : [`${id}-hint`], bad ? [`${id}-error`] : []].flat();
  return {
    id,
    name,
    ...(described.length === 0 ? {} : { 'aria-describedby': described.join(' ') }),
    ...(bad ? { 'aria-invalid': 'true' as const } : {}),
  };
}
