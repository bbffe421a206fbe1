import type { GpPayable } from '../../../lib/model/gp-records';
import {
	DISTRIBUTION,
	documentKey,
	type CompanyDocument,
	type Money,
} from '../../../sandbox/gp/company/types';

type Content = Pick<
	GpPayable,
	'key' | 'vendorId' | 'documentNumber' | 'state' | 'voided' | 'amounts' | 'distributions' | 'taxes'
>;

const TYPE_NAMES = new Map<number, string>(
	Object.entries(DISTRIBUTION).map(([name, type]) => [type, name]),
);
const STATE_NAMES = { work: 'unposted', open: 'open', history: 'history' } as const;

/** "1250.00000" → "1250", as records write amounts. */
const short = (money: Money): string => money.replace(/\.?0+$/, '');

/** What must be read of a document, made from the row in the company's books alone. */
export function expectedPayable(document: CompanyDocument): Content {
	return {
		key: documentKey(document),
		vendorId: document.vendorId,
		documentNumber: document.documentNumber,
		state: STATE_NAMES[document.state],
		voided: document.voided,
		amounts: {
			document: short(document.amounts.document),
			purchases: short(document.amounts.purchases),
			tradeDiscount: short(document.amounts.tradeDiscount),
			freight: short(document.amounts.freight),
			miscellaneous: short(document.amounts.miscellaneous),
			tax: short(document.amounts.tax),
			retainage: short(document.amounts.retainage),
		},
		distributions: document.distributions.map(
			({ sequence, type, account, debit, credit, reference }) => ({
				sequence,
				type: TYPE_NAMES.get(type) as GpPayable['distributions'][number]['type'],
				account,
				debit: short(debit),
				credit: short(credit),
				reference: reference.trim() || null,
			}),
		),
		taxes: document.taxes.map(({ taxDetailId, account, amount }) => ({
			taxDetailId,
			account,
			amount: short(amount),
		})),
	};
}

/** The same members of a record as read. */
export function payableContent(record: GpPayable): Content {
	const { key, vendorId, documentNumber, state, voided, amounts, distributions, taxes } = record;
	return { key, vendorId, documentNumber, state, voided, amounts, distributions, taxes };
}
