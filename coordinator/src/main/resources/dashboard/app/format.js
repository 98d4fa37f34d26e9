// Times, durations and sizes in words.

const absolute = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const counting = new Intl.NumberFormat();

/** 2 min ago, in 3 h, just now. */
export function relative(when, now = Date.now()) {
  const at = new Date(when).getTime();
  if (Number.isNaN(at)) return '';
  const seconds = Math.round((now - at) / 1000);
  const size = Math.abs(seconds);
  if (size < 3) return seconds >= 0 ? 'just now' : 'now';
  const words = rough(size);
  return seconds > 0 ? `${words} ago` : `in ${words}`;
}

function rough(seconds) {
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86400) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86400)} d`;
}

export const fullTime = (when) => (when ? absolute.format(new Date(when)) : '');
export const clockTime = (when) => clock.format(new Date(when));
export const count = (number) => counting.format(number ?? 0);

/** 12 ms, 3.8 s, 4 min 05 s, 2 h 10 min. */
export function duration(milliseconds) {
  if (milliseconds == null || !Number.isFinite(milliseconds)) return '–';
  const value = Math.max(0, milliseconds);
  if (value < 1000) return `${Math.round(value)} ms`;
  if (value < 60000) return `${(value / 1000).toFixed(1)} s`;
  const seconds = Math.floor(value / 1000);
  if (seconds < 3600) {
    return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
  }
  const minutes = Math.floor(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

/** Durations of the API are seconds or a text of the user's: `90s`, `5m`. */
export function interval(value) {
  if (value == null) return '–';
  if (typeof value !== 'number') return String(value);
  return value < 60 ? `${value} s` : duration(value * 1000);
}

/** 512 B, 23.5 GiB. */
export function size(bytes) {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = bytes > 0 ? Math.min(Math.floor(Math.log2(bytes) / 10), units.length - 1) : 0;
  const value = bytes / 2 ** (10 * power);
  return `${power && value < 100 ? value.toFixed(1) : Math.round(value)} ${units[power]}`;
}

/** One execution, 2 executions. */
export function counted(number, one, many = `${one}s`) {
  return `${count(number)} ${number === 1 ? one : many}`;
}

/** The text on one line, cut to a length. */
export function firstLine(text, most = 140) {
  const line = String(text ?? '').trim().split('\n', 1)[0];
  return line.length > most ? `${line.slice(0, most - 1)}…` : line;
}

/** A JSON value on one line, cut to a length. */
export function shortJson(value, most = 80) {
  return firstLine(JSON.stringify(value), most);
}
