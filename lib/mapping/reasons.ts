import { declaration, type GpAccount, type GpPayable } from '../model/gp-records';
import { causeKey } from '../model/keys';
import { type Decimal, subtract, toFixed } from '../model/money';
import type { PayableCost } from './payable-cost';
import type { Reason } from './types';

export const PAYMENT: Reason = {
	code: 'payment',
	message: 'Payments settle invoices and are no cost',
	remedy: 'Nothing to do.',
};

export const NOT_POSTED: Reason = {
	code: 'not-posted',
	message: 'The document is not posted in GP yet',
	remedy:
		'Post it in GP; it goes to Procore on the next run. Unposted documents can also be sent as drafts: policy "Unposted Invoices" of the Mapping node.',
};

export const FINANCE_CHARGE: Reason = {
	code: 'finance-charge',
	message: 'Finance charges are not sent, by setting',
	remedy: 'To send them as expenses, change the policy "Finance Charges" of the Mapping node.',
};

export const NO_COST: Reason = {
	code: 'no-cost',
	message: 'The document has no distribution that is a cost',
	remedy: 'Nothing to do.',
};

export const VENDOR_MISSING: Reason = {
	code: 'vendor-missing',
	message: 'The document names no vendor',
	remedy: 'Enter the vendor id on the document in GP.',
};

export const VOIDED_NEVER_SENT: Reason = {
	code: 'voided-never-sent',
	message: 'The document is voided in GP, and none of its lines belongs to a Procore project',
	remedy: 'Nothing to do.',
};

export const RETAINAGE: Reason = {
	code: 'retainage',
	message: 'Retainage held back from the vendor is left out, by setting',
	remedy: 'To send it, change the policy "Retainage" of the Mapping node.',
};

export const RETAINAGE_UNKNOWN: Reason = {
	code: 'retainage-unknown',
	message:
		'Retainage is to be kept apart, by setting, and this way into GP does not tell whether any is held back',
	remedy:
		'Set the policy "Retainage" of the Mapping node to "Part of the Cost", or read this company through SBA or OData (Door in the Dynamics GP credential). Then replay the document.',
};

const COLUMNS: Record<NonNullable<GpPayable['untold']>[number], string> = {
	documentDate: 'the document date',
	postingDate: 'the posting date',
	purchaseOrderNumber: 'the purchase order number',
	currencyId: 'the currency',
};

export function columnUnknown(field: NonNullable<GpPayable['untold']>[number]): Reason {
	return {
		code: 'column-unknown',
		message: `The settings go by ${COLUMNS[field]}, and this way into GP does not tell it`,
		remedy: `Name the column in "fields" of the site profile; or, where the service leaves blank ones out, say so: ${declaration('payable', field)}. Then replay the document.`,
	};
}

/** Why the cost behind an accrual is not known, as far as the document tells. */
export function receiptsOf(reason: Reason, payable: GpPayable): Reason {
	const why = payable.receiptsUnread;
	if (why === undefined) return reason;
	return {
		...reason,
		message: reason.message.replace(/, which is not read$/, `, and that is not known: ${why}`),
	};
}

export function recoverableTax(account: string): Reason {
	return {
		code: 'recoverable-tax',
		message: `The tax on account ${account} is left out: the account is on the balance sheet, so the tax is recovered and no cost`,
		remedy:
			'Nothing to do. If it is cost, add the account to the accounts crosswalk table with the action send, or change the policy "Balance Sheet Tax" of the Mapping node.',
	};
}

export function taxAccountUnknown(account: string, lookedUp: boolean): Reason {
	return {
		code: 'tax-account-unknown',
		causeKey: causeKey('A', account),
		message: lookedUp
			? `GP does not say whether tax account ${account} is on the balance sheet, so nobody knows whether the tax is cost`
			: `Nobody looked up whether tax account ${account} is on the balance sheet, so nobody knows whether the tax is cost`,
		remedy: `${lookedUp ? '' : 'Press Replay to have the document read again (the Dynamics GP node looks accounts up with "Add Account Facts"), or '}${lookedUp ? 'Add' : 'add'} account ${account} to the accounts crosswalk table: action send where the tax is cost, skip where it is recovered.`,
	};
}

export function asSent(payable: GpPayable): Reason {
	return {
		code: 'as-sent',
		message: `GP keeps no distributions of the document any more (it is in ${payable.state}); it stays in Procore as it was sent`,
		remedy: 'Nothing to do.',
	};
}

export function companiesAsSent(payable: GpPayable): Reason {
	return {
		code: 'as-sent',
		message: `GP no longer tells which lines are other companies' (the document is in ${payable.state}); it stays in Procore as it was sent`,
		remedy: 'Nothing to do.',
	};
}

export function taxByCode(taxCodeId: string): Reason {
	return {
		code: 'tax-by-code',
		message: `Procore works out the tax itself from tax code ${taxCodeId}`,
		remedy: 'Nothing to do. To send the amount of GP, change the policy "Tax" of the Mapping node.',
	};
}

export function taxCodeMissing(details: string[]): Reason {
	const what =
		details.length === 0
			? 'The tax of the document came without tax details, and no tax code is set for others'
			: `No one Procore tax code is set for the tax detail ${details.join(' with ')}`;
	return {
		code: 'tax-code-missing',
		causeKey: causeKey('TAX', details.join(' ')),
		message: what,
		remedy:
			'Add it to "Tax Codes" in the policies of the Mapping node, or set the policy "Tax" to "Spread Over the Cost Lines".',
	};
}

