import { parseDecimal } from '../../../lib/model/money';
import { ProcoreInputError } from '../../../lib/procore/errors/procore-errors';
import { toWireAmount } from '../../../lib/procore/wire';

/**
 * An amount typed as exact text, as the JSON number Procore's requests want; undefined when empty.
 * Anything that could not arrive as meant is refused before sending.
 * @param places most decimals allowed: 2 for money
 */
export function wireAmount(title: string, value: unknown, places = 2): number | undefined {
	const text = amountText(title, value, places);
	if (text === undefined) return undefined;
	const number = toWireAmount(text);
	if (number !== undefined) return number;
	throw new ProcoreInputError(`'${title}' has more digits than Procore can take exactly: ${text}`, {
		remedy: 'Give an amount of at most 15 digits.',
	});
}

/** The same as plain decimal text, which is how requisitions want it. */
export function amountText(title: string, value: unknown, places = 2): string | undefined {
	if (value === undefined || value === null || String(value).trim() === '') return undefined;
	const text = parseDecimal(value);
	if (text === null) {
		throw new ProcoreInputError(`'${title}' is no amount: ${String(value)}`, {
			remedy: 'Give digits with a dot before the cents and nothing else, e.g. 1250.00 or -80.5.',
		});
	}
	if ((text.split('.')[1] ?? '').length > places) {
		throw new ProcoreInputError(`'${title}' has more than ${places} decimals: ${text}`, {
			remedy: `Round it to ${places} decimals yourself, so that both systems have the same amount.`,
		});
	}
	return text;
}
