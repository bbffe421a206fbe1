import { JOBS } from './chart-of-accounts';
import type { Company } from './company';
import type { CompanyAccount, CompanyDistribution, CompanyDocument, Job } from './types';

/**
 * A company that lays its accounts out otherwise: five segments parted by dots, the job in the second,
 * one account for all job cost, the code in the fourth and the type in the fifth; recoverable VAT,
 * closed phases, and two jobs that have no project in Procore.
 */
export const SECOND_COMPANY = { displayName: 'Contoso Civil, Ltd.', databaseId: 'CONCV' };

const JOB_NUMBERS = ['24015', '24016', '24017', '24018', '24101', '24102', '24103', '24104'];

/** Code segment by the natural account of the first company. */
const CODES: Readonly<Record<string, string>> = {
	...{ '5110': '01100', '5120': '02300', '5130': '03100', '5140': '04200', '5150': '05120' },
	...{ '5160': '06100', '5170': '07500', '5210': '09250', '5310': '16100', '5320': '15100' },
	...{ '5330': '15700', '5390': '01500' },
};

const VAT = '01.00000.14500.00000.0';
/** A phase that is closed in every job: its accounts take no more postings. */
const CLOSED = '.04200.';

const numberOf = new Map(JOBS.map(({ number }, index) => [number, JOB_NUMBERS[index]]));

/** Jobs of the second company; the last two have no project. */
export const SECOND_JOBS: readonly Job[] = JOBS.map(({ name }, index) => ({
	number: JOB_NUMBERS[index],
	name,
}));

/** An account of the first company as this one writes it; its own accounts stay as they are. */
function secondAccount(account: string): string {
	const parts = /^(\d{3})-(\d{4})-(\d{2})$/.exec(account);
	if (!parts) return account;
	const [, job, natural, type] = parts;
	if (account === '000-5910-00') return VAT;
	const code = CODES[natural];
	const project = numberOf.get(job) ?? '00000';
	return code && type !== '00'
		? `01.${project}.71000.${code}.${Number(type)}`
		: `01.${project}.${natural}0.00000.0`;
}

/** The same company in the other layout. Documents made later pass through `secondDocument` too. */
export function asSecondCompany(company: Company): Company {
	const accounts = [...company.accounts.values()].map(secondChartAccount);
	return {
		...company,
		jobs: [...SECOND_JOBS],
		accounts: new Map(accounts.map((account) => [account.account, account])),
		documents: new Map(
			[...company.documents].map(([key, document]) => [key, secondDocument(document)]),
		),
	};
}

function secondChartAccount(account: CompanyAccount): CompanyAccount {
	const number = secondAccount(account.account);
	return {
		...account,
		account: number,
		alias: '',
		active: account.active && !number.includes(CLOSED),
		...(number === VAT
			? { description: 'Input VAT', category: 'Other Current Assets', postingType: 0 as const }
			: {}),
	};
}

export function secondDocument(document: CompanyDocument): CompanyDocument {
	return {
		...document,
		purchaseOrderNumber: document.purchaseOrderNumber.replace(
			/^(\d{3})-PO-(\d+)$/,
			(whole, job: string, count: string) =>
				numberOf.has(job) ? `CC${numberOf.get(job)}/${count}` : whole,
		),
		distributions: document.distributions.map(secondDistribution),
		taxes: document.taxes.map((tax) => ({
			...tax,
			taxDetailId: 'VAT20',
			account: tax.account && secondAccount(tax.account),
		})),
	};
}

function secondDistribution(row: CompanyDistribution): CompanyDistribution {
	return {
		...row,
		account: secondAccount(row.account),
		job: row.job === null ? null : (numberOf.get(row.job) ?? row.job),
		reference: row.reference
			.replace(/^JOB (\d{3})/, (whole, job: string) =>
				numberOf.has(job) ? `Site ${numberOf.get(job)}` : whole,
			)
			.slice(0, 30),
	};
}