export function foreignCurrency(payable: GpPayable, own: string): Reason {
	return {
		code: 'foreign-currency',
		causeKey: causeKey('CURRENCY', payable.currencyId ?? ''),
		message: `The document is in ${payable.currencyId}, the books are in ${own.trim() || 'another currency'}, and only its originating amounts are known`,
		remedy:
			'Have GP hand over functional amounts (the site profile of the GP node names the fields) and set the policy "Foreign Currency" of the Mapping node to "Company Currency: Send Them", or enter the cost in Procore by hand.',
	};
}

export function unreadableAmount(): Reason {
	return {
		code: 'record-unreadable',
		message: 'A distribution has a debit or credit that is not a number',
		remedy: 'Check the field names of the distributions in the site profile of the GP node.',
	};
}

export function vendorSkipped(payable: GpPayable, rule: string): Reason {
	return {
		code: 'vendor-skipped',
		message: `Vendor ${payable.vendorId} is set to skip in ${rule}, and so are its documents`,
		remedy: `To send them, change "action" to send in ${rule}.`,
	};
}

export function noDistributions(payable: GpPayable): Reason {
	const came =
		payable.distributions.length === 0
			? 'came without distributions'
			: 'none of its distributions has an amount';
	const message = `The document amounts to ${toFixed(payable.amounts.document)} but ${came}`;
	if (payable.state === 'history') {
		return {
			code: 'no-distributions',
			message: `${message}; it was never sent, and GP keeps no distributions of documents in history where the vendor's distribution history is switched off`,
			remedy: `Enter the cost in Procore by hand, or set the vendor to skip. For documents to come, switch on Distribution history in GP (Cards > Purchasing > Vendor > Options). If it is on, check in the site profile of the GP node that payables are read with their distributions.`,
		};
	}
	return {
		code: 'no-distributions',
		message,
		remedy:
			'Check in the site profile of the GP node that payables are read with their distributions.',
	};
}

export const INTERCOMPANY_UNKNOWN: Reason = {
	code: 'intercompany-unknown',
	message:
		'GP marks the document as intercompany, and its lines came without the company they belong to: which of them are cost of this one is not known',
	remedy:
		'Let the service hand over the company of each distribution (INTERID of PM10100, CompanyKey of the web service; the site profile names the field). GP keeps it only until the document is in history: enter the cost of those in Procore by hand, and set the vendor to skip.',
};

export function outOfBalance(cost: PayableCost): Reason {
	return {
		code: 'out-of-balance',
		message: `Debits and credits of the distributions differ by ${toFixed(cost.imbalance)}, so some of them are missing or wrong`,
		remedy:
			'Check the distributions of the voucher in GP (Distributions > Default restores them on an unposted one).',
	};
}

export function linesMissing(payable: GpPayable, cost: PayableCost): Reason {
	const amount = toFixed(payable.amounts.document);
	const lines = toFixed(cost.total);
	return {
		code: 'out-of-balance',
		message: `The document amounts to ${amount} and its distributions to ${lines}: they balance, but some are missing or wrong`,
		remedy: `Compare the distributions of the voucher in GP with those the service gives ("Record → Get" of the Dynamics GP node): a service may cut such lists. Where ${payable.currencyId ?? 'its currency'} is not the company's own, fill in "Company Currency" in the Mapping node.${payable.retainageUnknown ? ' Where the difference is retainage, which this service does not tell, name its column in "fields" → "retainage" of the site profile, or read GP by SQL.' : ''}`,
	};
}

export function sharesDisagree(shared: Decimal, total: Decimal): Reason {
	return {
		code: 'out-of-balance',
		message: `The lines add up to ${shared} but GP's cost is ${total}, ${subtract(shared, total)} apart`,
		remedy: 'Report this as a defect of the mapping; nothing of the document was sent.',
	};
}

export function companyLevel(account: string, jobsInTexts: boolean): Reason {
	const made = jobsInTexts ? 'in each project a cost needs it' : 'by the accounts of each job';
	return {
		code: 'company-level-account',
		message: `Account ${account} belongs to no single job; its cost code is made ${made}`,
		remedy: 'Nothing to do.',
	};
}

export function sameCode(costCode: string, bearer: string): Reason {
	return {
		code: 'same-cost-code',
		message: `Stands in Procore as cost code ${costCode}, which account ${bearer} brings`,
		remedy: 'Nothing to do.',
	};
}

export function stillUsed(account: GpAccount, costCode: string, other: string): Reason {
	return {
		code: 'shared-cost-code',
		message: `Account ${account.account} is inactive, but account ${other} stands behind the same cost code ${costCode}`,
		remedy: `If no account uses ${costCode} any more, deactivate it in Procore by hand.`,
	};
}

export function inactive(account: string): Reason {
	return {
		code: 'inactive-account',
		message: `Account ${account} is inactive in GP, and inactive accounts are left out by setting`,
		remedy:
			'Nothing to do. To send it, change "Inactive Accounts" in the cost code policies of the Mapping node.',
	};
}

export function noTarget(): Reason {
	return {
		code: 'no-job',
		message:
			'No Procore project is there, or none is linked to a GP job, that could get the cost code',
		remedy: 'Link a job to a project in the projects crosswalk table.',
	};
}
