// Values that the lines of the sum use besides the result.
import { digits, fixed } from '../../assets/js/lab/words.mjs';
import { nats } from './model.mjs';

const exact = (value) => (value >= 0.00995 && value < 9.99995 ? fixed(value, 4) : digits(value, 3));

export const formats = { exact, nats };

export const more = (r, v, { tables: { refit, original } }) => ({ refit, original, saved: 2 * r.equal_parameters - 2 * r.parameters });
