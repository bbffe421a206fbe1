import Big from 'big.js';
import type { Errors } from '../http/api-error';
import type { Row } from '../http/call';
import type { DirectCostLine } from '../state/records';

/** Quantity, unit cost and amount of a line; the amount is their product or stated. */
export function amountsOf(existing: DirectCostLine | null, row: Row, errors: Errors) {
	const number = (name: string, before: string | null | undefined): string | null => {
		if (!(name in row) || row[name] === null) return before ?? null;
		try {
			return rails(new Big(String(row[name])));
		} catch {
			errors.add(name, 'is not a number');
			return null;
		}
	};
	const quantity = number('quantity', existing?.quantity);
	const unitCost = number('unit_cost', existing?.unit_cost);
	const given = number('amount' in row ? 'amount' : 'manual_amount', existing?.amount);
	const stated = row.extended_type ?? existing?.extended_type;
	const countable = quantity !== null && unitCost !== null;
	const calculated =
		stated === 'calculated' || (stated === undefined && given === null && countable);
	errors.addWhen(
		stated !== undefined && stated !== 'manual' && stated !== 'calculated',
		'extended_type',
		'is not included in the list',
	);
	return {
		extended_type: calculated ? ('calculated' as const) : ('manual' as const),
		quantity,
		unit_cost: unitCost,
		amount: calculated && countable ? rails(new Big(quantity).times(unitCost)) : (given ?? '0.0'),
	};
}

/** Rails writes decimals with at least one place: "1000.0". */
export function rails(value: Big): string {
	const text = value.toFixed();
	return text.includes('.') ? text : `${text}.0`;
}
