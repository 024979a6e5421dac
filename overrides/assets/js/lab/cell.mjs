// A cell of a CSV file, for the labs with the frame and for those without it.

/** A cell that no spreadsheet runs as a formula; numbers stay numbers. */
export function cell(value) {
  const text = typeof value === 'string' && /^(?:\s*[=+@-]|[\t\r\n])/.test(value) ? `'${value}` : String(value ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
