import { escapeMarkup } from './envelope';
import type { Switches } from './switches';

/** The discovery page: dictionaries and object libraries; security does not filter it. */
export function helpPage(basePath: string): string {
	const link = (name: string) =>
		`<li><a href="${escapeMarkup(`${basePath}/help/${encodeURIComponent(name)}`)}">${escapeMarkup(name)}</a></li>`;
	return page(
		'Discovery',
		`<h2>Dictionaries</h2><ul>${link('Dynamics')}</ul>` +
			`<h2>Object Libraries</h2><ul>${link('Microsoft.Dynamics.GP.BusinessObjects')}${link('Microsoft.Dynamics.GP.Svc.Application')}</ul>`,
	);
}

/** The operations of the Dynamics dictionary, as far as this site offers them. */
export function dictionaryPage(switches: Switches): string {
	const key =
		switches.keyOrder === 'typeVoucher'
			? `{DocumentType}${switches.keySeparator}{VoucherNumber}`
			: `{VoucherNumber}${switches.keySeparator}{DocumentType}`;
	const rows: Array<[boolean, string, string]> = [
		[switches.offers.companies, 'Companies', 'ServiceGetCompaniesListAll'],
		[switches.offers.vendors, 'Companies({Company})/Purchasing/Vendors', 'ServiceGetVendorListAll'],
		[
			switches.offers.vendors,
			'Companies({Company})/Purchasing/Vendors({VendorID})',
			'ServiceGetVendor',
		],
		[
			switches.offers.payables,
			'Companies({Company})/Purchasing/Payables/Transactions',
			'ServiceGetPayablesTransactionListAll',
		],
		[
			switches.offers.payables,
			`Companies({Company})/Purchasing/Payables/Transactions(${key})`,
			'ServiceGetPayablesTransaction',
		],
		[
			switches.offers.accounts,
			'Companies({Company})/Financial/Accounts',
			'ServiceGetAccountListAll',
		],
		[
			switches.offers.accounts,
			'Companies({Company})/Financial/Accounts({AccountNumber})',
			'ServiceGetAccount',
		],
	];
	const cells = rows
		.filter(([offered]) => offered)
		.map(
			([, path, operation]) =>
				`<tr><td>${operation}</td><td>GET</td><td>${escapeMarkup(path)}</td></tr>`,
		);
	return page(
		'Dynamics',
		`<table><tr><th>Operation</th><th>Method</th><th>Uri</th></tr>${cells.join('')}</table>`,
	);
}

function page(title: string, inside: string): string {
	return `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1>${inside}</body></html>`;
}
