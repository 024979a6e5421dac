// A time as people say it.

import { count, digits, fixed } from './words.mjs';

/** A time from hours: “40 seconds”, “3 minutes”, “5 hours”, “54 days”, “2.5 years”, “120 years”. */
export function duration(hours) {
  for (const [size, one, many, decimals] of [[8760, 'year', 'years', 1], [24, 'day', 'days', 0], [1, 'hour', 'hours', 0], [1 / 60, 'minute', 'minutes', 0]]) {
    if (hours >= 2 * size * (1 - 1e-9)) {
      const length = hours / size;
      const said = length < 9999.5 ? fixed(length, length < 99.95 ? decimals : 0).replace(/\.0$/, '') : count(length);
      return `${said} ${said === '1' ? one : many}`;
    }
  }
  const seconds = hours * 3600;
  const said = seconds >= 9.5 ? fixed(seconds, 0) : digits(seconds, 2);
  return `${said} ${said === '1' ? 'second' : 'seconds'}`;
}
