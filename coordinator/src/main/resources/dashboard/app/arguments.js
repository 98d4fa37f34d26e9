// From the fields of a form to the arguments of an action, and back. No page in here, only values.

/**
 * @typedef {{name: string, type?: string|null, default?: any, required?: boolean,
 *     kind?: 'positional'|'keyword'}} Parameter
 */

/** `Optional[list[str]]` and `list | None` are a list. */
export function kindOf({ type, name }) {
  if (name.startsWith('**')) return 'dict';
  if (name.startsWith('*')) return 'list';
  const bare = String(type ?? 'any')
    .replace(/^(?:typing\.)?Optional\[(.*)\]$/, '$1')
    .replace(/\s*\|\s*None$/, '')
    .replace(/\[.*$/, '')
    .replace(/^typing\./, '')
    .toLowerCase();
  return KINDS[bare] ?? 'any';
}

const KINDS = {
  str: 'str',
  string: 'str',
  int: 'int',
  integer: 'int',
  float: 'float',
  number: 'float',
  bool: 'bool',
  boolean: 'bool',
  list: 'list',
  tuple: 'list',
  set: 'list',
  array: 'list',
  dict: 'dict',
  mapping: 'dict',
  object: 'dict',
};

const READERS = {
  str: (text) => text,
  int: (text) => number(text, Number.isSafeInteger, 'a whole number'),
  float: (text) => number(text, Number.isFinite, 'a number'),
  bool: (text) => text === 'true',
  list: (text) => json(text, Array.isArray, 'a JSON array such as ["a", 1]'),
  dict: (text) => json(text, isObject, 'a JSON object such as {"a": 1}'),
  any: (text) => textOrJson(text),
};

function number(text, fits, words) {
  const value = Number(text);
  if (!fits(value)) throw new Error(`This must be ${words}.`);
  return value;
}

function json(text, fits, words) {
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error(`This must be ${words}.`);
  }
  if (!fits(value)) throw new Error(`This must be ${words}.`);
  return value;
}

function textOrJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Reads what was typed. What an action demands goes by position, unless the parameter is keyword-only;
 * that and what it may get goes by name. Only `*more` needs everything before it by position.
 *
 * @param {Parameter[]} parameters
 * @param {Record<string, string>} texts
 */
export function readFields(parameters, texts) {
  const errors = {};
  const values = new Map();
  for (const parameter of parameters) {
    const text = (texts[parameter.name] ?? '').trim();
    try {
      if (text) values.set(parameter.name, READERS[kindOf(parameter)](text));
      else if (isDemanded(parameter)) errors[parameter.name] = 'This is needed.';
    } catch (error) {
      errors[parameter.name] = error.message;
    }
  }
  return { ...placed(parameters, values, errors), errors };
}

export const isDemanded = ({ name, required }) => Boolean(required) && !name.startsWith('*');

function placed(parameters, values, errors) {
  const args = [];
  const kwargs = {};
  const star = parameters.findIndex(({ name }) => isStar(name));
  const more = star < 0 ? [] : (values.get(parameters[star].name) ?? []);
  parameters.forEach((parameter, at) => {
    const { name, default: preset } = parameter;
    if (isStar(name)) args.push(...more);
    else if (name.startsWith('**')) Object.assign(kwargs, values.get(name));
    else if (more.length && at < star) args.push(valueOr(preset, name, values, errors));
    else if (!values.has(name)) return;
    else if (isDemanded(parameter) && isPlaced(parameter) && (star < 0 || at < star)) args.push(values.get(name));
    else kwargs[name] = values.get(name);
  });
  return { args, kwargs };
}

const isPlaced = ({ kind }) => kind !== 'keyword';
const isStar = (name) => name.startsWith('*') && !name.startsWith('**');

function valueOr(preset, name, values, errors) {
  if (values.has(name)) return values.get(name);
  if (preset === undefined) errors[name] ??= 'This is needed, because values follow it.';
  return preset ?? null;
}

/** Reads the two raw JSON texts. */
export function readRaw(argsText, kwargsText) {
  const errors = {};
  const read = (name, text, kind, nothing) => {
    try {
      return text.trim() ? READERS[kind](text) : nothing;
    } catch (error) {
      errors[name] = error.message;
      return nothing;
    }
  };
  const args = read('args', argsText, 'list', []);
  const kwargs = read('kwargs', kwargsText, 'dict', {});
  return { args, kwargs, errors };
}

/** The texts that give these arguments again, or null when the parameters have no place for them. */
export function textsOf(parameters, { args = [], kwargs = {} }) {
  const plain = parameters.filter(({ name }) => !name.startsWith('*'));
  const names = new Set(plain.map(({ name }) => name));
  if (args.length > plain.filter(isPlaced).length || !Object.keys(kwargs).every((name) => names.has(name))) {
    return null;
  }
  const texts = {};
  args.forEach((value, at) => (texts[plain[at].name] = textOf(value, kindOf(plain[at]))));
  for (const parameter of plain) {
    if (parameter.name in kwargs) {
      texts[parameter.name] = textOf(kwargs[parameter.name], kindOf(parameter));
    }
  }
  return texts;
}

function textOf(value, kind) {
  return typeof value === 'string' && (kind === 'str' || kind === 'any') ? value : JSON.stringify(value);
}
